package journal_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// said is something that can arrive at any place of the log.
type said struct {
	chain journal.ContactID
	entry journal.Entry
}

const (
	ada, ben, laptop, phone journal.ContactID = 1, 2, 3, 4
)

// drawn makes views and identifications of two visitors and two contacts, of
// times that may coincide.
func drawn(t *rapid.T) (all []said) {
	for i := range rapid.IntRange(1, 12).Draw(t, "things") {
		at := lifecycle.Millis(rapid.IntRange(0, 8).Draw(t, "at")) * 20 * 60_000
		v := rapid.SampledFrom([]journal.ContactID{laptop, phone}).Draw(t, "visitor")
		if rapid.IntRange(0, 2).Draw(t, "what") > 0 {
			origin := rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "origin")
			all = append(all, said{v, journal.Entry{Kind: journal.KindView, At: at, View: &journal.View{
				ID: fmt.Sprint(i), Arrival: touch.Arrival{Origin: origin, Source: touch.Source{Campaign: origin}},
			}}})
			continue
		}
		is := journal.Identify{Visitor: v, Contact: rapid.SampledFrom([]journal.ContactID{ada, ben}).Draw(t, "contact")}
		for _, side := range []journal.ContactID{is.Visitor, is.Contact} {
			one := is
			all = append(all, said{side, journal.Entry{Kind: journal.KindIdentify, At: at, Identify: &one}})
		}
	}
	return all
}

// read arranges what was said as a log and reads both contacts of it.
func read(all []said) map[journal.ContactID]journal.Person {
	logs := map[journal.ContactID][]journal.Entry{}
	for i, c := range []journal.ContactID{ada, ben} {
		logs[c] = []journal.Entry{{Seq: int64(i + 1), Contact: c, Kind: journal.KindContact, Edit: &journal.ContactEdit{CreatedBy: "api"}}}
	}
	for i, s := range all {
		e := s.entry
		e.Seq, e.Contact = int64(i+10), s.chain
		logs[s.chain] = append(logs[s.chain], e)
	}
	people := map[journal.ContactID]journal.Person{}
	for _, c := range []journal.ContactID{ada, ben} {
		people[c] = journal.ReadOf(c, journal.Unite(logs)[c])
	}
	return people
}

// TestOrderOfArrivalChangesNothing: late views, late identifications, and
// either side of those first.
func TestOrderOfArrivalChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := drawn(t)
		want := read(all)
		got := read(rapid.Permutation(all).Draw(t, "order"))
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("people differ (-first +other order):\n%s", diff)
		}
	})
}

// TestEveryVisitHasOneOwner: whoever two contacts were, no visit is of both, and
// none of an identified visitor is lost.
func TestEveryVisitHasOneOwner(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := drawn(t)
		seen, identified := map[string]int{}, map[journal.ContactID]bool{}
		for _, p := range read(all) {
			for _, v := range p.Visits {
				for _, view := range v.Views {
					seen[view.ID]++
				}
			}
		}
		for _, s := range all {
			identified[s.chain] = identified[s.chain] || s.entry.Kind == journal.KindIdentify
		}
		for _, s := range all {
			if s.entry.Kind != journal.KindView {
				continue
			}
			want := 0
			if identified[s.chain] {
				want = 1
			}
			if got := seen[s.entry.View.ID]; got != want {
				t.Fatalf("view %s is of %d contacts, want %d", s.entry.View.ID, got, want)
			}
		}
	})
}

// TestErasureReadsAsIfNeverBeen: removing what an erasure on a visitor's chain
// takes out changes nothing that is read.
func TestErasureReadsAsIfNeverBeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := drawn(t)
		for _, v := range []journal.ContactID{laptop, phone} {
			place := rapid.IntRange(0, len(all)).Draw(t, "erased at")
			all = slices.Insert(all, place, said{v, journal.Entry{Kind: journal.KindErasure, Identify: &journal.Identify{Visitor: v, Contact: ada}}})
		}
		taken := map[int]bool{}
		for _, v := range []journal.ContactID{laptop, phone} {
			var chain []journal.Entry
			for i, s := range all {
				if s.chain == v {
					e := s.entry
					e.Seq, e.Contact = int64(i), v
					chain = append(chain, e)
				}
			}
			for _, seq := range journal.Taken(chain) {
				taken[int(seq)] = true
			}
		}
		var left []said
		for i, s := range all {
			if !taken[i] {
				left = append(left, s)
			}
		}
		before, after := read(all)[ben], read(left)[ben]
		if diff := gocmp.Diff(before, after); diff != "" {
			t.Fatalf("Ben differs (-erased +removed):\n%s", diff)
		}
		if !slices.IsSortedFunc(before.Visits, func(a, b touch.Visit) int { return cmp.Compare(a.At, b.At) }) {
			t.Fatal("visits are out of order")
		}
	})
}
