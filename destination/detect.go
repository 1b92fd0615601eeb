package destination

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Reading reads events out of the log of a workspace.
type Reading struct {
	configuration *journal.Configuration
	folder        *lifecycle.Folder
	rules         *conversion.Rules
}

// NewReading makes a reading under a configuration; the zone is the
// configuration's.
func NewReading(c *journal.Configuration, zone *time.Location) *Reading {
	return &Reading{c, lifecycle.NewFolder(&c.Lifecycle), conversion.NewRules(c, zone)}
}

// Tells reports whether an entry can be an event by itself: what imports and
// bulk edits wrote never is, nor is what happened longer ago than maxAge when it
// was told, as history is.
func Tells(e *journal.Entry, maxAge lifecycle.Millis) bool {
	switch {
	case e.Silent, e.Import != 0, e.Actor.Kind.Silent(), e.At < e.Arrived-maxAge:
		return false
	case e.Kind == journal.KindIdentify:
		return !e.OfVisitor()
	}
	return e.Kind == journal.KindChange || e.Kind == journal.KindTouch || e.Kind == journal.KindRevenue
}

// Of returns what an entry tells of its contact, out of the entries of the
// contact with those of its visitors, in order of arrival: what is so with it and
// was not so without it, as of its arrival. So late news tells only what it adds.
func (r *Reading) Of(e *journal.Entry, entries []journal.Entry) (out []What) {
	switch {
	case e.Kind == journal.KindRevenue && e.Revenue.Refund:
		return []What{Refund}
	case e.Kind == journal.KindRevenue:
		return []What{Sale}
	}
	until := func(seq int64) counts {
		n, _ := slices.BinarySearchFunc(entries, seq, func(e journal.Entry, seq int64) int { return int(max(-1, min(1, e.Seq-seq))) })
		return r.count(e.Contact, entries[:n])
	}
	before, after := until(e.Seq), until(e.Seq+1)
	if e.Kind == journal.KindChange && r.moves(e, after.changes) {
		out = append(out, StageIn)
	}
	for _, what := range [...]What{Lead, Opportunity, Won, Lost} {
		if after.of[what] > before.of[what] {
			out = append(out, what)
		}
	}
	return out
}

// counts are how many of each a contact has.
type counts struct {
	of      map[What]int
	changes []lifecycle.Change
}

func (r *Reading) count(c journal.ContactID, entries []journal.Entry) counts {
	if len(entries) == 0 {
		return counts{}
	}
	p := journal.ReadOf(c, entries)
	out := counts{map[What]int{}, slices.Clone(p.Changes)}
	journeys := r.folder.Fold(p.Changes)
	for _, did := range r.rules.Of(&p, journeys) {
		switch did.Kind {
		case conversion.LeadForm, conversion.LeadCall, conversion.LeadChat, conversion.LeadOther:
			out.of[Lead]++
		case conversion.Opportunity:
			out.of[Opportunity]++
		}
	}
	for i := range journeys {
		switch journeys[i].Outcome {
		case lifecycle.OutcomeWon:
			out.of[Won]++
		case lifecycle.OutcomeLost:
			out.of[Lost]++
		}
	}
	return out
}

// moves reports whether a change brings its contact into a stage in view.
func (r *Reading) moves(e *journal.Entry, changes []lifecycle.Change) bool {
	if e.Stage == lifecycle.NoStage {
		return false
	}
	lifecycle.SortChanges(changes)
	var s lifecycle.State
	for _, c := range changes {
		from := s.Present
		moved := r.folder.Apply(&s, c) && r.folder.InView(from, c.To)
		if c.Arrival == e.Seq {
			return moved
		}
	}
	return false
}

// Told is an event as the queue has it.
type Told struct {
	Seq  int64 // the log entry that tells it
	What What
}

