package api

import (
	"context"
	"io"
	"net/http"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// ImportUndo is what looking back on an import needs.
type ImportUndo interface {
	UndoImport(ctx context.Context, w journal.WorkspaceID, id string, by journal.Actor, once workspace.Idempotency) (workspace.Import, error)
	ImportChanges(ctx context.Context, w journal.WorkspaceID, in workspace.ImportChangesInput) (workspace.ChangePage, error)
}

// mappingFile takes a mapping that was sent as a file for one sent as a value.
func mappingFile(r *http.Request) error {
	files := r.MultipartForm.File["mapping"]
	if len(files) == 0 {
		return nil
	}
	if len(files) > 1 || len(r.MultipartForm.Value["mapping"]) > 0 || files[0].Size > importFieldSize {
		return fault.At("body.mapping", "must be given once, with at most 1 MiB")
	}
	file, err := files[0].Open()
	if err != nil {
		return err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	r.MultipartForm.Value["mapping"] = []string{string(text)}
	return nil
}

func (s *Server) undoImport(ctx context.Context, in *endImportInput) (*importOutput, error) {
	out, err := s.Imports.UndoImport(ctx, workspaceOf(ctx), in.ID, actorOf(ctx), in.idempotency(ctx))
	return &importOutput{out}, err
}

type importChangesInput struct {
	ImportPath
	Cursor string `query:"cursor" maxLength:"500"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) importChanges(ctx context.Context, in *importChangesInput) (*listOutput[workspace.LoggedChange], error) {
	page, err := s.Imports.ImportChanges(ctx, workspaceOf(ctx), workspace.ImportChangesInput{
		Import: in.ID, Cursor: in.Cursor, Limit: in.Limit,
	})
	return list(page.Items, page.Next, err)
}

func (s *Server) addImportUndoRoutes() {
	const tag = "Imports"
	add(s, operation{
		ID: "undo-import", Method: http.MethodPost, Path: "/v1/imports/{id}/undo", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Take back what an import did, as if it had never arrived",
		About: "The answer comes at once, with state `undoing`; ask for the import's progress. Contacts that it created vanish unless they were changed since, " +
			"its changes are withdrawn, its properties go back unless they were changed since. It cannot be undone twice, nor redone: import the file again.",
	}, s.undoImport)
	add(s, operation{
		ID: "list-import-changes", Method: http.MethodGet, Path: "/v1/imports/{id}/changes", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List what happened to the contacts of an import after it, and whether it counted",
	}, s.importChanges)
}
