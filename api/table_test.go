package api_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// changeOf is a change of a contact with an owner of this name.
func changeOf(i int, owner string) workspace.RecordChangesInput {
	id, stage := fmt.Sprintf("n-%d", i), "new_lead"
	at := lifecycle.Millis(1772500000000) // in March 2026
	return workspace.RecordChangesInput{Items: []workspace.ChangeItem{{
		Contact: workspace.ContactFields{ExternalID: &id, Owner: &owner}, Stage: &stage, HasStage: true, At: at,
		Actor: journal.Actor{Kind: journal.ActorAPI},
	}}}
}

// fixedTable is a report whose every table has these names.
type fixedTable []string

func (fixedTable) Lifecycle(context.Context, journal.WorkspaceID, report.Query) (report.Result, error) {
	return report.Result{}, nil
}

func (f fixedTable) Table(_ context.Context, _ journal.WorkspaceID, name report.TableName, _ report.Query) (report.Table, error) {
	t := report.Table{Name: name, Columns: []report.Column{
		{Key: "name", Kind: report.ColumnText}, {Key: "share", Kind: report.ColumnRate}, {Key: "nothing", Kind: report.ColumnInteger},
	}}
	for _, text := range f {
		t.Rows = append(t.Rows, []any{text, -1.5, nil})
	}
	return t, nil
}

// pagedTable has pages of one row; one of them cannot be read.
type pagedTable struct{ pages, broken int }

func (pagedTable) Lifecycle(context.Context, journal.WorkspaceID, report.Query) (report.Result, error) {
	return report.Result{}, nil
}

func (p pagedTable) Table(_ context.Context, _ journal.WorkspaceID, name report.TableName, q report.Query) (report.Table, error) {
	page := len(q.Cursor)
	if page == p.broken {
		return report.Table{}, errors.New("broken")
	}
	t := report.Table{Name: name, Columns: []report.Column{{Key: "page", Kind: report.ColumnInteger}}, Rows: [][]any{{int64(page)}}}
	if page+1 < p.pages {
		t.Next = q.Cursor + "x"
	}
	return t, nil
}
