package segment_test

import (
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/segment"
)

var (
	words = rapid.SampledFrom([]string{
		"hot_lead", "and", "Or", "not", "true", "with", "next", "last", "exists", "in", "", "Großbuchstabe", "a b", `"`, `\`, "x\ny",
		"7 days", "next 7 days", "1 month ago", "3 Days ago", "2 days from now", "2026-01-31", "2026-02-31", "2026-01-31T10:00:00+02:00",
		"2026-01-31T10:00:00.5Z", "2026-01-31T10:00:00,5Z", "5", "-0.50", "1e3", "0x1", "2nd_call", "007", "NaN", "ſ", "\u2028", "<b>",
	})
	texts = rapid.OneOf(words, rapid.StringN(0, 12, 40).Filter(clean))
	spans = rapid.Custom(func(t *rapid.T) segment.Span {
		return segment.Span{
			N:    rapid.IntRange(1, 400).Draw(t, "n"),
			Unit: rapid.SampledFrom([]segment.Unit{segment.Minute, segment.Hour, segment.Day, segment.Week, segment.Month, segment.Year}).Draw(t, "unit"),
		}
	})
	scalars = rapid.OneOf(
		rapid.Map(texts, segment.Text),
		rapid.Map(rapid.Float64(), func(n float64) segment.Value { return segment.Number(n + 0) }),
		rapid.Map(rapid.IntRange(-100, 100), func(n int) segment.Value { return segment.Number(float64(n)) }),
		rapid.Map(rapid.Bool(), segment.Flag),
		rapid.Map(spans, func(s segment.Span) segment.Value { return segment.Text(s.String() + " ago") }),
	)
	values = rapid.OneOf(scalars, rapid.Map(rapid.SliceOfN(scalars, 0, 4), func(v []segment.Value) segment.Value { return segment.List(v...) }))
)

func clean(s string) bool {
	for _, r := range s {
		if r == 0 {
			return false
		}
	}
	return true
}

// fields are all that have a spelling; not all are in a catalogue.
var fields = rapid.Custom(func(t *rapid.T) segment.Field {
	switch rapid.IntRange(0, 2).Draw(t, "sort of field") {
	case 0:
		return segment.Property(texts.Draw(t, "property"))
	case 1:
		f := segment.Event(texts.Draw(t, "event"), rapid.SampledFrom([]segment.Part{segment.Count, segment.Last, segment.First}).Draw(t, "part"))
		if rapid.Bool().Draw(t, "windowed") {
			f.Window = spans.Draw(t, "window")
		}
		return f
	}
	entries := segment.Catalogue{}.Fields()
	return entries[rapid.IntRange(0, len(entries)-1).Draw(t, "field")].Field
})

// terms are of the shape that both forms have.
var terms = rapid.Custom(func(t *rapid.T) segment.Expr {
	term := segment.Term{Field: fields.Draw(t, "field"), Op: rapid.SampledFrom(segment.Ops[:]).Draw(t, "op")}
	if term.Field.Part == segment.Count && term.Op == segment.Within {
		term.Op = segment.More // within is the window there
	}
	switch term.Op {
	case segment.Exists:
	case segment.In:
		term.Value = segment.List(rapid.SliceOfN(scalars, 0, 4).Draw(t, "values")...)
	default:
		term.Value = scalars.Draw(t, "value")
	}
	return term
})

// filters nest up to a height.
func filters(height int) *rapid.Generator[segment.Expr] {
	if height <= 1 {
		return terms
	}
	return rapid.Custom(func(t *rapid.T) segment.Expr {
		part := filters(height - 1)
		switch rapid.IntRange(0, 3).Draw(t, "sort") {
		case 0:
			return segment.All(rapid.SliceOfN(part, 0, 3).Draw(t, "all"))
		case 1:
			return segment.Any(rapid.SliceOfN(part, 0, 3).Draw(t, "any"))
		case 2:
			return segment.Not{Expr: part.Draw(t, "not")}
		}
		return terms.Draw(t, "term")
	})
}

// drawn answers any value for any field, the same for the same field.
type drawn struct {
	t     *rapid.T
	known contact
}

func (d drawn) Value(f segment.Field) (segment.Value, bool) {
	if _, ok := d.known[f]; !ok {
		d.known[f] = values.Draw(d.t, f.String())
		if rapid.Bool().Draw(d.t, "absent") {
			d.known[f] = segment.Value{}
		}
	}
	v := d.known[f]
	return v, v.Kind != segment.KindNone
}
