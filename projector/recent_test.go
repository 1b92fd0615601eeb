package projector

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
)

func TestChainIsUnpackedAsPacked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var want []journal.Entry
		for seq := range rapid.IntRange(1, 10).Draw(t, "entries") {
			e := entryOf(t, int64(seq+1))
			e.Contact = 9
			want = append(want, e)
		}
		got, err := unpackChain(9, packChain(want))
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("entries differ (-want +got):\n%s", diff)
		}
	})
}

func TestChainWithMergeIsNotPacked(t *testing.T) {
	t.Parallel()
	merged := append(history(1), journal.Entry{Seq: 3, Contact: 9, Kind: journal.KindMerge, Merge: &journal.Merge{With: 8, Last: 2}})
	if packed := packChain(merged); packed != "" {
		t.Errorf("packed to %d bytes", len(packed))
	}
}

func TestRecentForgetsTheOldest(t *testing.T) {
	t.Parallel()
	packed := packChain(history(1, 2))
	r := newRecent(10 * (len(packed) + remembering))
	for c := range journal.ContactID(20) {
		r.put(c, 7, packed)
	}
	if _, ok := r.get(19, 7); !ok {
		t.Error("the latest contact is forgotten")
	}
	if _, ok := r.get(19, 8); ok {
		t.Error("a chain that ends with another entry is taken for this one")
	}
	if _, ok := r.get(0, 7); ok {
		t.Error("nothing is forgotten")
	}
	if kept := len(r.young) + len(r.old); kept > 11 {
		t.Errorf("%d contacts are kept", kept)
	}
}
