package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	ddb "github.com/duckdb/duckdb-go/v2"

	"github.com/tidemark/tidemark/projector"
)

func appendTo(conn driver.Conn, schema, table string, write func(*ddb.Appender) error) error {
	a, err := ddb.NewAppender(conn, "", schema, table)
	if err != nil {
		return fmt.Errorf("duckdb: append to %s: %w", table, err)
	}
	return errors.Join(write(a), a.Close())
}

// sourceRow is a row of the source table.
type sourceRow struct {
	number int64
	fields [8]int64
}

// saveSources writes the sources that are new.
func saveSources(conn *sql.Conn, schema string, rows []sourceRow) error {
	return conn.Raw(func(dc any) error { return appendSources(dc.(driver.Conn), schema, rows) })
}

func appendSources(conn driver.Conn, schema string, rows []sourceRow) error {
	if len(rows) == 0 {
		return nil
	}
	return appendTo(conn, schema, "source", func(a *ddb.Appender) (err error) {
		for _, r := range rows {
			f := r.fields
			err = errors.Join(err, a.AppendRow(int32(r.number), f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]))
		}
		return err
	})
}

// newSources looks up the fields of the batch's sources that the table does
// not have yet.
func (e *Engine) newSources(ctx context.Context, g *generation, b *projector.Batch) ([]sourceRow, error) {
	var missing []int64
	seen := map[int64]bool{}
	note := func(n int64) {
		if !g.sources[n] && !seen[n] {
			seen[n] = true
			missing = append(missing, n)
		}
	}
	g.mu.Lock()
	eachSource(b, note)
	g.mu.Unlock()
	return e.sourceRows(ctx, g, missing)
}

func (e *Engine) sourceRows(ctx context.Context, g *generation, numbers []int64) ([]sourceRow, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	fields, err := e.dict.SourceFields(ctx, g.key.workspace, numbers)
	if err != nil {
		return nil, fmt.Errorf("duckdb: look up sources: %w", err)
	}
	rows := make([]sourceRow, len(numbers))
	for i, n := range numbers {
		rows[i] = sourceRow{n, fields[i]}
	}
	return rows, nil
}
