package duckdb

import (
	"testing"
	"testing/synctest"
	"time"
)

// count is a version and a delta as plain numbers.
type count struct{ seq, n int64 }

type countDelta struct{ from, to, n int64 }

func (d countDelta) span() (from, to int64) { return d.from, d.to }
func (d countDelta) size() int              { return 1 }

func (c count) asOf() int64 { return c.seq }
func (c count) size() int   { return 1 }
func (c count) plus(deltas []countDelta) count {
	for _, d := range deltas {
		c.seq, c.n = d.to, c.n+d.n
	}
	return c
}

// follows notes a batch and tells whether the numbers after it are
// held.
func (h *held[S, D]) follows(d D, seq int64) bool {
	var none S
	h.note(d)
	return h.at(seq) != none
}

// What nobody has asked for in a while is dropped, whether batches come or not,
// and what somebody asks for is not.
func TestHeldIsDroppedWhenNobodyAsks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var h held[count, countDelta]
		h.at(1)
		h.put(count{1, 10})
		for range 10 {
			time.Sleep(keptFor * 2 / 3)
			if got := h.at(1); got.n != 10 {
				t.Fatalf("what is asked for all the time is %+v, want 10", got)
			}
		}
		time.Sleep(keptFor + time.Second)
		synctest.Wait()
		if n := h.rows(); n != 0 {
			t.Errorf("%d rows are held after nobody asked", n)
		}
	})
}

func TestBatchesAloneAreNotHeld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var h held[count, countDelta]
		for seq := range int64(20) {
			h.note(countDelta{seq, seq + 1, 1})
		}
		if n := h.rows(); n != 1 {
			t.Errorf("%d batches are remembered though nobody read, want the last", n)
		}
		h.at(20)
		h.put(count{20, 20})
		for seq := int64(20); seq < 30; seq++ {
			h.note(countDelta{seq, seq + 1, 1})
		}
		if got := h.at(30); got.n != 30 {
			t.Errorf("after batches there are %d, want 30", got.n)
		}
		time.Sleep(keptFor + time.Second)
		synctest.Wait()
		h.note(countDelta{30, 31, 1})
		if n := h.rows(); n != 1 {
			t.Errorf("%d rows are held after nobody asked, want those of the last batch", n)
		}
	})
}

// A batch that failed counts nowhere, and neither does one that is not known to
// follow on what is held.
func TestHeldAfterFailedBatch(t *testing.T) {
	t.Parallel()
	var h held[count, countDelta]
	h.at(1)
	h.put(count{1, 1})
	failed := countDelta{1, 2, 100}
	h.note(failed)
	h.withdraw(failed)
	if !h.follows(countDelta{1, 2, 1}, 2) || h.at(2).n != 2 {
		t.Errorf("after a failed batch and another there are %d, want 2", h.at(2).n)
	}
	// The commit of a batch to 3 succeeded though it did not say so: the next
	// leads from an unknown seq to 4, and must not be added to 2.
	if h.follows(countDelta{unknownSeq, 4, 1}, 4) {
		t.Error("a batch is added to what it does not follow on")
	}
	h.put(count{2, 2}) // by a view of before
	if got := h.at(4); got.n != 0 {
		t.Errorf("a batch is added to what was read before it: %+v", got)
	}
	h.put(count{4, 4})
	if !h.follows(countDelta{4, 5, 1}, 5) || h.at(5).n != 5 {
		t.Errorf("after all was read anew there are %d, want 5", h.at(5).n)
	}
}

// However many batches come between reports, they are added up.
func TestManyBatchesBetweenReports(t *testing.T) {
	t.Parallel()
	var h held[count, countDelta]
	h.at(0)
	h.put(count{0, 0})
	const batches = keptDeltas*3 + 7
	for seq := range int64(batches) {
		h.note(countDelta{seq, seq + 1, 1})
	}
	if n := h.rows(); n > keptDeltas+1 {
		t.Errorf("%d rows are held", n)
	}
	if got := h.at(batches); got.n != batches {
		t.Errorf("after %d batches there are %d", batches, got.n)
	}
}
