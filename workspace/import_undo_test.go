package workspace_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// undo takes an import back and waits for the end.
func (o *office) undo(id string) workspace.Import {
	o.t.Helper()
	if _, err := o.UndoImport(o.t.Context(), o.w, id, journal.Actor{Kind: journal.ActorUser, Name: "Ann"}, workspace.Idempotency{}); err != nil {
		o.t.Fatal(err)
	}
	done, err := o.WaitImport(o.t.Context(), o.w, id)
	if err != nil || done.State != workspace.ImportUndone {
		o.t.Fatalf("the import is %s: %v", done.State, err)
	}
	return done
}

// wantSound fails the test unless caches and log agree.
func (o *office) wantSound(t rapid.TB) {
	t.Helper()
	o.compare(t, o.t.Context())
	findings, err := o.record.Check(o.t.Context(), func(int64, int64) {})
	if err != nil || len(findings) > 0 {
		t.Errorf("check: %q, %v", findings, err)
	}
}

func TestUndoImport(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.upsert(workspace.ContactFields{ExternalID: ptr("old"), Owner: ptr("Ann")})
	file := "id,stage,day,owner\nold,new,2026-01-02,Bob\nfresh,new,2026-01-02,Bob\nfresh,won,2026-01-05,\nmoved,new,2026-01-03,Bob\n"
	mapping := `{"id":{"field":"external_id"},"stage":{"field":"stage"},"day":{"field":"at"},"owner":{"field":"owner"}}`
	first := o.run(file, mapping)
	o.change("moved", "hot", june(1))
	done := o.undo(first.ID)
	want := workspace.ImportUndo{Total: 3, Done: 3, Removed: 1, Kept: 1, Withdrawn: 4}
	if diff := cmp.Diff(&want, done.Undo, cmpopts.IgnoreFields(workspace.ImportUndo{}, "Actor", "StartedAt", "FinishedAt")); diff != "" {
		t.Error(diff)
	}
	if *done.Undo.Actor.Name != "Ann" || done.Undo.FinishedAt == nil || done.CanUndo || done.Seq <= first.Seq {
		t.Errorf("undo %+v of %+v", done.Undo, done)
	}
	o.wantStory(`moved: hot@06-01 open
		old:`)
	if owner := o.contacts()["old"].Fields[journal.FieldOwner]; string(owner) != `"Ann"` {
		t.Errorf("the owner is %s", owner)
	}
	o.wantSound(t)

	again := o.run(file, mapping)
	if again.Moved != 4 || again.Duplicate != 0 || again.Created != 1 {
		t.Errorf("imported again: %+v", again.ImportCounts)
	}
	o.wantStory(`fresh: new@01-02 won@01-05 won
		moved: new@01-03 hot@06-01 open
		old: new@01-02 open`)
	o.wantSound(t)
}

// change records a dated change.
func (o *office) change(id, stage string, at lifecycle.Millis) {
	o.t.Helper()
	out, err := o.RecordChanges(o.t.Context(), o.w, workspace.RecordChangesInput{Items: []workspace.ChangeItem{{
		Contact: workspace.ContactFields{ExternalID: &id}, Stage: &stage, HasStage: true, At: at, Actor: journal.Actor{Kind: journal.ActorAPI},
	}}})
	if err != nil || out.Accepted != 1 {
		o.t.Fatalf("%+v, %v", out, err)
	}
}

func TestUndoImportRefusals(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	refuse := func(id, code string) {
		t.Helper()
		_, err := o.UndoImport(t.Context(), o.w, id, journal.Actor{}, workspace.Idempotency{})
		wantCode(t, err, code)
	}
	refuse("imp_9", "import_not_found")
	refuse("nonsense", "import_not_found")
	tried := o.run("id,stage,day\na,new,2026-01-02\n", simpleMapping, dry)
	refuse(tried.ID, "dry_run")
	real := o.run("id,stage,day\na,new,2026-01-02\n", simpleMapping)
	o.undo(real.ID)
	refuse(real.ID, "already_undone")
	_, err := o.UndoImport(t.Context(), o.w, real.ID, journal.Actor{Kind: "ghost"}, workspace.Idempotency{})
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("an unknown actor: %v", err)
	}
}

func TestUndoImportNames(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	mapping := `{"id":{"field":"external_id"},"mail":{"field":"email"}}`
	for _, id := range []string{"a", "b", "c"} {
		o.upsert(workspace.ContactFields{ExternalID: &id, Email: ptr(id + "@x.org")})
	}
	// a takes a new address, b that of a, c that of b.
	moved := o.run("id,mail\na,new@x.org\nb,a@x.org\nc,b@x.org\n", mapping)
	o.upsert(workspace.ContactFields{Email: ptr("c@x.org")}) // somebody else took the address of c
	o.undo(moved.ID)
	got := map[string]string{}
	for id, p := range o.contacts() {
		got[id] = journal.Label(p.Fields[journal.FieldEmail])
	}
	if diff := cmp.Diff(map[string]string{"a": "a@x.org", "b": "b@x.org", "c": "", "": "c@x.org"}, got); diff != "" {
		t.Error(diff)
	}
	o.wantSound(t)
}

