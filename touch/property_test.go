package touch_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/touch"
)

var pages = []string{
	"https://shop.example/", "https://shop.example/a?utm_source=news&utm_medium=email&utm_campaign=May",
	"https://shop.example/b?gclid=1", "https://shop.example/b?gclid=2", "https://shop.example/c?utm_source=fb&utm_medium=cpc",
}

var referrers = []string{
	"", "https://www.google.com/", "https://t.co/x", "https://shop.example/", "https://www.paypal.com/", "https://blog.example/",
}

// drawViews draws page views of one visitor, some of the same instant and some
// that came twice.
func drawViews(t *rapid.T, visitor string) []touch.View {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) touch.View {
		return touch.View{
			ID:       rapid.SampledFrom([]string{"", "1", "2", "3"}).Draw(t, "id"),
			Visitor:  visitor,
			At:       start + touch.Millis(rapid.IntRange(0, 40).Draw(t, "ten minutes"))*10*touch.Minute,
			Page:     rapid.SampledFrom(pages).Draw(t, "page"),
			Referrer: rapid.SampledFrom(referrers).Draw(t, "referrer"),
		}
	}), 0, 12).Draw(t, "views")
}

func TestOrderAndBatchingOfViewsChangeNothing(t *testing.T) {
	t.Parallel()
	c := touch.NewClassifier(touch.NewLists(), touch.Rules{})
	rapid.Check(t, func(t *rapid.T) {
		views := drawViews(t, "v")
		want := c.Visits(views)
		again := rapid.Permutation(views).Draw(t, "order")
		if known := withID(views); len(known) > 0 {
			again = append(again, rapid.SliceOf(rapid.SampledFrom(known)).Draw(t, "twice")...)
		}
		if diff := cmp.Diff(want, c.Visits(again)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// withID are the views that can be told to have come twice.
func withID(views []touch.View) []touch.View {
	return slices.DeleteFunc(slices.Clone(views), func(v touch.View) bool { return v.ID == "" })
}

func TestVisitsAreMadeOfTheirViews(t *testing.T) {
	t.Parallel()
	c := touch.NewClassifier(touch.NewLists(), touch.Rules{})
	rapid.Check(t, func(t *rapid.T) {
		last := touch.Millis(math.MinInt64)
		for i, visit := range c.Visits(drawViews(t, "v")) {
			if visit.At < last || visit.At != visit.Views[0].At || visit.End != visit.Views[len(visit.Views)-1].At {
				t.Fatalf("visit %d is out of order: %+v", i, visit)
			}
			for j := 1; j < len(visit.Views); j++ {
				if gap := visit.Views[j].At - visit.Views[j-1].At; gap >= touch.Gap {
					t.Fatalf("a gap of %d within a visit", gap)
				}
			}
			last = visit.End
		}
	})
}

// fact is one thing that a book is told.
type fact struct {
	merge    bool
	one, two string
	at       touch.Millis
}

func drawFacts(t *rapid.T) []fact {
	visitor := rapid.SampledFrom([]string{"a", "b", "c", "d"})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) fact {
		if rapid.Bool().Draw(t, "merge") {
			return fact{merge: true, one: visitor.Draw(t, "one"), two: visitor.Draw(t, "other")}
		}
		at := start + touch.Millis(rapid.IntRange(0, 5).Draw(t, "at"))
		return fact{one: visitor.Draw(t, "visitor"), two: rapid.SampledFrom([]string{"ann", "ben"}).Draw(t, "contact"), at: at}
	}), 0, 10).Draw(t, "facts")
}

func bookOf(facts []fact) *touch.Book[string] {
	var b touch.Book[string]
	for _, f := range facts {
		if f.merge {
			b.Merge(f.one, f.two)
		} else {
			b.Identify(f.one, f.two, f.at)
		}
	}
	return &b
}

// Merging visitors and then identifying one is identifying and then merging:
// the book is a function of the set of its facts.
func TestMergingAndIdentifyingCommute(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t)
		one, other := bookOf(facts), bookOf(rapid.Permutation(facts).Draw(t, "order"))
		for _, visitor := range []string{"a", "b", "c", "d"} {
			for at := start - 1; at < start+7; at++ {
				was, ok := one.Owner(visitor, at)
				is, found := other.Owner(visitor, at)
				if was != is || ok != found {
					t.Fatalf("visitor %s at %d is %q (%v), in another order %q (%v)", visitor, at-start, was, ok, is, found)
				}
			}
		}
	})
}

func drawTrails(t *rapid.T) []touch.Trail {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) touch.Trail {
		n := rapid.IntRange(0, 7).Draw(t, "steps")
		trail := touch.Trail{Own: "own", Converted: rapid.Bool().Draw(t, "converted")}
		if trail.Converted {
			trail.Amount = rapid.Int64Range(math.MinInt64/32, math.MaxInt64/32).Draw(t, "amount")
		}
		at := start
		for range n {
			at += touch.Millis(rapid.Int64Range(0, 400).Draw(t, "days")) * touch.Day
			trail.Path = append(trail.Path, touch.Step{Key: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "key"), At: at})
		}
		return trail
	}), 0, 12).Draw(t, "trails")
}

func TestCreditSumsExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		trails := drawTrails(t)
		var want touch.Sum
		for _, trail := range trails {
			if trail.Converted {
				want.Credit, want.Amount = want.Credit+touch.Whole, want.Amount+trail.Amount
			}
		}
		for _, m := range touch.Models {
			var got touch.Sum
			for _, sum := range m.Attribute(trails) {
				got.Credit, got.Amount = got.Credit+sum.Credit, got.Amount+sum.Amount
			}
			if got != want {
				t.Fatalf("%s credits %+v of %+v", m, got, want)
			}
		}
	})
}

func TestOrderOfTrailsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		trails := drawTrails(t)
		other := rapid.Permutation(trails).Draw(t, "order")
		for _, m := range touch.Models {
			if diff := cmp.Diff(m.Attribute(trails), m.Attribute(other)); diff != "" {
				t.Fatalf("%s: %s", m, diff)
			}
		}
	})
}

func TestSplitIsExactAndFair(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64().Draw(t, "total")
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 3)), 1, 9).Draw(t, "weights")
		parts := touch.Split(total, weights)
		sum, all := int64(0), 0.0
		for _, w := range weights {
			all += float64(w)
		}
		for i, part := range parts {
			sum += part
			if exact := float64(total) / all * float64(weights[i]); all > 0 && math.Abs(float64(part)-exact) > 1+math.Abs(float64(total))*1e-12 {
				t.Fatalf("part %d is %d, exactly %g", i, part, exact)
			}
		}
		if sum != total {
			t.Fatalf("parts of %d add up to %d", total, sum)
		}
	})
}

// The game of sources: a coalition wins the conversions whose sources are all in
// it. Its Shapley value is what ModelShapley credits.
func TestShapleyOfSourcesIsAnEvenShare(t *testing.T) {
	t.Parallel()
	keys := []string{"a", "b", "c", "d"}
	rapid.Check(t, func(t *rapid.T) {
		trails := slices.DeleteFunc(drawTrails(t), func(trail touch.Trail) bool { return len(trail.Path) == 0 || !trail.Converted })
		values := touch.Shapley(len(keys), func(coalition uint32) float64 {
			won := 0.0
			for _, trail := range trails {
				if !slices.ContainsFunc(trail.Path, func(s touch.Step) bool { return coalition>>slices.Index(keys, s.Key)&1 == 0 }) {
					won++
				}
			}
			return won
		})
		credited := touch.ModelShapley.Attribute(trails)
		for i, key := range keys {
			if got := credited[key].Credit.Float(); math.Abs(got-values[i]) > 1e-6 {
				t.Fatalf("%s is credited %g, its value is %g", key, got, values[i])
			}
		}
	})
}

// The removal effect, by its definition: the part of the conversions of the
// chain that is lost when the key leads to none.
func TestRemovalEffectsByTheirDefinition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		trails := drawTrails(t)
		all := converts(trails, "")
		for key, effect := range touch.RemovalEffects(trails) {
			if want := 1 - converts(trails, key)/all; math.Abs(effect-want) > 1e-6 {
				t.Fatalf("%s has %g, by definition %g", key, effect, want)
			}
		}
	})
}

// converts is the probability to convert in the chain of trails, a key removed,
// by walking it until next to nothing is on its way.
func converts(trails []touch.Trail, removed string) float64 {
	next, out := map[string]map[string]float64{}, map[string]float64{}
	step := func(from, to string) {
		if next[from] == nil {
			next[from] = map[string]float64{}
		}
		next[from][to]++
		out[from]++
	}
	for _, trail := range trails {
		at := "(start)"
		for _, s := range trail.Path {
			step(at, s.Key)
			at = s.Key
		}
		if len(trail.Path) > 0 {
			step(at, map[bool]string{true: "(won)", false: "(none)"}[trail.Converted])
		}
	}
	now, won := map[string]float64{"(start)": 1}, 0.0
	for range 2000 {
		then := map[string]float64{}
		for from, p := range now {
			for to, n := range next[from] {
				switch to {
				case removed, "(none)":
				case "(won)":
					won += p * n / out[from]
				default:
					then[to] += p * n / out[from]
				}
			}
		}
		now = then
	}
	return won
}

func TestRareStatesShareOne(t *testing.T) {
	t.Parallel()
	var trails []touch.Trail
	for i := range touch.MaxStates + 200 {
		trails = append(trails, touch.Trail{Path: []touch.Step{{Key: fmt.Sprint(i)}}, Converted: true, Amount: 10})
	}
	sums := touch.ModelMarkov.Attribute(trails)
	if len(sums) != len(trails) {
		t.Fatalf("%d keys are credited, want %d", len(sums), len(trails))
	}
	for key, sum := range sums {
		if c := sum.Credit.Float(); c < 0.999 || c > 1.001 {
			t.Fatalf("%s is credited %g of its one conversion", key, c)
		}
	}
}
