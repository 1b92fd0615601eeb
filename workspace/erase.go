package workspace

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// EraseContactInput erases one contact for good.
type EraseContactInput struct {
	Ref     ContactRef
	IfMatch *int64 // the edit number the caller saw; nil = do not check
	Actor   journal.Actor
}

// EraseContactOutput is its answer.
type EraseContactOutput struct {
	ID  string `json:"id"`
	Seq int64  `json:"seq" doc:"the erasure, for min_seq of reports: from then on they are without the contact"`
}

// EraseContact takes a contact away for good (rule 15), with everyone who was
// merged into it. It is invisible at once, and leaves the reports with the next
// batch; its rows go in the background, see PurgeErased. Nothing brings it back.
func (s *Service) EraseContact(ctx context.Context, w journal.WorkspaceID, in EraseContactInput) (EraseContactOutput, error) {
	var k checker
	in.Actor = k.actor(in.Actor)
	if err := k.Err(); err != nil {
		return EraseContactOutput{}, err
	}
	return landOnce(ctx, s, w, Idempotency{}, func(l *landing) error {
		sub, err := l.named(in.Ref)
		if err != nil {
			return err
		}
		if in.IfMatch != nil && *in.IfMatch != sub.Head.Last {
			return errEdited()
		}
		return l.erase(sub, in.Actor)
	}, func(l *landing) (EraseContactOutput, error) {
		return EraseContactOutput{ID: ShowContactID(l.erased), Seq: l.last}, nil
	})
}

// erase takes a contact out of everything that is not the log.
func (l *landing) erase(sub *subject, actor journal.Actor) error {
	entries, ok, err := l.whole(sub)
	if err != nil || !ok {
		return err
	}
	person := journal.ReadOf(sub.ID, entries)
	if err := l.tx.Uncount(journal.InForce(sub.ID, entries)); err != nil {
		return err
	}
	if err := l.eraseVisits(entries, actor); err != nil {
		return err
	}
	if err := l.append(sub, &journal.Entry{Kind: journal.KindErasure, At: l.now, Actor: actor}); err != nil {
		return err
	}
	if err := l.free(sub, identitiesOf(&person)); err != nil {
		return err
	}
	if err := l.tx.Deliveries().RemoveContact(sub.ID); err != nil {
		return err
	}
	for i := range entries {
		if entries[i].Kind != journal.KindRevenue {
			continue
		}
		if err := l.tx.Money().ForgetRevenue(entries[i].Seq); err != nil {
			return err
		}
	}
	lists, err := l.tx.Saved().All(l.w, SavedList)
	if err != nil {
		return err
	}
	for i := range lists {
		if _, err := l.tx.Saved().SetMember(lists[i].Number, sub.ID, false, l.now); err != nil {
			return err
		}
	}
	l.erased = sub.ID
	return l.leave(sub, 0, true)
}

// Erasure is a contact that was erased: what is left of it.
type Erasure struct {
	ContactID string            `json:"contact_id"`
	ErasedAt  lifecycle.Millis  `json:"erased_at"`
	Actor     journal.ActorView `json:"actor"`
	Completed bool              `json:"completed" doc:"its rows are gone from the data folder; until then it is only invisible"`
}

// ListErasures lists the contacts that were erased, newest first.
func (s *Service) ListErasures(ctx context.Context, w journal.WorkspaceID) ([]Erasure, error) {
	out := []Erasure{}
	err := s.store.Read(ctx, func(r Reader) error {
		return r.EachErasure(w, func(e StoredErasure) {
			out = append(out, Erasure{ShowContactID(e.Contact), e.At, e.Actor.View(), !e.Pending})
		})
	})
	return out, err
}
