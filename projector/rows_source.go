package projector

import (
	"cmp"
	"slices"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// VisitRow is a visit. That of a visitor who turned out to be a contact is made
// with the rows of that contact, any other with those of the visitor.
type VisitRow struct {
	Sign        int8
	Visitor     int64
	Contact     journal.ContactID // whose it is; 0 = nobody's yet
	At          lifecycle.Millis
	Source, UTM int64 // dictionary numbers
	Pages       int32
	Copy        int16 // tells rows apart that are the same: rows cancel, and must not do so by pairs
}

// SightRow is that a page was seen in a visit: one for each page of it. It is
// made with the row of the visit.
type SightRow struct {
	Sign        int8
	Visitor     int64
	Contact     journal.ContactID // whose the visit is; 0 = nobody's yet
	Begun       lifecycle.Millis  // the visit
	At          lifecycle.Millis  // the page's first time in it
	Sight       int64             // dictionary number
	Landing     bool
	Source, UTM int64 // of the visit
	Copy        int16
}

// TouchRow is a touch of a contact, visits that are touches included.
type TouchRow struct {
	Sign        int8
	Contact     journal.ContactID
	At          lifecycle.Millis
	Kind        int8 // index in touch.Kinds
	Source, UTM int64
	Copy        int16
}

// ConversionRow is something that a contact did.
type ConversionRow struct {
	Sign    int8
	Contact journal.ContactID
	conversion.Conversion
	Copy int16
}

// CostRow is what a day of a source cost, in the workspace's currency.
type CostRow struct {
	Sign                int8
	Day                 int32
	Source              int64
	Amount              int64
	Clicks, Impressions int64
	Unrated             bool // no rate is known for its currency: the amount is left out
}

// utmSource is tags in the places of source fields: one dictionary numbers both.
func utmSource(u touch.UTM) touch.Source { return touch.SourceOf(u.Values()) }

// sightSource is what was seen in the places of source fields.
func sightSource(s touch.Sight) touch.Source { return touch.SourceOf(s.Values()) }

// eachSource visits the sources and tags that the rows of a contact have,
// besides those of its journeys.
func (f *Folded) eachSource(visit func(touch.Source)) {
	visit(f.Person.Source)
	for i := range f.Person.Visits {
		a := &f.Person.Visits[i].Arrival
		visit(a.Source)
		visit(utmSource(a.UTM))
		for _, s := range f.Person.Visits[i].Sightings() {
			visit(sightSource(s.Sight))
		}
	}
	for i := range f.Person.Touches {
		t := &f.Person.Touches[i]
		visit(t.Source)
		visit(utmSource(t.UTM))
	}
}

func visits(f *Folded, n Numbers) []VisitRow {
	rows := make([]VisitRow, len(f.Person.Visits))
	for i := range f.Person.Visits {
		v := &f.Person.Visits[i]
		rows[i] = VisitRow{
			Sign: 1, Visitor: journal.VisitorNumber(v), At: lifecycle.Millis(v.At), Pages: int32(len(v.Views)),
			Source: n.Sources[v.Arrival.Source], UTM: n.Sources[utmSource(v.Arrival.UTM)],
		}
		if f.There {
			rows[i].Contact = f.Contact
		}
	}
	slices.SortFunc(rows, func(a, b VisitRow) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Visitor, b.Visitor), cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.UTM, b.UTM), cmp.Compare(a.Pages, b.Pages))
	})
	number(rows, func(r *VisitRow) *int16 { return &r.Copy })
	return rows
}

// sights makes the rows of what was seen in the visits.
func sights(f *Folded, n Numbers) (rows []SightRow) {
	for i := range f.Person.Visits {
		v := &f.Person.Visits[i]
		row := SightRow{
			Sign: 1, Visitor: journal.VisitorNumber(v), Begun: lifecycle.Millis(v.At),
			Source: n.Sources[v.Arrival.Source], UTM: n.Sources[utmSource(v.Arrival.UTM)],
		}
		if f.There {
			row.Contact = f.Contact
		}
		for _, s := range v.Sightings() {
			row.At, row.Sight, row.Landing = lifecycle.Millis(s.At), n.Sources[sightSource(s.Sight)], s.Landing
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b SightRow) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Begun, b.Begun), cmp.Compare(a.Visitor, b.Visitor),
			cmp.Compare(a.Sight, b.Sight), compareFlags(a.Landing, b.Landing), cmp.Compare(a.Source, b.Source), cmp.Compare(a.UTM, b.UTM))
	})
	number(rows, func(r *SightRow) *int16 { return &r.Copy })
	return rows
}

func touches(f *Folded, n Numbers) []TouchRow {
	rows := make([]TouchRow, len(f.Person.Touches))
	for i := range f.Person.Touches {
		t := &f.Person.Touches[i]
		rows[i] = TouchRow{
			Sign: 1, Contact: f.Contact, At: lifecycle.Millis(t.At), Kind: int8(max(slices.Index(touch.Kinds[:], t.Kind), 0)),
			Source: n.Sources[t.Source], UTM: n.Sources[utmSource(t.UTM)],
		}
	}
	number(rows, func(r *TouchRow) *int16 { return &r.Copy })
	return rows
}

func conversions(f *Folded) []ConversionRow {
	rows := make([]ConversionRow, len(f.Conversions))
	for i, c := range f.Conversions {
		rows[i] = ConversionRow{Sign: 1, Contact: f.Contact, Conversion: c}
	}
	number(rows, func(r *ConversionRow) *int16 { return &r.Copy })
	return rows
}

// number counts rows that are the same and follow each other.
func number[R comparable](rows []R, copyOf func(*R) *int16) {
	for i := 1; i < len(rows); i++ {
		before := rows[i-1]
		n := *copyOf(&before)
		*copyOf(&before) = 0
		if before == rows[i] {
			*copyOf(&rows[i]) = n + 1
		}
	}
}

// costs makes the rows of what was said of costs: each entry takes back what
// was said before.
func costs(said []journal.Cost, c *journal.Configuration, n Numbers) []CostRow {
	var rows []CostRow
	for i := range said {
		for _, side := range []struct {
			sign  int8
			spend *journal.Spend
		}{{-1, said[i].From}, {1, said[i].To}} {
			if side.spend == nil {
				continue
			}
			row := CostRow{
				Sign: side.sign, Day: said[i].Day, Source: n.Sources[said[i].Source],
				Clicks: side.spend.Clicks, Impressions: side.spend.Impressions,
			}
			amount, rated := c.Convert(side.spend.Amount, side.spend.Currency, said[i].Day)
			row.Amount, row.Unrated = amount, !rated
			rows = append(rows, row)
		}
	}
	return rows
}
