package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Notes is what the operations on notes need.
type Notes interface {
	ListNotes(ctx context.Context, w journal.WorkspaceID) ([]workspace.NoteAnswer, error)
	AddNote(ctx context.Context, w journal.WorkspaceID, who workspace.Principal, in workspace.NoteInput) (workspace.NoteAnswer, error)
	EditNote(ctx context.Context, w journal.WorkspaceID, id string, in workspace.NoteInput) (workspace.NoteAnswer, error)
	RemoveNote(ctx context.Context, w journal.WorkspaceID, id string) error
}

type noteOutput struct {
	ETag string `header:"ETag"`
	Body workspace.NoteAnswer
}

func noteAnswer(out workspace.NoteAnswer, err error) (*noteOutput, error) {
	if err != nil {
		return nil, err
	}
	return &noteOutput{ETag: etag(out.Edit), Body: out}, nil
}

// NotePath names a note in an address.
type NotePath struct {
	ID string `path:"id" maxLength:"100" example:"note_1"`
}

func (s *Server) listNotes(ctx context.Context, _ *struct{}) (*listOutput[workspace.NoteAnswer], error) {
	notes, err := s.Notes.ListNotes(ctx, workspaceOf(ctx))
	return list(notes, "", err)
}

func (s *Server) addNote(ctx context.Context, in *struct {
	Once
	Body workspace.NoteInput
},
) (*noteOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	return noteAnswer(s.Notes.AddNote(ctx, workspaceOf(ctx), callerOf(ctx).Principal, in.Body))
}

func (s *Server) editNote(ctx context.Context, in *struct {
	NotePath
	IfMatch
	Body workspace.NoteInput
},
) (*noteOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	in.Body.IfMatch = edit
	return noteAnswer(s.Notes.EditNote(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) removeNote(ctx context.Context, in *struct{ NotePath }) (*struct{}, error) {
	return nil, s.Notes.RemoveNote(ctx, workspaceOf(ctx), in.ID)
}

func (s *Server) addNoteRoutes() {
	const tag = "Notes"
	add(s, operation{
		ID: "list-notes", Method: http.MethodGet, Path: "/v1/notes", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the notes on time charts, by day", About: "They are also among /v1/reports/lifecycle/marks.",
	}, s.listNotes)
	add(s, operation{
		ID: "add-note", Method: http.MethodPost, Path: "/v1/notes", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Mark a day on time charts",
	}, s.addNote)
	add(s, operation{
		ID: "edit-note", Method: http.MethodPatch, Path: "/v1/notes/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Change a note",
	}, s.editNote)
	add(s, operation{
		ID: "remove-note", Method: http.MethodDelete, Path: "/v1/notes/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Forget a note",
	}, s.removeNote)
}
