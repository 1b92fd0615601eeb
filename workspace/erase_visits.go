package workspace

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// eraseVisits takes a contact that is being erased out of the chains of the
// visitors that it was. Visitors that were nobody else go whole; of the others
// an erasure on their chain says that what was this contact's is to be read as
// if it had never been.
func (l *landing) eraseVisits(entries []journal.Entry, actor journal.Actor) error {
	var people []journal.ContactID // the contact and those merged into it
	for i := range entries {
		people = append(people, entries[i].Contact)
	}
	slices.Sort(people)
	people = slices.Compact(people)
	for _, number := range journal.Visitors(entries) {
		v, err := l.tx.Visitors().Numbered(l.w, number)
		if err != nil {
			return err
		}
		if v == nil {
			continue // it went with another contact
		}
		chain, err := l.tx.Chain(v.Last)
		if err != nil {
			return err
		}
		if _, alone := journal.Theirs(chain, people); alone {
			if err = l.eraseVisitor(v, actor, nil); err == nil {
				err = l.tx.Visitors().Drop(l.w, v)
			}
		} else {
			err = l.eraseShare(v, chain, people, actor)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// eraseShare takes what is of some people out of a visitor that others were too.
func (l *landing) eraseShare(v *Visitor, chain []journal.Entry, people []journal.ContactID, actor journal.Actor) error {
	for _, c := range journal.Named(chain) {
		if !slices.Contains(people, c) {
			continue
		}
		if err := l.eraseVisitor(v, actor, &journal.Identify{Visitor: v.Number, Contact: c}); err != nil {
			return err
		}
	}
	if slices.Contains(people, v.Contact) {
		v.Contact, v.Identified = 0, 0
	}
	v.Agreement, v.Agreed = v.Agreement.Answers(), 0
	return l.tx.Visitors().Save(l.w, v)
}

func (l *landing) eraseVisitor(v *Visitor, actor journal.Actor, of *journal.Identify) error {
	return l.tx.Visitors().Append(v, &journal.Entry{
		Workspace: l.w, Kind: journal.KindErasure, At: l.now, Arrived: l.now, Actor: actor, Identify: of,
	})
}

// EraseVisitor takes a visitor away for good, whoever it was: a restore does it
// again to those that were erased since the backup. It fails with fault.NotFound
// if there is none.
func (s *Service) EraseVisitor(ctx context.Context, w journal.WorkspaceID, number journal.ContactID, actor journal.Actor) error {
	return s.land(ctx, w, func(l *landing) error {
		v, err := l.tx.Visitors().Numbered(w, number)
		if err != nil {
			return err
		}
		if v == nil {
			return fault.New(fault.NotFound, "visitor_not_found", "There is no such visitor.")
		}
		if err := l.eraseVisitor(v, actor, nil); err != nil {
			return err
		}
		return l.tx.Visitors().Drop(w, v)
	})
}

// ErasuresWait reports whether rows of anybody wait to be removed.
func (s *Service) ErasuresWait(ctx context.Context) (wait bool, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		pending, err := r.PendingErasures()
		if err != nil {
			return err
		}
		parts, err := r.Visitors().Forgetting()
		wait = len(pending)+len(parts) > 0
		return err
	})
	return wait, err
}

// Relink is an entry whose predecessor is removed: the one before it now.
type Relink struct{ Seq, Prev int64 }

// collectVisits notes the entries of visitors that were taken out of them.
func (p *purging) collectVisits(r Reader, entries []journal.Entry) error {
	for _, number := range journal.Visitors(entries) {
		if p.visitors[number] {
			continue
		}
		p.visitors[number] = true
		v, err := r.Visitors().Numbered(p.workspace, number)
		if err != nil || v == nil {
			return err
		}
		chain, err := r.Chain(v.Last)
		if err != nil {
			return err
		}
		p.unlink(chain)
	}
	return nil
}

// collectPart notes what was taken out of a visitor that stays.
func (p *purging) collectPart(r Reader, e StoredErasure) error {
	p.what.Parts = append(p.what.Parts, e.Contact)
	if p.visitors[e.Contact] {
		return nil
	}
	p.visitors[e.Contact] = true
	chain, err := r.Chain(e.Last)
	if err != nil {
		return err
	}
	p.unlink(chain)
	return nil
}

// unlink notes what goes of a visitor's chain, and how the rest holds together.
func (p *purging) unlink(chain []journal.Entry) {
	taken := map[int64]bool{}
	for _, seq := range journal.Taken(chain) {
		taken[seq] = true
	}
	before := int64(0)
	for i := range chain {
		e := &chain[i]
		if taken[e.Seq] {
			p.note(e)
			continue
		}
		if e.Prev != before {
			p.what.Relinks = append(p.what.Relinks, Relink{e.Seq, before})
		}
		before = e.Seq
	}
}
