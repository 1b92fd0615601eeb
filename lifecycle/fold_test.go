package lifecycle_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/lifecycle"
)

const start = lifecycle.Millis(1_700_000_000_000)

// state compares all of a State, the hidden fields too.
var state = cmp.Options{cmp.AllowUnexported(lifecycle.State{}), cmpopts.EquateEmpty()}

func TestFoldEqualsReference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, start)
		changes := scenario.DrawChanges(t, &c, start)
		r := reference{&c, c.Positions()}
		want := r.fold(slices.Clone(changes))
		got := []journey{}
		for _, j := range lifecycle.NewFolder(&c).Fold(changes) {
			got = append(got, measured(r, &j))
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(journey{})); d != "" {
			t.Fatalf("(-reference +fold):\n%s", d)
		}
	})
}

// measured writes a folded journey as the reference does.
func measured(r reference, j *lifecycle.Journey) journey {
	out := journey{
		Entered: j.EnteredAt, Ended: j.EndedAt, Outcome: j.Outcome, Furthest: r.positions[j.Furthest],
		Origin: j.Origin, LostStage: j.LostStage, Visited: j.Visited,
		Times: map[lifecycle.StageID]lifecycle.Millis{}, Flow: map[lifecycle.StageID]map[lifecycle.Exit]int{},
	}
	for _, s := range j.Stays {
		if stage, _ := r.configuration.Stage(s.Stage); stage.Kind != lifecycle.Progress {
			continue
		}
		if s.Timed {
			out.Times[s.Stage] += s.Duration()
		}
		if out.Flow[s.Stage] == nil {
			out.Flow[s.Stage] = map[lifecycle.Exit]int{}
		}
		out.Flow[s.Stage][s.Exit]++
	}
	return out
}

func TestFoldIgnoresOrderOfArrival(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, start)
		changes := distinct(scenario.DrawChanges(t, &c, start))
		folder := lifecycle.NewFolder(&c)
		want := folder.Fold(slices.Clone(changes))
		shuffled := rapid.Permutation(changes).Draw(t, "arrival")
		for i := range shuffled {
			shuffled[i].Arrival = int64(i)
		}
		if d := cmp.Diff(want, folder.Fold(shuffled)); d != "" {
			t.Fatal(d)
		}
	})
}

// distinct keeps one change of each time.
func distinct(changes []lifecycle.Change) []lifecycle.Change {
	lifecycle.SortChanges(changes)
	return slices.CompactFunc(changes, func(a, b lifecycle.Change) bool { return a.At == b.At })
}

func TestStateAppliedOneByOneEqualsFold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, start)
		changes := scenario.DrawChanges(t, &c, start)
		folder := lifecycle.NewFolder(&c)
		journeys := folder.Fold(changes)
		var s lifecycle.State
		for _, change := range changes {
			folder.Apply(&s, change)
			s = reopen(t, s)
		}
		folder.Settle(&s, math.MaxInt64)
		if s.Journeys != len(journeys) {
			t.Fatalf("%d journeys in the state, %d folded", s.Journeys, len(journeys))
		}
		if len(journeys) == 0 {
			return
		}
		if d := cmp.Diff(journeys[len(journeys)-1], *s.Last, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("(-fold +state):\n%s", d)
		}
	})
}

// reopen encodes and decodes a state.
func reopen(t *rapid.T, s lifecycle.State) lifecycle.State {
	data, err := s.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	var out lifecycle.State
	if err := out.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(s, out, state); d != "" {
		t.Fatalf("(-encoded +decoded):\n%s", d)
	}
	return out
}

func TestPartsOfJourneysAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, 0)
		positions := c.Positions()
		journeys := lifecycle.NewFolder(&c).Fold(scenario.DrawChanges(t, &c, 0))
		for i, j := range journeys {
			checkJourney(t, positions, &j)
			if j.Number != i+1 || (i > 0 && j.EnteredAt < journeys[i-1].EndedAt) || (i+1 < len(journeys) && j.Outcome == lifecycle.Open) {
				t.Fatalf("journey %d does not follow the one before: %+v", i, j)
			}
		}
	})
}

