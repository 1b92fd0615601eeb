package journal

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Person is a contact as its entries so far tell it.
type Person struct {
	CreatedAt  lifecycle.Millis
	CreatedBy  string // import, api, manual, form, call, chat, ad
	Source     touch.Source
	Fields     map[string]json.RawMessage   // as in ContactEdit, only those that have a value
	Changes    []lifecycle.Change           // in order of arrival
	LastChange lifecycle.Millis             // the latest At of them
	Touches    []touch.Touch                // in order of time, visits among them
	Visits     []touch.Visit                // that are its own, in order of time; of a visitor those that are nobody's
	Identified lifecycle.Millis             // when a visitor first turned out to be it; 0 = never
	Sales      []Sale                       // in order of time
	Values     []Valued                     // that it was given, in order of time
	Also       map[string][]json.RawMessage // other external ids, e-mails and phones that it has from who was merged into it

	// Gone is true of who is no contact: merged into another one, erased, made
	// by an import that was undone, or not there yet. Nothing else is told of it.
	Gone bool
}

// Read reads the entries of one contact, in order of arrival, with those of the
// contacts that were merged into it among them.
func Read(entries []Entry) Person {
	if len(entries) == 0 {
		return Person{Fields: map[string]json.RawMessage{}}
	}
	// Whoever is merged into another one has no later entry than that one.
	return ReadOf(entries[len(entries)-1].Contact, entries)
}

// ReadOf is Read for a contact whose entries may end before a merge: entries of
// others that were not merged into it by then are passed over.
func ReadOf(c ContactID, entries []Entry) Person {
	if !rereads(entries) {
		return readPlain(c, entries)
	}
	if entries[0].Contact == c && (entries[0].Kind >= KindView || entries[0].OfVisitor()) {
		return readUnknown(entries)
	}
	h := newHistory(entries)
	if !h.has(c) {
		return Person{Gone: true, Fields: map[string]json.RawMessage{}}
	}
	return *h.person(c)
}

// rereads reports whether one of the entries changes how others are read.
func rereads(entries []Entry) bool {
	for i := range entries {
		switch entries[i].Kind {
		case KindMerge, KindErasure, KindWithdrawal, KindView, KindIdentify:
			return true
		}
	}
	return false
}

// readUnknown reads a visitor, who is no contact: its visits are told while
// they are nobody's.
func readUnknown(entries []Entry) Person {
	p := Person{Gone: true, Fields: map[string]json.RawMessage{}}
	if v := readVisitor(entries); len(v.facts) == 0 {
		p.Visits = v.visits()
	}
	return p
}

func readPlain(c ContactID, entries []Entry) Person {
	p := Person{Fields: map[string]json.RawMessage{}, Gone: true}
	for i := range entries {
		if entries[i].Contact == c {
			p.Gone = p.Gone && entries[i].Kind > KindContact // a touch alone makes no contact
			p.read(&entries[i])
		}
	}
	p.order()
	return p
}

// InForce returns the entries that tell something of a contact: its own and
// those of whom was merged into it, without those that were withdrawn. Of who
// is gone there are none.
func InForce(c ContactID, entries []Entry) []Entry {
	if !rereads(entries) {
		return entries
	}
	h := newHistory(entries)
	if !h.has(c) {
		return nil
	}
	var out []Entry
	for i := range entries {
		if !h.dropped[i] && h.rootOf(entries[i].Contact) == c {
			out = append(out, entries[i])
		}
	}
	return out
}

// Unite adds to the entries of each contact those of whoever was merged into it
// and of the visitors that it was, as Read wants them.
func Unite(logs map[ContactID][]Entry) map[ContactID][]Entry {
	out := make(map[ContactID][]Entry, len(logs))
	for c, entries := range logs {
		all := slices.Clip(entries)
		for i := 0; i < len(all); i++ {
			if m := all[i].Merge; m != nil && m.Last != 0 {
				all = append(all, logs[m.With]...)
			}
		}
		for _, v := range Visitors(all) {
			all = append(all, logs[v]...)
		}
		if len(all) > len(entries) {
			slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) })
		}
		out[c] = all
	}
	return out
}

