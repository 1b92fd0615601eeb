package workspace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// funnel shows the stages in order: key:kind:position.
func (o *office) funnel(t rapid.TB) string {
	t.Helper()
	all, err := o.ListStages(o.t.Context(), o.w, false)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range all {
		position := "-"
		if s.Position != nil {
			position = fmt.Sprint(*s.Position)
		}
		out = append(out, s.Key+":"+position)
	}
	return strings.Join(out, " ")
}

func TestStageEdits(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	add := func(in workspace.AddStageInput) workspace.StageOutput {
		t.Helper()
		out, err := o.AddStage(ctx, o.w, in)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	add(workspace.AddStageInput{Name: "Call booked"})
	add(workspace.AddStageInput{Name: "Первый", Position: ptr(1)})
	add(workspace.AddStageInput{Name: "Fan", Kind: lifecycle.Beyond, Emoji: "📣"})
	add(workspace.AddStageInput{Name: "Friend", Kind: lifecycle.Beyond, Position: ptr(7)})
	add(workspace.AddStageInput{Name: "No budget", Kind: lifecycle.Lost})
	if got, want := o.funnel(t), "stage_7:1 new_lead:2 hot_lead:3 payment:4 call_booked:5 customer:6 friend:7 fan:8 cold_lead:- no_budget:-"; got != want {
		t.Errorf("stages %s\n  want %s", got, want)
	}
	if _, err := o.OrderStages(ctx, o.w, workspace.OrderStagesInput{IDs: []string{"payment", "stg_1", "hot_lead", "call_booked", "stage_7"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.OrderStages(ctx, o.w, workspace.OrderStagesInput{Kind: lifecycle.Lost, IDs: []string{"no_budget", "cold_lead"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.EditStage(ctx, o.w, workspace.EditStageInput{Stage: "friend", Kind: ptr(lifecycle.Progress), Name: ptr("Friendly")}); err != nil {
		t.Fatal(err)
	}
	if got, want := o.funnel(t), "payment:1 new_lead:2 hot_lead:3 call_booked:4 stage_7:5 friend:6 customer:7 fan:8 no_budget:- cold_lead:-"; got != want {
		t.Errorf("stages %s\n  want %s", got, want)
	}
	out, err := o.EditStage(ctx, o.w, workspace.EditStageInput{Stage: "customer", Name: ptr("Client"), Key: ptr("client")})
	if err != nil || out.Name != "Client" || out.Kind != lifecycle.Won {
		t.Errorf("won renamed: %+v, %v", out, err)
	}
	edits, err := o.StageHistory(ctx, o.w)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range edits {
		said = append(said, e.Summary...)
	}
	for _, want := range []string{
		"The workspace was created with the stages New lead, Hot lead, Payment, Customer, Cold lead.", "Stage Fan was added (beyond).",
		"Stage Friend was renamed to Friendly.", "Stage Friendly became a progress stage; it was a beyond stage.", "Stage Customer was renamed to Client.",
		"The lost stages were put in the order No budget, Cold lead.",
	} {
		if !slices.Contains(said, want) {
			t.Errorf("the history does not say %q but %q", want, said)
		}
	}
	if again, err := o.EditStage(ctx, o.w, workspace.EditStageInput{Stage: "client", Name: ptr("Client")}); err != nil || again.Seq != out.Seq {
		t.Errorf("an edit that changes nothing was logged: %d after %d, %v", again.Seq, out.Seq, err)
	}
}

func TestStageRefusals(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	before := o.funnel(t)
	for name, c := range map[string]struct {
		in             workspace.AddStageInput
		location, says string
	}{
		"no name":        {workspace.AddStageInput{}, "body.name", "needs"},
		"long name":      {workspace.AddStageInput{Name: strings.Repeat("a", 301)}, "body.name", "300"},
		"key of an id":   {workspace.AddStageInput{Name: "a", Key: "stg_a"}, "body.key", "stg_"},
		"key":            {workspace.AddStageInput{Name: "a", Key: "Ä"}, "body.key", "a-z"},
		"key taken":      {workspace.AddStageInput{Name: "a", Key: "payment"}, "body.key", "already"},
		"role":           {workspace.AddStageInput{Name: "a", Role: "boss"}, "body.role", "one of"},
		"role taken":     {workspace.AddStageInput{Name: "a", Role: "lead"}, "body.role", "already"},
		"after won":      {workspace.AddStageInput{Name: "a", Position: ptr(5)}, "body.position", "1 to 4"},
		"before won":     {workspace.AddStageInput{Name: "a", Kind: lifecycle.Beyond, Position: ptr(4)}, "body.position", "5 to 5"},
		"lost has none":  {workspace.AddStageInput{Name: "a", Kind: lifecycle.Lost, Position: ptr(1)}, "body.position", "lost"},
		"NUL in a field": {workspace.AddStageInput{Name: "a", Description: "\x00"}, "body.description", "NUL"},
	} {
		_, err := o.AddStage(ctx, o.w, c.in)
		if err == nil {
			t.Errorf("%s was taken", name)
			continue
		}
		wantAt(t, err, c.location, c.says)
	}
	_, err := o.AddStage(ctx, o.w, workspace.AddStageInput{Name: "Second", Kind: lifecycle.Won})
	wantCode(t, err, "won_is_fixed")
	_, err = o.EditStage(ctx, o.w, workspace.EditStageInput{Stage: "customer", Kind: ptr(lifecycle.Progress)})
	wantCode(t, err, "won_is_fixed")
	_, err = o.EditStage(ctx, o.w, workspace.EditStageInput{Stage: "payment", Kind: ptr(lifecycle.Won)})
	wantCode(t, err, "won_is_fixed")
	_, err = o.EditStage(ctx, o.w, workspace.EditStageInput{Stage: "nowhere", Name: ptr("x")})
	wantCode(t, err, "stage_not_found")
	_, err = o.EditStage(ctx, o.w, workspace.EditStageInput{Stage: "payment", Name: ptr("x"), IfMatch: ptr(int64(99))})
	wantCode(t, err, "edit_conflict")
	_, err = o.OrderStages(ctx, o.w, workspace.OrderStagesInput{IDs: []string{"payment", "payment", "cold_lead", "nowhere"}})
	wantAt(t, err, "body.ids[1]", "twice")
	wantAt(t, err, "body.ids[2]", "lost stage")
	wantAt(t, err, "body.ids[3]", "no stage")
	wantAt(t, err, "body.ids", "new_lead")
	_, err = o.OrderStages(ctx, o.w, workspace.OrderStagesInput{Kind: lifecycle.Won, IDs: []string{"customer"}})
	wantCode(t, err, "won_is_fixed")
	if got := o.funnel(t); got != before {
		t.Errorf("after refusals %s, before %s", got, before)
	}
}

func TestTemplates(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	for name, want := range map[string]string{
		"respond": "new_lead:1 hot_lead:2 payment:3 customer:4 cold_lead:-",
		"hubspot": "subscriber:1 lead:2 mql:3 sql:4 opportunity:5 customer:6 evangelist:7 other:-",
		"ruler":   "lead:1 mql:2 sql:3 opportunity:4 customer:5 advocate:6",
		"aarrr":   "acquisition:1 activation:2 retention:3 revenue:4 referral:5",
	} {
		out, err := o.ApplyTemplate(ctx, o.w, workspace.ApplyTemplateInput{Name: name})
		if err != nil || o.funnel(t) != want {
			t.Errorf("%s: %s, %v", name, o.funnel(t), err)
		}
		for _, s := range out.Items {
			if s.Description == "" || s.Emoji == "" {
				t.Errorf("%s: stage %s has no definition or emoji", name, s.Key)
			}
		}
	}
	_, err := o.ApplyTemplate(ctx, o.w, workspace.ApplyTemplateInput{Name: "agile"})
	wantAt(t, err, "body.name", "respond, hubspot, ruler, aarrr")
	if _, err := o.ApplyTemplate(ctx, o.w, workspace.ApplyTemplateInput{Name: "respond"}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: ptr("x")}, Stage: ptr("payment")}); err != nil {
		t.Fatal(err)
	}
	_, err = o.ApplyTemplate(ctx, o.w, workspace.ApplyTemplateInput{Name: "respond"})
	wantCode(t, err, "workspace_has_journeys")
}

func TestSettings(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	got, err := o.GetSettings(ctx, o.w)
	want := workspace.Settings{Name: "Office", TimeZone: "UTC", Currency: "EUR", LifecycleEnabled: true, ForwardOnly: true, Edit: 1}
	if got != want || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	out, err := o.EditSettings(ctx, o.w, workspace.EditSettingsInput{TimeZone: ptr("Europe/Paris"), Currency: ptr("usd"), CountBulk: ptr(true), IfMatch: &got.Edit})
	want.TimeZone, want.Currency, want.CountBulk, want.Edit = "Europe/Paris", "USD", true, 2
	if out.Settings != want || err != nil {
		t.Errorf("%+v, %v", out, err)
	}
	_, err = o.EditSettings(ctx, o.w, workspace.EditSettingsInput{IfMatch: &got.Edit})
	wantCode(t, err, "edit_conflict")
	_, err = o.EditSettings(ctx, o.w, workspace.EditSettingsInput{TimeZone: ptr("Mars/Base"), Currency: ptr("x"), Name: ptr(" ")})
	wantAt(t, err, "body.time_zone", "Mars/Base")
	wantAt(t, err, "body.currency", "ISO 4217")
	wantAt(t, err, "body.name", "needs")
	if _, err := o.GetSettings(ctx, 99); err == nil {
		t.Error("an unknown workspace has settings")
	}
	all, err := o.ListWorkspaces(ctx)
	if err != nil || len(all) != 1 || all[0].Name != "Office" {
		t.Errorf("workspaces %+v, %v", all, err)
	}
}

// However stages are added, ordered and changed, progress comes before Won
// and Won before beyond, and positions have no gap.
func TestPositionsStayInOrder(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	rapid.Check(t, func(rt *rapid.T) {
		made, err := o.CreateWorkspace(ctx, workspace.CreateWorkspaceInput{})
		if err != nil {
			rt.Fatal(err)
		}
		kinds := rapid.SampledFrom([]lifecycle.Kind{lifecycle.Progress, lifecycle.Won, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside})
		for i := range rapid.IntRange(1, 12).Draw(rt, "edits") {
			if rapid.Bool().Draw(rt, "add") {
				in := workspace.AddStageInput{Name: fmt.Sprint("s", i), Kind: kinds.Draw(rt, "kind")}
				if rapid.Bool().Draw(rt, "placed") {
					in.Position = ptr(rapid.IntRange(1, 9).Draw(rt, "position"))
				}
				_, _ = o.AddStage(ctx, made.Workspace, in)
				continue
			}
			stage := fmt.Sprint("stg_", rapid.IntRange(1, 9).Draw(rt, "stage"))
			_, _ = o.EditStage(ctx, made.Workspace, workspace.EditStageInput{Stage: stage, Kind: ptr(kinds.Draw(rt, "to"))})
		}
		all, err := o.ListStages(ctx, made.Workspace, false)
		if err != nil {
			rt.Fatal(err)
		}
		won, before := 0, lifecycle.Progress
		for i, s := range all {
			if s.Kind < before || s.Kind.Main() != (s.Position != nil) || s.Position != nil && *s.Position != i+1 {
				rt.Errorf("stage %d: %+v", i, s)
			}
			if before = s.Kind; s.Kind == lifecycle.Won {
				won++
			}
		}
		if won != 1 || all[0].Kind != lifecycle.Progress {
			rt.Errorf("%d won stages, first %s", won, all[0].Kind)
		}
	})
}
