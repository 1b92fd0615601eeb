package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/tidemark/tidemark/report"
)

// The paced load under which freshness is measured.
const (
	pace       = 5000 // changes a second
	paceBatch  = 50   // changes in a body
	pacers     = 4    // clients that send them
	probeEvery = 100 * time.Millisecond
)

// measureFreshness sends changes at a pace and measures, for single writes
// among them, how long after the answer a report includes them.
func measureFreshness(ctx context.Context, r *run) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	s, err := r.house.serve(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	length := 10 * r.window()
	loaded, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	waits, reached, err := r.paced(loaded, s, length)
	if err != nil {
		return err
	}
	r.freshness("freshness, p99: a write is in the report", waits, reached, length)
	return r.house.current(ctx)
}

// paced sends changes at the pace until ctx ends, and probes how long each of
// some took to be in a report. It returns those times, sorted, and how many
// changes a second were sent.
func (r *run) paced(ctx context.Context, s *server, length time.Duration) (waits []float64, reached float64, err error) {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	errs := make([]error, pacers)
	sent := make([]int, pacers)
	for i := range pacers {
		group.Go(func() { errs[i] = r.pace(ctx, s, i, &sent[i]) })
	}
	waits, err = r.probe(ctx, s)
	cancel()
	group.Wait()
	total := 0
	for _, n := range sent {
		total += n
	}
	slices.Sort(waits)
	return waits, float64(total) / length.Seconds(), errors.Join(err, errors.Join(errs...))
}

func (r *run) freshness(name string, waits []float64, reached float64, length time.Duration) {
	p50, p99 := quantile(waits, 0.5), quantile(waits, 0.99)
	row := Row{
		Name: name, Target: "<= 300 ms at 5,000 changes/s", Unit: "ms", Bound: 300,
		Value: Sample{Runs: 1, Median: p99, Min: waits[0], Max: waits[len(waits)-1]},
		Note: fmt.Sprintf("from the answered write until a report of 30 days with its seq is answered; p50 %s ms, p99 %s ms, longest %s ms of %d probes over %s; %s changes/s were sent in bodies of %d",
			figure(p50), figure(p99), figure(waits[len(waits)-1]), len(waits), length, figure(reached), paceBatch),
	}.judge()
	if reached < 0.95*pace {
		row.Note += fmt.Sprintf("; the machine could not keep the pace of %d", pace)
	}
	r.add(row)
}

// pace sends its part of the load until ctx ends: bodies at fixed instants, at
// once when late.
func (r *run) pace(ctx context.Context, s *server, seed int, sent *int) error {
	c, err := s.caller()
	if err != nil {
		return err
	}
	defer c.close()
	random := rand.New(rand.NewPCG(11, uint64(seed)))
	every := time.Second * paceBatch * pacers / pace
	for next := time.Now(); ; next = next.Add(every) {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Until(next)):
		}
		body, err := r.moves(random)
		if err != nil {
			return err
		}
		if _, err := c.post("/v1/changes", body); err != nil {
			return err
		}
		*sent += paceBatch
	}
}

// moves is a body of changes of contacts at random, that happen now.
func (r *run) moves(random *rand.Rand) ([]byte, error) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	for range paceBatch {
		id := r.business.externalID(random.IntN(r.business.contacts))
		change := wireChange{Stage: &stageKeys[random.IntN(len(stageKeys))], At: time.Now().UTC().Format(time.RFC3339Nano)}
		change.Contact.ExternalID = &id
		if err := encoder.Encode(change); err != nil {
			return nil, err
		}
	}
	return body.Bytes(), nil
}

// probe writes single changes until ctx ends and returns how long each took to
// be in a report, in milliseconds.
func (r *run) probe(ctx context.Context, s *server) ([]float64, error) {
	c, err := s.caller()
	if err != nil {
		return nil, err
	}
	defer c.close()
	random := rand.New(rand.NewPCG(12, 12))
	var waits []float64
	for ctx.Err() == nil {
		answer, err := c.post(r.move(random))
		if err != nil {
			return nil, err
		}
		start := time.Now()
		seq, err := seqOf(answer)
		if err != nil {
			return nil, err
		}
		q := month(alone())
		q.MinSeq, q.Parts = seq, []report.Part{report.PartSummary}
		if _, err := r.house.reports.Lifecycle(context.WithoutCancel(ctx), r.workspace(), q); err != nil {
			return nil, err
		}
		waits = append(waits, millis(time.Since(start)))
		select {
		case <-ctx.Done():
		case <-time.After(probeEvery - min(time.Since(start), probeEvery)):
		}
	}
	return waits, nil
}
