package api

import (
	"encoding"
	"encoding/csv"
	"net/http"
	"strconv"

	"github.com/tidemark/tidemark/tabular"
)

// writeCSV streams a table as CSV: UTF-8, comma, CRLF, a header of keys, and
// nothing where there is no value.
func writeCSV(w http.ResponseWriter, t *tableReader) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(t.first.Columns))
	for i, c := range t.first.Columns {
		record[i] = c.Key
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for row, err := range t.rows() {
		if err != nil {
			return err
		}
		for i, cell := range row {
			record[i] = csvCell(cell)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvCell(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		// Names come from strangers, and a formula can send a sheet's content
		// away.
		return tabular.Defuse(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case encoding.TextMarshaler:
		text, _ := v.MarshalText() // times and dates always have a text
		return string(text)
	}
	return ""
}
