package workspace_test

import (
	"strings"
	"testing"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// TestErasureReachesDeliveries has destinations that were told of somebody, and
// of whom that one took in.
func TestErasureReachesDeliveries(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	told := func(c journal.ContactID, email string, seq int64) {
		t.Helper()
		err := o.record.Store().Write(t.Context(), func(tx workspace.Tx) error {
			d := workspace.StoredDelivery{Workspace: o.w, Of: "destination_1", Created: june(1), Seq: seq, Event: "won", Contact: c}
			if err := tx.Deliveries().Queue(d); err != nil {
				return err
			}
			if err := tx.Deliveries().Queue(d); err != nil { // an event is told once
				return err
			}
			waiting, err := tx.Deliveries().DueOf("destination_1", june(2), 10)
			if err != nil || len(waiting) != 1 {
				t.Fatal(waiting, err)
			}
			waiting[0].State, waiting[0].Request = workspace.DeliverySent, []byte(`{"body":"`+email+`"}`)
			return tx.Deliveries().Save(waiting[0])
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	kept := func() (n int) {
		t.Helper()
		err := o.record.Store().Read(t.Context(), func(r workspace.Reader) error {
			list, err := r.Deliveries().ListOf("destination_1", "", 1<<62, 10)
			n = len(list)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	a := o.upsert(workspace.ContactFields{Email: ptr("ada.vanish@x.org")})
	b := o.upsert(workspace.ContactFields{Email: ptr("ben.vanish@x.org")})
	stays := o.upsert(workspace.ContactFields{Email: ptr("stays@x.org")})
	told(a.ID, "ada.vanish@x.org", 1)
	told(b.ID, "ben.vanish@x.org", 2)
	told(stays.ID, "stays@x.org", 3)
	o.merge(a, b)
	file, err := o.ExportContact(t.Context(), o.w, a)
	if err != nil || len(file.Told) != 2 || !strings.Contains(string(file.Told[1].Request), "ben.vanish") {
		t.Errorf("the file of all that is known lacks what was told: %+v %v", file.Told, err)
	}
	o.erase(workspace.ContactRef{Email: "ada.vanish@x.org"})
	if n := o.purge(); n == 0 {
		t.Fatal("nobody was erased")
	}
	if n := kept(); n != 1 {
		t.Errorf("%d deliveries are left, not the one of somebody else", n)
	}
	for _, text := range []string{"ada.vanish", "ben.vanish"} {
		if files := o.hasBytes(text); len(files) > 0 {
			t.Errorf("%s is still in %v", text, files)
		}
	}
	o.wantSound(t)
}
