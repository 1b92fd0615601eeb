package workspace

import (
	"cmp"
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// MergeContactsInput makes two contacts one. It cannot be undone.
type MergeContactsInput struct {
	Keep, Drop ContactRef
	IfMatch    *int64 // the edit number of the one to keep that the caller saw; nil = do not check
	Actor      journal.Actor
	Once       Idempotency
}

// MergeContacts takes one contact into another (rule 15): all changes of both
// are those of the one kept, and so are all ways by which the other was known.
// Fields of the one kept win, the source is that of who came first.
func (s *Service) MergeContacts(ctx context.Context, w journal.WorkspaceID, in MergeContactsInput) (ContactOutput, error) {
	var k checker
	in.Actor = k.actor(in.Actor)
	if err := k.Err(); err != nil {
		return ContactOutput{}, err
	}
	var keep *subject
	return landOnce(ctx, s, w, in.Once, func(l *landing) (err error) {
		if keep, err = l.named(in.Keep); err != nil {
			return err
		}
		if in.IfMatch != nil && *in.IfMatch != keep.Head.Last {
			return errEdited()
		}
		drop, err := l.named(in.Drop)
		if err != nil {
			return err
		}
		if err := l.merge(keep, drop, in.Actor); err != nil {
			return err
		}
		return l.show(keep)
	}, func(l *landing) (ContactOutput, error) { return contactOutput(l.c, keep.Held, false), nil })
}

// merge takes drop into keep.
func (l *landing) merge(keep, drop *subject, actor journal.Actor) error {
	switch {
	case keep.ID == drop.ID:
		return fault.New(fault.Invalid, "merge_into_itself", "Both are contact %s already.", ShowContactID(keep.ID))
	case keep.Head.Changes+drop.Head.Changes > maxChanges:
		return fault.New(fault.Conflict, "too_many_changes",
			"Together the contacts have %d stage changes; one contact can have %d.", keep.Head.Changes+drop.Head.Changes, maxChanges)
	}
	kept, ok, err := l.whole(keep)
	if err != nil {
		return err
	}
	dropped, also, err := l.whole(drop)
	if err != nil || !ok || !also {
		return err
	}
	left := journal.Entry{Kind: journal.KindMerge, At: l.now, Actor: actor, Merge: &journal.Merge{With: keep.ID}}
	if err := l.append(drop, &left); err != nil {
		return err
	}
	taken := journal.Entry{Kind: journal.KindMerge, At: l.now, Actor: actor, Merge: &journal.Merge{With: drop.ID, Last: left.Seq}}
	if err := l.append(keep, &taken); err != nil {
		return err
	}
	was := journal.ReadOf(drop.ID, dropped)
	entries := slices.Concat(kept, dropped, []journal.Entry{left, taken})
	slices.SortFunc(entries, func(a, b journal.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	is := journal.ReadOf(keep.ID, entries)
	if err := l.hand(drop, keep, &was); err != nil {
		return err
	}
	l.reread(keep, entries, &is)
	return l.leave(drop, keep.ID, false)
}

// hand gives what names a contact to another one, and its places on lists.
func (l *landing) hand(from, to *subject, was *journal.Person) error {
	for _, i := range identitiesOf(was) {
		owner, err := l.find(i)
		if err != nil {
			return err
		}
		if owner == from.ID {
			l.names[i] = naming{to.ID, l.names[i].stored}
		}
	}
	return l.eachStaticList(func(list int64) error {
		was, err := l.tx.Saved().SetMember(list, from.ID, false, l.now)
		if err != nil || !was {
			return err
		}
		_, err = l.tx.Saved().SetMember(list, to.ID, true, l.now)
		return err
	})
}

// eachStaticList visits the static lists of the workspace.
func (l *landing) eachStaticList(visit func(list int64) error) error {
	all, err := lists().All(l.tx.Saved(), l.w)
	if err != nil {
		return err
	}
	for _, k := range all {
		if k.Body.Kind != ListStatic {
			continue
		}
		if err := visit(k.stored.Number); err != nil {
			return err
		}
	}
	return nil
}
