package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// readers is how many people read reports under load. Each asks again as soon
// as it was answered.
const readers = 64

// measureLoad lets many readers ask for mixed reports while changes come at a
// pace, and then sends more than can be taken.
func measureLoad(ctx context.Context, r *run) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	s, err := r.house.serve(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := r.readUnderLoad(ctx, s); err != nil {
		return err
	}
	if err := r.overload(ctx, s); err != nil {
		return err
	}
	return r.house.current(ctx)
}

func (r *run) readUnderLoad(ctx context.Context, s *server) error {
	length := r.Load
	r.Tell(fmt.Sprintf("measuring %d readers for %s", readers, length), 0, 0)
	loaded, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var group sync.WaitGroup
	took := make([][]float64, readers)
	errs := make([]error, readers)
	for i := range readers {
		group.Go(func() { took[i], errs[i] = s.readOn(loaded, i) })
	}
	var memory []float64
	group.Go(func() { memory = watchMemory(loaded) })
	waits, reached, err := r.paced(loaded, s, length)
	group.Wait()
	if err := errors.Join(err, errors.Join(errs...)); err != nil {
		return err
	}
	r.freshness(fmt.Sprintf("freshness, p99, while %d readers ask", readers), waits, reached, length)
	r.addReaders(slices.Sorted(slices.Values(slices.Concat(took...))), length)
	r.addMemory(memory)
	return nil
}

// mixed are the reports that a reader asks for. Those that a page asks for first
// are the same for all readers; the campaign and the journeys that somebody looks
// into are their own.
func mixed(reader int) []string {
	const report = "/v1/reports/lifecycle"
	own := "campaign=" + url.QueryEscape(campaignName(reader))
	return []string{
		report,
		report + "?preset=last_90_days",
		report + "?preset=this_year&compare=year",
		report + "?preset=last_30_days&group_by=campaign&parts=summary,groups",
		report + "/trend?preset=last_90_days",
		report + "?preset=last_90_days&" + own,
		report + "/journeys?preset=last_30_days&outcome=lost&" + own,
	}
}

// readOn asks for reports until ctx ends and returns how long each took, in
// milliseconds. Any answer but 200 is an error.
func (s *server) readOn(ctx context.Context, reader int) ([]float64, error) {
	c, err := s.caller()
	if err != nil {
		return nil, err
	}
	defer c.close()
	random, paths := rand.New(rand.NewPCG(13, uint64(reader))), mixed(reader)
	var took []float64
	for ctx.Err() == nil {
		start := time.Now()
		if _, err := c.get(paths[random.IntN(len(paths))]); err != nil {
			return took, err
		}
		took = append(took, millis(time.Since(start)))
	}
	return took, nil
}

func (r *run) addReaders(took []float64, length time.Duration) {
	if len(took) == 0 {
		took = []float64{millis(length)}
	}
	p99 := quantile(took, 0.99)
	r.add(Row{
		Name: fmt.Sprintf("reports, p99, while %d readers ask", readers), Target: "no error", Unit: "ms", Verdict: Reached,
		Value: Sample{Runs: 1, Median: p99, Min: took[0], Max: took[len(took)-1]}, Measured: p99, MeasuredIn: "ms",
		Note: fmt.Sprintf("%s reports of %d kinds over HTTP, each reader again as soon as it was answered; p50 %s ms, longest %s ms; every one was answered 200",
			thousands(int64(len(took))), len(mixed(0)), figure(quantile(took, 0.5)), figure(took[len(took)-1])),
	})
}

// watchMemory looks at the resident set of this process, clients included,
// until ctx ends: fifty times or more, in megabytes.
func watchMemory(ctx context.Context) []float64 {
	var seen []float64
	for ctx.Err() == nil {
		if now, err := resident(os.Getpid()); err == nil {
			seen = append(seen, now)
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
	return seen
}

// addMemory compares the end of the load with its second fifth: by then caches
// have been filled.
func (r *run) addMemory(seen []float64) {
	fifth := len(seen) / 5
	if fifth == 0 {
		r.add(Row{Name: "memory under load", Target: "flat", Verdict: Skipped, Note: "the resident set cannot be read here"})
		return
	}
	early, late := sampleOf(seen[fifth:2*fifth]), sampleOf(seen[len(seen)-fifth:])
	r.add(Row{
		Name: "memory under load, last fifth", Target: "flat: <= 1.1 x the second fifth", Unit: "MB", Bound: 1.1,
		Value: late, Floor: "the second fifth", FloorValue: early.Median,
		Measured: late.Median / early.Median, MeasuredIn: "x the second fifth",
		Note: "resident set of server and clients together",
	}.judge())
}

// Overload: more clients than the server lets write at the same time, each
// sending its next body as soon as the last was answered.
const (
	crowders  = 256
	crowdBody = 200 // changes
)

// overload sends more than can be taken for a while. Every body must be
// answered 200, or 429 or 503 with Retry-After; what was answered 200 must be
// there afterwards: sent again it is told to be a duplicate.
func (r *run) overload(ctx context.Context, s *server) error {
	length := 10 * r.window()
	r.Tell(fmt.Sprintf("measuring %d clients that send without pause for %s", crowders, length), 0, 0)
	pressed, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var taken, refused, lost atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, crowders)
	start := time.Now()
	for i := range crowders {
		group.Go(func() { errs[i] = s.press(pressed, i, &taken, &refused, &lost) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	r.add(Row{
		Name: "past capacity: answered writes lost", Target: "0; others turned away with Retry-After", Unit: "changes",
		Value: Sample{Runs: 1, Median: float64(lost.Load())},
		Note: fmt.Sprintf("%d clients without pause, bodies of %d: %s changes/s taken, %s bodies turned away, none timed out",
			crowders, crowdBody, figure(rate(int(taken.Load()), time.Since(start))), thousands(refused.Load())),
	}.judge())
	return nil
}

// press sends bodies until ctx ends, and the last one that was taken again.
func (s *server) press(ctx context.Context, client int, taken, refused, lost *atomic.Int64) error {
	c, err := s.caller()
	if err != nil {
		return err
	}
	defer c.close()
	var last []byte
	for n := 0; ctx.Err() == nil; n++ {
		body := pressBody(client, n)
		ok, _, err := c.offer("/v1/changes", body)
		if err != nil {
			return err
		}
		if !ok {
			refused.Add(1)
			continue
		}
		last = body
		taken.Add(crowdBody)
	}
	if last == nil {
		return nil
	}
	return c.kept(last, lost)
}

// pressBody is a body of changes of one contact with ids of their own.
func pressBody(client, n int) []byte {
	var body []byte
	for i := range crowdBody {
		body = fmt.Appendf(body, `{"contact":{"external_id":"press%d-%d"},"stage":%q,"at":"2026-01-01T00:00:00Z","id":"p%d"}`+"\n",
			client, n, stageKeys[i%len(stageKeys)], i)
	}
	return body
}

// kept sends a body that was taken again until it is answered, and counts what
// is not there.
func (c *caller) kept(body []byte, lost *atomic.Int64) error {
	for {
		ok, answer, err := c.offer("/v1/changes", body)
		if err != nil {
			return err
		}
		if !ok {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		var out struct{ Duplicate int64 }
		if err := json.Unmarshal(answer, &out); err != nil {
			return err
		}
		lost.Add(crowdBody - out.Duplicate)
		return nil
	}
}
