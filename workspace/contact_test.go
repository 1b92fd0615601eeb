package workspace_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

func TestUpsertContact(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	up := func(f workspace.ContactFields) workspace.ContactOutput {
		t.Helper()
		out, err := o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{Fields: f, Actor: journal.Actor{Kind: journal.ActorUser}})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := up(workspace.ContactFields{
		ExternalID: ptr(" X1 "), Email: ptr("Ann@Example.com"), Phone: ptr("+33 (1) 23-45"), Name: ptr("Ann"),
		Value: &workspace.Money{Amount: 5}, Source: &touch.Source{Source: "Email"},
		Properties: map[string]json.RawMessage{"plan": json.RawMessage(` "<pro>" `), "seats": json.RawMessage("3")},
	})
	want := workspace.Contact{
		ID: "ct_1", ExternalID: ptr("X1"), Email: ptr("Ann@Example.com"), Phone: ptr("+33 (1) 23-45"), Name: ptr("Ann"),
		Value: &workspace.Money{Amount: 5, Currency: "EUR"}, Source: journal.SourceView{Source: ptr("Email")}, CreatedBy: "manual",
		CreatedAt:  june(15) + 12*3_600_000,
		Properties: map[string]json.RawMessage{"plan": json.RawMessage(`"\u003cpro\u003e"`), "seats": json.RawMessage("3")},
	}
	want.Edit = first.Seq
	if diff := cmp.Diff(want, first.Contact); diff != "" || !first.Created {
		t.Error(diff)
	}
	same := up(workspace.ContactFields{
		Email: ptr("ann@example.COM"), Phone: ptr("0033 12345"), Name: ptr("Ann"), Source: &touch.Source{Source: "Ads"},
		Properties: map[string]json.RawMessage{"plan": json.RawMessage(`"<pro>"`)},
	})
	if diff := cmp.Diff(first.Contact, same.Contact); diff != "" || same.Created || same.Seq != first.Seq {
		t.Errorf("the same in other spellings was logged: %s", diff)
	}
	moved := up(workspace.ContactFields{
		ExternalID: ptr("X1"), Email: ptr("ann@new.com"), Source: &touch.Source{Source: "Ads"},
		Properties: map[string]json.RawMessage{"seats": json.RawMessage("null"), "city": json.RawMessage(`"Lyon"`)},
	})
	if keys := slices.Sorted(maps.Keys(moved.Contact.Properties)); *moved.Contact.Email != "ann@new.com" || *moved.Contact.Source.Source != "Email" || !slices.Equal(keys, []string{"city", "plan"}) {
		t.Errorf("moved: %+v", moved.Contact)
	}
	for text, found := range map[string]bool{
		"ct_1": true, "external_id:X1": true, "external_id:x1": false, "email:ANN@new.com": true, "email:ann@example.com": false, "phone:+3312345": true, "phone:12345": false,
	} {
		ref, err := workspace.ParseContactRef(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.GetContact(ctx, o.w, ref); (err == nil) != found {
			t.Errorf("%s: %v", text, err)
		}
	}
	if freed := up(workspace.ContactFields{Email: ptr("ann@example.com")}); !freed.Created || freed.Contact.ID != "ct_2" {
		t.Errorf("an address that was given up: %+v", freed)
	}
}

func TestUpsertContactRefusals(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	o.upsert(workspace.ContactFields{ExternalID: ptr("x"), Email: ptr("x@b.c")})
	o.upsert(workspace.ContactFields{Email: ptr("y@b.c"), Phone: ptr("+1 555")})
	many := map[string]json.RawMessage{}
	for i := range 201 {
		many[fmt.Sprint("p", i)] = json.RawMessage("1")
	}
	deep := map[string]json.RawMessage{"p": json.RawMessage(`{"a":["\u0000"]}`)}
	for name, c := range map[string]struct {
		fields         workspace.ContactFields
		location, says string
	}{
		"nobody":         {workspace.ContactFields{Name: ptr("Ann")}, "body", "at least one"},
		"blank":          {workspace.ContactFields{Email: ptr("  ")}, "body", "at least one"},
		"e-mail":         {workspace.ContactFields{Email: ptr("a b@c")}, "body.email", "not an e-mail"},
		"phone":          {workspace.ContactFields{Phone: ptr("call me")}, "body.phone", "not a phone"},
		"NUL":            {workspace.ContactFields{ExternalID: ptr("a\x00")}, "body.external_id", "NUL"},
		"UTF-8":          {workspace.ContactFields{ExternalID: ptr("a"), Name: ptr("\xc3\x28")}, "body.name", "UTF-8"},
		"long name":      {workspace.ContactFields{ExternalID: ptr("a"), Name: ptr(strings.Repeat("é", 301))}, "body.name", "300"},
		"long id":        {workspace.ContactFields{ExternalID: ptr(strings.Repeat("a", 513))}, "body.external_id", "512"},
		"many":           {workspace.ContactFields{ExternalID: ptr("a"), Properties: many}, "body.properties", "200"},
		"property name":  {workspace.ContactFields{ExternalID: ptr("a"), Properties: map[string]json.RawMessage{"": nil}}, "body.properties.", "name"},
		"property value": {workspace.ContactFields{ExternalID: ptr("a"), Properties: map[string]json.RawMessage{"p": json.RawMessage(`"` + strings.Repeat("a", 8192) + `"`)}}, "body.properties.p", "8192"},
		"property JSON":  {workspace.ContactFields{ExternalID: ptr("a"), Properties: map[string]json.RawMessage{"p": json.RawMessage("{")}}, "body.properties.p", "JSON"},
		"property NUL":   {workspace.ContactFields{ExternalID: ptr("a"), Properties: deep}, "body.properties.p", "NUL"},
		"source":         {workspace.ContactFields{ExternalID: ptr("a"), Source: &touch.Source{AdGroup: "\x00"}}, "body.source.ad_group", "NUL"},
		"currency":       {workspace.ContactFields{ExternalID: ptr("a"), Value: &workspace.Money{Currency: "€"}}, "body.value.currency", "three letters"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{Fields: c.fields})
			wantAt(t, err, c.location, c.says)
		})
	}
	_, err := o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: ptr("x"), Phone: ptr("1 555")}})
	wantCode(t, err, "identifiers_conflict")
	_, err = o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: ptr("n")}, At: ptr(june(1))})
	wantAt(t, err, "body.at", "no stage")
	_, err = o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: ptr("n")}, Stage: ptr("nowhere")})
	wantCode(t, err, "unknown_stage")
	if page, err := o.ListContacts(ctx, o.w, workspace.ListContactsInput{}); err != nil || len(page.Items) != 2 {
		t.Errorf("after refusals %d contacts, %v", len(page.Items), err)
	}
}

