package projector

import (
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
	"github.com/tidemark/tidemark/touch"
)

// Never is the relative time of what has not happened: a stay that has not
// ended, a next timed stay that there is none of.
const Never = lifecycle.Millis(1<<63 - 1)

// FirstEver is the entry of "the journey before" of a contact's first.
const FirstEver = lifecycle.Millis(-1 << 63)

// JourneyRow is a journey as engines store it. Sign is +1 for a row that
// holds and -1 for one that is taken back, byte for byte the same otherwise.
type JourneyRow struct {
	Sign      int8
	Contact   journal.ContactID
	Number    int32
	EnteredAt lifecycle.Millis
	Day       int32            // local day of the entry, counted from 1970-01-01
	Cell      int32            // dictionary number of the funnel.JourneyCell
	Duration  lifecycle.Millis // ended - entered of every ended journey (0 for instant ones); Never while open
	Sources   Sources
	CreatedBy int16            // index in CreatedBys
	Previous  lifecycle.Millis // entry of the contact's journey before; FirstEver for the first
	More      bool             // the contact has other journeys
}

// Sources are the dictionary numbers of a journey's source by each model.
type Sources struct{ Entry, First, Last int64 }

// StayRow is a stay as engines store it, with the keys of its journey
// repeated. Begin, End, Total and Next are relative to the journey's entry.
//
// The journey's cell is not repeated: it would take back and add again every
// stay of a journey at each of its steps, and no count needs it.
type StayRow struct {
	Sign      int8
	Contact   journal.ContactID
	Number    int32
	Index     int16 // of the stay in its journey, cut to its range
	EnteredAt lifecycle.Millis
	Day       int32
	Cell      int32             // dictionary number of the funnel.StayCell
	Stage     lifecycle.StageID // of the cell
	Sources   Sources
	CreatedBy int16
	Begin     lifecycle.Millis // negative for an imported stay before the entry
	End       lifecycle.Millis // Never while the contact is still there
	Total     lifecycle.Millis // of timed stays: time in this stage up to and including this stay; else 0
	Next      lifecycle.Millis // of timed stays: end of the journey's next timed stay in this stage, or Never; else 0
}

// AttributeRow is a value that a contact has now: owner or property.
type AttributeRow struct {
	Sign    int8
	Contact journal.ContactID
	Field   int64 // dictionary number of the dimension's name
	Value   int64 // dictionary number of the label
}

// ContactRow is a contact as it is now: what filters ask of all contacts,
// besides values that were given. A contact has one.
type ContactRow struct {
	Sign      int8
	Contact   journal.ContactID
	Created   lifecycle.Millis // 0 = not known
	Known     lifecycle.Millis // its first touch, else Created
	CreatedBy int16            // index in CreatedBys
	Stage     lifecycle.StageID
	Since     lifecycle.Millis // in the stage; 0 without one
	Source    int64            // dictionary number of its own source
	Customer  bool
	Journeys  int32
	Cell      int32            // of the latest journey; -1 without one
	EnteredAt lifecycle.Millis // of the latest journey; 0 without one
	EndedAt   lifecycle.Millis // of the latest journey; Never while open or without one
}

// NoCell is the cell of a contact without journeys.
const NoCell = -1

// FactRow is one reading of a value that a contact has now: of a list, one of
// its items. See segment.Fact.
type FactRow struct {
	Sign    int8
	Contact journal.ContactID
	Field   int64 // dictionary number of the field as filters spell it
	segment.Fact
}

// CreatedBys lists the ways of creation; JourneyRow.CreatedBy is an index of it.
var CreatedBys = [...]string{"", "import", "api", "manual", "form", "call", "chat", "ad"}

// Folded is a contact with its journeys.
type Folded struct {
	Contact  journal.ContactID
	There    bool // it has entries: before its first, it has no rows
	Moved    bool // its values are known not to differ: they make no rows
	Same     int  // how many of its first journeys are known not to differ: they make no rows
	Person   journal.Person
	Journeys []lifecycle.Journey
	Stage    lifecycle.StageID // the present one, as filters see it
	Since    lifecycle.Millis  // 0 without one

	Conversions []conversion.Conversion
	Customer    bool

	shapes []shape // of the journeys from Same on
}

