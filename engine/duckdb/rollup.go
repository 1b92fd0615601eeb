package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	ddb "github.com/duckdb/duckdb-go/v2"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
)

// base is the instant that sums of instants are relative to, 2025-01-01 UTC:
// milliseconds since 1970 would overflow 64 bits at five million rows.
const base = 1735689600000

type dayCell struct{ day, cell int32 }

// rollup is what a batch adds to the sums by local day and cell.
type rollup struct {
	journeys map[dayCell]journeySum
	stays    map[dayCell]staySum
}

type journeySum struct{ n, duration int64 }

// staySum has the sum of begin - base over stays still there: with it, waits
// up to any instant are known.
type staySum struct{ n, duration, begun int64 }

// waits reports whether the wait of a stay is counted.
func waits(c funnel.StayCell) bool { return c.Recorded && c.Exit == lifecycle.StillThere }

func roll(g *generation, b *projector.Batch) rollup {
	r := rollup{map[dayCell]journeySum{}, map[dayCell]staySum{}}
	for i := range b.Journeys {
		row := &b.Journeys[i]
		sum := r.journeys[dayCell{row.Day, row.Cell}]
		sum.n += int64(row.Sign)
		sum.duration += int64(row.Sign) * journeyLength(row)
		r.journeys[dayCell{row.Day, row.Cell}] = sum
	}
	known := g.stays.all()
	for i := range b.Stays {
		row := &b.Stays[i]
		sum := r.stays[dayCell{row.Day, row.Cell}]
		sum.n += int64(row.Sign)
		if cell := known[row.Cell]; cell.Timed {
			sum.duration += int64(row.Sign) * stayLength(row)
		} else if waits(cell) {
			sum.begun += int64(row.Sign) * (int64(row.EnteredAt+row.Begin) - base)
		}
		r.stays[dayCell{row.Day, row.Cell}] = sum
	}
	return r
}

// appendRollup writes the sums of a batch and the sources that are new.
func appendRollup(conn *sql.Conn, schema string, r rollup, sources []sourceRow) error {
	return conn.Raw(func(driverConn any) error {
		dc := driverConn.(driver.Conn)
		return errors.Join(
			appendTo(dc, schema, "rollup_journey", func(a *ddb.Appender) (err error) {
				for k, s := range r.journeys {
					if s != (journeySum{}) {
						err = errors.Join(err, a.AppendRow(k.day, k.cell, s.n, s.duration))
					}
				}
				return err
			}),
			appendTo(dc, schema, "rollup_stay", func(a *ddb.Appender) (err error) {
				for k, s := range r.stays {
					if s != (staySum{}) {
						err = errors.Join(err, a.AppendRow(k.day, k.cell, s.n, s.duration, s.begun))
					}
				}
				return err
			}),
			appendSources(dc, schema, sources),
		)
	})
}

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
	for i := range b.Journeys {
		s := b.Journeys[i].Sources
		note(s.Entry)
		note(s.First)
		note(s.Last)
	}
	for i := range b.Contacts {
		note(b.Contacts[i].Source)
	}
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
