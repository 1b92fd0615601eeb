package segment_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/segment"
)

// same compares filters; only an empty slice may be nil.
var same = cmpopts.EquateEmpty()

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func TestTextRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := filters(4).Draw(t, "filter")
		text := e.String()
		back, err := segment.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if diff := cmp.Diff(e, back, same); diff != "" {
			t.Fatalf("%s (-made +read):\n%s", text, diff)
		}
		if back.String() != text {
			t.Fatalf("%s was printed as %s", text, back)
		}
	})
}

func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := filters(4).Draw(t, "filter")
		data, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back segment.Filter
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if diff := cmp.Diff(e, back.Expr, same); diff != "" {
			t.Fatalf("%s (-made +read):\n%s", data, diff)
		}
	})
}

// De Morgan, double denial, and the identities of the empty groups.
func TestLogicLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(filters(3), 0, 4).Draw(t, "parts")
		who := drawn{t, contact{}}
		is := func(e segment.Expr) segment.Truth { return segment.Evaluate(e, who, noon) }
		var denied []segment.Expr
		for _, p := range parts {
			denied = append(denied, segment.Not{Expr: p})
		}
		all, anyOf := segment.All(parts), segment.Any(parts)
		if a, b := is(segment.Not{Expr: all}), is(segment.Any(denied)); a != b {
			t.Fatalf("not all is %v, any not is %v: %v", a, b, all)
		}
		if a, b := is(segment.Not{Expr: anyOf}), is(segment.All(denied)); a != b {
			t.Fatalf("not any is %v, all not is %v: %v", a, b, anyOf)
		}
		if a, b := is(all), is(segment.Not{Expr: segment.Not{Expr: all}}); a != b {
			t.Fatalf("%v, denied twice %v", a, b)
		}
		if a, b := is(segment.All{all}), is(segment.Any{all}); a != b || a != is(all) {
			t.Fatalf("a group of one differs: %v %v", a, b)
		}
	})
}

// != is the denial of =, and every term on what is absent is unknown.
func TestTermLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		term := terms.Draw(t, "term").(segment.Term)
		who := drawn{t, contact{}}
		equal, unequal := term, term
		equal.Op, unequal.Op = segment.Equal, segment.NotEqual
		a, b := segment.Evaluate(equal, who, noon), segment.Evaluate(unequal, who, noon)
		if a != b.Not() {
			t.Fatalf("= is %v, != is %v", a, b)
		}
		if term.Op == segment.Exists || term.Field == segment.Plain(segment.FieldList) {
			return
		}
		if got := segment.Evaluate(term, contact{}, noon); got != segment.Unknown {
			t.Fatalf("%v of nobody is %v", term, got)
		}
	})
}

// A filter without time terms has the same truth at all times in one place.
func TestOnlyTimeTermsMove(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := filters(3).Draw(t, "filter")
		who := drawn{t, contact{}}
		later := noon.Add(time.Duration(rapid.Int64Range(0, 1e18).Draw(t, "later")))
		now, then := segment.Evaluate(e, who, noon), segment.Evaluate(e, who, later)
		if now != then && !segment.HasTimeTerms(e) {
			t.Fatalf("%v is %v, and %v at %v", e, now, then, later)
		}
	})
}

// What Check passes is said in messages that exist.
func TestCheckedFiltersAreExplained(t *testing.T) {
	t.Parallel()
	keys := append(segment.PhraseKeys(), "all", "any")
	var known func(t *rapid.T, phrases []segment.Phrase)
	known = func(t *rapid.T, phrases []segment.Phrase) {
		for _, p := range phrases {
			if !slices.Contains(keys, p.Key) {
				t.Fatalf("no message %s", p.Key)
			}
			known(t, p.Parts)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		e := filters(3).Draw(t, "filter")
		phrases := segment.Explain(e)
		text := segment.English(phrases, segment.Catalogue{})
		if text == "" {
			t.Fatal("said nothing")
		}
		if len(segment.Check(e, segment.Catalogue{})) == 0 {
			known(t, phrases)
		}
	})
}

// Fault places of a text agree with paths of the same filter.
func TestFaultsHavePlaces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := filters(3).Draw(t, "filter")
		want := segment.Check(e, segment.Catalogue{})
		_, err := segment.ParseChecked(e.String(), segment.Catalogue{})
		got, _ := err.(segment.Faults)
		if len(got) != len(want) {
			t.Fatalf("%v: %d faults in the text, %d in the tree", e, len(got), len(want))
		}
		for i, f := range got {
			if f.Path != want[i].Path || f.Message != want[i].Message || f.Line == 0 || f.Offset > len(e.String()) {
				t.Fatalf("%v: %+v in the text, %+v in the tree", e, f, want[i])
			}
		}
	})
}
