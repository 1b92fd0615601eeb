package duckdb

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/tidemark/tidemark/journal"
)

// When compaction is worth it: cancelled rows are a tenth of what holds, or
// the rollups have many rows of the same day and cell.
const (
	compactNegatives = 2_000
	compactShare     = 10
	compactRollups   = 50_000
)

// nets are the columns by which rows of a table cancel whole histories: rows
// whose key was never taken back need no look.
var nets = map[string]struct{ key, order string }{
	"journey":   {"contact, number", "entered_at, contact, number"},
	"stay":      {"contact, number", "entered_at, contact, number, position"},
	"attribute": {"contact, field", "field, contact"},
	"contact":   {"contact", "contact"},
	"fact":      {"contact, field", "field, contact"},
}

// Compact implements projector.Tables.
func (e *Engine) Compact(ctx context.Context, w journal.WorkspaceID, n int64) error {
	return e.write(ctx, func(conn *sql.Conn) error {
		g, err := e.generation(ctx, conn, generationKey{w, n})
		if err != nil {
			return err
		}
		g.mu.Lock()
		pending := g.pending
		g.mu.Unlock()
		rows, err := worthNetting(ctx, conn, g, pending)
		if err != nil || !rows && pending.rollups < compactRollups {
			return err
		}
		return g.compact(ctx, conn, rows)
	})
}

// worthNetting reports whether one of the tables has many rows that cancel.
func worthNetting(ctx context.Context, conn *sql.Conn, g *generation, pending compaction) (bool, error) {
	for i, t := range facts {
		if pending.negatives[i] < compactNegatives {
			continue
		}
		count, err := collect(ctx, conn, fmt.Sprintf("SELECT count(*) FROM %s.%s", g.schema, t.name), scanOne[int64])
		if err != nil {
			return false, err
		}
		if holding := count[0] - 2*pending.negatives[i]; pending.negatives[i]*compactShare > holding {
			return true, nil
		}
	}
	return false, nil
}

// compact writes what holds to new tables and puts them in the old ones'
// place, in one commit. Only the projector writes to a generation, so nothing
// is appended meanwhile; views go on reading what they began with.
func (g *generation) compact(ctx context.Context, conn *sql.Conn, rows bool) error {
	err := inTransaction(ctx, conn, func() error {
		if rows {
			for _, t := range facts {
				if err := swap(ctx, conn, g.schema, t.name, netted(g.schema, t.name)); err != nil {
					return err
				}
			}
		}
		journeys := fmt.Sprintf(`SELECT day, cell, sum(n)::BIGINT AS n, sum(duration)::BIGINT AS duration
			FROM %s.rollup_journey GROUP BY day, cell HAVING sum(n) <> 0 ORDER BY day, cell`, g.schema)
		if err := swap(ctx, conn, g.schema, "rollup_journey", journeys); err != nil {
			return err
		}
		stays := fmt.Sprintf(`SELECT day, cell, sum(n)::BIGINT AS n, sum(duration)::BIGINT AS duration, sum(begun)::BIGINT AS begun
			FROM %s.rollup_stay GROUP BY day, cell HAVING sum(n) <> 0 ORDER BY day, cell`, g.schema)
		return swap(ctx, conn, g.schema, "rollup_stay", stays)
	})
	if err != nil {
		return fmt.Errorf("duckdb: compact: %w", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pending.rollups = 0
	if rows {
		g.pending.negatives = [len(facts)]int64{}
	}
	return nil
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
