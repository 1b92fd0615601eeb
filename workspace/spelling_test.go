package workspace_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/workspace"
)

// TestIdentifiersInEverySpelling finds one contact by every spelling of its
// phone and e-mail that mean the same, and by none that does not.
func TestIdentifiersInEverySpelling(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	made := o.upsert(workspace.ContactFields{ExternalID: ptr("x"), Email: ptr("Ada.Lovelace@Example.ORG"), Phone: ptr("+33 (0)1 23-45.67")})
	find := func(f workspace.ContactFields) int64 {
		t.Helper()
		out, err := o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{Fields: f})
		if err != nil {
			t.Fatal(err)
		}
		ref, err := workspace.ParseContactRef(out.Contact.ID)
		if err != nil {
			t.Fatal(err)
		}
		return int64(ref.ID)
	}
	for _, text := range []string{"ada.lovelace@example.org", "ADA.LOVELACE@EXAMPLE.ORG", "  Ada.Lovelace@example.org\t"} {
		if got := find(workspace.ContactFields{Email: &text}); got != int64(made.ID) {
			t.Errorf("%q is contact %d", text, got)
		}
	}
	for _, text := range []string{"+33 0 1 23 45 67", "0033 01234567", "+33-(0)1-234567", "tel:+33/0/1234567", "+33\u00a001234567", " +3301234567 "} {
		if got := find(workspace.ContactFields{Phone: &text}); got != int64(made.ID) {
			t.Errorf("%q is contact %d", text, got)
		}
	}
	for _, text := range []string{"01234567", "+3301234568", "+1 33 01234567"} {
		if got := find(workspace.ContactFields{Phone: &text}); got == int64(made.ID) {
			t.Errorf("%q found it: a number without a country is not guessed at", text)
		}
	}
	for _, text := range []string{"ada.lovelace@example.or", "adalovelace@example.org", "ada.lovelace+x@example.org"} {
		if got := find(workspace.ContactFields{Email: &text}); got == int64(made.ID) {
			t.Errorf("%q found it", text)
		}
	}
	if got := find(workspace.ContactFields{ExternalID: ptr("X")}); got == int64(made.ID) {
		t.Error("external ids are exact")
	}
}

// TestTwoPeopleEditOneContact lets many change what they all saw: one of them
// does, and the others are told.
func TestTwoPeopleEditOneContact(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	out, err := o.UpsertContact(t.Context(), o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: ptr("x")}})
	if err != nil {
		t.Fatal(err)
	}
	var done, told atomic.Int64
	var wg sync.WaitGroup
	for _, owner := range []string{"Ann", "Ben", "Cid", "Dee"} {
		wg.Go(func() {
			_, err := o.EditContact(t.Context(), o.w, workspace.EditContactInput{
				Ref: workspace.ContactRef{ExternalID: "x"}, Fields: workspace.ContactFields{Owner: &owner}, IfMatch: &out.Contact.Edit,
			})
			switch {
			case err == nil:
				done.Add(1)
			case fault.CodeOf(err) == "edit_conflict":
				told.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if done.Load() != 1 || told.Load() != 3 {
		t.Errorf("%d edited, %d were told", done.Load(), told.Load())
	}
}
