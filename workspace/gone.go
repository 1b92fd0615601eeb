package workspace

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// GoneWriter takes contacts and changes out of the caches of the log.
type GoneWriter interface {
	// Drop takes a contact out that is gone as of its last entry. Became is the
	// contact that it was merged into: Load answers with that one from then on;
	// 0 = none. One that is erasing waits for its rows to be removed.
	Drop(w journal.WorkspaceID, h *Held, became journal.ContactID, erasing bool) error
	// Uncount takes changes out of the counts that are in force no more.
	Uncount(entries []journal.Entry) error
}

// ChangeCounter counts changes by their time.
type ChangeCounter interface {
	// CountChanges visits the numbers of changes with from <= at < to, by
	// quarter hours of UTC.
	CountChanges(w journal.WorkspaceID, from, to lifecycle.Millis, visit func(ChangeCount)) error
	// LastSeq is the last entry of the log.
	LastSeq(w journal.WorkspaceID) int64
}

// CountChanges visits the numbers of changes with from <= at < to, by quarter
// hours of UTC, and returns the last entry of the log then.
func (s *Service) CountChanges(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis, visit func(ChangeCount)) (seq int64, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		seq = r.LastSeq(w)
		return r.CountChanges(w, from, to, visit)
	})
	return seq, err
}

// ChangeCount is how many changes there were in a quarter hour.
type ChangeCount struct {
	At      lifecycle.Millis // its beginning
	Actor   journal.ActorKind
	Silent  bool
	Changes int64
}

// noChange is earlier than every change.
const noChange = lifecycle.Millis(-1 << 63)

// profileOf is the cache of what a person's log tells.
func profileOf(p *journal.Person) *Profile {
	text := func(field string) string { return journal.Label(p.Fields[field]) }
	out := &Profile{
		CreatedAt: p.CreatedAt, CreatedBy: p.CreatedBy, Source: p.Source,
		ExternalID: text(journal.FieldExternalID), Email: text(journal.FieldEmail), Phone: text(journal.FieldPhone),
		Name: text(journal.FieldName), Owner: text(journal.FieldOwner),
	}
	if value := p.Fields[journal.FieldValue]; value != nil {
		out.Value = &Money{}
		if json.Unmarshal(value, out.Value) != nil {
			out.Value = nil
		}
	}
	for name, value := range p.Fields {
		if property, ok := strings.CutPrefix(name, journal.PropertyPrefix); ok {
			if out.Properties == nil {
				out.Properties = map[string]json.RawMessage{}
			}
			out.Properties[property] = value
		}
	}
	return out
}

// identitiesOf are all identities of a person: those of its fields, and those
// that it has from contacts merged into it.
func identitiesOf(p *journal.Person) []Identity {
	out := profileOf(p).identities()
	for field, values := range p.Also {
		for _, value := range values {
			out = append(out, identityOf(field, journal.Label(value)))
		}
	}
	return slices.DeleteFunc(out, func(i Identity) bool { return i.Value == "" })
}

func identityOf(field, value string) Identity {
	switch field {
	case journal.FieldExternalID:
		return externalID(value)
	case journal.FieldEmail:
		return email(value)
	}
	return phone(value)
}

// whole returns all entries of a contact as they are now; ok is false when
// they must be read first, and the landing will start over.
func (l *landing) whole(sub *subject) (entries []journal.Entry, ok bool, err error) {
	past, err := l.past(sub)
	if err != nil {
		return nil, false, err
	}
	return past.entries, past.last == sub.before || sub.chain != nil, nil
}

// reread makes the caches of a contact what its entries tell, with those that
// were just appended.
func (l *landing) reread(sub *subject, entries []journal.Entry, person *journal.Person) {
	sub.Profile, sub.Edited = profileOf(person), true
	sub.chain, sub.news = newHistory(entries), nil
	sub.Head.Changes, sub.Head.Latest, sub.Head.IDs = len(person.Changes), noChange, 0
	for _, c := range person.Changes {
		sub.Head.Latest = max(sub.Head.Latest, c.At)
	}
	for id := range sub.chain.ids {
		sub.Head.IDs |= idBits(id)
	}
	sub.late, sub.touched = true, true
}

// free lets go of identities of a contact that it has.
func (l *landing) free(sub *subject, identities []Identity) error {
	for _, i := range identities {
		owner, err := l.find(i)
		if err != nil {
			return err
		}
		if owner == sub.ID {
			l.names[i] = naming{0, l.names[i].stored}
		}
	}
	return nil
}

// leave takes a contact out of the caches.
func (l *landing) leave(sub *subject, became journal.ContactID, erasing bool) error {
	delete(l.subjects, sub.ID)
	return l.tx.Drop(l.w, sub.Held, became, erasing)
}

// lost are the entries that were in force before and are not any more.
func lost(before, after []journal.Entry) []journal.Entry {
	still := make(map[int64]bool, len(after))
	for i := range after {
		still[after[i].Seq] = true
	}
	return slices.DeleteFunc(slices.Clone(before), func(e journal.Entry) bool { return still[e.Seq] })
}
