package record

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
)

// TestSkimIsScan reads a log leanly and whole: what reports are made of must
// be the same, in the order of the log and along a contact's chain.
func TestSkimIsScan(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	w := addWorkspace(t, r)
	var last int64
	err := r.Write(t.Context(), func(tx *Tx) error {
		h := tx.Add(w)
		created := journal.Entry{
			Workspace: w, Kind: journal.KindContact, At: 5, Arrived: 5, Actor: journal.Actor{Kind: journal.ActorUser},
			Edit: &journal.ContactEdit{CreatedBy: "api"},
		}
		if err := tx.Append(h, &created); err != nil {
			return err
		}
		for i, stage := range []lifecycle.StageID{1, 2, 0, 7, 500} {
			e := journal.Entry{
				Workspace: w, Kind: journal.KindChange, At: lifecycle.Millis(10 + i), Arrived: 9, Actor: journal.Actor{Kind: journal.ActorUser},
				Stage: stage, Silent: i%2 == 1, Import: int64(i % 3), Note: "a note",
			}
			if err := tx.Append(h, &e); err != nil {
				return err
			}
			last = e.Seq
		}
		return tx.Save(w, h)
	})
	if err != nil {
		t.Fatal(err)
	}

	var whole, lean []journal.Entry
	collect := func(into *[]journal.Entry) func(journal.Entry) error {
		return func(e journal.Entry) error { *into = append(*into, e); return nil }
	}
	if err := r.Scan(t.Context(), w, 1, last, 100, collect(&whole)); err != nil {
		t.Fatal(err)
	}
	if err := r.Skim(t.Context(), w, 1, last, 100, collect(&lean)); err != nil {
		t.Fatal(err)
	}
	chains, err := r.Chains(t.Context(), w, []projector.Chain{{Contact: 1}, {Contact: 1, Last: last}, {Contact: 1, Last: last - 2}})
	if err != nil {
		t.Fatal(err)
	}
	if len(whole) != 6 || chains[0] != nil {
		t.Fatalf("%d entries of 6, and a chain %v of nobody", len(whole), chains[0])
	}
	if err := r.Read(t.Context(), func(rd *Reader) error {
		row, ok, err := rd.One("head.chain", int64(whole[0].Contact))
		if !ok || row.Null(0) {
			t.Error("the head has no chain")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	left := cmpopts.IgnoreFields(journal.Entry{}, "Workspace", "Actor", "Note", "ChangeID", "Arrived")
	packed := cmpopts.IgnoreFields(journal.Entry{}, "Prev")
	if diff := cmp.Diff(whole, lean, left); diff != "" {
		t.Errorf("skimmed, -want +got:\n%s", diff)
	}
	if diff := cmp.Diff(whole, chains[1], left, packed); diff != "" {
		t.Errorf("along the chain, -want +got:\n%s", diff)
	}
	if diff := cmp.Diff(whole[:4], chains[2], left, packed); diff != "" {
		t.Errorf("along the chain up to an entry before the last, -want +got:\n%s", diff)
	}
}
