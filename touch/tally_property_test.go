package touch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/touch"
)

// person is a contact of a random source report.
type person struct {
	touches     []touch.Touch
	own         touch.Source
	conversions []touch.Conversion
}

func drawSource(t *rapid.T) touch.Source {
	return touch.Source{
		Source:    rapid.SampledFrom([]string{"", touch.Direct, "Email", "Audio"}).Draw(t, "source"),
		SubSource: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "sub-source"),
		Campaign:  rapid.SampledFrom([]string{"", "Spring", "Autumn"}).Draw(t, "campaign"),
	}
}

func drawPeople(t *rapid.T) []person {
	at := func(t *rapid.T) touch.Millis {
		return start + touch.Millis(rapid.IntRange(0, 60).Draw(t, "day"))*touch.Day
	}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) (p person) {
		p.own = drawSource(t)
		for range rapid.IntRange(0, 5).Draw(t, "touches") {
			p.touches = append(p.touches, touch.Touch{At: at(t), Kind: touch.KindVisit, Source: drawSource(t)})
		}
		p.touches = touch.Order(p.touches)
		for range rapid.IntRange(0, 3).Draw(t, "conversions") {
			c := touch.Conversion{Measure: touch.Measure(rapid.IntRange(0, touch.Measures-1).Draw(t, "measure")), At: at(t)}
			if c.Measure >= touch.Sale {
				c.Amount = rapid.Int64Range(-100_000, 100_000).Draw(t, "amount")
			}
			p.conversions = append(p.conversions, c)
		}
		return p
	}), 0, 10).Draw(t, "people")
}

func tallyOf(o touch.TallyOptions, people []person) *touch.Tally {
	tally := touch.NewTally(o)
	for _, p := range people {
		var passages []touch.Passage
		for _, v := range p.touches {
			passages = append(passages, touch.Passage{At: v.At, Place: tally.Place(touch.Origin{Source: v.Source})})
		}
		tally.Contact(passages, tally.Place(touch.Origin{Source: p.own}), p.conversions, touch.Never)
	}
	return tally
}

func drawPath(t *rapid.T) touch.PathOptions {
	return touch.PathOptions{
		LookBack:   touch.Millis(rapid.SampledFrom([]int{0, 7, 30}).Draw(t, "look-back")) * touch.Day,
		KeepDirect: rapid.Bool().Draw(t, "keep direct"),
	}
}

// The rows of every level add up to what was converted, in every model.
func TestRowsAddUpToWhatWasConverted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, path := drawPeople(t), drawPath(t)
		var want touch.Sums
		for _, p := range people {
			for _, c := range p.conversions {
				want.Credits[c.Measure] += touch.Whole
				want.Revenue += c.Amount
			}
		}
		for _, m := range touch.Models {
			level := rapid.SampledFrom(touch.Levels[:]).Draw(t, "level")
			rows, total := tallyOf(touch.TallyOptions{Model: m, Path: path, Levels: []touch.Level{level}}, people).Rows()
			var sum touch.Sums
			for _, row := range rows {
				sum.Add(&row.Sums)
			}
			if sum != want || total != want {
				t.Fatalf("%s by %s:\nrows add up to %+v\ntotal is        %+v\nconverted were  %+v", m, level, sum, total, want)
			}
		}
	})
}

// Whoever opens a row finds what it is made of, in every model.
func TestDrillDownAddsUpToItsRow(t *testing.T) {
	t.Parallel()
	ways := [][]touch.Level{
		{"source"},
		{"source", "sub_source"},
		{"source", "sub_source", "campaign"},
	}
	rapid.Check(t, func(t *rapid.T) {
		people, path := drawPeople(t), drawPath(t)
		for _, m := range touch.Models {
			for depth := 1; depth < len(ways); depth++ {
				rowsOf := func(depth int, wanted func([]string) bool) touch.Sums {
					_, total := tallyOf(touch.TallyOptions{Model: m, Path: path, Levels: ways[depth], Wanted: wanted}, people).Rows()
					return total
				}
				parents := map[string]bool{}
				rowsOf(depth-1, func(values []string) bool { parents[key(values)] = true; return false })
				for parent := range parents {
					row := rowsOf(depth-1, func(values []string) bool { return key(values) == parent })
					within := rowsOf(depth, func(values []string) bool { return key(values[:depth]) == parent })
					if row != within {
						t.Fatalf("%s: within %q %+v, the row is %+v", m, parent, within, row)
					}
				}
			}
		}
	})
}

