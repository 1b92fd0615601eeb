package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// floors are the two times that reports are measured against, in milliseconds.
type floors struct{ f1, f2 Sample }

// ground is a DuckDB file of our own, besides the engine's, with the columns
// that floors sum.
type ground struct {
	db     *sql.DB
	column []uint32
}

// openGround makes the columns: so many rows.
func openGround(ctx context.Context, dir string, rows int) (*ground, error) {
	// The driver is registered by engine/duckdb, the only room that knows it.
	db, err := sql.Open("duckdb", fmt.Sprintf("%s?threads=%d", filepath.Join(dir, "floor.duckdb"), threads))
	if err != nil {
		return nil, err
	}
	g := &ground{db: db, column: make([]uint32, rows)}
	for i := range g.column {
		g.column[i] = uint32(i * 7919 % 1000)
	}
	_, err = db.ExecContext(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE floor AS SELECT (range * 7919 %% 1000)::INTEGER AS x FROM range(%d)", rows))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("bench: make the floor: %w", err), db.Close())
	}
	return g, nil
}

func (g *ground) close() error { return g.db.Close() }

// measure measures F1 and F2.
func (g *ground) measure(ctx context.Context, runs int) (f floors, err error) {
	var sum uint64
	f.f1, err = timed(ctx, 3, runs, func(context.Context) error {
		for _, v := range g.column {
			sum += uint64(v)
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	f.f2, err = timed(ctx, 3, runs, func(ctx context.Context) error {
		total, err := g.sum(ctx)
		if err != nil {
			return err
		}
		if uint64(total)*uint64(runs+3) != sum {
			return errors.New("bench: the floors do not agree")
		}
		return nil
	})
	return f, err
}

// sum asks DuckDB for the sum of the column: F2.
func (g *ground) sum(ctx context.Context) (total int64, err error) {
	err = g.db.QueryRowContext(ctx, "SELECT sum(x)::BIGINT FROM floor").Scan(&total)
	return total, err
}

// drift is how far F2 moved during the run: 0.3 = 30 % in either direction.
func drift(start, end floors) float64 {
	if start.f2.Median == 0 || end.f2.Median == 0 {
		return 0
	}
	ratio := end.f2.Median / start.f2.Median
	return max(ratio, 1/ratio) - 1
}

// maxDrift is the drift from which a run is not to be trusted.
const maxDrift = 0.3

// floorRuns is how often floors are measured: they are short and everything
// else is divided by them.
const floorRuns = 51

// rate is a number of things in a time, a second.
func rate(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }
