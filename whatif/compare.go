package whatif

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Effect is what differs between two configurations.
type Effect struct {
	Journeys      int64 // that are not the same, or only under one of them
	Contacts      int64 // who have such a journey
	Before, After funnel.Summary
}

// Log is what is compared.
type Log interface {
	// EachChange calls visit with all stage changes, those of one contact in
	// order of arrival, until visit fails. It may be called more than once and
	// then begins anew.
	EachChange(ctx context.Context, visit func(journal.ContactID, lifecycle.Change) error) error
}

// maxHeld is how many changes are held at once: 16 bytes each.
const maxHeld = 20_000_000

// Compare folds a log under two configurations.
func Compare(ctx context.Context, before, after *lifecycle.Configuration, log Log) (Effect, error) {
	c := comparison{
		before: lifecycle.NewFolder(before), after: lifecycle.NewFolder(after), touched: touchedBy(before, after), limit: maxHeld,
	}
	return c.run(ctx, log)
}

type comparison struct {
	before, after *lifecycle.Folder
	touched       touched
	limit         int
}

// run compares one part of the contacts after the other.
func (c *comparison) run(ctx context.Context, log Log) (Effect, error) {
	var out Effect
	h := held{parts: 1}
	for part := journal.ContactID(0); part < h.parts; part++ {
		h.begin(part)
		err := log.EachChange(ctx, func(contact journal.ContactID, change lifecycle.Change) error {
			h.add(contact, change, c.limit)
			return nil
		})
		if err != nil {
			return Effect{}, err
		}
		out.add(c.compare(ctx, &h))
		if err := ctx.Err(); err != nil {
			return Effect{}, err
		}
	}
	return out, nil
}

// compare compares all contacts that are held, on all processors.
func (c *comparison) compare(ctx context.Context, h *held) Effect {
	workers := runtime.GOMAXPROCS(0)
	effects := make([]Effect, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			changes := []lifecycle.Change{}
			for i := w * len(h.last) / workers; i < (w+1)*len(h.last)/workers && (i%1024 != 0 || ctx.Err() == nil); i++ {
				changes = h.changes(changes[:0], i)
				c.contact(&effects[w], changes)
			}
		})
	}
	group.Wait()
	var out Effect
	for _, e := range effects {
		out.add(e)
	}
	return out
}

// contact compares the journeys of one contact.
func (c *comparison) contact(out *Effect, changes []lifecycle.Change) {
	if len(changes) == 0 {
		return
	}
	was := c.before.Fold(changes)
	count(&out.Before, was)
	if !c.touched.any(changes) {
		count(&out.After, was)
		return
	}
	is := c.after.Fold(changes)
	count(&out.After, is)
	if n := differing(was, is); n > 0 {
		out.Journeys += n
		out.Contacts++
	}
}

// count adds journeys to a summary.
func count(s *funnel.Summary, journeys []lifecycle.Journey) {
	for i := range journeys {
		j := &journeys[i]
		s.Entered++
		switch j.Outcome {
		case lifecycle.OutcomeWon:
			s.Won++
			addTime(&s.ToConversion, j)
		case lifecycle.OutcomeLost:
			s.Lost++
			addTime(&s.ToDropOff, j)
		case lifecycle.OutcomeLeft:
			s.Left++
		default:
			s.Open++
		}
	}
}

func addTime(t *funnel.Times, j *lifecycle.Journey) {
	if d, ok := j.Duration(); ok {
		t.N++
		t.Sum += int64(d)
	}
}

// differing counts the journeys of a contact that are not the same.
func differing(was, is []lifecycle.Journey) int64 {
	n := int64(0)
	for i := range max(len(was), len(is)) {
		if i >= len(was) || i >= len(is) || !same(&was[i], &is[i]) {
			n++
		}
	}
	return n
}

func same(a, b *lifecycle.Journey) bool {
	return a.EnteredAt == b.EnteredAt && a.EndedAt == b.EndedAt && a.Outcome == b.Outcome && a.Instant == b.Instant &&
		a.Furthest == b.Furthest && a.Origin == b.Origin && a.LostStage == b.LostStage && a.Present == b.Present &&
		slices.Equal(a.Visited, b.Visited) && slices.Equal(a.Stays, b.Stays)
}

func (e *Effect) add(other Effect) {
	e.Journeys += other.Journeys
	e.Contacts += other.Contacts
	addSummary(&e.Before, other.Before)
	addSummary(&e.After, other.After)
}

func addSummary(s *funnel.Summary, other funnel.Summary) {
	s.Entered += other.Entered
	s.Won += other.Won
	s.Lost += other.Lost
	s.Left += other.Left
	s.Open += other.Open
	s.ToConversion.N += other.ToConversion.N
	s.ToConversion.Sum += other.ToConversion.Sum
	s.ToDropOff.N += other.ToDropOff.N
	s.ToDropOff.Sum += other.ToDropOff.Sum
}