func TestEditContact(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	x := o.upsert(workspace.ContactFields{ExternalID: ptr("x"), Email: ptr("x@b.c"), Source: &touch.Source{Source: "Email"}})
	o.upsert(workspace.ContactFields{ExternalID: ptr("y")})
	edit := func(f workspace.ContactFields, ifMatch *int64) (workspace.ContactOutput, error) {
		return o.EditContact(ctx, o.w, workspace.EditContactInput{Ref: x, Fields: f, IfMatch: ifMatch})
	}
	out, err := edit(workspace.ContactFields{Email: ptr(""), Source: &touch.Source{Source: "Ads"}, Owner: ptr("bob")}, nil)
	if err != nil || out.Contact.Email != nil || *out.Contact.Source.Source != "Ads" || *out.Contact.Owner != "bob" {
		t.Errorf("%+v, %v", out.Contact, err)
	}
	_, err = edit(workspace.ContactFields{ExternalID: ptr("y")}, nil)
	wantCode(t, err, "identifiers_conflict")
	_, err = edit(workspace.ContactFields{ExternalID: ptr("")}, nil)
	wantAt(t, err, "body", "without any")
	stale := out.Contact.Edit - 1
	_, err = edit(workspace.ContactFields{Name: ptr("Xenia")}, &stale)
	wantCode(t, err, "edit_conflict")
	if out, err = edit(workspace.ContactFields{Name: ptr("Xenia")}, &out.Contact.Edit); err != nil || *out.Contact.Name != "Xenia" {
		t.Errorf("%+v, %v", out.Contact, err)
	}
	items, err := o.Timeline(ctx, o.w, x)
	if err != nil || len(items) != 3 || !slices.Equal(items[1].Fields, []string{"email", "owner", "source"}) {
		t.Errorf("timeline %+v, %v", items, err)
	}
}

