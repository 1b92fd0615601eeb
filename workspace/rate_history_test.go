package workspace_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Rates are a part of the configuration: whoever reads its history is told of
// them.
func TestRatesAreToldInTheHistory(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	usd := workspace.RateItem{Currency: "USD", From: "2026-01-01", Rate: 0.9}
	for _, rates := range [][]workspace.RateItem{
		{usd},
		{{Currency: "USD", From: "2026-01-01", Rate: 0.85}, {Currency: "GBP", From: "2026-02-01", Rate: 1.2}},
		{},
	} {
		if _, err := o.SetRates(t.Context(), o.w, workspace.SetRatesInput{Rates: rates}); err != nil {
			t.Fatal(err)
		}
	}
	edits, err := o.StageHistory(t.Context(), o.w)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]string{
		{"The rate of GBP in EUR from 2026-02-01 on was taken out.", "The rate of USD in EUR from 2026-01-01 on was taken out."},
		{"1 GBP is 1.2 EUR from 2026-02-01 on.", "1 USD is 0.85 EUR from 2026-01-01 on."},
		{"1 USD is 0.9 EUR from 2026-01-01 on."},
	} {
		if got := edits[i].Summary; !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	said := journal.Saying{
		Code: "rate", Text: "1 USD is 0.9 EUR from 2026-01-01 on.",
		Params: map[string]any{"currency": "USD", "rate": 0.9, "into": "EUR", "day": "2026-01-01"},
	}
	if diff := cmp.Diff([]journal.Saying{said}, edits[2].Changes); diff != "" {
		t.Errorf("the first edit is told as (-want +got):\n%s", diff)
	}
	if why := edits[1].WhyNot; why == nil || why.Code != "since" || why.Params["what"] != "rates" || why.Text != *edits[1].CannotUndo {
		t.Errorf("the rates cannot be taken back because of %+v", why)
	}
	if _, err := o.UndoEdit(t.Context(), o.w, workspace.UndoEditInput{Seq: edits[1].Seq}); fault.CodeOf(err) != "cannot_undo" {
		t.Errorf("rates that were changed again are taken back: %v", err)
	}
	if _, err := o.UndoEdit(t.Context(), o.w, workspace.UndoEditInput{Seq: edits[0].Seq}); err != nil {
		t.Fatal(err)
	}
	if rates, err := o.Rates(t.Context(), o.w); err != nil || len(rates) != 2 {
		t.Errorf("after the undo the rates are %v, %v", rates, err)
	}
}
