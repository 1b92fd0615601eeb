package api

import (
	"net/http"
	"reflect"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

const parquetType = "application/vnd.apache.parquet"

// writeParquet streams a table as Parquet. Every column is optional.
func writeParquet(w http.ResponseWriter, t *tableReader) error {
	row := parquetRow(t.first.Columns)
	out := parquet.NewWriter(w, parquet.SchemaOf(reflect.New(row).Interface()), parquet.Compression(&parquet.Zstd))
	for cells, err := range t.rows() {
		if err != nil {
			return err
		}
		value := reflect.New(row)
		for i, cell := range cells {
			if cell != nil {
				value.Elem().Field(i).Set(parquetCell(cell))
			}
		}
		if err := out.Write(value.Interface()); err != nil {
			return err
		}
	}
	return out.Close()
}

// parquetRow is a struct type with a pointer for each column: a group of
// nodes would sort the columns by name.
func parquetRow(columns []report.Column) reflect.Type {
	fields := make([]reflect.StructField, len(columns))
	for i, c := range columns {
		t, option := parquetKind(c.Kind)
		fields[i] = reflect.StructField{
			Name: "C" + strconv.Itoa(i), Type: reflect.PointerTo(t),
			Tag: reflect.StructTag(`parquet:"` + c.Key + `,optional` + option + `"`),
		}
	}
	return reflect.StructOf(fields)
}

func parquetKind(kind report.ColumnKind) (t reflect.Type, option string) {
	switch kind {
	case report.ColumnInteger:
		return reflect.TypeFor[int64](), ""
	case report.ColumnNumber, report.ColumnRate, report.ColumnSeconds:
		return reflect.TypeFor[float64](), ""
	case report.ColumnTime:
		return reflect.TypeFor[int64](), ",timestamp(millisecond)"
	case report.ColumnDate:
		return reflect.TypeFor[int32](), ",date"
	case report.ColumnBoolean:
		return reflect.TypeFor[bool](), ""
	}
	return reflect.TypeFor[string](), ""
}

// parquetCell is a pointer to the cell as its column stores it.
func parquetCell(cell any) reflect.Value {
	switch v := cell.(type) {
	case lifecycle.Millis:
		cell = int64(v)
	case report.Date:
		cell = int32(v)
	}
	p := reflect.New(reflect.TypeOf(cell))
	p.Elem().Set(reflect.ValueOf(cell))
	return p
}
