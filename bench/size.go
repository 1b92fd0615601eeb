package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// measureSize compares the engine's file, after the writes of this run, with
// one built fresh from the same log.
func measureSize(ctx context.Context, r *run) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	grown, head := r.house.engine.Size(), r.report.Entries
	if err := r.house.closeEngine(); err != nil {
		return err
	}
	const fresh = "fresh.duckdb"
	took, err := r.build(ctx, fresh)
	if err != nil {
		return err
	}
	size := r.house.engine.Size()
	if err := r.house.closeEngine(); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(r.Dir, fresh)); err != nil {
		return err
	}
	now, err := r.head(ctx)
	if err != nil {
		return err
	}
	r.add(Row{
		Name: "engine file after the run's writes", Target: "<= 1.3 x a fresh rebuild", Floor: "a fresh rebuild",
		Value: Sample{Runs: 1, Median: mega(grown), Min: mega(grown), Max: mega(grown)}, Unit: "MB", FloorValue: mega(size),
		Measured: float64(grown) / float64(size), MeasuredIn: "x a fresh rebuild", Bound: 1.3,
		Note: fmt.Sprintf("%s entries were added to %s since the engine was built; the fresh one took %.1f s: %s changes/s",
			thousands(now-head), thousands(head), took.Seconds(), figure(rate(int(now), took))),
	}.judge())
	return nil
}

func mega(bytes int64) float64 { return float64(bytes) / 1e6 }
