package workspace

import (
	"cmp"
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// UpsertContact creates a contact, or updates the one that its identifiers
// name, and moves it if a stage is given.
func (s *Service) UpsertContact(ctx context.Context, w journal.WorkspaceID, in UpsertContactInput) (ContactOutput, error) {
	it, err := s.upsertItem(in)
	if err != nil {
		return ContactOutput{}, err
	}
	var out *landed
	return landOnce(ctx, s, w, in.Once, func(l *landing) (err error) {
		if out, err = l.land(it); err == nil {
			err = l.show(out.subject)
		}
		return err
	}, func(l *landing) (ContactOutput, error) { return contactOutput(l.c, out.subject.Held, out.created), nil })
}

func (s *Service) upsertItem(in UpsertContactInput) (*item, error) {
	var k checker
	it := &item{fields: k.contact("body", in.Fields), asOf: in.AsOf, actor: k.actor(in.Actor)}
	if len(it.fields.identities()) == 0 {
		k.Add("body", "needs at least one of external_id, email and phone").Coded("needs_identifier")
	}
	it.id = *k.text("body.id", &in.ID, maxIdentifier)
	if in.Stage == nil && in.At != nil {
		k.Add("body.at", "is the time of a stage change, and no stage is given")
	}
	if err := k.Err(); err != nil {
		return nil, err
	}
	if in.Stage == nil {
		return it, s.checkAt(cmp.Or(in.AsOf, s.now()))
	}
	var err error
	it.move, err = s.newMove(in.Stage, in.At, it.actor)
	return it, err
}

// newMove makes a move of what a caller said; silent by the kind of actor.
func (s *Service) newMove(stage *string, at *lifecycle.Millis, actor journal.Actor) (*move, error) {
	m := &move{stage: stage, silent: actor.Kind.Silent()}
	if at == nil {
		return m, nil
	}
	m.at, m.own = *at, true
	return m, s.checkAt(*at)
}

func contactOutput(c *Configured, h *Held, created bool) ContactOutput {
	return ContactOutput{Contact: contactView(c, h), Journey: c.journeyView(h.Head.State.Last), Created: created, Seq: h.Head.Last}
}

// EditContact changes fields of a contact. Its source is replaced, and an
// empty identifier is removed.
func (s *Service) EditContact(ctx context.Context, w journal.WorkspaceID, in EditContactInput) (ContactOutput, error) {
	var k checker
	it := &item{ref: &in.Ref, fields: k.contact("body", in.Fields), patch: true, ifMatch: in.IfMatch, actor: k.actor(in.Actor)}
	if err := k.Err(); err != nil {
		return ContactOutput{}, err
	}
	var out *landed
	return landOnce(ctx, s, w, in.Once, func(l *landing) (err error) {
		if out, err = l.land(it); err == nil {
			err = l.show(out.subject)
		}
		return err
	}, func(l *landing) (ContactOutput, error) { return contactOutput(l.c, out.subject.Held, false), nil })
}

// show makes a contact ready for an answer.
func (l *landing) show(sub *subject) error {
	if err := l.current(sub); err != nil {
		return err
	}
	return l.tx.LoadProfile(l.w, sub.Held)
}

// GetContact returns a contact with its latest journey.
func (s *Service) GetContact(ctx context.Context, w journal.WorkspaceID, ref ContactRef) (ContactOutput, error) {
	var out ContactOutput
	err := s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		h, err := findContact(r, w, ref)
		if err != nil {
			return err
		}
		if err := freshen(r, c, h, true); err != nil {
			return err
		}
		if err := r.LoadProfile(w, h); err != nil {
			return err
		}
		out = contactOutput(c, h, false)
		return nil
	})
	return out, err
}

// findContact returns the contact of a reference, which must be there.
func findContact(r ContactReader, w journal.WorkspaceID, ref ContactRef) (*Held, error) {
	id := ref.ID
	if id == 0 {
		var err error
		if id, err = r.Find(w, ref.identity()); err != nil {
			return nil, err
		}
	}
	if id != 0 {
		h, err := r.Load(w, id)
		if err != nil || h != nil {
			return h, err
		}
	}
	return nil, contactNotFound(ref.String())
}

// freshen folds the contact's chain if its cached state is of an older
// configuration, or if the whole of it is needed and it was too long to cache.
func freshen(r ContactReader, c *Configured, h *Held, whole bool) error {
	if h.Head.Folds == c.Folds && (h.Head.Folded || !whole) || h.Head.Changes == 0 {
		h.Head.State.Present = c.Folder.Resolve(h.Head.State.Target)
		return nil
	}
	entries, err := r.Chain(h.Head.Last)
	if err != nil {
		return err
	}
	h.Head.State = c.Folder.Replay(newHistory(entries).changes)
	h.Head.Folds, h.Head.Folded = c.Folds, true
	return nil
}

// Journeys returns all journeys of a contact, oldest first.
func (s *Service) Journeys(ctx context.Context, w journal.WorkspaceID, ref ContactRef) ([]Journey, error) {
	out := []Journey{}
	err := s.store.Read(ctx, func(r Reader) error {
		c, _, entries, err := openLog(r, w, ref)
		if err != nil {
			return err
		}
		out = c.journeys(entries)
		return nil
	})
	return out, err
}

// openLog finds a contact and reads its entries, in order of arrival.
func openLog(r Reader, w journal.WorkspaceID, ref ContactRef) (*Configured, *Held, []journal.Entry, error) {
	c, err := r.Configuration(w)
	if err != nil {
		return nil, nil, nil, err
	}
	h, err := findContact(r, w, ref)
	if err != nil {
		return nil, nil, nil, err
	}
	entries, err := r.Chain(h.Head.Last)
	return c, h, entries, err
}

// journeys folds the entries of one contact, oldest journey first.
func (c *Configured) journeys(entries []journal.Entry) []Journey {
	out := []Journey{}
	for _, j := range c.Folder.Fold(newHistory(entries).changes) {
		out = append(out, *c.journeyView(&j))
	}
	return out
}
