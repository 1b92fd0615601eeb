package report

import (
	"context"
	"encoding/json"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Waiter waits for the engine.
type Waiter interface {
	// Wait returns once the engine includes a log entry of the workspace. It
	// fails with fault.Unavailable when that takes too long, and with the
	// context's error when that ends.
	Wait(ctx context.Context, w journal.WorkspaceID, seq int64) error
}

// People knows contacts by their number.
type People interface {
	// Names returns what to call each contact, in the order asked. A contact
	// that is gone has empty texts.
	Names(ctx context.Context, w journal.WorkspaceID, contacts []journal.ContactID) ([]Name, error)
}

// Name is what a table shows of a contact.
type Name struct{ ID, ExternalID, Name string }

// Log knows what an engine does not count.
type Log interface {
	// CountUnrecorded counts the changes with from <= at < to that are not
	// transitions.
	CountUnrecorded(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis) (int64, error)
}

// Switch knows whether reports are wanted at all, as of the latest edit: the
// engine's configuration follows it a moment later.
type Switch interface {
	LifecycleEnabled(ctx context.Context, w journal.WorkspaceID) (bool, error)
}

// Recomputing knows when reports are still those of an older configuration.
type Recomputing interface {
	// Recomputing tells of the one under way; ok is false when reports are current.
	Recomputing(w journal.WorkspaceID) (r Recomputation, ok bool)
}

// Recomputation is the making of a new generation while reports are answered
// from the old one.
type Recomputation struct {
	Generation  int64 // the old one
	Since       int64 // seq of the first edit of the configuration that it does not show
	Done, Total int64
}

// News knows what answers must include to be given again.
type News interface {
	// Told returns the generation in force, and the log entry that open pages
	// were told of last: they ask again because of it.
	Told(w journal.WorkspaceID) (generation, seq int64)
}

// Segments knows what filters name.
type Segments interface {
	// ResolveSegment reads a filter as it was written: text, JSON, view:ID or
	// list:ID. It fails with fault.Invalid, at the location that is given.
	ResolveSegment(ctx context.Context, w journal.WorkspaceID, written, location string) (segment.Resolved, error)
}

// Service answers queries. Engine and Clock are needed; without a Waiter
// min_seq is not waited for but still checked, without People the table
// journeys has numbers only, without a Log no notice tells of unrecorded
// changes, without a Switch the engine's configuration decides, without
// Segments a query cannot have one, without Recomputing no notice tells of a
// recomputation, without News an answer is given again only while the log stands
// still, without a Past there are no marks, without Changes the log is not
// counted.
type Service struct {
	Engine Engine
	Clock  Clock
	Waiter Waiter
	People People
	Log    Log
	Switch Switch

	Segments    Segments
	Recomputing Recomputing
	News        News
	Past        Past
	Changes     ChangeLog

	answers answers
}

// Lifecycle answers the lifecycle report. It fails with fault.Conflict
// "lifecycle_disabled" where that is switched off, and with fault.Invalid where
// the query contradicts itself or the stages.
func (s *Service) Lifecycle(ctx context.Context, w journal.WorkspaceID, q Query) (Result, error) {
	if err := q.refuseSelection("report"); err != nil {
		return Result{}, err
	}
	under := s.recomputing(w)
	answer, err := s.answer(ctx, w, q, "report", func(ctx context.Context, v *view) (any, error) {
		return v.lifecycle(ctx)
	})
	if err != nil {
		return Result{}, err
	}
	// The answer is of one generation: it says so if that was old, be it that
	// the other one took over meanwhile.
	return answer.value.(Result).of(answer.generation, under, s.recomputing(w)), nil
}

// Table answers one table of the lifecycle report. It fails like Lifecycle.
func (s *Service) Table(ctx context.Context, w journal.WorkspaceID, name TableName, q Query) (Table, error) {
	if name != TableJourneys {
		if err := q.refuseSelection(string(name)); err != nil {
			return Table{}, err
		}
	}
	return ask(ctx, s, w, q, string(name), func(ctx context.Context, v *view) (Table, error) {
		return v.table(ctx, name)
	})
}

// refuseSelection refuses parameters that narrow the table journeys elsewhere.
func (q *Query) refuseSelection(where string) error {
	var faults fault.Details
	for _, name := range q.Select.names() {
		faults.Add("query."+name, "narrows only the table journeys, not %s", where)
	}
	return faults.Err()
}

// ask answers one question with what compute makes of a view, as Service.answer
// does.
func ask[T any](ctx context.Context, s *Service, w journal.WorkspaceID, q Query, what string,
	compute func(context.Context, *view) (T, error),
) (out T, err error) {
	answer, err := s.answer(ctx, w, q, what, func(ctx context.Context, v *view) (any, error) { return compute(ctx, v) })
	if err == nil {
		out = answer.value.(T)
	}
	return out, err
}

// askWith is ask for a report with parameters of its own, which tell its
// answers apart.
func askWith[T any](ctx context.Context, s *Service, w journal.WorkspaceID, q Query, what string, own any,
	compute func(context.Context, *view) (T, error),
) (out T, err error) {
	if err := q.refuseSelection("report"); err != nil {
		return out, err
	}
	key, err := json.Marshal(own)
	if err != nil {
		return out, err
	}
	return ask(ctx, s, w, q, what+" "+string(key), compute)
}

// answer runs one question: it waits for min_seq, takes the answer of a moment
// ago or joins the same question already being answered, or else reads everything
// through one View.
func (s *Service) answer(ctx context.Context, w journal.WorkspaceID, q Query, what string,
	compute func(context.Context, *view) (any, error),
) (reply, error) {
	if err := q.Validate(); err != nil {
		return reply{}, err
	}
	if err := s.switchedOn(ctx, w); err != nil {
		return reply{}, err
	}
	if q.MinSeq > 0 && s.Waiter != nil {
		if err := s.Waiter.Wait(ctx, w, q.MinSeq); err != nil {
			return reply{}, err
		}
	}
	who, err := s.segment(ctx, w, q.Segment)
	if err != nil {
		return reply{}, err
	}
	want := wanted{seq: q.MinSeq, now: s.Clock.Now()}
	key := keyOf(w, q, who, what, want.now)
	if s.News != nil {
		generation, told := s.News.Told(w)
		want.generation, want.seq = generation, max(q.MinSeq, told)
		if kept, ok := s.answers.kept(key, want); ok {
			return kept, nil
		}
	}
	out, err := s.answers.join(ctx, key, want, func(ctx context.Context, begin func(reply)) (out reply, err error) {
		err = s.Engine.View(ctx, w, func(r Reading) error {
			// The view may have waited for others to end: now is when it reads.
			out = reply{seq: r.Cursor().Seq, generation: r.Cursor().Generation, asOf: s.Clock.Now()}
			begin(out)
			out, err = s.read(ctx, r, w, q, who, key, out, compute)
			return err
		})
		return out, err
	})
	if err == nil && out.seq < q.MinSeq {
		err = fault.New(fault.Unavailable, "behind", "The reports do not include that write yet. Try again.")
	}
	return out, err
}

func (s *Service) switchedOn(ctx context.Context, w journal.WorkspaceID) error {
	if s.Switch == nil {
		return nil
	}
	on, err := s.Switch.LifecycleEnabled(ctx, w)
	if err == nil && !on {
		err = errDisabled()
	}
	return err
}

// segment resolves what a query names; nil for everybody.
func (s *Service) segment(ctx context.Context, w journal.WorkspaceID, written string) (*segment.Resolved, error) {
	if written == "" {
		return nil, nil
	}
	if s.Segments == nil {
		return nil, fault.At("query.segment", "is not possible here")
	}
	who, err := s.Segments.ResolveSegment(ctx, w, written, "query.segment")
	return &who, err
}

// read answers within a view, from what was kept if nothing happened since.
func (s *Service) read(ctx context.Context, r Reading, w journal.WorkspaceID, q Query, who *segment.Resolved, key string, out reply,
	compute func(context.Context, *view) (any, error),
) (reply, error) {
	if kept, ok := s.answers.unchanged(key, out); ok {
		return kept, nil
	}
	configuration := r.Cursor().Configuration
	configuration.LifecycleEnabled = configuration.LifecycleEnabled || s.Switch != nil
	a, err := normalize(w, q, configuration, out.asOf)
	if err != nil {
		return reply{}, err
	}
	a.base.Segment = who
	out.value, err = compute(ctx, &view{asked: a, reading: r, service: s, workspace: w, seq: out.seq})
	return out, err
}
