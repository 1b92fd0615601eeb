package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/tidemark/tidemark/journal"
)

// When compaction is worth it: cancelled rows are a tenth of what holds.
const (
	compactNegatives = 2_000
	compactShare     = 10
)

// nets are the columns by which rows of a table cancel whole histories: rows
// whose key was never taken back need no look.
var nets = map[string]struct{ key, order string }{
	"journey":   {"contact, number", "entered_at, contact, number"},
	"stay":      {"contact, number", "entered_at, contact, number, position"},
	"attribute": {"contact, field", "field, contact"},
	"contact":   {"contact", "contact"},
	"fact":      {"contact, field", "field, contact"},

	"visit":      {"visitor", "happened, visitor"},
	"sight":      {"visitor", "contact, happened, sight"},
	"touch":      {"contact", "contact, happened, kind, source, utm"},
	"conversion": {"contact", "happened, contact"},
	"cost":       {"day, source", "day, source"},
}

// Compact implements projector.Tables. Table by table, what holds is written to
// a new table while rows are still appended to the old one; then, in one step,
// the rows that came meanwhile follow and the new table takes the old one's
// place. Views go on reading what they began with. A new table that never got
// there is replaced by the next attempt.
func (e *Engine) Compact(ctx context.Context, w journal.WorkspaceID, n int64) error {
	return e.write(ctx, func(conn *sql.Conn) error {
		g, err := e.generation(ctx, conn, generationKey{w, n})
		if err != nil {
			return err
		}
		for i := range facts {
			worth, err := g.worthNetting(ctx, conn, i)
			if err != nil {
				return err
			}
			if worth {
				if err := g.net(ctx, conn, i); err != nil {
					return err
				}
				checkpoint(ctx, conn)
			}
		}
		if g.waiting().behind >= coverRows {
			if err := g.cover(ctx, conn); err != nil {
				return err
			}
		}
		return g.netRollups(ctx, conn, false)
	})
}

// waiting is what compaction has to do.
func (g *generation) waiting() compaction {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.pending
}

// worthNetting reports whether a table has many rows that cancel.
func (g *generation) worthNetting(ctx context.Context, conn *sql.Conn, i int) (bool, error) {
	negatives := g.waiting().negatives[i]
	if negatives < compactNegatives {
		return false, nil
	}
	rows, err := countOf(ctx, conn, g.schema+"."+facts[i].name)
	return negatives*compactShare > rows-2*negatives, err
}

func countOf(ctx context.Context, conn *sql.Conn, from string) (int64, error) {
	counted, err := collect(ctx, conn, "SELECT count(*) FROM "+from, scanOne[int64])
	if err != nil {
		return 0, fmt.Errorf("duckdb: count rows: %w", err)
	}
	return counted[0], nil
}

// net writes what holds of a table to a new one and puts it in its place.
func (g *generation) net(ctx context.Context, conn *sql.Conn, i int) error {
	g.compacting.Lock()
	defer g.compacting.Unlock()
	rows, negatives, err := g.writeNetted(ctx, conn, i)
	if err == nil {
		g.appending.Lock()
		err = inTransaction(ctx, conn, func() error { return g.replace(ctx, conn, facts[i].name, rows) })
		g.appending.Unlock()
	}
	if err != nil {
		return fmt.Errorf("duckdb: compact %s: %w", facts[i].name, err)
	}
	g.mu.Lock()
	g.pending.negatives[i] -= negatives
	g.mu.Unlock()
	return nil
}

// checkpoint frees the space of tables that were dropped. It is refused while
// others write; then a later one does it.
func checkpoint(ctx context.Context, conn *sql.Conn) {
	_, _ = conn.ExecContext(ctx, "CHECKPOINT")
}

// writeNetted writes what holds of the table as of a moment, when it had so
// many rows and negative ones among them.
func (g *generation) writeNetted(ctx context.Context, conn *sql.Conn, i int) (rows, negatives int64, err error) {
	table := facts[i].name
	err = inTransaction(ctx, conn, func() error {
		g.appending.Lock() // until the first statement has fixed the moment
		rows, err = countOf(ctx, conn, g.schema+"."+table)
		negatives = g.waiting().negatives[i]
		g.appending.Unlock()
		if err != nil {
			return err
		}
		_, err = conn.ExecContext(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE %[1]s.%[2]s_new AS %[3]s", g.schema, table, netted(g.schema, table)))
		return err
	})
	return rows, negatives, err
}

// replace puts the netted table in place of the old one, with the rows that
// came after so many. Rows are only ever appended, so their number is their
// place.
func (g *generation) replace(ctx context.Context, conn *sql.Conn, table string, rows int64) error {
	old := g.schema + "." + table
	news, err := countOf(ctx, conn, fmt.Sprintf("%s WHERE rowid >= %d", old, rows))
	if err != nil {
		return err
	}
	if all, err := countOf(ctx, conn, old); err != nil || all != rows+news {
		return errors.Join(err, fmt.Errorf("duckdb: %s has %d rows, not %d and %d", old, all, rows, news))
	}
	if err := g.coverNetted(ctx, conn, table, rows); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %[1]s_new SELECT * FROM %[1]s WHERE rowid >= %[2]d;
		DROP TABLE %[1]s;
		ALTER TABLE %[1]s_new RENAME TO %[3]s`, old, rows, table))
	return err
}

// netted selects what holds of a table.
func netted(schema, table string) string {
	n := nets[table]
	return fmt.Sprintf(`
		WITH touched AS (SELECT DISTINCT %[3]s FROM %[1]s.%[2]s WHERE sign < 0)
		SELECT * FROM (
			SELECT * FROM %[1]s.%[2]s ANTI JOIN touched USING (%[3]s)
			UNION ALL
			SELECT 1::TINYINT AS sign, * EXCLUDE (sign) FROM (
				SELECT sum(sign) AS sign, * EXCLUDE (sign) FROM %[1]s.%[2]s SEMI JOIN touched USING (%[3]s)
				GROUP BY ALL HAVING sum(sign) > 0)
		) ORDER BY %[4]s`, schema, table, n.key, n.order)
}

func swap(ctx context.Context, conn *sql.Conn, schema, table, query string) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf(`CREATE TABLE %[1]s.%[2]s_new AS %[3]s;
		DROP TABLE %[1]s.%[2]s;
		ALTER TABLE %[1]s.%[2]s_new RENAME TO %[2]s`, schema, table, query))
	return err
}