func TestUndoImportLeavesNobodyWithoutName(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.upsert(workspace.ContactFields{Email: ptr("a@x.org")})
	made := o.run("mail,id\na@x.org,7\n", `{"id":{"field":"external_id"},"mail":{"field":"email"}}`)
	_, err := o.EditContact(t.Context(), o.w, workspace.EditContactInput{
		Ref: workspace.ContactRef{ExternalID: "7"}, Fields: workspace.ContactFields{Email: ptr("")},
	})
	if err != nil {
		t.Fatal(err)
	}
	o.undo(made.ID)
	if _, err := o.GetContact(t.Context(), o.w, workspace.ContactRef{ExternalID: "7"}); err != nil {
		t.Error(err)
	}
	o.wantSound(t)
}

func TestUndoImportGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	made := o.run(bigFile(3000), simpleMapping)
	if _, err := o.UndoImport(t.Context(), o.w, made.ID, journal.Actor{}, workspace.Idempotency{}); err != nil {
		t.Fatal(err)
	}
	o.restart()
	if _, err := o.WaitImport(t.Context(), o.w, made.ID); err != nil {
		t.Fatal(err)
	}
	done, err := o.GetImport(t.Context(), o.w, made.ID)
	if err != nil || done.State != workspace.ImportUndone || done.Undo.Removed != made.Created {
		t.Errorf("%+v, %v", done, err)
	}
	o.wantStory("")
	o.wantSound(t)
}

// An import and its undo leave what would be there had it never been, whatever
// comes before, between and after.
func TestUndoIsAsIfNeverImported(t *testing.T) {
	t.Parallel()
	with, without := openOffice(t), openOffice(t)
	unique := 0
	rapid.Check(t, func(t *rapid.T) {
		for _, o := range []*office{with, without} {
			made, err := o.CreateWorkspace(o.t.Context(), workspace.CreateWorkspaceInput{})
			if err != nil {
				t.Fatal(err)
			}
			o.w = made.Workspace
		}
		both := func(n int) {
			for range n {
				write := drawWrite(t, &unique)
				write(with)
				write(without)
			}
		}
		both(rapid.IntRange(0, 6).Draw(t, "before"))
		first := with.run(drawFile(t), ownedMapping)
		both(rapid.IntRange(0, 6).Draw(t, "between"))
		second := with.run(drawFile(t), ownedMapping)
		both(rapid.IntRange(0, 3).Draw(t, "later"))
		with.undo(first.ID)
		both(rapid.IntRange(0, 3).Draw(t, "between undos"))
		with.undo(second.ID)
		both(rapid.IntRange(0, 3).Draw(t, "after"))
		if diff := cmp.Diff(without.telling(), with.telling(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-never imported +imported and undone)\n%s", diff)
		}
		with.compare(t, with.t.Context())
	})
	with.wantSound(t)
}

const ownedMapping = `{"id":{"field":"external_id"},"stage":{"field":"stage"},"day":{"field":"at"},"owner":{"field":"owner"},"plan":{"field":"property.plan"}}`

func drawFile(t *rapid.T) string {
	rows := []string{"id,stage,day,owner,plan"}
	for range rapid.IntRange(1, 6).Draw(t, "rows") {
		rows = append(rows, fmt.Sprintf("c%d,%s,2026-06-%02d,%s,%s", rapid.IntRange(1, 4).Draw(t, "row"),
			rapid.SampledFrom(respond()).Draw(t, "row's stage"), rapid.IntRange(1, 12).Draw(t, "row's day"),
			rapid.SampledFrom([]string{"", "Ann", "Bob"}).Draw(t, "row's owner"), rapid.SampledFrom([]string{"", "free", "pro"}).Draw(t, "row's plan")))
	}
	return strings.Join(rows, "\n") + "\n"
}

// drawWrite draws a write that the log keeps whatever was there before.
func drawWrite(t *rapid.T, unique *int) func(*office) {
	*unique++
	id := fmt.Sprint("c", rapid.IntRange(1, 4).Draw(t, "contact"))
	owner := fmt.Sprint("owner", *unique)
	if rapid.IntRange(0, 2).Draw(t, "edit") == 0 {
		return func(o *office) {
			o.upsert(workspace.ContactFields{ExternalID: &id, Owner: &owner})
		}
	}
	stage := rapid.SampledFrom(respond()).Draw(t, "stage")
	at := lifecycle.MillisOf(time.Date(2026, 6, rapid.IntRange(1, 12).Draw(t, "day"), 0, 0, 0, 0, time.UTC))
	return func(o *office) { o.change(id, stage, at) }
}

type telling struct {
	Fields   map[string]json.RawMessage
	Journeys []lifecycle.Journey
}

func (o *office) telling() map[string]telling {
	out := map[string]telling{}
	for id, p := range o.contacts() {
		out[id] = telling{p.Fields, p.journeys}
	}
	return out
}

func TestImportChanges(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.run("id,stage,day\na,new,2026-01-02\n", simpleMapping)
	made := o.run("id,stage,day\na,hot,2026-01-05\nb,new,2026-01-02\nc,new,2026-01-02\n", simpleMapping)
	o.change("a", "paid", june(1))
	o.change("a", "won", june(2))
	o.change("c", "hot", june(1))
	o.change("d", "hot", june(1))
	var got []string
	in := workspace.ImportChangesInput{Import: made.ID, Limit: 1}
	for {
		page, err := o.ImportChanges(t.Context(), o.w, in)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			got = append(got, *item.ExternalID+" "+item.To.Key)
		}
		if in.Cursor = page.Next; in.Cursor == "" {
			break
		}
	}
	if diff := cmp.Diff([]string{"a paid", "a won", "c hot"}, got); diff != "" {
		t.Error(diff)
	}
}
