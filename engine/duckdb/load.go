package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
)

// loadChunk is how many sources are looked up at once.
const loadChunk = 10_000

// Load implements projector.Tables. Rows come by contact and reports read by
// time: they are gathered in temporary tables, which spill to disk, and then
// written once in order of entry, together with the rollups and the cursor.
func (e *Engine) Load(ctx context.Context, w journal.WorkspaceID, n int64, batches iter.Seq2[projector.Batch, error]) error {
	return e.write(ctx, func(conn *sql.Conn) error {
		g, err := e.begin(ctx, conn, generationKey{w, n})
		if err != nil {
			return err
		}
		l := loader{engine: e, conn: conn, g: g, sources: map[int64]bool{}}
		defer l.drop(ctx)
		if err := l.gather(ctx, batches); err != nil {
			return err
		}
		if err := l.finish(ctx); err != nil {
			return err
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		g.seq, g.pending = l.cursor.Seq, compaction{}
		return nil
	})
}

// begin makes the empty tables of a generation, in state loading. It takes
// less time than the driver takes to cut off a statement.
func (e *Engine) begin(ctx context.Context, conn *sql.Conn, key generationKey) (*generation, error) {
	e.forget(func(k generationKey) bool { return k == key })
	ctx = context.WithoutCancel(ctx)
	err := inTransaction(ctx, conn, func() error {
		if err := createSchema(ctx, conn, schemaOf(key.workspace, key.number)); err != nil {
			return err
		}
		_, err := conn.ExecContext(ctx, fmt.Sprintf(`DELETE FROM generation WHERE workspace = %d AND number = %d;
			INSERT INTO generation VALUES (%[1]d, %[2]d, %d, 0, '', 0, '{}', 0, 0)`, key.workspace, key.number, loading))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("duckdb: begin generation: %w", err)
	}
	return e.generation(ctx, conn, key)
}

// loader is one bulk load under way. The temporary tables live in the
// connection.
type loader struct {
	engine  *Engine
	conn    *sql.Conn
	g       *generation
	sources map[int64]bool
	cursor  projector.Cursor
}

func (l *loader) gather(ctx context.Context, batches iter.Seq2[projector.Batch, error]) error {
	var b strings.Builder
	for _, t := range facts {
		fmt.Fprintf(&b, "CREATE OR REPLACE TEMP TABLE %s (%s);", t.name, t.columns)
	}
	if _, err := l.conn.ExecContext(ctx, b.String()); err != nil {
		return fmt.Errorf("duckdb: gather: %w", err)
	}
	return withAppenders(l.conn, "temp", "main", func(a *appenders) error {
		for batch, err := range batches {
			if err != nil {
				return err
			}
			if err := a.rows(&batch); err != nil {
				return err
			}
			l.note(&batch)
		}
		return nil
	})
}

func (l *loader) note(b *projector.Batch) {
	l.cursor = b.Cursor
	eachSource(b, func(number int64) { l.sources[number] = true })
}

// finish writes everything in one commit.
func (l *loader) finish(ctx context.Context) error {
	schema := l.g.schema
	statements := []string{
		"INSERT INTO %[1]s.journey SELECT * FROM temp.main.journey ORDER BY entered_at, contact, number",
		"INSERT INTO %[1]s.stay SELECT * FROM temp.main.stay ORDER BY entered_at, contact, number, position",
		"INSERT INTO %[1]s.attribute SELECT * FROM temp.main.attribute ORDER BY field, contact",
		"INSERT INTO %[1]s.contact SELECT * FROM temp.main.contact ORDER BY contact",
		"INSERT INTO %[1]s.fact SELECT * FROM temp.main.fact ORDER BY field, contact",
		"INSERT INTO %[1]s.visit SELECT * FROM temp.main.visit ORDER BY happened, visitor",
		"INSERT INTO %[1]s.sight SELECT * FROM temp.main.sight ORDER BY contact, happened, sight",
		"INSERT INTO %[1]s.touch SELECT * FROM temp.main.touch ORDER BY contact, happened, kind, source, utm",
		"INSERT INTO %[1]s.conversion SELECT * FROM temp.main.conversion ORDER BY happened, contact",
		"INSERT INTO %[1]s.cost SELECT * FROM temp.main.cost ORDER BY day, source",
	}
	return inTransaction(ctx, l.conn, func() error {
		for _, s := range statements {
			if _, err := l.conn.ExecContext(ctx, fmt.Sprintf(s, schema)); err != nil {
				return fmt.Errorf("duckdb: load: %w", err)
			}
		}
		if err := l.g.coverAll(ctx, l.conn); err != nil {
			return err
		}
		if err := l.saveSources(ctx); err != nil {
			return err
		}
		if err := saveCursor(ctx, l.conn, l.g, l.cursor); err != nil {
			return err
		}
		_, err := l.conn.ExecContext(ctx, fmt.Sprintf("UPDATE generation SET state = %d WHERE workspace = %d AND number = %d",
			complete, l.g.key.workspace, l.g.key.number))
		return err
	})
}

func (l *loader) saveSources(ctx context.Context) error {
	numbers := make([]int64, 0, len(l.sources))
	for n := range l.sources {
		numbers = append(numbers, n)
	}
	for len(numbers) > 0 {
		chunk := numbers[:min(loadChunk, len(numbers))]
		rows, err := l.engine.sourceRows(ctx, l.g, chunk)
		if err != nil {
			return err
		}
		if err := saveSources(l.conn, l.g.schema, rows); err != nil {
			return err
		}
		numbers = numbers[len(chunk):]
	}
	l.g.mu.Lock()
	defer l.g.mu.Unlock()
	l.g.sources = l.sources
	return nil
}

func (l *loader) drop(ctx context.Context) {
	for _, t := range facts {
		// A failed load leaves the connection as it may be; the tables die with it.
		_, _ = l.conn.ExecContext(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS temp.main."+t.name)
	}
}
