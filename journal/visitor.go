package journal

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// View is a page that a visitor saw, with what it said of where the visitor
// came from when it arrived. Its time is that of its entry.
type View struct {
	ID       string        `json:"id,omitempty"` // the same twice is one view
	Page     string        `json:"page"`
	Title    string        `json:"title,omitempty"`
	Referrer string        `json:"referrer,omitempty"`
	Device   string        `json:"device,omitempty"`  // one of touch.Devices
	Country  string        `json:"country,omitempty"` // two letters
	Arrival  touch.Arrival `json:"arrival,omitzero"`
}

// Identify says that a visitor turned out to be a contact. The visitor and the
// contact each have such an entry; that of the visitor is the one that counts.
type Identify struct {
	Visitor ContactID `json:"visitor"`
	Contact ContactID `json:"contact"`
}

// Event is something that a visitor or a contact did. Its time is that of its
// entry.
type Event struct {
	ID         string          `json:"id,omitempty"` // the same twice is one event
	Name       string          `json:"name"`
	Properties json.RawMessage `json:"properties,omitempty"` // an object
}

// OfVisitor reports whether an entry is on the chain of a visitor and changes
// whose visits there are.
func (e *Entry) OfVisitor() bool {
	return e.Kind == KindView || e.Identify != nil && e.Identify.Visitor == e.Contact
}

// Visitor returns the visitor that a contact's entry says it was; 0 of all
// other entries.
func (e *Entry) Visitor() ContactID {
	if e.Kind != KindIdentify || e.Identify.Contact != e.Contact {
		return 0
	}
	return e.Identify.Visitor
}

// visitor is what the chain of a visitor says.
type visitor struct {
	views  []seen
	facts  []fact
	events []event

	agreements []agreed
}

// event is that something was done, whatever it was.
type event struct {
	at  touch.Millis
	seq int64
}

type seen struct {
	touch.Classified
	seq int64
}

type fact struct {
	contact ContactID // as it was then, whoever it was merged into since
	at      touch.Millis
	seq     int64
}

func readVisitor(entries []Entry) *visitor {
	views := 0
	for i := range entries {
		if entries[i].Kind == KindView {
			views++
		}
	}
	v := &visitor{views: make([]seen, 0, views)}
	for i := range entries {
		v.take(&entries[i])
	}
	return v
}

// take reads the next entry of the chain.
func (v *visitor) take(e *Entry) {
	switch e.Kind {
	case KindView:
		v.views = append(v.views, seen{touch.Classified{View: e.view(), Arrival: e.View.Arrival}, e.Seq})
	case KindIdentify:
		v.facts = append(v.facts, fact{e.Identify.Contact, touch.Millis(e.At), e.Seq})
	case KindEvent:
		v.events = append(v.events, event{touch.Millis(e.At), e.Seq})
	case KindAgreement:
		v.agreements = append(v.agreements, agreed{event{touch.Millis(e.At), e.Seq}, *e.Agreement})
	case KindErasure:
		switch {
		case e.Identify == nil:
			*v = visitor{}
		case e.Identify.Contact == 0:
			v.forget(touch.Millis(e.At))
		default:
			v.drop(e.Identify.Contact)
		}
	}
}

// forget takes out what was seen and done before an instant, as if it had never
// been: it was kept for as long as it was to be. What the visitor said last is
// its answer for as long as it comes, and stays.
func (v *visitor) forget(before touch.Millis) {
	last := v.lastAgreed()
	v.views = slices.DeleteFunc(v.views, func(s seen) bool { return s.View.At < before })
	v.events = slices.DeleteFunc(v.events, func(e event) bool { return e.at < before })
	v.agreements = slices.DeleteFunc(v.agreements, func(a agreed) bool { return a.at < before && a.seq != last.seq })
}

// older returns the entries that forget takes out.
func (v *visitor) older(before touch.Millis) (seqs []int64) {
	for _, s := range v.views {
		if s.View.At < before {
			seqs = append(seqs, s.seq)
		}
	}
	for _, e := range v.events {
		if e.at < before {
			seqs = append(seqs, e.seq)
		}
	}
	last := v.lastAgreed()
	for _, a := range v.agreements {
		if a.at < before && a.seq != last.seq {
			seqs = append(seqs, a.seq)
		}
	}
	return seqs
}

// view is a view entry as visits are made of it.
func (e *Entry) view() touch.View {
	return touch.View{
		ID: e.View.ID, Visitor: strconv.FormatInt(int64(e.Contact), 10), At: touch.Millis(e.At),
		Page: e.View.Page, Referrer: e.View.Referrer, Device: e.View.Device, Country: e.View.Country,
	}
}

// VisitorNumber is the number of the visitor of a visit that Person has.
func VisitorNumber(v *touch.Visit) int64 {
	number, _ := strconv.ParseInt(v.Visitor, 10, 64)
	return number
}

// drop takes out a contact that is erased with the visits that are its own, as
// if neither had been.
func (v *visitor) drop(c ContactID) {
	gone := v.of([]ContactID{c})
	v.views = slices.DeleteFunc(v.views, func(s seen) bool { return slices.Contains(gone, s.seq) })
	v.events = slices.DeleteFunc(v.events, func(e event) bool { return slices.Contains(gone, e.seq) })
	v.agreements = slices.DeleteFunc(v.agreements, func(a agreed) bool { return slices.Contains(gone, a.seq) })
	v.facts = slices.DeleteFunc(v.facts, func(f fact) bool { return f.contact == c })
}

