package record

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/touch"
)

// What reports are made of is what the log says, without who said it: entry by
// entry, and chained.
func TestLeanEntriesAreThoseOfTheLog(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	addWorkspace(t, r)
	err := r.Write(t.Context(), func(tx *Tx) error {
		other := tx.Add(1)
		if err := tx.Append(other, &journal.Entry{Workspace: 1, Kind: journal.KindChange, At: 3, Arrived: 9, Stage: 1, Silent: true, Import: 7}); err != nil {
			return err
		}
		h := tx.Add(1)
		for _, e := range []journal.Entry{
			{Kind: journal.KindContact, Arrived: 8, Edit: &journal.ContactEdit{CreatedBy: "api", Source: &journal.SourceEdit{To: touch.Source{Campaign: "Spring"}}}},
			{Kind: journal.KindChange, At: 5, Arrived: 9, Stage: 300, Note: "a note", ChangeID: "x", Actor: journal.Actor{Kind: journal.ActorUser, ID: "u"}},
			{Kind: journal.KindWithdrawal, Arrived: 10, Import: 7, Edit: &journal.ContactEdit{}},
			{Kind: journal.KindMerge, Arrived: 11, Merge: &journal.Merge{With: other.ID, Last: other.Head.Last}},
			{Kind: journal.KindChange, At: -5, Arrived: 12},
			{Kind: journal.KindErasure, At: 13, Arrived: 13},
		} {
			e.Workspace = 1
			if err := tx.Append(h, &e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var want, got []journal.Entry
	gather := func(into *[]journal.Entry) func(journal.Entry) error {
		return func(e journal.Entry) error { *into = append(*into, e); return nil }
	}
	if err := r.Scan(t.Context(), 1, 1, 100, 50, func(e journal.Entry) error {
		e.Workspace, e.Actor, e.Note, e.ChangeID = 0, journal.Actor{}, "", ""
		if e.Kind == journal.KindChange {
			e.Arrived = 0
		}
		want = append(want, e)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := r.Skim(t.Context(), 1, 1, 100, 50, gather(&got)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) != 7 {
		t.Errorf("%d entries; skimmed ones differ (-log +lean):\n%s", len(want), diff)
	}
	checkOutline(t, r)
	chains, err := r.Chains(t.Context(), 1, []projector.Chain{{}, {Contact: 2, Last: want[6].Seq}, {Contact: 2, Last: want[3].Seq}})
	if err != nil {
		t.Fatal(err)
	}
	// The last entry's chain takes in that of who was merged into it.
	if diff := cmp.Diff([][]journal.Entry{nil, want, want[1:4]}, chains); diff != "" {
		t.Errorf("chains differ (-want +got):\n%s", diff)
	}
}

// checkOutline compares entries without what they say, and entries asked for one
// by one, with those of the log.
func checkOutline(t *testing.T, r *Record) {
	t.Helper()
	var all, outline, wantOutline, some []journal.Entry
	gather := func(into *[]journal.Entry) func(journal.Entry) error {
		return func(e journal.Entry) error { *into = append(*into, e); return nil }
	}
	if err := r.Scan(t.Context(), 1, 0, 100, 50, gather(&all)); err != nil {
		t.Fatal(err)
	}
	if err := r.Outline(t.Context(), 1, 3, 7, 3, gather(&outline)); err != nil {
		t.Fatal(err)
	}
	for _, e := range all[3:6] {
		wantOutline = append(wantOutline, journal.Entry{Seq: e.Seq, Kind: e.Kind, Contact: e.Contact, Merge: e.Merge})
	}
	if diff := cmp.Diff(wantOutline, outline); diff != "" {
		t.Errorf("the outline differs (-log +outline):\n%s", diff)
	}
	if err := r.Entries(t.Context(), 1, []int64{3, 4, 99, 7}, gather(&some)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]journal.Entry{all[2], all[3], all[6]}, some); diff != "" {
		t.Errorf("some entries differ (-log +some):\n%s", diff)
	}
	if err := r.Entries(t.Context(), 2, []int64{3}, gather(&some)); err != nil || len(some) != 3 {
		t.Errorf("another workspace has %d entries of this one, error %v", len(some)-3, err)
	}
}
