package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

// batchSize is how many changes a batch of history has, and a transaction of
// the bare floor.
const batchSize = 5000

// markFile remembers in a kept folder what was made in it.
const markFile = "bench.json"

// made is what the mark says.
type made struct {
	Journeys int
	Seed     uint64
}

// loading is how the journeys came into the record.
type loading struct {
	changes int
	rates   []float64 // changes a second, of a tenth of the log each
}

// prepare opens the house and makes the journeys, unless a kept folder has
// them.
func (r *run) prepare(ctx context.Context) (err error) {
	if r.house, err = openHouse(ctx, r.Dir); err != nil {
		return err
	}
	return r.once(r.Dir, "journeys", func() error {
		if head, err := r.head(ctx); err != nil || head > 1+int64(len(extraStages())) {
			return errors.Join(err, fmt.Errorf("bench: %s has a record that is not a run's: choose an empty folder", r.Dir))
		}
		return r.load(ctx)
	})
}

// once makes what a folder is to keep, unless it was made there before by a run
// of the same size.
func (r *run) once(dir, what string, create func() error) error {
	mark := filepath.Join(dir, markFile)
	wanted := made{r.Journeys, r.business.seed}
	if text, err := os.ReadFile(mark); err == nil {
		var found made
		if err := json.Unmarshal(text, &found); err != nil || found != wanted {
			return fmt.Errorf("bench: %s holds another run's %s (%d): choose another folder", dir, what, found.Journeys)
		}
		return nil
	}
	if err := create(); err != nil {
		return err
	}
	text, err := json.Marshal(wanted)
	if err != nil {
		return err
	}
	return os.WriteFile(mark, text, 0o600)
}

// load records the history of the business in batches, by the use case that
// POST /v1/changes and imports call. Batches are made ahead by another
// goroutine, as a client would.
func (r *run) load(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ahead := make(chan []workspace.ChangeItem, 4)
	go func() {
		defer close(ahead)
		for batch := range r.business.batches(batchSize) {
			select {
			case ahead <- batch:
			case <-ctx.Done():
				return
			}
		}
	}()
	expected := r.business.contacts * 4
	tenth := max(expected/10, batchSize)
	r.loaded = &loading{}
	since, start := 0, time.Now()
	for batch := range ahead {
		if err := r.put(ctx, batch); err != nil {
			return err
		}
		r.loaded.changes += len(batch)
		if since += len(batch); since >= tenth {
			r.loaded.rates = append(r.loaded.rates, rate(since, time.Since(start)))
			since, start = 0, time.Now()
		}
		r.Tell("recording changes", int64(r.loaded.changes), int64(expected))
	}
	if len(r.loaded.rates) == 0 {
		r.loaded.rates = append(r.loaded.rates, rate(since, time.Since(start)))
	}
	return ctx.Err()
}

func (r *run) put(ctx context.Context, batch []workspace.ChangeItem) error {
	out, err := r.house.uses.RecordChanges(ctx, r.workspace(), workspace.RecordChangesInput{Items: batch})
	if err != nil {
		return err
	}
	if len(out.Rejected) > 0 {
		return fmt.Errorf("bench: a change was rejected: %s", out.Rejected[0].Error)
	}
	return nil
}

// bareRows is how many rows a run of the bare floor inserts at most.
const bareRows = 200_000

// measureHistory compares the load with bare inserts.
func measureHistory(ctx context.Context, r *run) error {
	const name, target = "history batches, head and identity included", ">= 1/4 of bare inserts"
	if r.loaded == nil {
		r.add(Row{Name: name, Target: target, Verdict: Skipped, Note: "the folder had the journeys already"})
		return nil
	}
	floor, err := openBare(ctx, r.Dir, r.business.contacts)
	if err != nil {
		return err
	}
	defer floor.close()
	var rates []float64
	for range r.runs() {
		bulk, err := floor.bulk(ctx, min(max(r.loaded.changes/10, batchSize), bareRows), batchSize)
		if err != nil {
			return err
		}
		rates = append(rates, bulk)
	}
	row := share(name, target, sampleOf(r.loaded.rates), "bare inserts", sampleOf(rates).Median, 0.25)
	row.Note = fmt.Sprintf("RecordChanges, one caller, batches of %s, contacts in random order; each run is a tenth of the log, the first %s/s, the last %s/s. "+
		"A contact's first change writes its contact, identity, source and property too. The floor: transactions of %s rows with one index, %s/s (%s..%s)",
		thousands(batchSize), figure(r.loaded.rates[0]), figure(r.loaded.rates[len(r.loaded.rates)-1]),
		thousands(batchSize), figure(sampleOf(rates).Median), figure(sampleOf(rates).Min), figure(sampleOf(rates).Max))
	r.add(row)
	return nil
}