// history is how entries stand to each other.
type history struct {
	entries []Entry
	dropped []bool                  // by entry: it was withdrawn
	into    map[ContactID]ContactID // who was merged into whom
	left    map[ContactID]bool      // who was merged away or erased
}

func newHistory(entries []Entry) *history {
	h := &history{
		entries: entries, dropped: make([]bool, len(entries)),
		into: map[ContactID]ContactID{}, left: map[ContactID]bool{},
	}
	for i := range entries {
		switch e := &entries[i]; {
		case e.Kind == KindMerge && e.Merge.Last != 0:
			h.into[e.Merge.With] = e.Contact
		case e.Kind == KindMerge, e.Kind == KindErasure:
			h.left[e.Contact] = true
		case e.Kind == KindWithdrawal:
			h.withdraw(i)
		}
	}
	return h
}

// rootOf is the contact that one is part of now.
func (h *history) rootOf(c ContactID) ContactID {
	for range len(h.into) {
		next, merged := h.into[c]
		if !merged {
			break
		}
		c = next
	}
	return c
}

// withdraw drops what an import wrote before the withdrawal to its contact, and
// to those that were part of it by then.
func (h *history) withdraw(at int) {
	w := &h.entries[at]
	for i := range at {
		e := &h.entries[i]
		if e.Import == w.Import && e.Kind <= KindContact && h.rootOf(e.Contact) == w.Contact {
			h.dropped[i] = true
		}
	}
}

// has reports whether there is such a contact: anything is left that makes it
// one.
func (h *history) has(c ContactID) bool {
	if h.left[c] {
		return false
	}
	for i := range h.entries {
		e := &h.entries[i]
		if e.Kind <= KindContact && !h.dropped[i] && h.rootOf(e.Contact) == c {
			return true
		}
	}
	return false
}

// person reads a contact, and those merged into it at the time of each merge.
func (h *history) person(c ContactID) *Person {
	people := map[ContactID]*Person{}
	of := func(c ContactID) *Person {
		if people[c] == nil {
			people[c] = &Person{Fields: map[string]json.RawMessage{}}
		}
		return people[c]
	}
	for i := range h.entries {
		e := &h.entries[i]
		p := of(e.Contact)
		switch {
		case h.dropped[i]:
			p.create(e)
		case e.Kind == KindMerge && e.Merge.Last != 0:
			p.takeIn(of(e.Merge.With))
		default:
			p.read(e)
		}
	}
	p := of(c)
	p.Visits = h.visits(c)
	p.Touches = append(p.Touches, touch.Touches(p.Visits)...)
	p.order()
	return p
}

// visitors are those that turned out to be a contact.
func (h *history) visitors(c ContactID) map[ContactID]*visitor {
	visitors := map[ContactID]*visitor{}
	for i := range h.entries {
		if v := h.entries[i].Visitor(); v != 0 && h.rootOf(h.entries[i].Contact) == c {
			visitors[v] = &visitor{}
		}
	}
	if len(visitors) == 0 {
		return nil
	}
	for i := range h.entries {
		if v := visitors[h.entries[i].Contact]; v != nil {
			v.take(&h.entries[i])
		}
	}
	return visitors
}

// visits are those of the visitors that turned out to be a contact.
func (h *history) visits(c ContactID) (out []touch.Visit) {
	visitors := h.visitors(c)
	for _, v := range visitors {
		out = append(out, v.owned(c, h.rootOf)...)
	}
	slices.SortFunc(out, func(a, b touch.Visit) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Visitor, b.Visitor))
	})
	return out
}

