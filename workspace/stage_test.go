package workspace_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// put moves a contact, which is made if it is new, to a stage now.
func (o *office) put(email, stage string) {
	o.t.Helper()
	_, err := o.UpsertContact(o.t.Context(), o.w, workspace.UpsertContactInput{
		Fields: workspace.ContactFields{Email: &email}, Stage: &stage, Actor: journal.Actor{Kind: journal.ActorAPI},
	})
	if err != nil {
		o.t.Fatalf("%s to %s: %v", email, stage, err)
	}
}

func (o *office) delete(stage string, mode workspace.DeleteMode, into string) {
	o.t.Helper()
	if _, err := o.DeleteStage(o.t.Context(), o.w, workspace.DeleteStageInput{Stage: stage, Mode: mode, Into: into}); err != nil {
		o.t.Fatalf("%s %s: %v", mode, stage, err)
	}
}

func (o *office) restore(stage string) {
	o.t.Helper()
	if _, err := o.RestoreStage(o.t.Context(), o.w, workspace.RestoreStageInput{Stage: stage}); err != nil {
		o.t.Fatalf("restore %s: %v", stage, err)
	}
}

// shown is what a contact's page shows: where it is, since how long after
// noon, and its latest journey.
func (o *office) shown(email string) string {
	o.t.Helper()
	out, err := o.GetContact(o.t.Context(), o.w, workspace.ContactRef{Email: email})
	if err != nil {
		o.t.Fatal(err)
	}
	text := "none"
	if out.Contact.Stage != nil {
		text = out.Contact.Stage.Key
	}
	if since := out.Contact.StageSince; since != nil {
		text += " since " + (time.Duration(*since-1_781_524_800_000) * time.Millisecond).String()
	}
	if out.Journey != nil {
		text += ", " + out.Journey.Outcome
	}
	return text
}

// counted is how many contacts each stage has, by key; those with none left out.
func (o *office) counted() map[string]int64 {
	o.t.Helper()
	stages, err := o.ListStages(o.t.Context(), o.w, true)
	if err != nil {
		o.t.Fatal(err)
	}
	out := map[string]int64{}
	for _, s := range stages {
		if s.Contacts != 0 {
			out[s.Key] = s.Contacts
		}
	}
	return out
}

func (o *office) want(what string, shown map[string]string, counted map[string]int64) {
	o.t.Helper()
	for email, want := range shown {
		if got := o.shown(email); got != want {
			o.t.Errorf("%s: %s is %s, want %s", what, email, got, want)
		}
	}
	if d := cmp.Diff(counted, o.counted()); d != "" {
		o.t.Errorf("%s: contacts by stage (-want +got):\n%s", what, d)
	}
}

func TestContactsFollowTheirStages(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.put("a@x.test", "new_lead")
	o.pass(time.Hour)
	o.put("a@x.test", "hot_lead")
	o.put("b@x.test", "hot_lead")
	o.put("c@x.test", "payment")
	o.pass(time.Hour)
	o.want("at first", map[string]string{"a@x.test": "hot_lead since 1h0m0s, open"}, map[string]int64{"hot_lead": 2, "payment": 1})

	o.delete("hot_lead", workspace.DeleteErase, "payment")
	erased := map[string]string{"a@x.test": "payment since 2h0m0s, open", "b@x.test": "payment since 2h0m0s"}
	o.want("erased", erased, map[string]int64{"payment": 3})
	o.pass(time.Hour)
	o.put("a@x.test", "payment") // where it is already
	o.put("b@x.test", "customer")
	o.want("moved on", map[string]string{"a@x.test": "payment since 2h0m0s, open", "b@x.test": "customer since 3h0m0s, won"},
		map[string]int64{"payment": 2, "customer": 1})

	o.restore("hot_lead")
	o.want("restored", map[string]string{"a@x.test": "hot_lead since 1h0m0s, open", "b@x.test": "customer since 3h0m0s, won"},
		map[string]int64{"hot_lead": 1, "payment": 1, "customer": 1})

	o.delete("hot_lead", workspace.DeleteMerge, "new_lead")
	o.want("merged", map[string]string{"a@x.test": "new_lead since 0s, open"}, map[string]int64{"new_lead": 1, "payment": 1, "customer": 1})
	o.delete("new_lead", workspace.DeleteErase, "")
	o.want("with its target", map[string]string{"a@x.test": "none"}, map[string]int64{"payment": 1, "customer": 1})
	o.restore("hot_lead")
	o.want("restored after its target was erased", map[string]string{"a@x.test": "hot_lead since 1h0m0s"},
		map[string]int64{"hot_lead": 1, "payment": 1, "customer": 1})
}

func TestLateNewsAfterAnErasure(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.put("a@x.test", "new_lead")
	o.pass(time.Hour)
	o.put("a@x.test", "hot_lead")
	o.pass(time.Hour)
	o.delete("hot_lead", workspace.DeleteErase, "payment")
	o.pass(time.Hour)
	late := lifecycle.Millis(1_781_524_800_000) + lifecycle.Millis((90 * time.Minute).Milliseconds())
	stage := "new_lead"
	out, err := o.SetStage(t.Context(), o.w, workspace.SetStageInput{Ref: workspace.ContactRef{Email: "a@x.test"}, Stage: &stage, At: &late})
	if err != nil || !out.Changed {
		t.Fatalf("%+v, %v", out, err)
	}
	o.want("moved before the erasure", map[string]string{"a@x.test": "new_lead since 1h30m0s, open"}, map[string]int64{"new_lead": 1})
}

