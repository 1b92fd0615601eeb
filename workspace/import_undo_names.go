package workspace

import (
	"slices"

	"github.com/tidemark/tidemark/journal"
)

// createdByImport reports whether an import made the contact that entries tell of.
func createdByImport(entries []journal.Entry, number int64) bool {
	return slices.ContainsFunc(entries, func(e journal.Entry) bool {
		return e.Import == number && e.Edit != nil && e.Edit.CreatedBy != ""
	})
}

// nameFields are the fields by which contacts are known.
var nameFields = [...]string{journal.FieldExternalID, journal.FieldEmail, journal.FieldPhone}

// settle moves the names of a contact to those that it has without the import,
// and returns what the log cannot tell by itself: names that went to somebody
// else meanwhile do not come back, a contact that the import made and that
// stays keeps the names by which others changed it, and nobody is left without
// any. Is becomes what the log tells then.
func (w *withdrawing) settle(sub *subject, was, is *journal.Person, made bool) (*journal.ContactEdit, error) {
	edit := &journal.ContactEdit{Fields: map[string]journal.FieldEdit{}}
	if made && !is.Gone {
		for _, field := range nameFields {
			keepName(edit, field, was, is)
		}
	}
	after := identitiesOf(is)
	before := identitiesOf(was)
	if err := w.l.free(sub, slices.DeleteFunc(before, func(i Identity) bool { return slices.Contains(after, i) })); err != nil {
		return nil, err
	}
	if is.Gone {
		return nil, nil
	}
	if err := w.claim(sub, is, edit); err != nil {
		return nil, err
	}
	if len(profileOf(is).identities()) == 0 {
		for _, field := range nameFields {
			keepName(edit, field, was, is)
		}
		if err := w.claim(sub, is, edit); err != nil {
			return nil, err
		}
	}
	if len(edit.Fields) == 0 {
		return nil, nil
	}
	return edit, nil
}

// keepName leaves a name where the import put it, unless there is one without.
func keepName(edit *journal.ContactEdit, field string, was, is *journal.Person) {
	if value := was.Fields[field]; len(value) > 0 && len(is.Fields[field]) == 0 {
		edit.Fields[field] = journal.FieldEdit{To: value}
		is.Fields[field] = value
	}
}

// claim gives the contact its names, as far as they are free. Whoever else got
// one from the same import gives it back first.
func (w *withdrawing) claim(sub *subject, is *journal.Person, edit *journal.ContactEdit) error {
	for _, field := range nameFields {
		value := is.Fields[field]
		i := identityOf(field, journal.Label(value))
		if i.Value == "" {
			continue
		}
		ok, err := w.take(sub, i)
		if err != nil {
			return err
		}
		if !ok {
			edit.Fields[field] = journal.FieldEdit{From: value}
			delete(is.Fields, field)
		}
	}
	for field, values := range is.Also {
		for _, value := range values {
			if _, err := w.take(sub, identityOf(field, journal.Label(value))); err != nil {
				return err
			}
		}
	}
	return nil
}

// take makes an identity name the contact; false if it is somebody else's.
func (w *withdrawing) take(sub *subject, i Identity) (bool, error) {
	owner, err := w.l.find(i)
	if err != nil {
		return false, err
	}
	if owner != 0 && owner != sub.ID {
		if err := w.contact(owner); err != nil {
			return false, err
		}
		if owner, err = w.l.find(i); err != nil {
			return false, err
		}
	}
	if owner != 0 && owner != sub.ID {
		return false, nil
	}
	w.l.names[i] = naming{sub.ID, w.l.names[i].stored}
	return true, nil
}
