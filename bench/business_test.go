package bench

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBusinessIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	first, again := slices.Collect(newBusiness("c", 7, 500).events()), slices.Collect(newBusiness("c", 7, 500).events())
	if diff := cmp.Diff(first, again, cmp.AllowUnexported(event{})); diff != "" {
		t.Errorf("the same seed gives another log:\n%s", diff)
	}
	if other := slices.Collect(newBusiness("c", 8, 500).events()); cmp.Equal(first, other, cmp.AllowUnexported(event{})) {
		t.Error("another seed gives the same log")
	}
}

func TestBusinessHasTheShapeThatTargetsName(t *testing.T) {
	t.Parallel()
	const journeys = 20_000
	b := newBusiness("c", 1, journeys)
	perContact := map[int32]int{}
	stages := map[int8]int{}
	names := map[string]bool{}
	last := event{}
	for e := range b.events() {
		if e.at < last.at {
			t.Fatalf("change at %d comes after one at %d", e.at, last.at)
		}
		if e.first == (perContact[e.contact] > 0) {
			t.Fatalf("first is %v at change %d of contact %d", e.first, perContact[e.contact]+1, e.contact)
		}
		perContact[e.contact]++
		stages[e.stage]++
		names[b.externalID(int(e.contact))] = true
		last = e
	}
	if len(perContact) != b.contacts || len(names) != b.contacts {
		t.Errorf("%d contacts with %d names came, want %d", len(perContact), len(names), b.contacts)
	}
	total := 0
	for _, n := range perContact {
		total += n
	}
	if each := float64(total) / journeys; each < 3.4 || each > 4 {
		t.Errorf("%.2f changes a journey, want about 3.7", each)
	}
	if len(stages) != len(stageKeys)+len(lostKeys) {
		t.Errorf("%d stages occur, want all %d", len(stages), len(stageKeys)+len(lostKeys))
	}
}
