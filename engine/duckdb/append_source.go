package duckdb

import (
	"fmt"

	"github.com/tidemark/tidemark/projector"
)

// sourceRows writes what a batch says of sources: visits, touches, what came
// of them, and what they cost.
func (a *appenders) sourceRows(b *projector.Batch) error {
	for i := range b.Visits {
		r := &b.Visits[i]
		if err := a.visit.AppendRow(r.Sign, r.Visitor, int64(r.Contact), int64(r.At), int32(r.Source), int32(r.UTM), r.Pages, r.Copy); err != nil {
			return fmt.Errorf("duckdb: append visit: %w", err)
		}
	}
	for i := range b.Sights {
		r := &b.Sights[i]
		err := a.sight.AppendRow(r.Sign, r.Visitor, int64(r.Contact), int64(r.Begun), int64(r.At), int32(r.Sight), r.Landing,
			int32(r.Source), int32(r.UTM), r.Copy)
		if err != nil {
			return fmt.Errorf("duckdb: append sight: %w", err)
		}
	}
	for i := range b.Touches {
		r := &b.Touches[i]
		if err := a.touch.AppendRow(r.Sign, int64(r.Contact), int64(r.At), r.Kind, int32(r.Source), int32(r.UTM), r.Copy); err != nil {
			return fmt.Errorf("duckdb: append touch: %w", err)
		}
	}
	for i := range b.Conversions {
		r := &b.Conversions[i]
		err := a.conversion.AppendRow(r.Sign, int64(r.Contact), int8(r.Kind), int64(r.At), int64(r.PathAt), r.Amount, r.Unrated, int32(r.Journey), r.Copy)
		if err != nil {
			return fmt.Errorf("duckdb: append conversion: %w", err)
		}
	}
	for i := range b.Costs {
		r := &b.Costs[i]
		if err := a.cost.AppendRow(r.Sign, r.Day, int32(r.Source), r.Amount, r.Clicks, r.Impressions, r.Unrated); err != nil {
			return fmt.Errorf("duckdb: append cost: %w", err)
		}
	}
	return nil
}

// eachSource visits the numbers of sources and tags that the rows of a batch
// have.
func eachSource(b *projector.Batch, visit func(number int64)) {
	for i := range b.Journeys {
		s := b.Journeys[i].Sources
		visit(s.Entry)
		visit(s.First)
		visit(s.Last)
	}
	for i := range b.Contacts {
		visit(b.Contacts[i].Source)
	}
	for i := range b.Visits {
		visit(b.Visits[i].Source)
		visit(b.Visits[i].UTM)
	}
	for i := range b.Sights {
		visit(b.Sights[i].Sight)
	}
	for i := range b.Touches {
		visit(b.Touches[i].Source)
		visit(b.Touches[i].UTM)
	}
	for i := range b.Costs {
		visit(b.Costs[i].Source)
	}
}

// empty reports whether a batch has no rows.
func empty(b *projector.Batch) bool {
	return len(b.Journeys)+len(b.Stays)+len(b.Attributes)+len(b.Contacts)+len(b.Facts)+
		len(b.Visits)+len(b.Sights)+len(b.Touches)+len(b.Conversions)+len(b.Costs) == 0
}

// takenBack counts the rows of a batch that take another back, by table.
func takenBack(b *projector.Batch) [len(facts)]int64 {
	return [...]int64{
		negatives(b.Journeys, func(r *projector.JourneyRow) int8 { return r.Sign }),
		negatives(b.Stays, func(r *projector.StayRow) int8 { return r.Sign }),
		negatives(b.Attributes, func(r *projector.AttributeRow) int8 { return r.Sign }),
		negatives(b.Contacts, func(r *projector.ContactRow) int8 { return r.Sign }),
		negatives(b.Facts, func(r *projector.FactRow) int8 { return r.Sign }),
		negatives(b.Visits, func(r *projector.VisitRow) int8 { return r.Sign }),
		negatives(b.Sights, func(r *projector.SightRow) int8 { return r.Sign }),
		negatives(b.Touches, func(r *projector.TouchRow) int8 { return r.Sign }),
		negatives(b.Conversions, func(r *projector.ConversionRow) int8 { return r.Sign }),
		negatives(b.Costs, func(r *projector.CostRow) int8 { return r.Sign }),
	}
}
