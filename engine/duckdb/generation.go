package duckdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
)

type generationKey struct {
	workspace journal.WorkspaceID
	number    int64
}

// generation is what the engine remembers of a generation's tables.
type generation struct {
	key    generationKey
	schema string

	journeys *cells[funnel.JourneyCell]
	stays    *cells[funnel.StayCell]

	compacting sync.Mutex // held while a table is compacted
	appending  sync.Mutex // held while rows are appended, and while compaction puts a table in place

	held  held[*sums, delta]      // sums in memory
	paths held[*paths, pathDelta] // who came and what they did, in memory
	texts originTexts
	walks chan struct{} // has room for whoever reads paths from the tables: one is enough

	mu      sync.Mutex     // of what follows
	seq     int64          // last committed; unknownSeq after a batch that failed
	sources map[int64]bool // that the source table has
	pending compaction

	writtenText       string // the configuration last committed; "" = unknown
	configurationText string // as last read or written, and what it says
	configuration     journal.Configuration
}

// compaction counts what was appended since the last one.
type compaction struct {
	negatives [len(facts)]int64 // rows taken back, by table
	behind    int64             // rows that no rollup covers yet
	added     int64             // rows added to rollups since they were netted, at most
}

// generation returns what is remembered of a generation, reading it through q
// when it is first asked for.
func (e *Engine) generation(ctx context.Context, q querier, key generationKey) (*generation, error) {
	e.mu.Lock()
	g, ok := e.generations[key]
	e.mu.Unlock()
	if ok {
		return g, nil
	}
	g = &generation{key: key, schema: schemaOf(key.workspace, key.number), sources: map[int64]bool{}, walks: make(chan struct{}, 1)}
	if err := g.load(ctx, q); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if first, ok := e.generations[key]; ok {
		return first, nil
	}
	e.generations[key] = g
	return g, nil
}

// forget drops what is remembered of some generations.
func (e *Engine) forget(which func(generationKey) bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for key, g := range e.generations {
		if which(key) {
			delete(e.generations, key)
			g.dropHeld()
		}
	}
}

func (g *generation) load(ctx context.Context, q querier) error {
	var err error
	if g.journeys, err = loadCells[funnel.JourneyCell](ctx, q, g.schema+".journey_cell"); err != nil {
		return err
	}
	if g.stays, err = loadCells[funnel.StayCell](ctx, q, g.schema+".stay_cell"); err != nil {
		return err
	}
	numbers, err := collect(ctx, q, "SELECT number FROM "+g.schema+".source", scanOne[int64])
	for _, n := range numbers {
		g.sources[n] = true
	}
	if err != nil {
		return err
	}
	for i, t := range facts {
		negatives, err := collect(ctx, q, fmt.Sprintf("SELECT count(*) FROM %s.%s WHERE sign < 0", g.schema, t.name), scanOne[int64])
		if err != nil {
			return err
		}
		g.pending.negatives[i] = negatives[0]
	}
	where, err := collect(ctx, q, fmt.Sprintf(`SELECT seq, (SELECT count(*) FROM %[1]s.journey) - journeys + (SELECT count(*) FROM %[1]s.stay) - stays
		FROM generation WHERE workspace = %d AND number = %d`, g.schema, g.key.workspace, g.key.number), scanPair)
	if err == nil && len(where) == 1 {
		g.seq, g.pending.behind = where[0][0], where[0][1]
	}
	return err
}

// configure reads a configuration from its text, which hardly ever changes.
func (g *generation) configure(text string) (journal.Configuration, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if text == g.configurationText {
		return g.configuration, nil
	}
	var c journal.Configuration
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return c, fmt.Errorf("duckdb: read configuration: %w", err)
	}
	g.configurationText, g.configuration = text, c
	return c, nil
}

// generationRow is a row of the generation table.
type generationRow struct {
	number        int64
	state         int
	seq           int64
	incarnation   string
	latest        int64
	configuration string
	covered       covered
}

// covered is how many rows of the facts the rollups cover: those with a number
// below it. Facts are only ever appended to, so these are always the same.
type covered struct{ journeys, stays int64 }

// of is what a rollup covers of its fact.
func (c covered) of(u *rollup) int64 {
	if u.fact == "stay" {
		return c.stays
	}
	return c.journeys
}

const generationColumns = "number, state, seq, incarnation, latest, configuration, journeys, stays"

func scanGeneration(rows *sql.Rows) (r generationRow, err error) {
	err = rows.Scan(&r.number, &r.state, &r.seq, &r.incarnation, &r.latest, &r.configuration, &r.covered.journeys, &r.covered.stays)
	return r, err
}

// Generations implements projector.Tables. It first replaces the file if a
// query met damage in it.
func (e *Engine) Generations(ctx context.Context, w journal.WorkspaceID) (out []projector.Generation, err error) {
	if err := e.repair(); err != nil {
		return nil, err
	}
	query := fmt.Sprintf("SELECT %s FROM generation WHERE workspace = %d AND state > %d ORDER BY number", generationColumns, w, loading)
	err = e.write(ctx, func(conn *sql.Conn) error {
		rows, err := collect(ctx, conn, query, scanGeneration)
		for _, r := range rows {
			g := projector.Generation{Number: r.number, InForce: r.state == inForce, Cursor: projector.Cursor{
				Seq: r.seq, Incarnation: r.incarnation, Latest: lifecycle.Millis(r.latest),
			}}
			if err := json.Unmarshal([]byte(r.configuration), &g.Cursor.Configuration); err != nil {
				return fmt.Errorf("duckdb: read configuration: %w", err)
			}
			out = append(out, g)
		}
		return err
	})
	return out, err
}

// Switch implements projector.Tables.
func (e *Engine) Switch(ctx context.Context, w journal.WorkspaceID, number int64) error {
	err := e.write(ctx, func(conn *sql.Conn) error {
		query := fmt.Sprintf("SELECT number FROM generation WHERE workspace = %d AND number <> %d", w, number)
		others, err := collect(ctx, conn, query, scanOne[int64])
		if err != nil {
			return err
		}
		return inTransaction(ctx, conn, func() error { return switchTo(ctx, conn, w, number, others) })
	})
	if err == nil {
		e.forget(func(k generationKey) bool { return k.workspace == w && k.number != number })
	}
	return err
}

func switchTo(ctx context.Context, conn *sql.Conn, w journal.WorkspaceID, number int64, others []int64) error {
	statements := fmt.Sprintf(`UPDATE generation SET state = %d WHERE workspace = %d AND number = %d;
		DELETE FROM generation WHERE workspace = %[2]d AND number <> %[3]d;`, inForce, w, number)
	for _, other := range others {
		statements += fmt.Sprintf("DROP SCHEMA IF EXISTS %s CASCADE;", schemaOf(w, other))
	}
	if _, err := conn.ExecContext(ctx, statements); err != nil {
		return fmt.Errorf("duckdb: switch generation: %w", err)
	}
	return nil
}
