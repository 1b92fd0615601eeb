package workspace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// logged lists what a question to the log finds, newest first: contact and stage.
func (o *office) logged(in workspace.ListChangesInput) (found []string) {
	o.t.Helper()
	for {
		page, err := o.Service.ListChanges(o.t.Context(), o.w, in)
		if err != nil {
			o.t.Fatal(err)
		}
		for _, item := range page.Items {
			found = append(found, *item.ExternalID+" "+item.To.Key)
		}
		if in.Cursor = page.Next; in.Cursor == "" {
			return found
		}
	}
}

func TestListChangesFilters(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.upsert(workspace.ContactFields{ExternalID: ptr("a"), Name: ptr("Ann Ångström"), Email: ptr("ann@x.org")})
	o.upsert(workspace.ContactFields{ExternalID: ptr("b"), Name: ptr("Ben"), Phone: ptr("+33 1 23")})
	o.change("a", "new", june(1))
	o.change("b", "new", june(2))
	made := o.run("id,stage\na,hot\n", `{"id":{"field":"external_id"},"stage":{"field":"stage"}}`)
	note, stage := "Wants a DEMO", "paid"
	if _, err := o.SetStage(t.Context(), o.w, workspace.SetStageInput{
		Ref: workspace.ContactRef{ExternalID: "b"}, Stage: &stage, Note: note, Actor: journal.Actor{Kind: journal.ActorUser, Name: "Olga"},
	}); err != nil {
		t.Fatal(err)
	}
	all := []string{"b paid", "a hot", "b new", "a new"}
	yes, no := true, false
	from, to := june(1), june(2)
	for name, c := range map[string]struct {
		in   workspace.ListChangesInput
		want []string
	}{
		"all":               {workspace.ListChangesInput{}, all},
		"page by page":      {workspace.ListChangesInput{Limit: 1}, all},
		"range":             {workspace.ListChangesInput{From: &from, To: &to}, []string{"a new"}},
		"actor":             {workspace.ListChangesInput{Actor: "import"}, []string{"a hot"}},
		"import":            {workspace.ListChangesInput{Import: made.ID}, []string{"a hot"}},
		"stage":             {workspace.ListChangesInput{Stage: "new"}, []string{"b new", "a new"}},
		"contact":           {workspace.ListChangesInput{Contact: &workspace.ContactRef{Email: "ann@x.org"}}, []string{"a hot", "a new"}},
		"counted":           {workspace.ListChangesInput{Counted: &yes}, []string{"b paid", "b new", "a new"}},
		"not counted":       {workspace.ListChangesInput{Counted: &no}, []string{"a hot"}},
		"name":              {workspace.ListChangesInput{Query: "ångSTR"}, []string{"a hot", "a new"}},
		"e-mail":            {workspace.ListChangesInput{Query: "ANN@"}, []string{"a hot", "a new"}},
		"note":              {workspace.ListChangesInput{Query: "demo"}, []string{"b paid"}},
		"who did it":        {workspace.ListChangesInput{Query: "olga"}, []string{"b paid"}},
		"of one contact":    {workspace.ListChangesInput{Query: "demo", Contact: &workspace.ContactRef{ExternalID: "a"}}, nil},
		"nothing":           {workspace.ListChangesInput{Query: "%"}, nil},
		"several at once":   {workspace.ListChangesInput{Query: "ben", Counted: &yes, Stage: "paid"}, []string{"b paid"}},
		"a page for a file": {workspace.ListChangesInput{Limit: workspace.MaxExportPage}, all},
	} {
		if diff := cmp.Diff(c.want, o.logged(c.in)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	_, err := o.Service.ListChanges(t.Context(), o.w, workspace.ListChangesInput{Import: "imp_x"})
	wantCode(t, err, "import_not_found")
	_, err = o.Service.ListChanges(t.Context(), o.w, workspace.ListChangesInput{Query: "a\x00"})
	wantAt(t, err, "query.q", "NUL")
	_, err = o.Service.ListChanges(t.Context(), o.w, workspace.ListChangesInput{Limit: 500})
	wantCode(t, err, "invalid")
}

func TestLogCallsContacts(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	for called, fields := range map[string]workspace.ContactFields{
		"Ann":       {Name: ptr("Ann"), Email: ptr("ann@x.org")},
		"ben@x.org": {Email: ptr("ben@x.org"), Phone: ptr("+33 1 23")},
		"+33145":    {Phone: ptr("+33145"), ExternalID: ptr("c")},
		"d":         {ExternalID: ptr("d")},
	} {
		ref, stage := o.upsert(fields), "new"
		if _, err := o.SetStage(t.Context(), o.w, workspace.SetStageInput{
			Ref: ref, Stage: &stage, Actor: journal.Actor{Kind: journal.ActorAPI},
		}); err != nil {
			t.Fatal(err)
		}
		page, err := o.Service.ListChanges(t.Context(), o.w, workspace.ListChangesInput{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if got := page.Items[0].Name; got == nil || *got != called {
			t.Errorf("called %v, want %s", got, called)
		}
	}
}

// The counts by day are those of the log, whatever was taken back or erased.
func TestCountChangesFollowsTheLog(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	made := o.run("id,stage,day\na,new,2026-01-02\na,hot,2026-01-03\nb,new,2026-01-02\n", simpleMapping)
	o.change("a", "paid", june(1))
	o.change("c", "new", june(1))
	counted := func() (out string) {
		var parts []string
		seq, err := o.CountChanges(t.Context(), o.w, 0, june(30), func(n workspace.ChangeCount) {
			parts = append(parts, fmt.Sprintf("%s %s %d", lifecycle.Millis(n.At).Time().Format("01-02"), n.Actor, n.Changes))
		})
		if head, _ := o.record.Head(t.Context(), o.w); err != nil || seq != head {
			t.Errorf("seq %d, %v", seq, err)
		}
		return strings.Join(parts, ", ")
	}
	if got, want := counted(), "01-02 import 2, 01-03 import 1, 06-01 api 2"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	o.undo(made.ID)
	o.erase(workspace.ContactRef{ExternalID: "c"})
	if got, want := counted(), "06-01 api 1"; got != want {
		t.Errorf("afterwards %s, want %s", got, want)
	}
}
