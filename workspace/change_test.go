package workspace_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

func june(n int) lifecycle.Millis {
	return lifecycle.MillisOf(time.Date(2026, 6, n, 0, 0, 0, 0, time.UTC))
}

// upsert makes or updates a contact and returns its id.
func (o *office) upsert(f workspace.ContactFields) workspace.ContactRef {
	o.t.Helper()
	out, err := o.UpsertContact(o.t.Context(), o.w, workspace.UpsertContactInput{Fields: f})
	if err != nil {
		o.t.Fatal(err)
	}
	ref, err := workspace.ParseContactRef(out.Contact.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	return ref
}

// wantAt fails the test unless the error is about a place of the input.
func wantAt(t testing.TB, err error, location, says string) {
	t.Helper()
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || !slices.ContainsFunc(e.Details, func(d fault.Detail) bool {
		return d.Location == location && strings.Contains(d.Message, says)
	}) {
		t.Errorf("got error %v, want %s: %q", err, location, says)
	}
}

func TestSetStage(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	ref := o.upsert(workspace.ContactFields{Email: ptr("a@b.c")})
	step := func(name string, in workspace.SetStageInput, changed, recorded bool, stage string) workspace.SetStageOutput {
		t.Helper()
		in.Ref = ref
		out, err := o.SetStage(ctx, o.w, in)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		now := ""
		if out.Contact.Stage != nil {
			now = out.Contact.Stage.Key
		}
		if out.Changed != changed || out.Recorded != recorded || now != stage {
			t.Errorf("%s: changed %t, recorded %t, now in %q", name, out.Changed, out.Recorded, now)
		}
		return out
	}
	first := step("first", workspace.SetStageInput{Stage: ptr("new_lead")}, true, true, "new_lead")
	same := step("same without a time", workspace.SetStageInput{Stage: ptr("new_lead")}, false, false, "new_lead")
	if same.Seq != first.Seq {
		t.Errorf("a change without effect and time was logged: %d after %d", same.Seq, first.Seq)
	}
	o.pass(time.Hour)
	now := june(15) + 13*3_600_000
	logged := step("same with a time", workspace.SetStageInput{Stage: ptr("new_lead"), At: &now}, false, false, "new_lead")
	if logged.Seq == first.Seq {
		t.Error("a change with its own time was not logged")
	}
	late := now - 1000
	step("late news before it", workspace.SetStageInput{Stage: ptr("hot_lead"), At: &late}, true, true, "new_lead")
	step("by its id, back", workspace.SetStageInput{Stage: ptr("stg_2")}, true, true, "hot_lead")
	step("an import is silent", workspace.SetStageInput{Stage: ptr("payment"), Actor: journal.Actor{Kind: journal.ActorImport}}, true, false, "payment")
	step("the API is not guarded", workspace.SetStageInput{Stage: ptr("new_lead")}, true, true, "new_lead")
	out := step("cleared", workspace.SetStageInput{}, true, true, "")
	if out.Journey == nil || out.Journey.Outcome != "left" || *out.Journey.Origin != "new_lead" {
		t.Errorf("journey %+v", out.Journey)
	}
	out = step("won, with a value", workspace.SetStageInput{Stage: ptr("customer"), Value: &workspace.Money{Amount: 990}}, true, true, "customer")
	if *out.Contact.Value != (workspace.Money{Amount: 990, Currency: "EUR"}) || out.Journey.Number != 2 || out.Journey.DurationSeconds != nil {
		t.Errorf("won at once: %+v, %+v", out.Contact.Value, out.Journey)
	}
}

func TestSetStageRefusals(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	ref := o.upsert(workspace.ContactFields{Email: ptr("a@b.c")})
	set := func(in workspace.SetStageInput) error {
		if in.Ref == (workspace.ContactRef{}) {
			in.Ref = ref
		}
		_, err := o.SetStage(ctx, o.w, in)
		return err
	}
	soon, later, ancient := june(15)+12*3_600_000+299_000, june(15)+12*3_600_000+301_000, lifecycle.MillisOf(time.Date(1899, 1, 1, 0, 0, 0, 0, time.UTC))
	err := set(workspace.SetStageInput{Stage: ptr("nowhere")})
	wantCode(t, err, "unknown_stage")
	wantAt(t, err, "body.stage", `"nowhere"`)
	wantAt(t, err, "body.stage", "new_lead, hot_lead, payment, customer, cold_lead")
	wantCode(t, set(workspace.SetStageInput{Stage: ptr("stg_99")}), "unknown_stage")
	wantCode(t, set(workspace.SetStageInput{Stage: ptr("payment"), At: &later}), "at_in_future")
	wantAt(t, set(workspace.SetStageInput{Stage: ptr("payment"), At: &ancient}), "body.at", "1900")
	wantAt(t, set(workspace.SetStageInput{Stage: ptr("payment"), Note: "a\x00b"}), "body.note", "NUL")
	wantAt(t, set(workspace.SetStageInput{Stage: ptr("payment"), Note: "\xff"}), "body.note", "UTF-8")
	wantAt(t, set(workspace.SetStageInput{Stage: ptr("payment"), Actor: journal.Actor{Kind: "robot"}}), "body.actor.kind", "robot")
	wantAt(t, set(workspace.SetStageInput{Stage: ptr("payment"), Value: &workspace.Money{Currency: "EURO"}}), "body.value.currency", "three letters")
	wantCode(t, set(workspace.SetStageInput{Ref: workspace.ContactRef{ID: 77}, Stage: ptr("payment")}), "contact_not_found")
	wantCode(t, set(workspace.SetStageInput{Ref: workspace.ContactRef{Email: "x@y.z"}, Stage: ptr("payment")}), "contact_not_found")
	_, err = o.SetStage(ctx, 99, workspace.SetStageInput{Ref: ref, Stage: ptr("payment")})
	wantCode(t, err, "workspace_not_found")
	if got, err := o.GetContact(ctx, o.w, ref); err != nil || got.Contact.Stage != nil {
		t.Errorf("after refusals: %+v, %v", got.Contact.Stage, err)
	}
	if err := set(workspace.SetStageInput{Stage: ptr("payment"), At: &soon}); err != nil {
		t.Errorf("less than five minutes ahead: %v", err)
	}
}

func TestRecordChanges(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	x := workspace.ContactFields{ExternalID: ptr("x"), Name: ptr("Xenia")}
	change := func(c workspace.ContactFields, stage string, at lifecycle.Millis, id string) workspace.ChangeItem {
		return workspace.ChangeItem{Contact: c, Stage: &stage, HasStage: true, At: at, ID: id, Actor: journal.Actor{Kind: journal.ActorAPI}}
	}
	o.upsert(workspace.ContactFields{ExternalID: ptr("y"), Email: ptr("y@b.c")})
	o.upsert(workspace.ContactFields{ExternalID: ptr("z")})
	items := []workspace.ChangeItem{
		change(x, "payment", june(3), "3"),
		change(x, "new_lead", june(1), "1"),
		change(x, "new_lead", june(1), "1"),
		change(x, "nowhere", june(2), "2"),
		change(workspace.ContactFields{}, "payment", june(2), ""),
		{Err: errors.New("unexpected end of JSON")},
		change(workspace.ContactFields{ExternalID: ptr("z"), Email: ptr("Y@b.c ")}, "payment", june(2), ""),
		change(x, "hot_lead", june(15)+13*3_600_000, ""),
		{Contact: x, At: june(2)},
		change(x, "customer", june(4), ""),
		change(workspace.ContactFields{ExternalID: ptr("z")}, "payment", june(2), "1"),
	}
	out, err := o.RecordChanges(ctx, o.w, workspace.RecordChangesInput{Items: items})
	if err != nil {
		t.Fatal(err)
	}
	if out.Accepted != 4 || out.Duplicate != 1 {
		t.Errorf("accepted %d, duplicate %d", out.Accepted, out.Duplicate)
	}
	reasons := map[int]string{3: "nowhere", 4: "at least one of", 5: "unexpected end", 6: "is contact", 7: "five minutes ahead", 8: "stage is missing"}
	for _, r := range out.Rejected {
		if want, ok := reasons[r.Index]; !ok || !strings.Contains(r.Error, want) {
			t.Errorf("item %d: %q", r.Index, r.Error)
		}
		delete(reasons, r.Index)
	}
	if len(reasons) > 0 {
		t.Errorf("not rejected: %v", reasons)
	}
	journeys, err := o.Journeys(ctx, o.w, workspace.ContactRef{ExternalID: "x"})
	if err != nil || len(journeys) != 1 {
		t.Fatalf("%d journeys, %v", len(journeys), err)
	}
	want := workspace.Journey{
		Number: 1, EnteredAt: june(1), EndedAt: ptr(june(4)), Outcome: "won", Furthest: 4, DurationSeconds: ptr(3 * 86400.0),
		Reached: []string{"new_lead", "hot_lead", "payment", "customer"}, Visited: []string{"new_lead", "payment", "customer"},
		Visits: []workspace.Visit{
			{Stage: "new_lead", EnteredAt: june(1), LeftAt: ptr(june(3)), Seconds: ptr(2 * 86400.0)},
			{Stage: "payment", EnteredAt: june(3), LeftAt: ptr(june(4)), Seconds: ptr(86400.0)},
			{Stage: "customer", EnteredAt: june(4)},
		},
		Times: map[string]float64{"new_lead": 2 * 86400, "payment": 86400},
	}
	if diff := cmp.Diff(want, journeys[0]); diff != "" {
		t.Error(diff)
	}
	again, err := o.RecordChanges(ctx, o.w, workspace.RecordChangesInput{Items: items[:2]})
	if err != nil || again.Duplicate != 2 || again.Seq == 0 || again.Rejected == nil {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestListChanges(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	x := o.upsert(workspace.ContactFields{ExternalID: ptr("x"), Name: ptr("Xenia")})
	y := o.upsert(workspace.ContactFields{ExternalID: ptr("y")})
	set := func(ref workspace.ContactRef, stage string, at lifecycle.Millis, kind journal.ActorKind) {
		t.Helper()
		if _, err := o.SetStage(ctx, o.w, workspace.SetStageInput{Ref: ref, Stage: &stage, At: &at, Actor: journal.Actor{Kind: kind}}); err != nil {
			t.Fatal(err)
		}
	}
	set(x, "payment", june(3), "api")
	set(x, "new_lead", june(1), "user")
	set(x, "new_lead", june(2), "user") // no effect: shown nowhere
	set(y, "payment", june(4), "import")
	show := func(in workspace.ListChangesInput) (lines []string) {
		t.Helper()
		in.Limit = 1
		for {
			page, err := o.ListChanges(ctx, o.w, in)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page.Items {
				from := "-"
				if c.From != nil {
					from = c.From.Key
				}
				name := ""
				if c.Name != nil {
					name = *c.Name
				}
				lines = append(lines, strings.TrimSpace(strings.Join([]string{from, c.To.Key, string(c.Actor.Kind), name}, " ")))
			}
			if in.Cursor = page.Next; in.Cursor == "" {
				return lines
			}
		}
	}
	imported, late, first := "- payment import y", "- new_lead user Xenia", "new_lead payment api Xenia"
	for name, c := range map[string]struct {
		in   workspace.ListChangesInput
		want []string
	}{
		"all":        {workspace.ListChangesInput{}, []string{imported, late, first}},
		"by stage":   {workspace.ListChangesInput{Stage: "payment"}, []string{imported, first}},
		"by actor":   {workspace.ListChangesInput{Actor: "user"}, []string{late}},
		"by contact": {workspace.ListChangesInput{Contact: &x}, []string{late, first}},
		"by time":    {workspace.ListChangesInput{From: ptr(june(1)), To: ptr(june(3))}, []string{late}},
	} {
		if diff := cmp.Diff(c.want, show(c.in)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for location, in := range map[string]workspace.ListChangesInput{
		"query.cursor": {Cursor: "!"}, "query.actor": {Actor: "robot"}, "query.limit": {Limit: 1000}, "query.stage": {Stage: "nowhere"},
	} {
		_, err := o.ListChanges(ctx, o.w, in)
		wantAt(t, err, location, "")
	}
	items, err := o.Timeline(ctx, o.w, x)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, item := range items {
		kinds = append(kinds, item.Kind)
	}
	if want := []string{"change", "change", "created"}; !slices.Equal(kinds, want) || items[1].From.Key != "new_lead" {
		t.Errorf("timeline %v", kinds)
	}
}

func TestBulk(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	x, y := o.upsert(workspace.ContactFields{ExternalID: ptr("x")}), o.upsert(workspace.ContactFields{ExternalID: ptr("y")})
	in := workspace.BulkInput{Contacts: []workspace.ContactRef{x, {ID: 99}, y, x}, Stage: ptr("payment"), HasStage: true}
	out, err := o.Bulk(ctx, o.w, in)
	if err != nil || out.Changed != 2 || out.Unchanged != 1 || len(out.Rejected) != 1 || out.Rejected[0].Index != 1 {
		t.Errorf("%+v, %v", out, err)
	}
	journeys, err := o.Journeys(ctx, o.w, x)
	if len(journeys) != 0 || err != nil {
		t.Errorf("a bulk assignment opened %v, %v", journeys, err)
	}
	in.Stage = ptr("nowhere")
	_, err = o.Bulk(ctx, o.w, in)
	wantCode(t, err, "unknown_stage")
}

// Whoever sent too much is told how much a batch takes, whatever it is of.
func TestBatchTooLarge(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	const tooMany = 100_001
	_, changes := o.RecordChanges(t.Context(), o.w, workspace.RecordChangesInput{Items: make([]workspace.ChangeItem, tooMany)})
	_, revenue := o.AddRevenue(t.Context(), o.w, workspace.AddRevenueInput{Items: make([]workspace.RevenueItem, tooMany)})
	_, costs := o.SaveCosts(t.Context(), o.w, workspace.SaveCostsInput{Items: make([]workspace.CostItem, tooMany)})
	for _, err := range []error{changes, revenue, costs} {
		wantCode(t, err, "batch_too_large")
		if f, ok := errors.AsType[*fault.Error](err); ok && f.Params["max"] != tooMany-1 {
			t.Errorf("%v has the parameters %v", err, f.Params)
		}
	}
}