// shape is what the rows of a journey need numbers for.
type shape struct {
	cell    funnel.JourneyCell
	stays   []funnel.StayCell
	sources sourcesByModel
}

// outline returns the shapes of the journeys that make rows.
func (f *Folded) outline() []shape {
	if f.shapes == nil {
		f.shapes = make([]shape, 0, len(f.Journeys)-f.Same)
		for i := f.Same; i < len(f.Journeys); i++ {
			j := &f.Journeys[i]
			f.shapes = append(f.shapes, shape{funnel.CellOf(j), funnel.StayCells(j), journeySources(f, i)})
		}
	}
	return f.shapes
}

// Numbers are the dictionary numbers that rows are made with. They must hold
// everything that Wanted names for the same contacts.
type Numbers struct {
	JourneyCells map[funnel.JourneyCell]int32
	StayCells    map[funnel.StayCell]int32
	Sources      map[touch.Source]int64
	Texts        map[string]int64
}

// ContactRows are the rows of one contact, all with sign +1.
type ContactRows struct {
	Journeys   []JourneyRow
	Stays      []StayRow
	Attributes []AttributeRow
	Contacts   []ContactRow // one
	Facts      []FactRow

	Visits      []VisitRow
	Sights      []SightRow
	Touches     []TouchRow
	Conversions []ConversionRow
}

// Rows makes the rows of a contact, or of a visitor. It is the one place that makes rows; the
// zone decides the local days.
func Rows(f *Folded, zone *time.Location, n Numbers) ContactRows {
	rows := ContactRows{Visits: visits(f, n), Sights: sights(f, n)}
	if !f.There {
		return rows
	}
	rows.Contacts, rows.Touches, rows.Conversions = []ContactRow{contact(f, n)}, touches(f, n), conversions(f)
	if !f.Moved {
		rows.Attributes, rows.Facts = attributes(f, n), facts(f, zone, n)
	}
	shapes := f.outline()
	rows.Journeys = make([]JourneyRow, 0, len(shapes))
	rows.Stays = make([]StayRow, 0, countStays(shapes))
	for i := range shapes {
		row := journeyRow(f, f.Same+i, &shapes[i], zone, n)
		rows.Journeys = append(rows.Journeys, row)
		rows.Stays = appendStays(rows.Stays, &f.Journeys[f.Same+i], &row, shapes[i].stays, n)
	}
	return rows
}

// sameJourney reports whether two journeys are the same in everything.
func sameJourney(a, b *lifecycle.Journey) bool {
	return a.Number == b.Number && a.EnteredAt == b.EnteredAt && a.EndedAt == b.EndedAt && a.Outcome == b.Outcome &&
		a.Instant == b.Instant && a.Furthest == b.Furthest && a.Origin == b.Origin && a.LostStage == b.LostStage &&
		a.Present == b.Present && slices.Equal(a.Visited, b.Visited) && slices.Equal(a.Stays, b.Stays)
}

func countStays(shapes []shape) (count int) {
	for i := range shapes {
		count += len(shapes[i].stays)
	}
	return count
}

func journeyRow(f *Folded, i int, s *shape, zone *time.Location, n Numbers) JourneyRow {
	j := &f.Journeys[i]
	row := JourneyRow{
		Sign: 1, Contact: f.Contact, Number: int32(j.Number), EnteredAt: j.EnteredAt,
		Day: conversion.LocalDay(j.EnteredAt, zone), Cell: n.JourneyCells[s.cell], Duration: Never,
		Sources: sourcesOf(&s.sources, n), CreatedBy: createdBy(f.Person.CreatedBy),
		Previous: FirstEver, More: len(f.Journeys) > 1,
	}
	if j.Outcome != lifecycle.Open {
		row.Duration = j.EndedAt - j.EnteredAt
	}
	if i > 0 {
		row.Previous = f.Journeys[i-1].EnteredAt
	}
	return row
}

