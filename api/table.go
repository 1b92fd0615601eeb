package api

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/tidemark/tidemark/report"
)

// tableReader reads a table page by page.
type tableReader struct {
	first report.Table
	next  func(cursor string) (report.Table, error)
	all   bool   // an export without a page asked for goes to the end
	file  string // name of the file; "" = by table and range
}

// openTable reads the first page, so that what is wrong with a query is known
// before anything is written.
func (s *Server) openTable(ctx context.Context, q report.Query, name report.TableName, all bool) (*tableReader, error) {
	read := func(q report.Query) (report.Table, error) {
		return s.Lifecycle.Table(ctx, workspaceOf(ctx), name, q)
	}
	if all {
		q.Limit = report.MaxLimit
	}
	first, err := read(q)
	if err != nil {
		return nil, err
	}
	// Later pages follow at once: they need not wait for a write again.
	q.MinSeq = 0
	return &tableReader{first: first, all: all, next: func(cursor string) (report.Table, error) {
		q.Cursor = cursor
		return read(q)
	}}, nil
}

// rows yields the rows to the end.
func (t *tableReader) rows() iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		page := t.first
		for {
			for _, row := range page.Rows {
				if !yield(row, nil) {
					return
				}
			}
			if !t.all || page.Next == "" {
				return
			}
			var err error
			if page, err = t.next(page.Next); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// write writes the table in a format.
func (t *tableReader) write(w http.ResponseWriter, format string) error {
	switch format {
	case formatCSV:
		return t.export(w, "csv", "text/csv; charset=utf-8", writeCSV)
	case formatParquet:
		return t.export(w, "parquet", parquetType, writeParquet)
	}
	return writeJSON(w, http.StatusOK, tableAnswer(t.first))
}

// The formats of tables.
const (
	formatJSON    = "json"
	formatCSV     = "csv"
	formatParquet = "parquet"
)

// export streams a file. Once it began there is no status left to change, so
// an error breaks the connection: half a file never looks whole.
func (t *tableReader) export(w http.ResponseWriter, suffix, contentType string, write func(http.ResponseWriter, *tableReader) error) error {
	name := fmt.Sprintf("lifecycle-%s-%s-%s.%s", t.first.Name, t.first.Range.From, t.first.Range.To, suffix)
	if t.file != "" {
		name = t.file + "." + suffix
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	if err := write(w, t); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

// TableAnswer is a table as JSON.
type TableAnswer struct {
	Range   report.Range     `json:"range"`
	Seq     int64            `json:"seq" doc:"the last log entry included"`
	AsOf    string           `json:"as_of" format:"date-time"`
	Columns []report.Column  `json:"columns"`
	Items   []map[string]any `json:"items" doc:"a cell for each column, by its key"`
	Next    *string          `json:"next"`
	Notices []report.Notice  `json:"notices"`
	Tests   []report.Test    `json:"tests" nullable:"true" doc:"of incidence by group: whether the curves differ"`
}

func tableAnswer(t report.Table) TableAnswer {
	a := TableAnswer{Range: t.Range, Seq: t.Seq, Columns: t.Columns, Items: t.Cells(), Notices: t.Notices, Tests: t.Tests}
	asOf, _ := t.AsOf.MarshalText() // never fails
	a.AsOf = string(asOf)
	if a.Notices == nil {
		a.Notices = []report.Notice{}
	}
	if t.Next != "" {
		a.Next = &t.Next
	}
	return a
}
