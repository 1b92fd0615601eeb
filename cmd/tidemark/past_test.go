package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// TestMarksAreOfEditsThatCount has, from the latest: a new name of the
// workspace, count_bulk, another stage, and the making of the workspace.
func TestMarksAreOfEditsThatCount(t *testing.T) {
	t.Parallel()
	edit := func(seq int64, change func(*journal.Configuration)) workspace.ConfigurationEdit {
		e := workspace.ConfigurationEdit{Seq: seq, At: lifecycle.Millis(seq * 10), Summary: []string{"One.", "Two."}}
		change(&e.Configuration)
		return e
	}
	staged := func(c *journal.Configuration) { c.Lifecycle.Stages = []lifecycle.Stage{{ID: 1, Name: "New"}} }
	counted := func(c *journal.Configuration) { staged(c); c.Lifecycle.CountBulk = true }
	got := editMarks([]workspace.ConfigurationEdit{
		edit(9, func(c *journal.Configuration) { counted(c); c.Name = "Ltd" }), edit(7, counted), edit(5, staged),
		edit(1, func(*journal.Configuration) {}),
	})
	want := []report.Mark{
		{At: 70, Kind: report.MarkSettings, ID: "7", Text: "One. Two."},
		{At: 50, Kind: report.MarkStages, ID: "5", Text: "One. Two."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := editMarks(nil); got != nil {
		t.Errorf("of no edits: %v", got)
	}
}
