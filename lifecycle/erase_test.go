package lifecycle_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/lifecycle"
)

// A state that is settled after each change, and replayed for the changes it
// does not accept, is the state of all changes, whatever their order.
func TestStateSettledBetweenChangesEqualsReplay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, start)
		folder := lifecycle.NewFolder(&c)
		var known []lifecycle.Change
		var held lifecycle.State
		latest := lifecycle.Millis(math.MinInt64)
		for _, change := range scenario.DrawChanges(t, &c, start) {
			known = append(known, change)
			if change.At >= latest && held.Accepts(change.At) {
				folder.Apply(&held, change)
				folder.Settle(&held, math.MaxInt64)
			} else {
				held = folder.Replay(slices.Clone(known))
			}
			latest = max(latest, change.At)
			if d := cmp.Diff(folder.Replay(slices.Clone(known)), held, state); d != "" {
				t.Fatalf("after %d changes (-replay +held):\n%s", len(known), d)
			}
			if held.Present != folder.Resolve(held.Target) {
				t.Fatalf("present is %d, the last change to %d says %d", held.Present, held.Target, folder.Resolve(held.Target))
			}
		}
	})
}

// Nobody is in an erased stage after all.
func TestNobodyStaysInAnErasedStage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, start)
		s := lifecycle.NewFolder(&c).Replay(scenario.DrawChanges(t, &c, start))
		if stage, _ := c.Stage(s.Present); stage.Gone() {
			t.Fatalf("the contact is in %+v", stage)
		}
	})
}

// What comes later does not change what was.
func TestFoldUntilIsTheFoldOfThen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, start)
		folder := lifecycle.NewFolder(&c)
		changes := scenario.DrawChanges(t, &c, start)
		until := start + lifecycle.Millis(rapid.IntRange(0, 26*24).Draw(t, "until"))*3_600_000
		all, then := folder.Fold(changes), folder.FoldUntil(changes, until)
		if len(then) > len(all) {
			t.Fatalf("%d journeys then, %d in all", len(then), len(all))
		}
		for i, j := range then {
			whole := all[i]
			if whole.Outcome != lifecycle.Open && whole.EndedAt <= until {
				if j.Outcome != whole.Outcome || j.EndedAt != whole.EndedAt || j.Origin != whole.Origin {
					t.Fatalf("ended by then, and not the same:\n%+v\n%+v", j, whole)
				}
			} else if j.Outcome != lifecycle.Open {
				t.Fatalf("ended later, and not open then:\n%+v\n%+v", j, whole)
			}
		}
	})
}

// Erasures whose targets go in a circle, which no edit makes, end at none.
func TestErasureCirclesEnd(t *testing.T) {
	t.Parallel()
	c := lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 1, Kind: lifecycle.Progress},
		{ID: 2, Kind: lifecycle.Progress, Erased: true, ErasedAt: 5, ErasedInto: 3},
		{ID: 3, Kind: lifecycle.Progress, Erased: true, ErasedAt: 7, ErasedInto: 2},
	}}
	s := lifecycle.NewFolder(&c).Replay([]lifecycle.Change{{At: 1, To: 1}, {At: 2, To: 2}})
	if s.Present != lifecycle.NoStage || s.Last.Outcome != lifecycle.OutcomeLeft || s.Last.EndedAt != 5 || s.Last.Origin != 1 {
		t.Errorf("got %+v, %+v", s, s.Last)
	}
}

// Under count_bulk an erasure is still no transition.
func TestErasureIsNeverATransition(t *testing.T) {
	t.Parallel()
	c := lifecycle.Configuration{CountBulk: true, Stages: []lifecycle.Stage{
		{ID: 1, Kind: lifecycle.Progress},
		{ID: 2, Kind: lifecycle.Progress, Erased: true, ErasedAt: 5, ErasedInto: 3},
		{ID: 3, Kind: lifecycle.Won},
	}}
	journeys := lifecycle.NewFolder(&c).Fold([]lifecycle.Change{{At: 1, To: 1}, {At: 2, To: 2}})
	if len(journeys) != 1 || journeys[0].Outcome != lifecycle.OutcomeLeft || journeys[0].Origin != 1 {
		t.Errorf("got %+v", journeys)
	}
}
