package projector

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Sizes of the work of a bulk build.
const (
	scanEntries  = 20_000 // of one read of the log
	foldContacts = 4_000  // of one batch
)

// build is the making of one generation from the whole log.
type build struct {
	follower *follower
	upTo     int64
	temp     string
	done     *atomic.Int64 // of upTo, for those who wait

	mu    sync.Mutex
	costs map[costKey]saidCost
}

// costKey is what a cost replaces another one by.
type costKey struct {
	day    int32
	source touch.Source
}

// saidCost is what was last said of a cost.
type saidCost struct {
	seq int64
	to  *journal.Spend
}

// note takes in what an entry says of a cost.
func (b *build) note(e *journal.Entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := costKey{e.Cost.Day, e.Cost.Source}
	if e.Seq > b.costs[key].seq {
		b.costs[key] = saidCost{e.Seq, e.Cost.To}
	}
}

// costRows are the costs that hold.
func (b *build) costRows(ctx context.Context) ([]CostRow, error) {
	var hold []journal.Cost
	for key, said := range b.costs {
		if said.to != nil {
			hold = append(hold, journal.Cost{Day: key.day, Source: key.source, To: said.to})
		}
	}
	f := b.follower
	numbers, err := f.numbers.resolve(ctx, nil, hold)
	return costs(hold, &f.cursor.Configuration, numbers), err
}

// newBuild prepares a generation as of a seq.
func newBuild(ctx context.Context, j Journal, t Tables, w journal.WorkspaceID, number, upTo int64, temp string) (*build, error) {
	configuration, err := j.ConfigurationAt(ctx, w, upTo)
	if err != nil {
		return nil, fmt.Errorf("projector: read configuration: %w", err)
	}
	incarnation, err := j.Incarnation(ctx)
	if err != nil {
		return nil, fmt.Errorf("projector: read incarnation: %w", err)
	}
	cursor := Cursor{Seq: upTo, Incarnation: incarnation, Configuration: configuration}
	return &build{
		follower: newFollower(j, t, w, number, cursor), upTo: upTo, temp: temp, done: new(atomic.Int64),
		costs: map[costKey]saidCost{},
	}, nil
}

// run loads the generation; afterwards its follower can go on.
func (b *build) run(ctx context.Context) error {
	rules, err := rulesOf(&b.follower.cursor.Configuration)
	if err != nil {
		return err
	}
	f := b.follower
	if err := f.tables.Load(ctx, f.workspace, f.number, b.batches(ctx, rules)); err != nil {
		return fmt.Errorf("projector: build generation: %w", err)
	}
	return nil
}

// batches yields the rows of all contacts. The cursor is right only in the
// last one, as the latest time is known when the log was read. Batches are
// made ahead while the engine takes those before.
func (b *build) batches(ctx context.Context, r rules) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		made := make(chan Batch, 2)
		failed := make(chan error, 1)
		go func() {
			defer close(made)
			failed <- b.make(ctx, r, made)
		}()
		defer func() {
			cancel()
			for range made { // until it has ended: it uses the sorter's files
			}
		}()
		for batch := range made {
			if !yield(batch, nil) {
				return
			}
		}
		if err := <-failed; err != nil {
			yield(Batch{}, err)
			return
		}
		rows, err := b.costRows(ctx)
		yield(Batch{Costs: rows, Cursor: b.follower.cursor}, err)
	}
}

// make reads the log and sends the rows of all contacts.
func (b *build) make(ctx context.Context, r rules, to chan<- Batch) error {
	s := newSorter(b.temp, runtime.GOMAXPROCS(0))
	defer s.close()
	if err := b.scan(ctx, s); err != nil {
		return err
	}
	total := s.count()
	for g, err := range s.groups(foldContacts) {
		if err != nil {
			return err
		}
		batch, err := b.rows(ctx, r, g)
		if err != nil {
			return err
		}
		select {
		case to <- batch:
		case <-ctx.Done():
			return ctx.Err()
		}
		b.done.Add(int64(float64(b.upTo) * 0.7 * float64(g.entries()) / float64(total)))
	}
	return nil
}