// of returns the entries that tell of some contacts.
func (v *visitor) of(contacts []ContactID) (seqs []int64) {
	b := v.book(same)
	theirs := map[touch.View]bool{}
	ids := map[string]bool{"": false}
	for _, visit := range v.visits() {
		if owner, ok := b.Owner("", visit.At); !ok || !slices.Contains(contacts, owner) {
			continue
		}
		for _, view := range visit.Views {
			theirs[view], ids[view.ID] = true, view.ID != ""
		}
	}
	for _, s := range v.views {
		if theirs[s.View] || ids[s.View.ID] {
			seqs = append(seqs, s.seq)
		}
	}
	done := v.events
	for _, a := range v.agreements {
		done = append(slices.Clip(done), a.event)
	}
	for _, e := range done {
		if owner, ok := b.Owner("", e.at); ok && slices.Contains(contacts, owner) {
			seqs = append(seqs, e.seq)
		}
	}
	for _, f := range v.facts {
		if slices.Contains(contacts, f.contact) {
			seqs = append(seqs, f.seq)
		}
	}
	return seqs
}

func same(c ContactID) ContactID { return c }

func (v *visitor) visits() []touch.Visit {
	classified := make([]touch.Classified, len(v.views))
	for i, s := range v.views {
		classified[i] = s.Classified
	}
	return touch.Visits(classified)
}

// book says whose the visits are; root tells who a contact is by now.
func (v *visitor) book(root func(ContactID) ContactID) *touch.Book[ContactID] {
	var b touch.Book[ContactID]
	for _, f := range v.facts {
		b.Identify("", root(f.contact), f.at)
	}
	return &b
}

// owned returns the visits that are a contact's.
func (v *visitor) owned(c ContactID, root func(ContactID) ContactID) []touch.Visit {
	b := v.book(root)
	return slices.DeleteFunc(v.visits(), func(visit touch.Visit) bool {
		owner, ok := b.Owner("", visit.At)
		return !ok || owner != c
	})
}

// Named returns the contacts that the entries of a visitor name, each once.
func Named(entries []Entry) (contacts []ContactID) {
	for i := range entries {
		if e := &entries[i]; e.Kind == KindIdentify && e.OfVisitor() && !slices.Contains(contacts, e.Identify.Contact) {
			contacts = append(contacts, e.Identify.Contact)
		}
	}
	return contacts
}

// Visitors returns the visitors that contacts turned out to have been, each once.
func Visitors(entries []Entry) (visitors []ContactID) {
	seen := map[ContactID]bool{}
	for i := range entries {
		if v := entries[i].Visitor(); v != 0 && !seen[v] {
			seen[v] = true
			visitors = append(visitors, v)
		}
	}
	return visitors
}

// Theirs returns the entries of a visitor, in order of arrival, that tell of
// some contacts: what an erasure of them takes away. alone is true if nothing of
// anybody else is left.
func Theirs(entries []Entry, contacts []ContactID) (seqs []int64, alone bool) {
	v := readVisitor(entries)
	alone = !slices.ContainsFunc(v.facts, func(f fact) bool { return !slices.Contains(contacts, f.contact) })
	return v.of(contacts), alone
}

// Taken returns the entries of a visitor that erasures on its chain take out of
// it: readings are as if they were not there.
func Taken(entries []Entry) (seqs []int64) {
	v := &visitor{}
	var forgot int64 // the entry of the last time
	for i := range entries {
		e := &entries[i]
		switch {
		case e.Kind != KindErasure || e.Identify == nil:
		case e.Identify.Contact == 0:
			if seqs = append(seqs, v.older(touch.Millis(e.At))...); forgot != 0 {
				seqs = append(seqs, forgot) // the later one says as much
			}
			forgot = e.Seq
		default:
			seqs = append(seqs, v.of([]ContactID{e.Identify.Contact})...)
		}
		v.take(e)
	}
	return seqs
}

// Forgets reports whether something on the chain of a visitor is older than an
// instant and is to be taken out: of one who never became a contact.
func Forgets(entries []Entry, before lifecycle.Millis) bool {
	v := readVisitor(entries)
	return len(v.facts) == 0 && len(v.older(touch.Millis(before))) > 0
}

// Known reports whether a visitor ever turned out to be a contact, by the entries
// of its chain.
func Known(entries []Entry) bool { return len(readVisitor(entries).facts) > 0 }

// VisitorEvents returns what visitors did while they were a contact, each event
// once. The entries are those of the contact with those of its visitors.
func VisitorEvents(c ContactID, entries []Entry) (events []Entry) {
	h := newHistory(entries)
	visitors := h.visitors(c)
	seen := map[string]bool{}
	for i := range entries {
		e := &entries[i]
		v := visitors[e.Contact]
		if e.Kind != KindEvent || v == nil || e.Event.ID != "" && seen[e.Event.ID] {
			continue
		}
		kept := slices.ContainsFunc(v.events, func(k event) bool { return k.seq == e.Seq })
		if owner, ok := v.book(h.rootOf).Owner("", touch.Millis(e.At)); kept && ok && owner == c {
			seen[e.Event.ID] = true
			events = append(events, *e)
		}
	}
	return events
}
