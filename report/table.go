package report

import (
	"slices"

	"github.com/tidemark/tidemark/lifecycle"
)

// TableName names a table of the lifecycle report.
type TableName string

// The tables.
const (
	TableStages    TableName = "stages"
	TableLost      TableName = "lost"
	TableOrigins   TableName = "origins"
	TableFlow      TableName = "flow"
	TableTrend     TableName = "trend"
	TableIncidence TableName = "incidence"
	TableJourneys  TableName = "journeys"
	TableStuck     TableName = "stuck"
	TableHistogram TableName = "histogram"
)

// TableNames lists the tables.
var TableNames = [...]TableName{
	TableStages, TableLost, TableOrigins, TableFlow, TableTrend, TableIncidence, TableJourneys, TableStuck, TableHistogram,
}

// Table is an answer in rows and columns, as CSV and Parquet need it.
type Table struct {
	Name    TableName
	Range   Range
	Seq     int64
	AsOf    lifecycle.Millis
	Columns []Column
	Rows    [][]any // a cell for each column, nil or of the type that its kind says
	Next    string  // cursor of the next page; "" at the end; only journeys and stuck have pages
	Notices []Notice
	Tests   []Test `json:",omitempty"` // of incidence with groups
}

// Cells are the rows as cells by the key of their column.
func (t *Table) Cells() []map[string]any {
	out := make([]map[string]any, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = make(map[string]any, len(row))
		for j, cell := range row {
			out[i][t.Columns[j].Key] = cell
		}
	}
	return out
}

// Column describes one column.
type Column struct {
	Key   string     `json:"key"`
	Label string     `json:"label"`
	Kind  ColumnKind `json:"kind"`
}

// ColumnKind says what the cells of a column are.
type ColumnKind string

// The kinds of columns, with the Go type of their cells.
const (
	ColumnText    ColumnKind = "text"    // string
	ColumnInteger ColumnKind = "integer" // int64
	ColumnNumber  ColumnKind = "number"  // float64
	ColumnRate    ColumnKind = "rate"    // float64, a fraction
	ColumnSeconds ColumnKind = "seconds" // float64
	ColumnTime    ColumnKind = "time"    // lifecycle.Millis
	ColumnDate    ColumnKind = "date"    // Date
	ColumnBoolean ColumnKind = "boolean" // bool
)

// ParseTableName is the reverse of the constants.
func ParseTableName(name string) (TableName, bool) {
	return TableName(name), slices.Contains(TableNames[:], TableName(name))
}
