package bench

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// ready makes the engine include the whole log. The first time that is a build
// of it, which is measured.
func (r *run) ready(ctx context.Context) error {
	if r.house.engine != nil {
		return r.house.current(ctx)
	}
	_, statErr := os.Stat(filepath.Join(r.Dir, engineFile))
	took, err := r.build(ctx, engineFile)
	if err != nil {
		return err
	}
	if r.report.Entries > 0 { // counted already, before later sections wrote
		return nil
	}
	r.report.Entries, err = r.head(ctx)
	if err != nil {
		return err
	}
	if statErr != nil {
		r.built = sampleOf([]float64{rate(int(r.report.Entries), took)})
	}
	return r.countJourneys(ctx)
}

// build opens an engine file and waits until it includes the log.
func (r *run) build(ctx context.Context, name string) (time.Duration, error) {
	start := time.Now()
	if err := r.house.openEngine(name); err != nil {
		return 0, err
	}
	done := make(chan error, 1)
	go func() { done <- r.house.current(ctx) }()
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case err := <-done:
			return time.Since(start), err
		case <-ticker.C:
		}
		if p, ok := r.house.projector.Progress(r.workspace()); ok {
			r.Tell("building the engine", p.Done, p.Total)
		}
	}
}

// countJourneys asks the report how many journeys there are.
func (r *run) countJourneys(ctx context.Context) error {
	result, err := r.house.reports.Lifecycle(ctx, r.workspace(), wholeRange())
	if err != nil {
		return err
	}
	r.report.Journeys = result.Summary.Entered
	return nil
}

// measureRebuild tells how fast the engine was built from the log.
func measureRebuild(ctx context.Context, r *run) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	const name, target = "rebuild of the engine from the record", ">= 250,000 changes/s"
	if r.built.Runs == 0 {
		r.add(Row{Name: name, Target: target, Verdict: Skipped, Note: "the folder had the engine already"})
		return nil
	}
	r.add(Row{
		Name: name, Target: target, Value: r.built, Unit: "changes/s", Bound: 250_000, AtLeast: true,
		Note: "log entries read, folded and loaded until reports can be asked; one run",
	}.judge())
	return nil
}