// Event reads all there is to say of an event, as the log has the contact now.
// An error is an Unfit.
func (r *Reading) Event(c journal.ContactID, entries []journal.Entry, t Told) (Event, error) {
	at := slices.IndexFunc(entries, func(e journal.Entry) bool { return e.Seq == t.Seq })
	p := journal.ReadOf(c, entries)
	if at < 0 || p.Gone {
		return Event{}, Unfit("The contact is not there any more.")
	}
	e := &entries[at]
	out := r.Known(c, &p, entries, e.At)
	out.What = t.What
	if e.Kind == journal.KindChange {
		out.Stage = r.stage(e.Stage)
	}
	if e.Kind == journal.KindRevenue {
		out.Amount, out.Currency, out.Sale, out.RefundOf = e.Revenue.Amount, e.Revenue.Currency, e.Revenue.ID, e.Revenue.RefundOf
	}
	return out, nil
}

// Known is what is known of a person, as an event of an instant says it.
func (r *Reading) Known(c journal.ContactID, p *journal.Person, entries []journal.Entry, at lifecycle.Millis) Event {
	_, state := r.folder.FoldAll(slices.Clone(p.Changes))
	e := Event{At: at, Stage: r.stage(state.Present), Contact: contactOf(p), IDs: map[string]journal.AdID{}}
	if v := value(p); v.Currency != "" {
		e.Amount, e.Currency = v.Amount, v.Currency
	}
	if path := touch.Path(clicks(p), touch.Millis(at), touch.PathOptions{}); len(path) > 0 {
		e.First, e.Last = &path[0], &path[len(path)-1]
	}
	for _, id := range journal.AdIDs(c, entries) {
		e.IDs[id.Name] = id
	}
	return e
}

func (r *Reading) stage(id lifecycle.StageID) Stage {
	s, ok := r.configuration.Lifecycle.Stage(id)
	if !ok {
		return Stage{}
	}
	s = r.configuration.Lifecycle.MergeEnd(s)
	return Stage{s.ID, s.Key, s.Name, s.Kind}
}

// StageOf is the stage that an entry is in, merges followed; NoStage of entries
// that are no changes.
func (r *Reading) StageOf(e *journal.Entry) lifecycle.StageID { return r.stage(e.Stage).ID }

func value(p *journal.Person) (v journal.Value) {
	if len(p.Values) > 0 {
		v = p.Values[len(p.Values)-1].Value
	}
	return v
}

// clicks are the touches of a person with the ids that networks gave them, in
// order of time.
func clicks(p *journal.Person) []Click {
	ids := map[touch.Millis]touch.Click{}
	for i := range p.Visits {
		if v := &p.Visits[i]; !v.Continue && v.Arrival.Click.ID != "" {
			ids[v.At] = v.Arrival.Click
		}
	}
	out := make([]Click, len(p.Touches))
	for i, t := range p.Touches {
		out[i].Touch = t
		if t.Kind == touch.KindVisit {
			out[i].Click = ids[t.At]
		}
	}
	return out
}

func contactOf(p *journal.Person) Contact {
	text := func(name string) string {
		if value, ok := p.Fields[name]; ok {
			return journal.Label(value)
		}
		return ""
	}
	c := Contact{
		ExternalID: text(journal.FieldExternalID), Email: text(journal.FieldEmail), Phone: text(journal.FieldPhone), Name: text(journal.FieldName),
		Owner: text(journal.FieldOwner), CreatedBy: p.CreatedBy, CreatedAt: p.CreatedAt, Source: p.Source, Agreed: p.Agreed(),
		Properties: map[string]json.RawMessage{},
	}
	for name, v := range p.Fields {
		if property, ok := strings.CutPrefix(name, journal.PropertyPrefix); ok {
			c.Properties[property] = v
		}
	}
	return c
}

// EventID names an event at a destination: the same at every attempt, another
// one at every destination.
func EventID(destination string, t Told) string {
	return "tm_" + destination + "_" + strconv.FormatInt(t.Seq, 10) + "_" + string(t.What)
}
