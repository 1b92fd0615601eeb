package memory

import (
	"cmp"
	"slices"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// reading implements report.Reading.
type reading struct {
	cursor    report.Cursor
	zone      *time.Location
	folder    *lifecycle.Folder
	positions map[lifecycle.StageID]int
	journeys  []journey // of all contacts
	contacts  []contact
	unknown   []touch.Visit // of visitors that are nobody yet
	costs     costs
	number    numbering
	numbered  map[int64][8]string // what numbers stand for
}

// journey is a journey as of now, with whom it is of.
type journey struct {
	lifecycle.Journey
	contact journal.ContactID
	person  *journal.Person
	before  touch.Millis // the end of the contact's journey before
	source  touch.Source // by the model of the plan that it is read for
}

// from is where a journey came from, by a model.
func (j *journey) from(model report.Model) touch.Source {
	ended := touch.Never
	if j.Outcome != lifecycle.Open {
		ended = touch.Millis(j.EndedAt)
	}
	return touch.JourneySource(touch.JourneyModel(cmp.Or(model, report.ModelEntry)), j.person.Touches, touch.Millis(j.EnteredAt), ended, j.before, j.person.Source)
}

// Cursor implements report.Reading.
func (r *reading) Cursor() report.Cursor { return r.cursor }

// of returns the journeys of a plan with the group of each.
func (r *reading) of(p *report.Plan) (journeys []journey, groups []int) {
	members := r.members(p.Segment, p.AsOf)
	for _, j := range r.journeys {
		j.source = j.from(p.Model)
		inRange := j.EnteredAt >= p.From && j.EnteredAt < p.To && (p.MaxEntered == 0 || j.EnteredAt <= p.MaxEntered)
		if !inRange || !members[j.contact] || slices.ContainsFunc(p.Filters, func(f report.Filter) bool { return !keeps(f, j) }) {
			continue
		}
		journeys, groups = append(journeys, j), append(groups, groupOf(p.Group, j))
	}
	return journeys, groups
}

func keeps(f report.Filter, j journey) bool {
	value := valueOf(f.Dimension, j)
	if value == "" {
		return f.None
	}
	return slices.Contains(f.Values, value)
}

// groupOf is the index of a journey's group.
func groupOf(g *report.Grouping, j journey) int {
	if g == nil {
		return 0
	}
	value := valueOf(g.Dimension, j)
	if value == "" {
		return g.None()
	}
	if i := slices.Index(g.Top, value); i >= 0 {
		return i
	}
	return g.Other()
}

// valueOf is a journey's value of a dimension, "" for none.
func valueOf(d report.Dimension, j journey) string {
	if i := slices.Index(touch.Fields[:], touch.Field(d)); i >= 0 {
		return j.source.Values()[i]
	}
	switch d {
	case report.DimensionCreatedBy:
		return j.person.CreatedBy
	case report.DimensionJourney:
		if j.Number == 1 {
			return "first"
		}
		return "return"
	}
	value, found := j.person.Fields[string(d)]
	if !found {
		return ""
	}
	return journal.Label(value)
}

// deadline is the last instant that counts for a journey: without a window,
// the end of time.
func deadline(p *report.Plan, j journey) lifecycle.Millis {
	if p.Window == 0 {
		return 1<<63 - 1
	}
	return j.EnteredAt + p.Window
}

// asOf returns a journey as of its deadline, by folding its contact's changes
// up to then: those after it cannot be known.
func (r *reading) asOf(p *report.Plan, j journey) lifecycle.Journey {
	if p.Window == 0 {
		return j.Journey
	}
	return r.folder.FoldUntil(j.person.Changes, deadline(p, j))[j.Number-1]
}

// waited is how long something that began then has gone on, at most until the
// deadline.
func waited(p *report.Plan, j journey, since lifecycle.Millis) lifecycle.Millis {
	return max(0, min(p.AsOf, deadline(p, j))-since)
}