func (p *Person) read(e *Entry) {
	switch e.Kind {
	case KindChange:
		p.Changes = append(p.Changes, e.Change())
		p.LastChange = max(p.LastChange, e.At)
	case KindContact, KindWithdrawal:
		p.create(e)
		p.edit(e.At, e.Edit)
	case KindTouch:
		p.Touches = append(p.Touches, touch.Touch{
			At: touch.Millis(e.At), Kind: e.Touch.Kind, Source: e.Touch.Source, UTM: e.Touch.UTM,
		})
	case KindIdentify:
		p.identify(e.At)
	case KindRevenue:
		p.Sales = append(p.Sales, Sale{e.At, *e.Revenue})
	}
}

func (p *Person) identify(at lifecycle.Millis) {
	if at != 0 && (p.Identified == 0 || at < p.Identified) {
		p.Identified = at
	}
}

// order sorts what arrived in any order by its time.
func (p *Person) order() {
	p.Touches = touch.Order(p.Touches)
	slices.SortStableFunc(p.Sales, func(a, b Sale) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(p.Values, func(a, b Valued) int { return cmp.Compare(a.At, b.At) })
}

// create notes how the contact came to be, which stays true of one that an
// import made, also when that is undone and the contact was changed since.
func (p *Person) create(e *Entry) {
	if e.Edit != nil && e.Edit.CreatedBy != "" {
		p.CreatedAt, p.CreatedBy = cmp.Or(e.Edit.CreatedAt, e.Arrived), e.Edit.CreatedBy
	}
}

func (p *Person) edit(at lifecycle.Millis, e *ContactEdit) {
	if e == nil {
		return
	}
	if e.Source != nil {
		p.Source = e.Source.To
	}
	for name, f := range e.Fields {
		if name == FieldValue {
			p.value(at, f.To)
		}
		if len(f.To) == 0 {
			delete(p.Fields, name)
			continue
		}
		p.Fields[name] = f.To
	}
}

// value notes a value that the contact was given, or that it was taken away.
func (p *Person) value(at lifecycle.Millis, data json.RawMessage) {
	v := Valued{At: at}
	if len(data) > 0 && json.Unmarshal(data, &v.Value) != nil {
		return
	}
	p.Values = append(p.Values, v)
}

// takeIn makes two people one (rule 15): all changes of both; fields of the one
// that stays, and of the other what it lacks; the source of who came first.
func (p *Person) takeIn(other *Person) {
	if p.Source.IsZero() || other.CreatedAt < p.CreatedAt && !other.Source.IsZero() {
		p.Source = other.Source
	}
	p.alias(other)
	p.Touches, p.Sales = slices.Concat(p.Touches, other.Touches), slices.Concat(p.Sales, other.Sales)
	p.identify(other.Identified)
	if len(p.Fields[FieldValue]) == 0 {
		p.Values = other.Values
	}
	fields := maps.Clone(other.Fields)
	maps.Copy(fields, p.Fields)
	p.Fields = fields
	if len(other.Changes) == 0 {
		return
	}
	p.LastChange = max(p.LastChange, other.LastChange)
	p.Changes = slices.Concat(p.Changes, other.Changes)
	slices.SortFunc(p.Changes, func(a, b lifecycle.Change) int { return cmp.Compare(a.Arrival, b.Arrival) })
}

// alias keeps the ways by which the other one was known.
func (p *Person) alias(other *Person) {
	for _, field := range [...]string{FieldExternalID, FieldEmail, FieldPhone} {
		also := other.Also[field]
		if value := other.Fields[field]; len(value) > 0 && len(p.Fields[field]) > 0 {
			also = append(slices.Clone(also), value)
		}
		if len(also) == 0 {
			continue
		}
		if p.Also == nil {
			p.Also = map[string][]json.RawMessage{}
		}
		p.Also[field] = append(p.Also[field], also...)
	}
}

// Known is since when the contact is known: its first touch, else its creation;
// 0 where neither is known.
func (p *Person) Known() lifecycle.Millis {
	if len(p.Touches) > 0 {
		return lifecycle.Millis(p.Touches[0].At)
	}
	return p.CreatedAt
}

// Label is a field's value as reports group by it: text as it is, all else as
// JSON writes it.
func Label(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	return string(value)
}
