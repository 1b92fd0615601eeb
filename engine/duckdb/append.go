package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"

	ddb "github.com/duckdb/duckdb-go/v2"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
)

// stillThere is the length of a stay that has not ended.
const stillThere = -1

// appenders write rows to the facts of a schema.
type appenders struct {
	journey, stay, attribute, contact, fact *appender
	visit, sight, touch, conversion, cost   *appender
}

// all lists them in the order of facts.
func (a *appenders) all() [len(facts)]**appender {
	return [...]**appender{&a.journey, &a.stay, &a.attribute, &a.contact, &a.fact, &a.visit, &a.sight, &a.touch, &a.conversion, &a.cost}
}

// appender writes rows to one table. It is opened by the first of them: that
// costs more than a few rows do, and most batches have rows of some tables only.
type appender struct {
	open   func() (*ddb.Appender, error)
	opened *ddb.Appender
}

// AppendRow writes a row.
func (a *appender) AppendRow(values ...driver.Value) (err error) {
	if a.opened == nil {
		if a.opened, err = a.open(); err != nil {
			return err
		}
	}
	return a.opened.AppendRow(values...)
}

// close flushes the rows.
func (a *appender) close() error {
	if a.opened == nil {
		return nil
	}
	return a.opened.Close()
}

// withAppenders runs write with appenders; they are flushed when it ends.
func withAppenders(conn *sql.Conn, catalog, schema string, write func(*appenders) error) error {
	return conn.Raw(func(driverConn any) error {
		var a appenders
		for i, to := range a.all() {
			*to = &appender{open: func() (*ddb.Appender, error) {
				return ddb.NewAppender(driverConn.(driver.Conn), catalog, schema, facts[i].name)
			}}
		}
		err := write(&a)
		for _, each := range a.all() {
			err = errors.Join(err, (*each).close())
		}
		return err
	})
}

// rows writes the rows of a batch.
func (a *appenders) rows(b *projector.Batch) error {
	for i := range b.Journeys {
		if err := a.appendJourney(&b.Journeys[i]); err != nil {
			return fmt.Errorf("duckdb: append journey: %w", err)
		}
	}
	for i := range b.Stays {
		if err := a.appendStay(&b.Stays[i]); err != nil {
			return fmt.Errorf("duckdb: append stay: %w", err)
		}
	}
	for _, r := range b.Attributes {
		if err := a.attribute.AppendRow(r.Sign, int64(r.Contact), r.Field, r.Value); err != nil {
			return fmt.Errorf("duckdb: append attribute: %w", err)
		}
	}
	if err := a.contactRows(b); err != nil {
		return err
	}
	return a.sourceRows(b)
}

// appendJourney writes a journey. The duration of an open one is 0, so that
// sums need no condition; its cell says that it is open.
func (a *appenders) appendJourney(r *projector.JourneyRow) error {
	return a.journey.AppendRow(r.Sign, int64(r.Contact), r.Number, int64(r.EnteredAt), r.Day, r.Cell,
		journeyLength(r), int32(r.Sources.Entry), int32(r.Sources.First), int32(r.Sources.Last),
		int8(r.CreatedBy), int64(r.Previous), r.More)
}

func journeyLength(r *projector.JourneyRow) int64 {
	if r.Duration == projector.Never {
		return 0
	}
	return int64(r.Duration)
}

func (a *appenders) appendStay(r *projector.StayRow) error {
	return a.stay.AppendRow(r.Sign, int64(r.Contact), r.Number, int64(r.EnteredAt), r.Day, r.Cell,
		r.Index, int32(r.Stage), int32(r.Sources.Entry), int32(r.Sources.First), int32(r.Sources.Last),
		int8(r.CreatedBy), int64(r.Begin), stayLength(r), int64(r.Total), int64(r.Next))
}

func stayLength(r *projector.StayRow) int64 {
	if r.End == projector.Never {
		return stillThere
	}
	return int64(r.End - r.Begin)
}

// Append implements projector.Tables.
func (e *Engine) Append(ctx context.Context, w journal.WorkspaceID, n int64, b projector.Batch) error {
	return e.write(ctx, func(conn *sql.Conn) error {
		g, err := e.generation(ctx, conn, generationKey{w, n})
		if err != nil {
			return err
		}
		sources, err := e.newSources(ctx, g, &b)
		if err != nil {
			return err
		}
		g.appending.Lock()
		defer g.appending.Unlock()
		g.mu.Lock()
		added := deltaOf(g.seq, &b)
		g.mu.Unlock()
		walked := pathDeltaOf(added.from, &b)
		g.held.note(added)
		g.paths.note(walked)
		err = inTransaction(ctx, conn, func() error { return appendBatch(ctx, conn, g, &b, sources) })
		if err != nil {
			g.held.withdraw(added)
			g.paths.withdraw(walked)
			g.mu.Lock()
			g.seq = unknownSeq // a commit can have succeeded although it did not say so
			g.mu.Unlock()
			return err
		}
		return g.appended(&b, sources)
	})
}

func appendBatch(ctx context.Context, conn *sql.Conn, g *generation, b *projector.Batch, sources []sourceRow) error {
	if !empty(b) {
		if err := withAppenders(conn, "", g.schema, func(a *appenders) error { return a.rows(b) }); err != nil {
			return err
		}
		if err := saveSources(conn, g.schema, sources); err != nil {
			return err
		}
	}
	return saveCursor(ctx, conn, g, b.Cursor)
}

// saveCursor writes how far the generation goes. The configuration is long
// and seldom new, so it is written only then.
func saveCursor(ctx context.Context, conn *sql.Conn, g *generation, c projector.Cursor) error {
	text, err := json.Marshal(c.Configuration)
	if err != nil {
		return fmt.Errorf("duckdb: write configuration: %w", err)
	}
	g.mu.Lock()
	known := string(text) == g.writtenText
	g.writtenText = "" // until the commit is known to have succeeded
	g.mu.Unlock()
	query := "UPDATE generation SET seq = ?, latest = ? WHERE workspace = ? AND number = ?"
	args := []any{c.Seq, int64(c.Latest), int64(g.key.workspace), g.key.number}
	if !known {
		query = "UPDATE generation SET seq = ?, latest = ?, incarnation = ?, configuration = ? WHERE workspace = ? AND number = ?"
		args = []any{c.Seq, int64(c.Latest), c.Incarnation, string(text), int64(g.key.workspace), g.key.number}
	}
	if _, err := conn.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("duckdb: save cursor: %w", err)
	}
	return nil
}

// appended notes what the tables have now.
func (g *generation) appended(b *projector.Batch, sources []sourceRow) error {
	text, err := json.Marshal(b.Cursor.Configuration)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.writtenText, g.seq = string(text), b.Cursor.Seq
	for i, n := range takenBack(b) {
		g.pending.negatives[i] += n
	}
	g.pending.behind += int64(len(b.Journeys) + len(b.Stays))
	for _, s := range sources {
		g.sources[s.number] = true
	}
	return err
}

// negatives counts the rows that take another back.
func negatives[R any](rows []R, sign func(*R) int8) (n int64) {
	for i := range rows {
		if sign(&rows[i]) < 0 {
			n++
		}
	}
	return n
}
