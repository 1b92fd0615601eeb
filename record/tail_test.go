package record

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
)

// TestTailIsTheLogs writes what requests write that share commits, some of which
// are undone, and compares what is held of the log with the log.
func TestTailIsTheLogs(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	held, read := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := addWorkspace(t, r)
		first, err := r.Head(t.Context(), w)
		if err != nil {
			rt.Fatal(err)
		}
		var all []projector.Chain
		for range rapid.IntRange(1, 3).Draw(rt, "groups") {
			all = writeGroup(t, r, w, all, rapid.SliceOfN(rapid.Custom(drawRequest), 1, 4).Draw(rt, "requests"))
		}
		last, err := r.Head(t.Context(), w)
		if err != nil {
			rt.Fatal(err)
		}
		from := rapid.Int64Range(first, last).Draw(rt, "after")
		limit := rapid.IntRange(1, 12).Draw(rt, "limit")
		if _, ok := r.tail.between(w, from, last); ok {
			held++
		} else {
			read++
		}
		got := skimmed(t, r, w, from, last, limit)
		r.tail.forget()
		// What packed entries leave out, those who follow the log do not ask for.
		left := cmpopts.IgnoreFields(journal.Entry{}, "Arrived")
		if diff := cmp.Diff(skimmed(t, r, w, from, last, limit), got, left, cmpopts.EquateEmpty()); diff != "" {
			rt.Fatalf("entries, -log +held:\n%s", diff)
		}
	})
	if held == 0 || read == 0 {
		t.Errorf("the log was held %d times and read %d times", held, read)
	}
}

func skimmed(t *testing.T, r *Record, w journal.WorkspaceID, after, upTo int64, limit int) (entries []journal.Entry) {
	t.Helper()
	err := r.Skim(t.Context(), w, after, upTo, limit, func(e journal.Entry) error {
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// TestTailIsBounded keeps the latest entries and not many more, and none before
// a gap.
func TestTailIsBounded(t *testing.T) {
	t.Parallel()
	var all tail
	const w, n = 1, 5 * tailEntries
	for i := range n {
		all.put([]tailed{{workspace: w + journal.WorkspaceID(i%2), seq: int64(i + 1), packed: []byte{1}}})
	}
	if len(all.entries) > tailEntries || all.bytes != len(all.entries) {
		t.Errorf("%d entries of %d bytes are held", len(all.entries), all.bytes)
	}
	if held, ok := all.between(w, n-tailEntries/2, n); !ok || len(held) != tailEntries/4 {
		t.Errorf("%d of the last entries are held, %v", len(held), ok)
	}
	for _, span := range [][2]int64{{0, n}, {n - 1, n + 1}, {n, n - 1}} {
		if _, ok := all.between(w, span[0], span[1]); ok {
			t.Errorf("all from %d to %d is held", span[0], span[1])
		}
	}
	for i := range 10 {
		all.put([]tailed{{workspace: w, seq: int64(n + 1 + i), packed: make([]byte, tailBytes/4)}})
	}
	if all.bytes > tailBytes || len(all.entries) == 0 {
		t.Errorf("%d entries of %d bytes are held", len(all.entries), all.bytes)
	}
	all.put([]tailed{{workspace: w, seq: n + 100, packed: []byte{1}}})
	if len(all.entries) != 1 {
		t.Errorf("%d entries around a gap are held", len(all.entries))
	}
	all.put([]tailed{{workspace: w, seq: n + 101}})
	if _, ok := all.between(w, n+99, n+101); ok {
		t.Error("an entry that is not packed is held")
	}
	if _, ok := all.between(w+1, n+99, n+101); !ok {
		t.Error("it hides those of other workspaces")
	}
}
