package workspace

import (
	"context"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Bounds of one round of ForgetOld.
const (
	forgetEntries = 2_000 // of the log that one write looks at
	forgetWrites  = 20
	forgetPause   = time.Hour
)

// retention decides when ForgetOld is worth a look again.
type retention struct{ next time.Time }

// round takes out a bounded part of what is too old, once in a while.
func (r *retention) round(ctx context.Context, s *Service) error {
	if time.Now().Before(r.next) {
		return nil
	}
	for range forgetWrites {
		more, err := s.ForgetOld(ctx)
		if err != nil {
			return err
		}
		if !more {
			r.next = time.Now().Add(forgetPause)
			break
		}
	}
	return nil
}

// ForgetOld takes out what is older than the workspaces keep it: pages and events
// of visitors that never became a contact. Whoever did nothing since goes whole;
// of others an erasure on their chain says that what was before is to be read as
// if it had never been. PurgeErased then removes the rows for good. Days are
// counted from when something arrived, whole ones only, so that a visitor has at
// most one such erasure a day. more is true if there is more to take out.
//
// Visits of contacts are part of what is known of a contact, and go with it.
func (s *Service) ForgetOld(ctx context.Context) (more bool, err error) {
	var all []journal.WorkspaceID
	err = s.store.Read(ctx, func(r Reader) (err error) {
		all, err = r.Workspaces()
		return err
	})
	for _, w := range all {
		if err != nil {
			break
		}
		var t Tracking
		if t, err = s.GetTracking(ctx, w); err != nil || t.RetentionDays == nil {
			continue
		}
		var of bool
		of, err = s.forgetIn(ctx, w, s.keptSince(*t.RetentionDays))
		more = more || of
	}
	return more, err
}

// keptSince is the begin of the first day, in UTC, that is kept.
func (s *Service) keptSince(days int) lifecycle.Millis {
	today := s.clock().UTC().Truncate(24 * time.Hour)
	return lifecycle.MillisOf(today.AddDate(0, 0, -days))
}

// forgetIn takes out what one workspace kept too long, in one write.
func (s *Service) forgetIn(ctx context.Context, w journal.WorkspaceID, before lifecycle.Millis) (more bool, err error) {
	err = s.land(ctx, w, func(l *landing) error {
		visitors := l.tx.Visitors()
		upTo, err := visitors.ArrivedBefore(before)
		if err != nil {
			return err
		}
		done, err := visitors.Forgotten(w)
		if err != nil || done >= upTo {
			more = false
			return err
		}
		seen, last, err := visitors.Seen(w, done, upTo, forgetEntries)
		if err != nil {
			return err
		}
		for _, number := range seen {
			if err := l.forget(number, upTo, before); err != nil {
				return err
			}
		}
		more = last < upTo
		return visitors.Forget(w, last)
	})
	return more, err
}

// forget takes out what is too old of one visitor.
func (l *landing) forget(number journal.ContactID, upTo int64, before lifecycle.Millis) error {
	visitors := l.tx.Visitors()
	v, err := visitors.Numbered(l.w, number)
	if err != nil || v == nil || v.Contact != 0 {
		return err
	}
	chain, err := l.tx.Chain(v.Last)
	if err != nil {
		return err
	}
	actor := journal.Actor{Kind: journal.ActorAPI, Name: "retention"}
	switch {
	case journal.Known(chain):
		return nil
	case v.Last <= upTo:
		if err := l.eraseVisitor(v, actor, nil); err != nil {
			return err
		}
		return visitors.Drop(l.w, v)
	case !journal.Forgets(chain, before):
		return nil
	}
	err = visitors.Append(v, &journal.Entry{
		Workspace: l.w, Kind: journal.KindErasure, At: before, Arrived: l.now, Actor: actor, Identify: &journal.Identify{Visitor: v.Number},
	})
	if err == nil {
		err = visitors.Save(l.w, v)
	}
	if err == nil {
		err = visitors.Part(l.w, v.Number, true)
	}
	return err
}
