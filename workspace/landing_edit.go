package workspace

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// edit applies the fields of an item, making the contact if there is none,
// and logs what changed. An item with an id is logged even if nothing did: it
// must be known when it comes again, after others.
func (l *landing) edit(sub *subject, it *item, out *landed) (*subject, error) {
	fields := &it.fields
	if sub != nil && it.id == "" && !fields.says(it.patch) {
		return sub, nil
	}
	fresh := sub == nil
	if fresh {
		sub = &subject{Held: &Held{Profile: &Profile{}}}
	} else if err := l.tx.LoadProfile(l.w, sub.Held); err != nil {
		return nil, err
	}
	if it.asOf != 0 && !fresh {
		latest, err := l.latest(sub, it)
		if err != nil {
			return nil, err
		}
		fields = &latest
	}
	edit := journal.ContactEdit{Fields: map[string]journal.FieldEdit{}}
	next := sub.Profile.with(fields, it.patch, l.c.Currency, &edit)
	if it.asOf != 0 {
		next.confirm(fields, &edit)
	}
	if err := l.check(next, fresh, it); err != nil {
		return nil, err
	}
	if !fresh && it.id == "" && len(edit.Fields) == 0 && edit.Source == nil {
		return sub, nil
	}
	if fresh {
		sub.Held = l.tx.Add(l.w)
		l.subjects[sub.ID] = sub
		edit.CreatedBy = it.createdBy()
		edit.CreatedAt = it.createdAt
		next.CreatedAt, next.CreatedBy = cmp.Or(it.createdAt, l.now), edit.CreatedBy
	}
	l.naming(sub, next)
	sub.Profile, sub.Edited = next, true
	sub.Head.IDs |= idBits(it.id)
	out.created, out.edited = fresh, !fresh
	return sub, l.append(sub, &journal.Entry{
		Kind: journal.KindContact, At: cmp.Or(it.asOf, l.now), Actor: it.actor, Import: it.imported, ChangeID: it.id, Edit: &edit,
	})
}

// latest returns the fields of an item that is as of a time, without those of
// which something is known for a later time: what happened first and is learnt
// last is no news.
func (l *landing) latest(sub *subject, it *item) (ContactFields, error) {
	fields := it.fields
	past, err := l.past(sub)
	if err != nil {
		return fields, err
	}
	later := map[string]bool{}
	for i := range past.told {
		if e := &past.told[i]; e.Edit != nil && e.At > it.asOf {
			for name := range e.Edit.Fields {
				later[name] = true
			}
		}
	}
	for name, given := range fields.texts() {
		if later[name] {
			*given = nil
		}
	}
	if later[journal.FieldValue] {
		fields.Value = nil
	}
	fields.Properties = maps.Clone(fields.Properties)
	maps.DeleteFunc(fields.Properties, func(name string, _ json.RawMessage) bool { return later[journal.PropertyPrefix+name] })
	return fields, nil
}

// confirm notes in an edit that is as of a time the values that it says and the
// profile had already: earlier ones that are learnt later must not replace them.
func (p *Profile) confirm(f *ContactFields, edit *journal.ContactEdit) {
	same := func(name string, value json.RawMessage) {
		if _, changed := edit.Fields[name]; !changed {
			edit.Fields[name] = journal.FieldEdit{From: value, To: value}
		}
	}
	has := map[string]string{
		journal.FieldExternalID: p.ExternalID, journal.FieldEmail: p.Email, journal.FieldPhone: p.Phone,
		journal.FieldName: p.Name, journal.FieldOwner: p.Owner,
	}
	for name, given := range f.texts() {
		if orEmpty(*given) != "" {
			same(name, textJSON(has[name]))
		}
	}
	if f.Value != nil {
		same(journal.FieldValue, toJSON(*p.Value))
	}
	for name := range f.Properties {
		same(journal.PropertyPrefix+name, p.Properties[name])
	}
}

// texts are the fields that are texts, by their names in the log.
func (f *ContactFields) texts() map[string]**string {
	return map[string]**string{
		journal.FieldExternalID: &f.ExternalID, journal.FieldEmail: &f.Email, journal.FieldPhone: &f.Phone,
		journal.FieldName: &f.Name, journal.FieldOwner: &f.Owner,
	}
}

// createdBy is the way of creation of a contact that the item makes.
func (it *item) createdBy() string { return cmp.Or(it.way, createdBy(it.actor.Kind)) }

// createdBy is the way of creation that an actor stands for.
func createdBy(kind journal.ActorKind) string {
	switch kind {
	case journal.ActorUser, journal.ActorBulk:
		return "manual"
	case journal.ActorImport:
		return "import"
	case journal.ActorForm:
		return "form"
	}
	return "api"
}

// check refuses a profile that no contact can have.
func (l *landing) check(p *Profile, fresh bool, it *item) error {
	if len(p.identities()) == 0 {
		if fresh {
			return fault.At("body", "needs at least one of external_id, email and phone").Coded("needs_identifier")
		}
		return fault.At("body", "would leave the contact without any of external_id, email and phone").Coded("needs_identifier")
	}
	if len(p.Properties) > maxProperties {
		return fault.At("body.properties", "would be %d; a contact has at most %d", len(p.Properties), maxProperties)
	}
	if !it.patch {
		return nil
	}
	for _, i := range it.fields.identities() {
		owner, err := l.find(i)
		if err != nil {
			return err
		}
		if self := l.subjectID(it); owner != 0 && owner != self {
			return fault.New(fault.Conflict, "identifiers_conflict", "%s %s is already contact %s.", i.Kind, quoted("value", i.Value), fault.Named("contact", ShowContactID(owner)))
		}
	}
	return nil
}