func TestDeleteStageRefuses(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.delete("payment", workspace.DeleteMerge, "hot_lead")
	for _, test := range []struct {
		in   workspace.DeleteStageInput
		code string
		says string
	}{
		{workspace.DeleteStageInput{Stage: "customer"}, "won_is_fixed", ""},
		{workspace.DeleteStageInput{Stage: "customer", Mode: workspace.DeleteErase}, "won_is_fixed", ""},
		{workspace.DeleteStageInput{Stage: "customer", Mode: workspace.DeleteMerge, Into: "hot_lead"}, "won_is_fixed", ""},
		{workspace.DeleteStageInput{Stage: "nowhere"}, "stage_not_found", ""},
		{workspace.DeleteStageInput{Stage: "hot_lead", Mode: "burn"}, "invalid", "archive, erase, merge"},
		{workspace.DeleteStageInput{Stage: "hot_lead", Mode: workspace.DeleteMerge}, "invalid", "missing"},
		{workspace.DeleteStageInput{Stage: "hot_lead", Mode: workspace.DeleteMerge, Into: "hot_lead"}, "invalid", "itself"},
		{workspace.DeleteStageInput{Stage: "hot_lead", Mode: workspace.DeleteMerge, Into: "payment"}, "invalid", "not in use"},
		{workspace.DeleteStageInput{Stage: "hot_lead", Mode: workspace.DeleteErase, Into: "payment"}, "invalid", "not in use"},
		{workspace.DeleteStageInput{Stage: "hot_lead", Mode: workspace.DeleteErase, Into: "nowhere"}, "unknown_stage", ""},
		{workspace.DeleteStageInput{Stage: "hot_lead", Into: "new_lead"}, "invalid", "only for erase and merge"},
		{workspace.DeleteStageInput{Stage: "payment"}, "stage_merged", "restore it first"},
		{workspace.DeleteStageInput{Stage: "hot_lead", IfMatch: new(int64)}, "edit_conflict", ""},
	} {
		_, err := o.DeleteStage(t.Context(), o.w, test.in)
		wantCode(t, err, test.code)
		if !strings.Contains(said(err), test.says) {
			t.Errorf("%+v: %s, want %q in it", test.in, said(err), test.says)
		}
	}
	o.delete("hot_lead", workspace.DeleteArchive, "")
	for _, mode := range []workspace.DeleteMode{workspace.DeleteArchive, workspace.DeleteErase, workspace.DeleteMerge} {
		into := map[workspace.DeleteMode]string{workspace.DeleteMerge: "customer"}[mode]
		_, err := o.DeleteStage(t.Context(), o.w, workspace.DeleteStageInput{Stage: "new_lead", Mode: mode, Into: into})
		wantCode(t, err, "last_progress_stage")
	}
	_, err := o.RestoreStage(t.Context(), o.w, workspace.RestoreStageInput{Stage: "new_lead"})
	wantCode(t, err, "stage_in_use")
}

// said is all that an error says to people.
func said(err error) string {
	text := ""
	if e, ok := err.(*fault.Error); ok {
		text = e.Message
		for _, d := range e.Details {
			text += "; " + d.Location + " " + d.Message
		}
	}
	return text
}

func TestChangesIntoStagesOutOfUse(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.put("a@x.test", "new_lead")
	o.pass(time.Hour)
	o.delete("payment", workspace.DeleteArchive, "")
	move := func(stage string, ago time.Duration) error {
		at := lifecycle.Millis(1_781_524_800_000) + lifecycle.Millis((time.Hour - ago).Milliseconds())
		_, err := o.SetStage(t.Context(), o.w, workspace.SetStageInput{Ref: workspace.ContactRef{Email: "a@x.test"}, Stage: &stage, At: &at})
		return err
	}
	wantCode(t, move("payment", 0), "stage_archived")
	if err := move("payment", time.Minute); err != nil {
		t.Errorf("a change from before the archiving: %v", err)
	}
	o.delete("payment", workspace.DeleteMerge, "hot_lead")
	wantCode(t, move("payment", time.Minute), "stage_merged")
	o.delete("cold_lead", workspace.DeleteErase, "")
	wantCode(t, move("cold_lead", time.Minute), "stage_erased")
	o.restore("payment") // out of the merge, still archived
	wantCode(t, move("payment", 0), "stage_archived")
	o.restore("payment")
	if err := move("payment", 0); err != nil {
		t.Error(err)
	}
}

func TestStageTexts(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	add := func(name, key string) error {
		_, err := o.AddStage(t.Context(), o.w, workspace.AddStageInput{Name: name, Key: key, Kind: lifecycle.Lost})
		return err
	}
	for name, key := range map[string]string{"Deal": "contracts.2026_SQL-1", "Upper": "A", "Long": strings.Repeat("k", 100)} {
		if err := add(name, key); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	for _, test := range []struct{ name, key, says string }{
		{"", "", "body.name needs a text"},
		{strings.Repeat("n", 300), "", "body.name"},
		{"PAYMENT", "", "already the name"},
		{"x", "payment", "already the key"},
		{"x", "stg_9", "must not begin"},
		{"x", "with space", "must be 1 to 100"},
		{"x", "ключ", "must be 1 to 100"},
		{"x", strings.Repeat("k", 101), "must be 1 to 100"},
	} {
		if err := add(test.name, test.key); !strings.Contains(said(err), test.says) {
			t.Errorf("%q %q: %v, want %q", test.name, test.key, said(err), test.says)
		}
	}
	o.delete("payment", workspace.DeleteErase, "")
	if err := add("Payment", "payment"); !strings.Contains(said(err), "restore that") {
		t.Errorf("the key of an erased stage: %v", said(err))
	}
	if err := add("Payment", ""); err != nil {
		t.Errorf("the name of an erased stage: %v", err)
	}
	o.restore("payment")
}
