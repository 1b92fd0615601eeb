package bench

import (
	"strings"
	"testing"
)

// The section on sources makes its own visits, measures every question, and
// says what it measured them with.
func TestSourcesSection(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for some seconds; not with -short")
	}
	out, err := Run(t.Context(), Options{Journeys: 1_000, Quick: true, Only: "sources"})
	if err != nil {
		t.Fatal(err)
	}
	if questions := sourceQuestions(); len(out.Rows) != len(questions) {
		t.Errorf("%d rows, want %d", len(out.Rows), len(questions))
	}
	for _, row := range out.Rows {
		if row.Value.Median <= 0 || row.Section != "sources" {
			t.Errorf("%s of section %q took %v", row.Name, row.Section, row.Value.Median)
		}
	}
	var b strings.Builder
	if err := out.Print(&b); err != nil {
		t.Fatal(err)
	}
	printed := b.String()
	if strings.Contains(printed, "journeys of") {
		t.Errorf("journeys are told of that nobody made:\n%s", printed)
	}
	for _, none := range []string{" 0 visits", " 0 visitors", " 0 leads"} {
		if strings.Contains(printed, none) {
			t.Errorf("the report says %q:\n%s", none, printed)
		}
	}
	if !strings.Contains(printed, " visits of ") {
		t.Errorf("the report does not say how many visits there are:\n%s", printed)
	}
}
