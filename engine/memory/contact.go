package memory

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/segment"
	"github.com/tidemark/tidemark/subject"
)

// contact is a contact as of now. It is what filters are evaluated on.
type contact struct {
	id     journal.ContactID
	person *journal.Person
	stage  lifecycle.StageID // as filters see it
	since  lifecycle.Millis  // 0 without a stage
	latest *lifecycle.Journey

	conversions []conversion.Conversion
	customer    bool
}

func (r *reading) contactOf(id journal.ContactID, p *journal.Person, journeys []lifecycle.Journey) contact {
	c := contact{id: id, person: p}
	state := r.folder.Replay(p.Changes)
	if c.stage = subject.Present(&r.cursor.Configuration.Lifecycle, state.Present); c.stage != lifecycle.NoStage {
		c.since = state.Since
	}
	if len(journeys) > 0 {
		c.latest = &journeys[len(journeys)-1]
	}
	return c
}

// members are the contacts of a segment, by number.
func (r *reading) members(s *segment.Resolved, asOf lifecycle.Millis) map[journal.ContactID]bool {
	members := make(map[journal.ContactID]bool, len(r.contacts))
	for i := range r.contacts {
		c := &r.contacts[i]
		members[c.id] = s == nil || s.Where == nil ||
			segment.Evaluate(s.Where, r.seen(c, s, asOf), asOf.Time().In(r.zone)).Selects()
	}
	return members
}

// seen is a contact as one evaluation sees it.
func (r *reading) seen(c *contact, s *segment.Resolved, asOf lifecycle.Millis) seen {
	return seen{contact: c, reading: r, rules: s.Rules, under: map[string]bool{}, now: asOf.Time().In(r.zone)}
}

type seen struct {
	*contact
	reading *reading
	rules   map[string]segment.Expr
	under   map[string]bool // rules being evaluated: without circles, they do not ask for themselves
	now     time.Time
}

// Value implements segment.Subject.
func (s seen) Value(f segment.Field) (segment.Value, bool) {
	v := s.value(f)
	return v, v.Kind != segment.KindNone
}

func (s seen) value(f segment.Field) segment.Value {
	if field, ok := subject.SourceField(f); ok {
		return subject.Source(s.person.Source, field)
	}
	switch configuration := &s.reading.cursor.Configuration.Lifecycle; {
	case f.Name == segment.FieldList:
		return s.lists()
	case subject.IsStored(f):
		return s.stored(f)
	case f.Name == segment.FieldStage, f.Name == segment.FieldStageKind:
		return subject.Stage(configuration, s.stage, f)
	case f.Name == segment.FieldDaysInStage && s.stage != lifecycle.NoStage:
		return segment.Days(s.since, s.now)
	case f.Name == segment.FieldCreatedAt && s.person.CreatedAt != 0:
		return segment.At(s.person.CreatedAt)
	case f.Name == segment.FieldCreatedBy && s.person.CreatedBy != "":
		return segment.Text(s.person.CreatedBy)
	case s.latest != nil:
		return s.journey(f, configuration)
	}
	return segment.Value{}
}

func (s seen) journey(f segment.Field, c *lifecycle.Configuration) segment.Value {
	switch {
	case f.Name == segment.FieldJourneyNumber:
		return segment.Number(float64(s.latest.Number))
	case f.Name == segment.FieldJourneyEnteredAt:
		return segment.At(s.latest.EnteredAt)
	case f.Name == segment.FieldJourneyEndedAt && s.latest.Outcome != lifecycle.Open:
		return segment.At(s.latest.EndedAt)
	}
	return subject.ShapeOf(c).Value(funnel.CellOf(s.latest), f)
}

func (s seen) stored(f segment.Field) segment.Value {
	for name, data := range s.person.Fields {
		if field, value := subject.Stored(name, data); field == f {
			return value
		}
	}
	return segment.Value{}
}

// lists are those that the contact was put on, and the smart ones whose rule
// it fulfils.
func (s seen) lists() segment.Value {
	var ids []string
	for name := range s.person.Fields {
		if id, ok := strings.CutPrefix(name, journal.ListPrefix); ok {
			ids = append(ids, id)
		}
	}
	for id, rule := range s.rules {
		if s.under[id] {
			continue
		}
		s.under[id] = true
		if segment.Evaluate(rule, s, s.now).Selects() {
			ids = append(ids, id)
		}
		delete(s.under, id)
	}
	return segment.Texts(ids...)
}

// Contacts implements report.ContactReading.
func (r *reading) Contacts(_ context.Context, q report.ContactQuery) ([]report.ContactKey, error) {
	var keys []report.ContactKey
	for _, c := range r.chosen(&q) {
		key := report.ContactKey{Place: q.Order.Place(c.stage, c.since), Contact: c.id}
		if q.After == nil || compareKeys(q.Order, *q.After, key) < 0 {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b report.ContactKey) int { return compareKeys(q.Order, a, b) })
	return keys[:min(q.Limit, len(keys))], nil
}

func compareKeys(o report.ContactOrder, a, b report.ContactKey) int {
	byNumber := cmp.Compare(a.Contact, b.Contact)
	if o.Descending() {
		byNumber = -byNumber
	}
	return cmp.Or(cmp.Compare(a.Place, b.Place), byNumber)
}

func (r *reading) chosen(q *report.ContactQuery) []contact {
	members := r.members(q.Segment, q.AsOf)
	return slices.DeleteFunc(slices.Clone(r.contacts), func(c contact) bool {
		return !members[c.id] || q.InStage != nil && c.stage != *q.InStage
	})
}

// CountContacts implements report.ContactReading.
func (r *reading) CountContacts(_ context.Context, q report.ContactQuery) (map[lifecycle.StageID]int64, error) {
	counts := map[lifecycle.StageID]int64{}
	for _, c := range r.chosen(&q) {
		counts[c.stage]++
	}
	return counts, nil
}