// subjectID is the contact that an edit is about.
func (l *landing) subjectID(it *item) journal.ContactID {
	sub, err := l.resolve(it)
	if err != nil || sub == nil {
		return 0
	}
	return sub.ID
}

// naming moves the contact's names to those of its next profile.
func (l *landing) naming(sub *subject, next *Profile) {
	before, after := sub.Profile.identities(), next.identities()
	for _, i := range before {
		if !slices.Contains(after, i) {
			known, ok := l.names[i]
			if !ok {
				known.stored = sub.ID
			}
			l.names[i] = naming{0, known.stored}
		}
	}
	for _, i := range after {
		if !slices.Contains(before, i) {
			l.names[i] = naming{sub.ID, l.names[i].stored}
		}
	}
}

// identities returns the identities of a profile, in order of matching.
func (p *Profile) identities() []Identity {
	return present(externalID(p.ExternalID), email(p.Email), phone(p.Phone))
}

// identities returns those that fields give, in order of matching.
func (f *ContactFields) identities() []Identity {
	return present(externalID(orEmpty(f.ExternalID)), email(orEmpty(f.Email)), phone(orEmpty(f.Phone)))
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func present(all ...Identity) []Identity {
	out := all[:0]
	for _, i := range all {
		if i.Value != "" {
			out = append(out, i)
		}
	}
	return out
}

// says reports whether the fields may tell something new of a contact that is
// there. One identifier that found it does not.
func (f *ContactFields) says(patch bool) bool {
	rest := *f
	if !patch && len(f.identities()) == 1 {
		rest.ExternalID, rest.Email, rest.Phone = nil, nil, nil
	}
	return rest.ExternalID != nil || rest.Email != nil || rest.Phone != nil || rest.Name != nil || rest.Owner != nil ||
		rest.Value != nil || rest.Source != nil || len(rest.Properties) > 0
}

// with returns the profile after an edit, and notes every change of a field.
func (p *Profile) with(f *ContactFields, patch bool, currency string, edit *journal.ContactEdit) *Profile {
	next := *p
	same := func(a, b string) bool { return a == b }
	identifier := func(given *string) *string {
		if !patch && orEmpty(given) == "" {
			return nil
		}
		return given
	}
	setText(edit, journal.FieldExternalID, &next.ExternalID, identifier(f.ExternalID), same)
	setText(edit, journal.FieldEmail, &next.Email, identifier(f.Email), func(a, b string) bool { return email(a) == email(b) })
	setText(edit, journal.FieldPhone, &next.Phone, identifier(f.Phone), func(a, b string) bool { return phone(a) == phone(b) })
	setText(edit, journal.FieldName, &next.Name, f.Name, same)
	setText(edit, journal.FieldOwner, &next.Owner, f.Owner, same)
	next.setValue(f.Value, currency, edit)
	next.setProperties(f.Properties, edit)
	next.setSource(f.Source, patch, edit)
	return &next
}

// setText sets a field to a text that was given; the empty text removes it.
func setText(edit *journal.ContactEdit, name string, field, given *string, same func(a, b string) bool) {
	if given == nil || same(*field, *given) {
		return
	}
	edit.Fields[name] = journal.FieldEdit{From: textJSON(*field), To: textJSON(*given)}
	*field = *given
}

// textJSON writes a text as JSON; the empty text is absent.
func textJSON(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	return toJSON(text)
}

// toJSON writes a value that always can be written.
func toJSON(value any) json.RawMessage {
	text, _ := json.Marshal(value)
	return text
}

func (p *Profile) setValue(given *Money, currency string, edit *journal.ContactEdit) {
	if given == nil {
		return
	}
	value := *given
	if value.Currency == "" {
		value.Currency = currency
	}
	if p.Value != nil && *p.Value == value {
		return
	}
	change := journal.FieldEdit{To: toJSON(value)}
	if p.Value != nil {
		change.From = toJSON(*p.Value)
	}
	edit.Fields[journal.FieldValue] = change
	p.Value = &value
}

// setProperties sets the properties given; JSON null removes one.
func (p *Profile) setProperties(given map[string]json.RawMessage, edit *journal.ContactEdit) {
	cloned := false
	for name, value := range given {
		before := p.Properties[name]
		if string(value) == "null" {
			value = nil
		}
		if bytes.Equal(before, value) {
			continue
		}
		if !cloned {
			p.Properties, cloned = maps.Clone(p.Properties), true
		}
		if p.Properties == nil {
			p.Properties = map[string]json.RawMessage{}
		}
		edit.Fields[journal.PropertyPrefix+name] = journal.FieldEdit{From: before, To: value}
		if p.Properties[name] = value; value == nil {
			delete(p.Properties, name)
		}
	}
}

// setSource keeps the first source given, unless the edit is a patch.
func (p *Profile) setSource(given *touch.Source, patch bool, edit *journal.ContactEdit) {
	if given == nil || *given == p.Source || !patch && !p.Source.IsZero() {
		return
	}
	edit.Source = &journal.SourceEdit{From: p.Source, To: *given}
	p.Source = *given
}
