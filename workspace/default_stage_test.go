package workspace_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

func TestDefaultStages(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	ctx := t.Context()
	set := func(stages map[string]*string) (workspace.SettingsOutput, error) {
		return o.EditSettings(ctx, o.w, workspace.EditSettingsInput{DefaultStages: stages})
	}
	add := func(id string, kind journal.ActorKind, stage *string) string {
		t.Helper()
		out, err := o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{
			Fields: workspace.ContactFields{ExternalID: &id}, Stage: stage, Actor: journal.Actor{Kind: kind},
		})
		if err != nil {
			t.Fatal(err)
		}
		text := "none"
		if out.Contact.Stage != nil {
			text = out.Contact.Stage.Key
		}
		if out.Journey != nil {
			text += " " + out.Journey.Outcome
		}
		return text
	}
	if got := add("before", journal.ActorForm, nil); got != "none" {
		t.Errorf("off at first: %s", got)
	}
	out, err := set(map[string]*string{"form": ptr("hot"), "import": ptr("new"), "api": ptr("new")})
	if diff := cmp.Diff(map[string]string{"form": "hot", "import": "new", "api": "new"}, out.DefaultStages); diff != "" || err != nil {
		t.Errorf("%v: %s", err, diff)
	}
	for _, c := range []struct {
		id    string
		kind  journal.ActorKind
		stage *string
		want  string
	}{
		{"f", journal.ActorForm, nil, "hot open"},
		{"said", journal.ActorForm, ptr("paid"), "paid open"},
		{"manual", journal.ActorUser, nil, "none"},
		{"i", journal.ActorImport, nil, "new"}, // not a move: no journey begins
		{"before", journal.ActorForm, nil, "none"},
	} {
		if got := add(c.id, c.kind, c.stage); got != c.want {
			t.Errorf("%s is in %s, want %s", c.id, got, c.want)
		}
	}
	o.run("id,owner\nx,Ann\n", `{"id":{"field":"external_id"},"owner":{"field":"owner"}}`)
	if got := add("x", journal.ActorAPI, nil); got != "new" {
		t.Errorf("a row without a stage is in %s", got)
	}
	o.change("dated", "hot", june(1))
	if got := add("dated", journal.ActorAPI, nil); got != "hot open" {
		t.Errorf("a dated change that makes the contact is all there is: %s", got)
	}

	// A default follows a merge of its stage, and is none while that takes nobody.
	o.delete("hot", workspace.DeleteMerge, "new")
	if got := add("merged", journal.ActorForm, nil); got != "new open" {
		t.Errorf("after the merge: %s", got)
	}
	o.restore("hot")
	o.delete("hot", workspace.DeleteArchive, "")
	if got := add("archived", journal.ActorForm, nil); got != "none" {
		t.Errorf("after the archiving: %s", got)
	}

	edits, err := o.StageHistory(ctx, o.w)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		if strings.Contains(strings.Join(e.Summary, " "), "New contacts by form begin in stage") {
			if _, err := o.UndoEdit(ctx, o.w, workspace.UndoEditInput{Seq: e.Seq}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := add("undone", journal.ActorAPI, nil); got != "none" {
		t.Errorf("after the undo: %s", got)
	}
	o.wantSound(t)

	_, err = set(map[string]*string{"pigeon": ptr("new")})
	wantAt(t, err, "body.default_stages.pigeon", "is not one of")
	_, err = set(map[string]*string{"form": ptr("nowhere")})
	wantCode(t, err, "unknown_stage")
	_, err = set(map[string]*string{"form": ptr("hot")})
	wantCode(t, err, "stage_archived")
}