func key(values []string) (out string) {
	for _, v := range values {
		out += v + "/"
	}
	return out
}

// One measure by one level is what the model says of its trails.
func TestRowsAreWhatTheModelCredits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, path := drawPeople(t), drawPath(t)
		var trails []touch.Trail
		for i := range people {
			p := &people[i]
			p.conversions = p.conversions[:min(1, len(p.conversions))]
			trail := touch.Trail{Own: p.own.Source, Converted: len(p.conversions) > 0}
			until := touch.Never
			for j := range p.conversions {
				p.conversions[j].Measure = touch.Sale
				until, trail.Amount = p.conversions[j].At, p.conversions[j].Amount
			}
			for _, v := range touch.Path(p.touches, until, path) {
				trail.Path = append(trail.Path, touch.Step{Key: v.Source.Source, At: v.At})
			}
			trails = append(trails, trail)
		}
		for _, m := range touch.Models {
			want := m.Attribute(trails)
			for key, sum := range want {
				if sum == (touch.Sum{}) {
					delete(want, key)
				}
			}
			got := map[string]touch.Sum{}
			rows, _ := tallyOf(touch.TallyOptions{Model: m, Path: path, Levels: []touch.Level{"source"}}, people).Rows()
			for _, row := range rows {
				got[row.Value] = touch.Sum{Credit: row.Credits[touch.Sale], Amount: row.Revenue}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s (-model +rows):\n%s", m, diff)
			}
		}
	})
}

// Whoever counts which of the contacts, and counts visits, visitors and costs,
// the rows are those of one who counts all.
func TestTalliesOfPartsAreOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, path := drawPeople(t), drawPath(t)
		cut := rapid.IntRange(0, len(people)).Draw(t, "cut")
		began := drawSource(t)
		begin := func(tally *touch.Tally) {
			place := tally.Place(touch.Origin{Source: began})
			tally.Visits(place, 7)
			tally.Cost(place, 5, 3, 9)
			if row := place.Row(); row != touch.NoRow {
				of := make([]int64, row+1)
				of[row] = 4
				tally.Visitors(of, 4)
			}
		}
		for _, m := range touch.Models {
			o := touch.TallyOptions{Model: m, Path: path, Levels: []touch.Level{"source", "campaign"}}
			if rapid.Bool().Draw(t, "narrow") {
				o.Wanted = func(values []string) bool { return values[0] != "Email" }
			}
			whole, one, other := tallyOf(o, people), tallyOf(o, people[:cut]), tallyOf(o, people[cut:])
			begin(whole)
			begin(other)
			one.Merge(other)
			want, wantTotal := whole.Rows()
			got, total := one.Rows()
			if diff := cmp.Diff(want, got); diff != "" || total != wantTotal {
				t.Fatalf("%s (-whole +parts):\n%s\ntotals are %+v and %+v", m, diff, wantTotal, total)
			}
		}
	})
}

func TestOrderOfContactsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, path := drawPeople(t), drawPath(t)
		again := rapid.Permutation(people).Draw(t, "order")
		for _, m := range touch.Models {
			o := touch.TallyOptions{Model: m, Path: path, Levels: []touch.Level{"source", "campaign"}}
			one, _ := tallyOf(o, people).Rows()
			other, _ := tallyOf(o, again).Rows()
			if diff := cmp.Diff(one, other); diff != "" {
				t.Fatalf("%s:\n%s", m, diff)
			}
		}
	})
}
