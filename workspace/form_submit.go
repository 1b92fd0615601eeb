package workspace

import (
	"cmp"
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// SubmitFormInput is what somebody wrote into a form.
type SubmitFormInput struct {
	Form     string            // its id
	Fields   map[string]string // by their names
	Visitor  string            // the random id of the browser; "" = not known
	ID       string            // the same one for the same contact counts once; "" = none
	Page     string            // where the form is
	Referrer string
	Stage    string // asked for; "" = what the hidden field says
	Once     Idempotency
}

// stageField is the hidden field of a form that carries the stage.
const stageField = "tidemark_stage"

// SubmitFormOutput tells whoever sent the form no more than they know: the key
// that sent it is public.
type SubmitFormOutput struct {
	Contact journal.ContactID `json:"-"`
	Created bool              `json:"-"`
	Seq     int64             `json:"seq"`
}

// SubmitForm makes or finds the contact that a form names, and logs the form
// as a touch. The sender is not known, so what is known of a contact is added
// to and never overwritten, and a stage only moves forward.
func (s *Service) SubmitForm(ctx context.Context, w journal.WorkspaceID, in SubmitFormInput) (out SubmitFormOutput, err error) {
	if len(in.Fields) > maxFormFields {
		return out, fault.At("body.fields", "are %d, more than %d", len(in.Fields), maxFormFields)
	}
	if len(in.Visitor) > maxCookie {
		return out, fault.At("body.visitor", "is longer than %d bytes", maxCookie)
	}
	t, err := s.site(ctx, w)
	if err != nil {
		return out, err
	}
	var done *landed
	return landOnce(ctx, s, w, in.Once, func(l *landing) error {
		it, err := s.submission(l, t, &in)
		if err != nil {
			return err
		}
		if done, err = l.land(it); err != nil {
			return err
		}
		if err := l.identifySender(in.Visitor, done.subject, it.actor); err != nil {
			return err
		}
		return l.countSubmission(in.Form, done)
	}, func(l *landing) (SubmitFormOutput, error) {
		return SubmitFormOutput{done.subject.ID, done.created, l.seq()}, nil
	})
}

// submission is the item that a form stands for.
func (s *Service) submission(l *landing, t *site, in *SubmitFormInput) (*item, error) {
	form, err := forms().Get(l.tx.Saved(), l.w, in.Form, nil)
	if err != nil {
		return nil, err
	}
	fields := recognise(in.Fields, form.Body.Fields)
	if len(fields.identities()) == 0 {
		return nil, fault.At("body.fields", "has neither an e-mail address nor a phone number, so nobody can be told from it")
	}
	it, err := s.touchItem(t, AddTouchInput{
		Kind: touch.KindForm, Contact: fields, ID: in.ID, Page: in.Page, Referrer: in.Referrer, Stage: form.Body.allowed(l.c, cmp.Or(in.Stage, in.Fields[stageField])),
		Actor: journal.Actor{Kind: journal.ActorForm, ID: form.ID, Name: form.Body.Name},
	})
	if err != nil {
		return nil, err
	}
	if it.move != nil {
		it.move.forwardOnly = true
	}
	return it, l.modest(it)
}

// allowed is the stage asked for, if the form may set it: a page that was
// tampered with loses its wish, and the business no lead.
func (b *formBody) allowed(c *Configured, asked string) *string {
	stage, ok := c.FindStage(asked)
	if !ok || !slices.Contains(b.Stages, ShowStageID(stage.ID)) {
		return nil
	}
	return &asked
}

// modest takes out of an item what would contradict or overwrite what is known
// of its contact.
func (l *landing) modest(it *item) error {
	named, err := l.byFirst(it.fields.identities())
	if err != nil || named == 0 {
		return err
	}
	sub, err := l.load(named)
	if err != nil {
		return err
	}
	if err := l.tx.LoadProfile(l.w, sub.Held); err != nil {
		return err
	}
	f, known := &it.fields, sub.Profile
	f.Email, f.Phone, f.Name = ifNew(f.Email, known.Email), ifNew(f.Phone, known.Phone), ifNew(f.Name, known.Name)
	for name := range f.Properties {
		if _, ok := known.Properties[name]; ok {
			delete(f.Properties, name)
		}
	}
	return l.own(it, named)
}

// ifNew is a value where none is known.
func ifNew(given *string, known string) *string {
	if known != "" && given != nil {
		return &known
	}
	return given
}

// byFirst is the contact that the first of some identities names; 0 = none.
func (l *landing) byFirst(identities []Identity) (journal.ContactID, error) {
	for _, i := range identities {
		if id, err := l.find(i); err != nil || id != 0 {
			return id, err
		}
	}
	return 0, nil
}

// own leaves out identifiers that are another contact's.
func (l *landing) own(it *item, c journal.ContactID) error {
	for _, i := range it.fields.identities() {
		owner, err := l.find(i)
		if err != nil {
			return err
		}
		if owner == 0 || owner == c {
			continue
		}
		if i.Kind == IdentityEmail {
			it.fields.Email = nil
		} else {
			it.fields.Phone = nil
		}
	}
	return nil
}

// countSubmission notes on the form that it was sent.
func (l *landing) countSubmission(id string, done *landed) error {
	if done.duplicate {
		return nil
	}
	form, err := forms().Get(l.tx.Saved(), l.w, id, nil)
	if err != nil {
		return err
	}
	form.Body.Submissions++
	form.Body.Last = &l.now
	return form.Note(l.tx.Saved())
}
