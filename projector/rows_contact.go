package projector

import (
	"cmp"
	"slices"
	"time"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
	"github.com/tidemark/tidemark/subject"
)

// contact makes the row of the contact itself.
func contact(f *Folded, n Numbers) ContactRow {
	row := ContactRow{
		Sign: 1, Contact: f.Contact, Created: f.Person.CreatedAt, Known: f.Person.Known(), CreatedBy: createdBy(f.Person.CreatedBy),
		Stage: f.Stage, Since: f.Since, Source: n.Sources[f.Person.Source], Customer: f.Customer,
		Journeys: int32(len(f.Journeys)), Cell: NoCell, EndedAt: Never,
	}
	if len(f.Journeys) == 0 {
		return row
	}
	latest := &f.Journeys[len(f.Journeys)-1]
	row.Cell, row.EnteredAt = n.JourneyCells[funnel.CellOf(latest)], latest.EnteredAt
	if latest.Outcome != lifecycle.Open {
		row.EndedAt = latest.EndedAt
	}
	return row
}

// facts makes the rows of the values that a contact was given.
func facts(f *Folded, zone *time.Location, n Numbers) []FactRow {
	var rows []FactRow
	for name, data := range f.Person.Fields {
		field, value := subject.Stored(name, data)
		for _, fact := range segment.Facts(field, value, zone) {
			if name == journal.FieldValue {
				// Filters compare the number of an amount; beside it stands the
				// currency, for sums of money.
				_, fact.Text, _ = subject.Money(data)
			}
			rows = append(rows, FactRow{1, f.Contact, n.Texts[field.String()], fact})
		}
	}
	slices.SortFunc(rows, func(a, b FactRow) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text),
			cmp.Compare(a.Number, b.Number), compareFlags(a.Flag, b.Flag))
	})
	return slices.Compact(rows) // that a list has an item twice tells filters nothing
}

func compareFlags(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// factFields are the names of the fields that the facts of a person have.
func factFields(f *Folded) []string {
	var names []string
	for name, data := range f.Person.Fields {
		if field, value := subject.Stored(name, data); value.Kind != segment.KindNone {
			names = append(names, field.String())
		}
	}
	return names
}
