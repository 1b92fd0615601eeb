package workspace_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

func (o *office) merge(keep, drop workspace.ContactRef) workspace.ContactOutput {
	o.t.Helper()
	out, err := o.MergeContacts(o.t.Context(), o.w, workspace.MergeContactsInput{Keep: keep, Drop: drop, Actor: journal.Actor{Kind: journal.ActorUser, Name: "Ann"}})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

func TestMergeContacts(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	ctx := t.Context()
	a := o.upsert(workspace.ContactFields{ExternalID: ptr("a"), Name: ptr("Ann"), Properties: map[string]json.RawMessage{"plan": json.RawMessage(`"pro"`)}})
	b := o.upsert(workspace.ContactFields{
		ExternalID: ptr("b"), Email: ptr("b@x.org"), Phone: ptr("+33 1"), Name: ptr("Ben"), Source: &touch.Source{Source: "Email"},
		Properties: map[string]json.RawMessage{"plan": json.RawMessage(`"free"`), "seats": json.RawMessage("3")},
	})
	o.change("a", "new", june(1))
	o.change("b", "hot", june(2))
	o.change("b", "new", june(1)) // the same instant as that of a, and it arrived later
	o.change("a", "won", june(4))
	merged := o.merge(a, b)
	got := merged.Contact
	if *got.Name != "Ann" || *got.ExternalID != "a" || *got.Email != "b@x.org" || *got.Phone != "+33 1" || *got.Source.Source != "Email" ||
		string(got.Properties["plan"]) != `"pro"` || string(got.Properties["seats"]) != "3" || merged.Seq != got.Edit {
		t.Errorf("merged: %+v", got)
	}
	o.wantStory(`a: new@06-01 new@06-01 hot@06-02 won@06-04 won`)
	for _, text := range []string{"external_id:a", "external_id:b", "email:B@x.org", "phone:00331", got.ID, workspace.ShowContactID(b.ID)} {
		ref, err := workspace.ParseContactRef(text)
		if err != nil {
			t.Fatal(err)
		}
		if found, err := o.GetContact(ctx, o.w, ref); err != nil || found.Contact.ID != got.ID {
			t.Errorf("%s is %s, %v", text, found.Contact.ID, err)
		}
	}
	o.change("b", "paid", june(3)) // goes to the one kept
	o.wantStory(`a: new@06-01 new@06-01 hot@06-02 paid@06-03 won@06-04 won`)
	told := timelineKinds(t, o, a)
	if diff := cmp.Diff([]string{"change", "change", "change", "change", "created", "created", "merge"}, told); diff != "" {
		t.Error(diff)
	}
	journeys, err := o.Journeys(ctx, o.w, b)
	if err != nil || len(journeys) != 1 || journeys[0].Outcome != "won" {
		t.Errorf("journeys %+v, %v", journeys, err)
	}
	o.wantSound(t)
}

// timelineKinds are the kinds of what a timeline tells, in its order.
func timelineKinds(t *testing.T, o *office, ref workspace.ContactRef) (kinds []string) {
	t.Helper()
	items, err := o.Timeline(t.Context(), o.w, ref)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		kinds = append(kinds, item.Kind)
	}
	return kinds
}

func TestMergeContactsRefusals(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	a := o.upsert(workspace.ContactFields{ExternalID: ptr("a")})
	b := o.upsert(workspace.ContactFields{ExternalID: ptr("b")})
	refuse := func(keep, drop workspace.ContactRef, match *int64, code string) {
		t.Helper()
		_, err := o.MergeContacts(t.Context(), o.w, workspace.MergeContactsInput{Keep: keep, Drop: drop, IfMatch: match})
		wantCode(t, err, code)
	}
	refuse(a, a, nil, "merge_into_itself")
	refuse(a, workspace.ContactRef{ExternalID: "a"}, nil, "merge_into_itself")
	refuse(a, workspace.ContactRef{Email: "who@x.org"}, nil, "contact_not_found")
	refuse(workspace.ContactRef{ID: 99}, b, nil, "contact_not_found")
	refuse(a, b, ptr(int64(1<<40)), "edit_conflict")
	o.merge(a, b)
	refuse(a, b, nil, "merge_into_itself") // b is a by now
	o.wantSound(t)
}

func TestMergeContactsOnce(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	a := o.upsert(workspace.ContactFields{ExternalID: ptr("a")})
	b := o.upsert(workspace.ContactFields{ExternalID: ptr("b")})
	in := workspace.MergeContactsInput{Keep: a, Drop: b, Once: workspace.Idempotency{Key: "k"}}
	first, err := o.MergeContacts(t.Context(), o.w, in)
	if err != nil {
		t.Fatal(err)
	}
	again, err := o.MergeContacts(t.Context(), o.w, in)
	if diff := cmp.Diff(first, again); diff != "" || err != nil {
		t.Errorf("%v: %s", err, diff)
	}
}

func TestMergeMovesPlacesOnLists(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	ctx := t.Context()
	a := o.upsert(workspace.ContactFields{ExternalID: ptr("a")})
	b := o.upsert(workspace.ContactFields{ExternalID: ptr("b")})
	made, err := o.AddList(ctx, o.w, workspace.ContactListInput{Name: ptr("VIP")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.EditMembers(ctx, o.w, made.ID, workspace.EditMembersInput{Add: []string{"external_id:b"}}); err != nil {
		t.Fatal(err)
	}
	o.merge(a, b)
	export, err := o.ExportContact(ctx, o.w, a)
	if err != nil || len(export.Lists) != 1 || export.Lists[0].Name != "VIP" {
		t.Errorf("lists %+v, %v", export.Lists, err)
	}
	list, err := o.GetList(ctx, o.w, made.ID)
	if err != nil || list.Members != 1 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestUndoImportAfterMerge(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	a := o.upsert(workspace.ContactFields{ExternalID: ptr("a"), Owner: ptr("Ann")})
	made := o.run("id,stage,day\na,hot,2026-01-03\nb,new,2026-01-02\n", simpleMapping)
	o.change("b", "paid", june(1))
	o.merge(a, workspace.ContactRef{ExternalID: "b"})
	o.wantSound(t)
	o.undo(made.ID)
	o.wantStory(`a: paid@06-01 open`)
	o.wantSound(t)
}

func TestExportContact(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	a := o.upsert(workspace.ContactFields{ExternalID: ptr("a"), Email: ptr("a@x.org"), Name: ptr("Ann")})
	b := o.upsert(workspace.ContactFields{ExternalID: ptr("b"), Email: ptr("b@x.org")})
	made := o.run("id,stage,day\na,new,2026-01-02\n", simpleMapping)
	o.merge(a, b)
	out, err := o.ExportContact(t.Context(), o.w, a)
	if err != nil {
		t.Fatal(err)
	}
	if *out.Contact.Name != "Ann" || len(out.Journeys) != 1 || len(out.Log) != 5 || len(out.Timeline) != 4 ||
		string(out.Also["email"][0]) != `"b@x.org"` || len(out.Imports) != 1 || out.Imports[0] != made.ID {
		t.Errorf("%+v", out)
	}
	_, err = o.ExportContact(t.Context(), o.w, workspace.ContactRef{Email: "who@x.org"})
	wantCode(t, err, "contact_not_found")
}
