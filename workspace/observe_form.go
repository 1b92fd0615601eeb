package workspace

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// SentForm is a form of the site that the site's script saw being sent.
type SentForm struct {
	ID     string            // of a form that is set up, or the page's own name of it
	Fields map[string]string // by their names
	Stage  string            // asked for; "" = none
}

// readForms says of every form that was sent whom it tells of, as its settings
// say, and which stage it may set.
func (s *Service) readForms(ctx context.Context, w journal.WorkspaceID, in *ObserveInput) error {
	if !slices.ContainsFunc(in.Observations, func(o Observation) bool { return o.Form != nil }) {
		return nil
	}
	in.Observations = slices.Clone(in.Observations)
	return s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		for i := range in.Observations {
			if o := &in.Observations[i]; o.Form != nil {
				if err := o.readForm(r.Saved(), w, c); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// readForm takes a form that is not set up as it is: its fields are recognised,
// and it sets no stage.
func (o *Observation) readForm(r SavedReader, w journal.WorkspaceID, c *Configured) error {
	form, err := forms().Get(r, w, o.Form.ID, nil)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	fields := recognise(o.Form.Fields, form.Body.Fields)
	if len(fields.identities()) > 0 {
		o.Contact = &fields
	}
	o.Stage = orEmpty(form.Body.allowed(c, o.Form.Stage))
	return nil
}

// countSent notes on a form that is set up that it was sent.
func (l *landing) countSent(form *SentForm, done *landed) error {
	if form == nil {
		return nil
	}
	err := l.countSubmission(form.ID, done)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}

// identifySender makes the visitor who sent a form its contact.
func (l *landing) identifySender(cookie string, sub *subject, actor journal.Actor) error {
	o := &observing{landing: l, public: true, visitors: map[string]*Visitor{}}
	p := &observed{cookie: cookie, at: l.now, actor: actor}
	v, err := o.visitor(p)
	if err != nil || v == nil {
		return err
	}
	if err := o.identify(v, sub, p); err != nil {
		return err
	}
	return o.saveVisitors()
}
