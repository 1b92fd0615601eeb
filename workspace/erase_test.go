package workspace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// noCopies is a record that no reports are made of.
type noCopies struct{ record *record.Record }

func (n noCopies) Still(ctx context.Context, w journal.WorkspaceID, _ int64, do func(int64) error) error {
	head, err := n.record.Head(ctx, w)
	if err != nil {
		return err
	}
	return do(head)
}

func (noCopies) Rewrite(context.Context) error { return nil }

func (o *office) erase(ref workspace.ContactRef) workspace.EraseContactOutput {
	o.t.Helper()
	out, err := o.EraseContact(o.t.Context(), o.w, workspace.EraseContactInput{Ref: ref, Actor: journal.Actor{Kind: journal.ActorUser, Name: "Olga"}})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

// purge removes the rows of who was erased.
func (o *office) purge() (done int) {
	o.t.Helper()
	done, err := o.PurgeErased(o.t.Context(), workspace.Remains{
		Copies: noCopies{o.record}, Flush: o.record.Flush,
		Tombstones: record.OpenTombstones(filepath.Join(o.dir, "erased.jsonl"), o.record),
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return done
}

// hasBytes lists the files of the data folder that have a text in them, in
// any case of letters.
func (o *office) hasBytes(text string) (files []string) {
	o.t.Helper()
	err := filepath.WalkDir(o.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(content), bytes.ToLower([]byte(text))) {
			files = append(files, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return files
}

func TestEraseContactIsInvisibleAtOnce(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	ctx := t.Context()
	a := o.upsert(workspace.ContactFields{ExternalID: ptr("a"), Email: ptr("a@x.org")})
	o.change("a", "new", june(1))
	o.change("b", "new", june(2))
	o.merge(a, o.upsert(workspace.ContactFields{ExternalID: ptr("c"), Email: ptr("c@x.org")}))
	out := o.erase(workspace.ContactRef{Email: "C@x.org"})
	if out.ID != workspace.ShowContactID(a.ID) || out.Seq == 0 {
		t.Errorf("%+v", out)
	}
	for _, text := range []string{"external_id:a", "email:a@x.org", "external_id:c", "ct_1", "ct_3"} {
		ref, err := workspace.ParseContactRef(text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.GetContact(ctx, o.w, ref)
		wantCode(t, err, "contact_not_found")
		_, err = o.EraseContact(ctx, o.w, workspace.EraseContactInput{Ref: ref})
		wantCode(t, err, "contact_not_found")
	}
	log, err := o.Service.ListChanges(ctx, o.w, workspace.ListChangesInput{})
	if err != nil || len(log.Items) != 1 || *log.Items[0].ExternalID != "b" {
		t.Errorf("the log: %+v, %v", log.Items, err)
	}
	if diff := cmp.Diff(map[string]int64{"new": 1}, o.counted()); diff != "" {
		t.Error(diff)
	}
	o.wantStory(`b: new@06-02 open`)
	o.wantSound(t)
	if again := o.upsert(workspace.ContactFields{Email: ptr("a@x.org")}); again.ID == a.ID {
		t.Error("who comes again is somebody new, with a number of their own")
	}
	o.wantSound(t)
}

// TestEraseContactTakesItsSalesAlong has sales of both halves of a person
// erased: no list has them, and their ids may come again before the purge.
func TestEraseContactTakesItsSalesAlong(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	sell := func(id, contact string) (out workspace.RecordChangesOutput) {
		t.Helper()
		out, err := o.AddRevenue(t.Context(), o.w, workspace.AddRevenueInput{Items: []workspace.RevenueItem{{
			ID: id, Contact: workspace.ContactFields{ExternalID: &contact}, Money: workspace.Money{Amount: 700},
		}}})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	sales := func() (ids []string) {
		t.Helper()
		list, _, err := o.ListRevenue(t.Context(), o.w, "", 50)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			ids = append(ids, r.ID+" "+r.ContactID)
		}
		return ids
	}
	a, b := o.upsert(workspace.ContactFields{ExternalID: ptr("a")}), o.upsert(workspace.ContactFields{ExternalID: ptr("b")})
	sell("s1", "a")
	sell("s2", "b")
	sell("s3", "c")
	o.merge(a, b)
	o.erase(workspace.ContactRef{ExternalID: "a"})
	if diff := cmp.Diff([]string{"s3 ct_3"}, sales()); diff != "" {
		t.Error(diff)
	}
	o.wantSound(t)
	for _, id := range []string{"s1", "s2"} {
		if out := sell(id, "d"); out.Accepted != 1 {
			t.Errorf("%s again: %+v", id, out)
		}
	}
	o.purge()
	if diff := cmp.Diff([]string{"s2 ct_4", "s1 ct_4", "s3 ct_3"}, sales()); diff != "" {
		t.Error(diff)
	}
	o.wantSound(t)
}

func TestEraseContactChecksTheEdit(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	out, err := o.UpsertContact(t.Context(), o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: ptr("a")}})
	if err != nil {
		t.Fatal(err)
	}
	o.change("a", "new", june(1))
	_, err = o.EraseContact(t.Context(), o.w, workspace.EraseContactInput{Ref: workspace.ContactRef{ExternalID: "a"}, IfMatch: &out.Contact.Edit})
	wantCode(t, err, "edit_conflict")
}

const peopleMapping = `{"id":{"field":"external_id"},"mail":{"field":"email"},"phone":{"field":"phone"},"name":{"field":"name"},
	"stage":{"field":"stage"},"day":{"field":"at"},"page":{"field":"landing_page"}}`

func TestPurgeLeavesNothing(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	ctx := t.Context()
	if _, err := o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{
		Fields: workspace.ContactFields{
			Email: ptr("Ada.Vanish@x.org"), Name: ptr("Ada Vanish"), Phone: ptr("+33 600 700"),
			Source:     &touch.Source{Source: "Email", LandingPage: "/for/vanish"},
			Properties: map[string]json.RawMessage{"note": json.RawMessage(`"calls Vanish her home"`), "plan": json.RawMessage(`"pro"`)},
		},
		Once: workspace.Idempotency{Key: "once", Hash: [32]byte{1}},
	}); err != nil {
		t.Fatal(err)
	}
	o.upsert(workspace.ContactFields{Email: ptr("ada.vanish@x.org"), Name: ptr("Vanish, Ada")}) // the old name is only in the log
	o.upsert(workspace.ContactFields{ExternalID: ptr("stays"), Source: &touch.Source{Source: "Email"}, Properties: map[string]json.RawMessage{"plan": json.RawMessage(`"pro"`)}})
	o.change("stays", "new", june(1))
	o.run("id,mail,phone,name,stage,day,page\n"+
		"1,ada.vanish@x.org,,Ada Vanish,new,2026-01-02,/\n"+
		"2,,0033600700,\"Vanish,\nAda\",hot,2026-01-03,/\n"+
		"3,b@x.org,,Ben,new,2026-01-02,/\n"+
		"4,ADA.VANISH@X.ORG,,Vanish,nowhere,2026-01-02,/\n"+
		"5,c@x.org,,Cid,nowhere,2026-01-02,/\n", peopleMapping)
	texts := []string{"/for/vanish", "calls Vanish her home", "Email", "pro"}
	numbers, err := o.record.Intern(ctx, o.w, texts)
	if err != nil {
		t.Fatal(err)
	}
	if len(o.hasBytes("vanish")) == 0 {
		t.Fatal("nothing of her is in the folder before: the test cannot fail")
	}
	o.erase(workspace.ContactRef{Email: "ada.vanish@x.org"})
	if done := o.purge(); done != 1 {
		t.Errorf("%d were completed", done)
	}
	for _, text := range []string{"vanish", "600 700", "600700"} {
		if left := o.hasBytes(text); len(left) > 0 {
			t.Errorf("%q is left in %v", text, left)
		}
	}
	o.wantSound(t)
	erasures, err := o.ListErasures(ctx, o.w)
	if err != nil || len(erasures) != 1 || !erasures[0].Completed || *erasures[0].Actor.Name != "Olga" {
		t.Errorf("erasures %+v, %v", erasures, err)
	}
	if again := o.purge(); again != 0 {
		t.Errorf("a second round completed %d", again)
	}

	// Texts that others have stay; a text that went has a number of its own when it comes again.
	left, err := o.record.Numbers(ctx, o.w, texts)
	if diff := cmp.Diff([]int64{-1, -1, numbers[2], numbers[3]}, left); diff != "" || err != nil {
		t.Errorf("%v: %s", err, diff)
	}
	again, err := o.record.Intern(ctx, o.w, texts)
	if err != nil || again[0] <= numbers[3] || again[2] != numbers[2] {
		t.Errorf("numbers %v, before %v, %v", again, numbers, err)
	}

	// The rejected rows of others are still there, and the repeated request makes nobody.
	imports, err := o.ListImports(ctx, o.w, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	if rows := o.rejected(imports.Items[0].ID); !bytes.Contains([]byte(rows), []byte("Cid")) {
		t.Errorf("rejected rows: %s", rows)
	}
	_, err = o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{
		Fields: workspace.ContactFields{Email: ptr("x@x.org")}, Once: workspace.Idempotency{Key: "once", Hash: [32]byte{1}},
	})
	wantCode(t, err, "answer_erased")
}

func TestPurgeOfMergedPeople(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	a := o.upsert(workspace.ContactFields{ExternalID: ptr("keeper-one"), Email: ptr("one@gone.org")})
	b := o.upsert(workspace.ContactFields{ExternalID: ptr("keeper-two"), Email: ptr("two@gone.org")})
	o.change("keeper-two", "hot", june(1))
	o.merge(a, b)
	o.change("keeper-one", "won", june(2))
	o.erase(a)
	if done := o.purge(); done != 2 {
		t.Errorf("%d were completed, want both", done)
	}
	for _, text := range []string{"gone.org", "keeper-"} {
		if left := o.hasBytes(text); len(left) > 0 {
			t.Errorf("%q is left in %v", text, left)
		}
	}
	o.wantStory("")
	o.wantSound(t)
	stones, err := record.ReadTombstones(filepath.Join(o.dir, "erased.jsonl"))
	if err != nil || len(stones) != 2 {
		t.Errorf("tombstones %v, %v", stones, err)
	}
}