// scan reads the log into the sorter, a part of it on each processor.
func (b *build) scan(ctx context.Context, s *sorter) error {
	latest := make([]lifecycle.Millis, len(s.parts))
	var group sync.WaitGroup
	errs := make([]error, len(s.parts))
	for i, p := range s.parts {
		latest[i] = b.follower.cursor.Latest
		group.Go(func() {
			n := int64(len(s.parts))
			errs[i] = b.scanPart(ctx, p, b.upTo*int64(i)/n, b.upTo*int64(i+1)/n, &latest[i])
		})
	}
	group.Wait()
	b.follower.cursor.Latest = slices.Max(latest)
	return errors.Join(errs...)
}

func (b *build) scanPart(ctx context.Context, p *part, after, upTo int64, latest *lifecycle.Millis) error {
	f := b.follower
	for at := after; at < upTo; {
		if err := ctx.Err(); err != nil {
			return err
		}
		read, from := 0, at
		err := f.journal.Skim(ctx, f.workspace, at, upTo, scanEntries, func(e journal.Entry) error {
			read++
			at = e.Seq
			if e.Kind == journal.KindChange {
				*latest = max(*latest, e.At)
			}
			if e.Kind == journal.KindCost {
				b.note(&e)
			}
			if e.Contact == 0 {
				return nil
			}
			return p.add(&e)
		})
		if err != nil {
			return fmt.Errorf("projector: scan: %w", err)
		}
		b.done.Add((at - from) * 3 / 10)
		if read < scanEntries {
			break
		}
	}
	return nil
}

// rows folds contacts on all processors, numbers what is new, and makes the
// rows on all processors again.
func (b *build) rows(ctx context.Context, r rules, g *group) (Batch, error) {
	folded := make([]change, len(g.contacts))
	err := parallel(len(folded), func(from, to int) error { return b.fold(ctx, r, g, folded, from, to) })
	if err != nil {
		return Batch{}, err
	}
	numbers, err := b.follower.numbers.resolve(ctx, folded, nil)
	if err != nil {
		return Batch{}, err
	}
	made := make([]ContactRows, len(folded))
	err = parallel(len(folded), func(from, to int) error {
		for i := from; i < to; i++ {
			made[i] = Rows(&folded[i].now, r.zone, numbers)
		}
		return ctx.Err()
	})
	batch := Batch{Cursor: b.follower.cursor}
	for _, rows := range made {
		batch.add(ContactRows{}, rows)
	}
	return batch, err
}

// fold folds some contacts of a group. Those with merges among their entries
// are read from the log, as the entries of the other one were sorted elsewhere.
func (b *build) fold(ctx context.Context, r rules, g *group, into []change, from, to int) error {
	for i := from; i < to; i++ {
		entries, err := g.unpack(i)
		if err != nil {
			return err
		}
		if merges(entries) {
			last := entries[len(entries)-1].Seq
			chains, err := b.follower.journal.Chains(ctx, b.follower.workspace, []Chain{{g.contacts[i].id, last}})
			if err != nil {
				return fmt.Errorf("projector: read chain: %w", err)
			}
			entries = chains[0]
		}
		if entries, err = widen(ctx, b.follower.journal, b.follower.workspace, entries, b.upTo); err != nil {
			return err
		}
		into[i].now = r.fold(g.contacts[i].id, entries)
	}
	return ctx.Err()
}

func merges(entries []journal.Entry) bool {
	for i := range entries {
		if entries[i].Kind == journal.KindMerge {
			return true
		}
	}
	return false
}

// parallel divides 0..n-1 among all processors and returns their errors.
func parallel(n int, work func(from, to int) error) error {
	workers := min(runtime.GOMAXPROCS(0), n)
	errs := make([]error, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() { errs[w] = work(w*n/workers, (w+1)*n/workers) })
	}
	group.Wait()
	return errors.Join(errs...)
}