func TestParseContactRef(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]workspace.ContactRef{
		"ct_7": {ID: 7}, "external_id:a:b": {ExternalID: "a:b"}, "email: A@b.c": {Email: "A@b.c"}, "phone:+1 2": {Phone: "+1 2"},
	} {
		if got, err := workspace.ParseContactRef(text); got != want || err != nil {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "7", "ct_", "ct_0", "ct_-1", "ct_99999999999999999999", "email:", "phone:none", "name:x", "external_id: "} {
		_, err := workspace.ParseContactRef(text)
		wantCode(t, err, "contact_not_found")
	}
	_, err := workspace.ParseContactRef("email:\x00")
	wantAt(t, err, "path.id", "NUL")
}

func TestListContacts(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	for i, name := range []string{"Zoé", "ann", "Bob", "", "Anna"} {
		in := workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: ptr(fmt.Sprint("ID-", i)), Name: &name, Email: ptr(fmt.Sprintf("m%d@b.c", i))}}
		if i%2 == 0 {
			in.Stage = ptr("payment")
		}
		if _, err := o.UpsertContact(ctx, o.w, in); err != nil {
			t.Fatal(err)
		}
	}
	show := func(in workspace.ListContactsInput) (ids []string) {
		t.Helper()
		in.Limit = 2
		for {
			page, err := o.ListContacts(ctx, o.w, in)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page.Items {
				ids = append(ids, strings.TrimPrefix(c.ID, "ct_"))
			}
			if in.Cursor = page.Next; in.Cursor == "" {
				return ids
			}
		}
	}
	for name, c := range map[string]struct {
		in   workspace.ListContactsInput
		want string
	}{
		"newest":           {workspace.ListContactsInput{}, "5 4 3 2 1"},
		"oldest":           {workspace.ListContactsInput{Sort: "created_at"}, "1 2 3 4 5"},
		"by name":          {workspace.ListContactsInput{Sort: "name"}, "2 5 3 1 4"},
		"in a stage":       {workspace.ListContactsInput{Stage: "payment", Sort: "name"}, "5 3 1"},
		"named so":         {workspace.ListContactsInput{Query: "AN"}, "5 2"},
		"named so by name": {workspace.ListContactsInput{Query: "an", Sort: "name"}, "2 5"},
		"by id":            {workspace.ListContactsInput{Query: "id-3"}, "4"},
		"by e-mail":        {workspace.ListContactsInput{Query: "m", Sort: "created_at"}, "1 2 3 4 5"},
		"nobody":           {workspace.ListContactsInput{Query: "nn"}, ""},
	} {
		if got := strings.Join(show(c.in), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	cursor, err := o.ListContacts(ctx, o.w, workspace.ListContactsInput{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	for location, in := range map[string]workspace.ListContactsInput{
		"query.sort": {Sort: "age"}, "query.cursor": {Cursor: cursor.Next, Sort: "name"}, "query.limit": {Limit: -1}, "query.stage": {Stage: "nowhere"}, "query.q": {Query: "\xff"},
	} {
		_, err := o.ListContacts(ctx, o.w, in)
		wantAt(t, err, location, "")
	}
}
