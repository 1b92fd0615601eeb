package main

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// TestMarksAreOfEditsThatCount has, from the latest: a new name of the
// workspace, count_bulk, another stage, and the making of the workspace.
func TestMarksAreOfEditsThatCount(t *testing.T) {
	t.Parallel()
	says := []journal.Saying{journal.Say("one", "One.", nil), journal.Say("two", "Two.", nil)}
	edit := func(seq int64, change func(*journal.Configuration)) workspace.ConfigurationEdit {
		e := workspace.ConfigurationEdit{Seq: seq, At: lifecycle.Millis(seq * 10), Summary: []string{"One.", "Two."}, Changes: says}
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
		{At: 70, Kind: report.MarkSettings, ID: "7", Text: "One. Two.", Says: says},
		{At: 50, Kind: report.MarkStages, ID: "5", Text: "One. Two.", Says: says},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := editMarks(nil); got != nil {
		t.Errorf("of no edits: %v", got)
	}
}

// TestNotesMarkTheirDay writes a note where the days begin later than in UTC,
// and looks for it among the marks of that day and of the day before.
func TestNotesMarkTheirDay(t *testing.T) {
	t.Parallel()
	r, err := record.Open(t.Context(), filepath.Join(t.TempDir(), "record.sqlite"), record.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	uses := workspace.NewService(r.Store(), time.Now)
	made, err := uses.CreateWorkspace(t.Context(), workspace.CreateWorkspaceInput{Name: "Office", TimeZone: "America/Sao_Paulo"})
	if err != nil {
		t.Fatal(err)
	}
	note := workspace.NoteInput{Day: new("2026-11-03"), Text: new("New pricing page")}
	if _, err := uses.AddNote(t.Context(), made.Workspace, workspace.Principal{Name: "Ann"}, note); err != nil {
		t.Fatal(err)
	}
	reports := &report.Service{Engine: memory.New(r), Clock: clock{}, Past: past{uses}}
	for day, want := range map[report.Date]int{dateOf(t, "2026-11-02"): 0, dateOf(t, "2026-11-03"): 1} {
		got, err := reports.Marks(t.Context(), made.Workspace, report.Query{From: &day, To: &day, Compare: report.CompareNone})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Items) != want || want == 1 && (got.Items[0].Kind != report.MarkNote || got.Items[0].Text != "New pricing page") {
			t.Errorf("%s: %+v", day, got.Items)
		}
	}
}

func dateOf(t *testing.T, text string) report.Date {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return report.DateIn(lifecycle.MillisOf(at), time.UTC)
}

func TestImportsAreMarkedByWhatTheyDid(t *testing.T) {
	t.Parallel()
	done := workspace.Import{
		Name: "crm.csv", Mode: workspace.ImportMove, ImportCounts: workspace.ImportCounts{Created: 3, Updated: 2, Moved: 4},
	}
	undone := done
	undone.State = workspace.ImportUndone
	params := map[string]any{"name": "crm.csv", "mode": "move", "created": int64(3), "updated": int64(2), "moved": int64(4)}
	for _, test := range []struct {
		of   workspace.Import
		want journal.Saying
	}{
		{done, journal.Saying{Code: "import", Text: "Import of crm.csv (move): 3 contacts created, 2 updated, 4 stage changes.", Params: params}},
		{undone, journal.Saying{Code: "import_undone", Text: "Undone: Import of crm.csv (move): 3 contacts created, 2 updated, 4 stage changes.", Params: params}},
	} {
		mark := importMark(test.of)
		if diff := cmp.Diff([]journal.Saying{test.want}, mark.Says); diff != "" || mark.Text != test.want.Text {
			t.Errorf("%q (-want +got):\n%s", mark.Text, diff)
		}
	}
}