// checkJourney checks what holds for every journey by itself, above all that
// the stays tell the whole of its reach: with a window nothing else does.
func checkJourney(t *rapid.T, positions map[lifecycle.StageID]int, j *lifecycle.Journey) {
	reach := lifecycle.NoStage
	var visited []lifecycle.StageID
	for i, s := range j.Stays {
		if s.Before != reach || positions[s.Begun] < positions[s.Before] || positions[s.After] < positions[s.Begun] {
			t.Fatalf("stay %d does not take over the reach of the one before: %+v", i, j)
		}
		reach = s.After
		if s.Visit != lifecycle.NotVisit {
			visited = append(visited, s.Stage)
		}
		if s.Exit != lifecycle.StillThere && s.End < s.Begin {
			t.Fatalf("stay %d ends before it begins: %+v", i, j)
		}
		if s.Exit == lifecycle.StillThere && i+1 < len(j.Stays) {
			t.Fatalf("stay %d is open and not the last: %+v", i, j)
		}
	}
	if positions[reach] != positions[j.Furthest] && len(j.Visited) > 0 {
		t.Fatalf("stays reach %d, the journey %d: %+v", positions[reach], positions[j.Furthest], j)
	}
	if d := cmp.Diff(j.Visited, visited, cmpopts.SortSlices(func(a, b lifecycle.StageID) bool { return a < b })); d != "" {
		t.Fatalf("visits of stays are not those of the journey:\n%s", d)
	}
	for _, id := range j.Visited {
		if positions[id] == 0 || positions[id] > positions[j.Furthest] {
			t.Fatalf("visited %d beyond the furthest: %+v", id, j)
		}
	}
}

func TestFoldsLikeFoldsAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, 0)
		changes := scenario.DrawChanges(t, &c, 0)
		other := c
		other.Stages = slices.Clone(c.Stages)
		if rapid.IntRange(0, 3).Draw(t, "edited") == 0 {
			scenario.EditStages(t, &other, 0)
		}
		added := lifecycle.Stage{ID: 99, Key: "added", Name: "added", Kind: lifecycle.Progress}
		other.Stages = slices.Insert(other.Stages, rapid.IntRange(0, len(c.Stages)).Draw(t, "place"), added)
		if !c.FoldsLike(&other) {
			t.Skip("they do not claim to")
		}
		want := lifecycle.NewFolder(&c).Fold(slices.Clone(changes))
		got := lifecycle.NewFolder(&other).Fold(changes)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

func FuzzFold(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		c := scenario.DrawConfiguration(t, 0)
		changes := scenario.DrawChanges(t, &c, 0)
		lifecycle.NewFolder(&c).Fold(changes)
	}))
}

// FuzzState decodes any bytes: a state comes out whole or not at all, and
// folding goes on from whatever came out.
func FuzzState(f *testing.F) {
	c := lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 1, Kind: lifecycle.Progress}, {ID: 2, Kind: lifecycle.Won}, {ID: 3, Kind: lifecycle.Lost},
	}}
	folder := lifecycle.NewFolder(&c)
	var s lifecycle.State
	for i, to := range []lifecycle.StageID{1, 2, 3, 1} {
		folder.Apply(&s, lifecycle.Change{At: lifecycle.Millis(i), To: to, Silent: i == 3})
		data, _ := s.AppendBinary(nil)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s, again lifecycle.State
		if s.UnmarshalBinary(data) != nil {
			if d := cmp.Diff(lifecycle.State{}, s, state); d != "" {
				t.Fatalf("half a state:\n%s", d)
			}
			return
		}
		encoded, _ := s.AppendBinary(nil)
		if err := again.UnmarshalBinary(encoded); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(s, again, state); d != "" {
			t.Fatal(d)
		}
		for to := range lifecycle.StageID(4) {
			folder.Apply(&s, lifecycle.Change{At: s.Since + 1, To: to})
		}
	})
}

func BenchmarkFold(b *testing.B) {
	c := lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 1, Kind: lifecycle.Progress},
		{ID: 2, Kind: lifecycle.Progress},
		{ID: 3, Kind: lifecycle.Progress},
		{ID: 4, Kind: lifecycle.Won},
		{ID: 5, Kind: lifecycle.Lost},
	}}
	random := rand.New(rand.NewPCG(1, 2))
	changes := make([]lifecycle.Change, 4000)
	for i := range changes {
		changes[i] = lifecycle.Change{At: lifecycle.Millis(i) * 1000, Arrival: int64(i), To: lifecycle.StageID(1 + random.IntN(5))}
	}
	folder := lifecycle.NewFolder(&c)
	b.ReportAllocs()
	for b.Loop() {
		for contact := 0; contact < len(changes); contact += 4 {
			folder.Fold(changes[contact : contact+4])
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(changes))/b.Elapsed().Seconds(), "changes/s")
}
