package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// past tells reports what happened to a workspace.
type past struct{ uses *workspace.Service }

// Marks implements report.Past.
func (p past) Marks(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis) ([]report.Mark, error) {
	edits, err := p.uses.StageHistory(ctx, w)
	if err != nil {
		return nil, err
	}
	marks := editMarks(edits)
	imports, err := p.imports(ctx, w, from)
	if err != nil {
		return nil, err
	}
	notes, err := p.notes(ctx, w)
	marks = slices.DeleteFunc(append(append(marks, imports...), notes...), func(m report.Mark) bool { return m.At < from || m.At >= to })
	slices.SortStableFunc(marks, func(a, b report.Mark) int { return int(a.At - b.At) })
	return marks, err
}

// editMarks are the edits, newest first, that changed what is counted. The
// first one made the workspace: there is no before.
func editMarks(edits []workspace.ConfigurationEdit) (marks []report.Mark) {
	for i := range edits[:max(len(edits)-1, 0)] {
		e, before := &edits[i], &edits[i+1].Configuration
		kind := report.MarkStages
		if slices.Equal(before.Lifecycle.Stages, e.Configuration.Lifecycle.Stages) {
			kind = report.MarkSettings
			if !changesNumbers(before, &e.Configuration) {
				continue
			}
		}
		marks = append(marks, report.Mark{At: e.At, Kind: kind, ID: strconv.FormatInt(e.Seq, 10), Text: strings.Join(e.Summary, " "), Says: e.Changes})
	}
	return marks
}

func changesNumbers(a, b *journal.Configuration) bool {
	return a.TimeZone != b.TimeZone || a.Lifecycle.CountBulk != b.Lifecycle.CountBulk ||
		a.LifecycleEnabled != b.LifecycleEnabled || a.ForwardOnly != b.ForwardOnly
}

// imports are those that were started from an instant on and wrote something.
func (p past) imports(ctx context.Context, w journal.WorkspaceID, from lifecycle.Millis) (marks []report.Mark, err error) {
	for cursor := ""; ; {
		page, err := p.uses.ListImports(ctx, w, cursor, 200)
		if err != nil {
			return nil, err
		}
		for _, i := range page.Items {
			if i.CreatedAt < from {
				return marks, nil
			}
			if !i.DryRun && i.Created+i.Updated+i.Moved > 0 {
				marks = append(marks, importMark(i))
			}
		}
		if cursor = page.Next; cursor == "" {
			return marks, nil
		}
	}
}

// notes are what people marked, at noon: midnight is missing on some days.
func (p past) notes(ctx context.Context, w journal.WorkspaceID) (marks []report.Mark, err error) {
	settings, err := p.uses.GetSettings(ctx, w)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(settings.TimeZone)
	if err != nil {
		return nil, err
	}
	notes, err := p.uses.ListNotes(ctx, w)
	for _, n := range notes {
		day, err := time.ParseInLocation(time.DateOnly, n.Day, zone)
		if err != nil {
			return nil, err
		}
		marks = append(marks, report.Mark{At: lifecycle.MillisOf(day.Add(12 * time.Hour)), Kind: report.MarkNote, ID: n.ID, Text: n.Text, Says: []journal.Saying{}})
	}
	return marks, err
}

func importMark(i workspace.Import) report.Mark {
	const text = "Import of {name} ({mode}): {created} contacts created, {updated} updated, {moved} stage changes."
	code, template := "import", text
	if i.State == workspace.ImportUndone {
		code, template = "import_undone", "Undone: "+text
	}
	said := journal.Say(code, template, map[string]any{
		"name": i.Name, "mode": string(i.Mode), "created": i.Created, "updated": i.Updated, "moved": i.Moved,
	})
	return report.Mark{At: i.CreatedAt, Kind: report.MarkImport, ID: i.ID, Text: said.Text, Says: []journal.Saying{said}, Count: &i.Moved}
}
