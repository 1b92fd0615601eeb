package report_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// past is what happened to a workspace.
type past []report.Mark

// Marks implements report.Past.
func (p past) Marks(_ context.Context, _ journal.WorkspaceID, from, to lifecycle.Millis) (out []report.Mark, err error) {
	for _, m := range p {
		if from <= m.At && m.At < to {
			out = append(out, m)
		}
	}
	return out, nil
}

func checked(s scenario.Scenario) *report.Service {
	out := service(s)
	second := lifecycle.Millis(1000)
	start := s.Now - 12*24*60*60*second // 2026-11-02 11:00 in Paris
	out.Log = unrecordedLog(s.Entries)
	out.Past = past{
		{At: start - 40*24*60*60*second, Kind: report.MarkImport, ID: "imp_1", Text: "before"},
		{At: start, Kind: report.MarkStages, ID: "3", Text: "Stage spam was archived."},
		{At: start + 14*60*60*second, Kind: report.MarkImport, ID: "imp_2", Text: "leads.csv", Count: new(int64(12))},
	}
	return out
}

// unrecordedLog counts the silent changes of a log.
type unrecordedLog []journal.Entry

// CountUnrecorded implements report.Log.
func (l unrecordedLog) CountUnrecorded(_ context.Context, _ journal.WorkspaceID, from, to lifecycle.Millis) (n int64, err error) {
	for i := range l {
		if l[i].Silent && from <= l[i].At && l[i].At < to {
			n++
		}
	}
	return n, nil
}

func TestMarks(t *testing.T) {
	t.Parallel()
	list, err := checked(parseLog(t, worked)).Marks(t.Context(), scenario.Workspace, report.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range list.Items {
		got = append(got, m.Day.String()+" "+m.ID)
	}
	if diff := cmp.Diff([]string{"2026-11-02 3", "2026-11-03 imp_2"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	list, err = service(parseLog(t, worked)).Marks(t.Context(), scenario.Workspace, report.Query{})
	if err != nil || list.Items == nil || len(list.Items) != 0 {
		t.Errorf("without a past: %+v, %v", list, err)
	}
}

func TestCheckGolden(t *testing.T) {
	t.Parallel()
	for file, text := range map[string]string{
		"check.json":          "",
		"check_filtered.json": "source=Email&min_age=5&window=20",
	} {
		check, err := checked(parseLog(t, worked)).Check(t.Context(), scenario.Workspace, query(t, text))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "testdata/"+file, check)
	}
}