// sameJourneys counts the first journeys that make the same rows of a contact
// before and after, the last of each left aside.
func sameJourneys(old, now *Folded) int {
	limit := min(len(old.Journeys), len(now.Journeys)) - 1
	if limit < 1 || old.Person.Source != now.Person.Source || !slices.Equal(old.Person.Touches, now.Person.Touches) {
		return 0
	}
	for i := range limit {
		if !sameJourney(&old.Journeys[i], &now.Journeys[i]) {
			return i
		}
	}
	return limit
}

// sourcesByModel is where a journey came from.
type sourcesByModel struct{ entry, first, last touch.Source }

// journeySources finds where a journey of a contact came from.
func journeySources(f *Folded, i int) sourcesByModel {
	own, touches := f.Person.Source, f.Person.Touches
	if len(touches) == 0 {
		return sourcesByModel{own, own, own}
	}
	j := &f.Journeys[i]
	entered, ended, before := touch.Millis(j.EnteredAt), touch.Never, touch.Millis(FirstEver)
	if j.Outcome != lifecycle.Open {
		ended = touch.Millis(j.EndedAt)
	}
	if i > 0 {
		before = touch.Millis(f.Journeys[i-1].EndedAt)
	}
	by := func(model touch.JourneyModel) touch.Source {
		return touch.JourneySource(model, touches, entered, ended, before, own)
	}
	return sourcesByModel{by(touch.JourneyEntry), by(touch.JourneyFirst), by(touch.JourneyLast)}
}

func sourcesOf(s *sourcesByModel, n Numbers) Sources {
	entry := n.Sources[s.entry]
	if s.first == s.entry && s.last == s.entry {
		return Sources{entry, entry, entry}
	}
	return Sources{entry, n.Sources[s.first], n.Sources[s.last]}
}

// appendStays makes the rows of a journey's stays.
func appendStays(all []StayRow, j *lifecycle.Journey, of *JourneyRow, cells []funnel.StayCell, n Numbers) []StayRow {
	all = append(all, make([]StayRow, len(j.Stays))...)
	rows := all[len(all)-len(j.Stays):]
	for i, cell := range cells {
		s := &j.Stays[i]
		rows[i] = StayRow{
			Sign: 1, Contact: of.Contact, Number: of.Number, Index: int16(min(i, 1<<15-1)),
			EnteredAt: of.EnteredAt, Day: of.Day, Cell: n.StayCells[cell], Stage: s.Stage,
			Sources: of.Sources, CreatedBy: of.CreatedBy, Begin: s.Begin - of.EnteredAt, End: Never,
		}
		if s.Exit != lifecycle.StillThere {
			rows[i].End = s.End - of.EnteredAt
		}
		if !s.Timed {
			continue
		}
		rows[i].Total, rows[i].Next = s.Duration(), Never
		if before := timedBefore(j, i); before >= 0 {
			rows[i].Total += rows[before].Total
			rows[before].Next = rows[i].End
		}
	}
	return all
}

// timedBefore is the index of the latest timed stay in the same stage before a
// timed one; -1 = none.
func timedBefore(j *lifecycle.Journey, i int) int {
	for k := i - 1; k >= 0; k-- {
		if j.Stays[k].Timed && j.Stays[k].Stage == j.Stays[i].Stage {
			return k
		}
	}
	return -1
}

// attributes makes the rows of what the contact has now.
func attributes(f *Folded, n Numbers) []AttributeRow {
	var rows []AttributeRow
	for name, label := range labels(f.Person) {
		rows = append(rows, AttributeRow{1, f.Contact, n.Texts[name], n.Texts[label]})
	}
	slices.SortFunc(rows, func(a, b AttributeRow) int { return int(a.Field - b.Field) })
	return rows
}

// labels are the values of a person that reports can filter and group by.
// Empty ones are none.
func labels(p journal.Person) map[string]string {
	out := map[string]string{}
	for name, value := range p.Fields {
		if name != journal.FieldOwner && !strings.HasPrefix(name, journal.PropertyPrefix) {
			continue
		}
		if label := journal.Label(value); label != "" {
			out[name] = label
		}
	}
	return out
}

// createdBy is the index of a way of creation; unknown ways are none.
func createdBy(way string) int16 { return int16(max(slices.Index(CreatedBys[:], way), 0)) }
