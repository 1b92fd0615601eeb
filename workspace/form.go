package workspace

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// FormInput makes or changes a form; nil is left as it is.
type FormInput struct {
	Name    *string            `json:"name,omitempty"`
	Purpose *FormPurpose       `json:"purpose,omitempty" enum:"demo,content,contact,newsletter"`
	Stages  *[]string          `json:"stages,omitempty" doc:"ids or keys of the stages that a submission may ask for"`
	Fields  *map[string]string `json:"fields,omitempty" doc:"name of a field -> email, phone, name, first_name, last_name, ignore or property.NAME; what is not named is recognised by itself"`
	IfMatch *int64             `json:"-"`

	Once Idempotency `json:"-"` // of AddForm
}

// FormAnswer is a form of a site.
type FormAnswer struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Purpose     FormPurpose       `json:"purpose" enum:"demo,content,contact,newsletter"`
	Stages      []string          `json:"stages"`
	Fields      map[string]string `json:"fields"`
	Submissions int64             `json:"submissions"`
	LastAt      *lifecycle.Millis `json:"last_at" doc:"of the last submission"`
	Edit        int64             `json:"-"`
}

// FormPurpose says what a form asks for.
type FormPurpose string

// The purposes.
const (
	FormDemo       FormPurpose = "demo"
	FormContent    FormPurpose = "content"
	FormContact    FormPurpose = "contact"
	FormNewsletter FormPurpose = "newsletter"
)

type formBody struct {
	Name        string
	Purpose     FormPurpose
	Stages      []string // ids
	Fields      map[string]string
	Submissions int64
	Last        *lifecycle.Millis
}

func forms() Shelf[formBody] { return Shelf[formBody]{SavedForm, "form", 200} }

func formAnswer(k Kept[formBody]) FormAnswer {
	b := k.Body
	return FormAnswer{
		ID: k.ID, Name: b.Name, Purpose: b.Purpose, Stages: b.Stages, Fields: b.Fields,
		Submissions: b.Submissions, LastAt: b.Last, Edit: k.Edit,
	}
}

// change applies an input.
func (b *formBody) change(c *Configured, in FormInput) error {
	var k checker
	set(&b.Name, trimmed(in.Name))
	set(&b.Purpose, in.Purpose)
	set(&b.Fields, in.Fields)
	k.Refuse("body.name", badLabel(b.Name))
	if !slices.Contains([]FormPurpose{FormDemo, FormContent, FormContact, FormNewsletter}, b.Purpose) {
		k.Add("body.purpose", "is not one of demo, content, contact and newsletter")
	}
	if len(b.Fields) > maxFormFields {
		k.Add("body.fields", "are %d, more than %d", len(b.Fields), fault.Named("max", maxFormFields)).Coded("beyond_limit")
	}
	for _, name := range slices.Sorted(maps.Keys(b.Fields)) {
		if !isFieldRole(b.Fields[name]) {
			k.Add("body.fields."+strings.ToValidUTF8(name, "?"), "is none of %s and property.NAME", strings.Join(fieldRoles(), ", "))
		}
	}
	if in.Stages != nil {
		b.Stages = k.stages(c, *in.Stages)
	}
	if b.Stages == nil {
		b.Stages = []string{}
	}
	if b.Fields == nil {
		b.Fields = map[string]string{}
	}
	return k.Err()
}

// stages keeps stages by their ids, which no renaming changes.
func (k *checker) stages(c *Configured, named []string) []string {
	ids := map[string]bool{}
	for i, text := range named {
		stage, ok := c.FindStage(text)
		if !ok {
			k.Add(at("stages", i), "there is no stage %s", quoted("stage", text)).Coded("no_stage")
			continue
		}
		ids[ShowStageID(stage.ID)] = true
	}
	return slices.Sorted(maps.Keys(ids))
}

// ListForms lists the forms in order of creation.
func (s *Service) ListForms(ctx context.Context, w journal.WorkspaceID) (out []FormAnswer, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		all, err := forms().All(r.Saved(), w)
		for _, k := range all {
			out = append(out, formAnswer(k))
		}
		return err
	})
	return out, err
}

// AddForm makes a form.
func (s *Service) AddForm(ctx context.Context, w journal.WorkspaceID, in FormInput) (FormAnswer, error) {
	return writeOnce(ctx, s, w, in.Once, func(tx Tx) (FormAnswer, error) {
		c, err := tx.Configuration(w)
		if err != nil {
			return FormAnswer{}, err
		}
		var body formBody
		if err := body.change(c, in); err != nil {
			return FormAnswer{}, err
		}
		k, err := forms().Add(tx.Saved(), w, body, s.now())
		return formAnswer(k), err
	})
}

// EditForm changes a form.
func (s *Service) EditForm(ctx context.Context, w journal.WorkspaceID, id string, in FormInput) (out FormAnswer, err error) {
	err = s.store.Write(ctx, func(tx Tx) error {
		c, err := tx.Configuration(w)
		if err != nil {
			return err
		}
		k, err := forms().Get(tx.Saved(), w, id, in.IfMatch)
		if err != nil {
			return err
		}
		if err := k.Body.change(c, in); err != nil {
			return err
		}
		err = k.Save(tx.Saved())
		out = formAnswer(k)
		return err
	})
	return out, err
}

// RemoveForm forgets a form. What was sent by it stays.
func (s *Service) RemoveForm(ctx context.Context, w journal.WorkspaceID, id string) error {
	return s.store.Write(ctx, func(tx Tx) error {
		return forms().Remove(tx.Saved(), w, id)
	})
}
