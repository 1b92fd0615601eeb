package api

import (
	"net/http"

	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// changeColumns are those of the log as a file.
func changeColumns() []report.Column {
	var columns []report.Column
	for _, c := range []struct {
		key, label string
		kind       report.ColumnKind
	}{
		{"seq", "Entry", report.ColumnInteger},
		{"at", "At", report.ColumnTime},
		{"arrived_at", "Arrived", report.ColumnTime},
		{"contact_id", "Contact", report.ColumnText},
		{"external_id", "External id", report.ColumnText},
		{"name", "Name", report.ColumnText},
		{"from", "From", report.ColumnText},
		{"to", "To", report.ColumnText},
		{"recorded", "Counts", report.ColumnBoolean},
		{"actor_kind", "By", report.ColumnText},
		{"actor_id", "Actor", report.ColumnText},
		{"actor_name", "Actor's name", report.ColumnText},
		{"import", "Import", report.ColumnText},
		{"note", "Note", report.ColumnText},
		{"id", "Id", report.ColumnText},
	} {
		columns = append(columns, report.Column{Key: c.key, Label: c.label, Kind: c.kind})
	}
	return columns
}

func changeRow(c *workspace.LoggedChange) []any {
	stage := func(s *workspace.StageRef) any {
		if s == nil {
			return nil
		}
		return s.Key
	}
	text := func(s *string) any {
		if s == nil || *s == "" {
			return nil
		}
		return *s
	}
	return []any{
		c.Seq, c.At, c.ArrivedAt, c.ContactID, text(c.ExternalID), text(c.Name), stage(c.From), stage(c.To), c.Recorded,
		string(c.Actor.Kind), text(c.Actor.ID), text(c.Actor.Name), text(c.Import), text(c.Note), text(c.ID),
	}
}

// exportChanges answers with the whole log that is asked for as a file. Later
// pages hold older entries, so what is logged meanwhile is in none of them.
func (s *Server) exportChanges(w http.ResponseWriter, r *http.Request, in workspace.ListChangesInput, format string) error {
	in.Limit = workspace.MaxExportPage
	read := func(cursor string) (report.Table, error) {
		in.Cursor = cursor
		page, err := s.Changes.ListChanges(r.Context(), workspaceOf(r.Context()), in)
		t := report.Table{Name: "changes", Columns: changeColumns(), Next: page.Next}
		for i := range page.Items {
			t.Rows = append(t.Rows, changeRow(&page.Items[i]))
		}
		return t, err
	}
	first, err := read(in.Cursor)
	if err != nil {
		return err
	}
	return (&tableReader{first: first, next: read, all: true, file: "changes"}).write(w, format)
}
