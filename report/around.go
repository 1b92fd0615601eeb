package report

import "fmt"

// DefaultAroundDays is how many days before and after a mark are compared.
const DefaultAroundDays = 14

// around is the days from the mark on, and as many right before it.
func (q *Query) around() (after, before span) {
	n := Date(q.AroundDays)
	if n == 0 {
		n = DefaultAroundDays
	}
	after = span{*q.Around, *q.Around + n - 1}
	return after, after.before()
}

// checkAround finds what contradicts a mark.
func (p *parser) checkAround() {
	q := &p.query
	if q.Around == nil {
		if q.AroundDays != 0 {
			p.refuse("days", "needs around")
		}
		return
	}
	for _, other := range []struct {
		name  string
		given bool
	}{
		{"preset", q.Preset != ""},
		{"from", q.From != nil},
		{"to", q.To != nil},
		{"compare", q.Compare != ""},
		{"compare_from", q.CompareFrom != nil},
		{"compare_to", q.CompareTo != nil},
	} {
		if other.given {
			p.refuse(other.name, "cannot stand beside around")
		}
	}
}

// spans says of a comparison around a mark whether the days after it are over.
func (v *view) spans() []Notice {
	a := v.asked
	if a.Around == nil {
		return nil
	}
	length, over := int64(a.days.length()), int64(min(max(a.today-a.days.from, 0), a.days.length()))
	if over == length {
		text := fmt.Sprintf("Compared are %s before and after %s; all of them are over.", plural(length, "day", "days"), a.days.from)
		return []Notice{{Kind: "spans_complete", Count: &over, Text: text}}
	}
	text := fmt.Sprintf("Of the %s from %s on %d are over; they are compared with %[1]s that all are.",
		plural(length, "day", "days"), a.days.from, over)
	return []Notice{{Kind: "spans_incomplete", Count: &over, Text: text}}
}
