package journal_test

import (
	"testing"

	"github.com/tidemark/tidemark/journal"
)

func TestSayFillsItsTemplateOnce(t *testing.T) {
	t.Parallel()
	// A name that looks like a parameter stays as it is.
	said := journal.Say("renamed", "{from} is now {to}, one of {count}: {all}.", map[string]any{
		"from": "{to}", "to": "Offer", "count": 2, "all": []string{"New", "Offer"},
	})
	if want := "{to} is now Offer, one of 2: New, Offer."; said.Text != want {
		t.Errorf("said %q, want %q", said.Text, want)
	}
	if said := journal.Say("rate", "1 VND is {rate} EUR.", map[string]any{"rate": 0.000036}); said.Text != "1 VND is 0.000036 EUR." {
		t.Errorf("said %q", said.Text)
	}
	if said := journal.Say("begun", "It began.", nil); said.Text != "It began." || said.Params == nil {
		t.Errorf("said %+v", said)
	}
}
