package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Erasing is what the operations on erasures need.
type Erasing interface {
	EraseContact(ctx context.Context, w journal.WorkspaceID, in workspace.EraseContactInput) (workspace.EraseContactOutput, error)
	ListErasures(ctx context.Context, w journal.WorkspaceID) ([]workspace.Erasure, error)
}

type eraseContactOutput struct{ Body workspace.EraseContactOutput }

func (s *Server) eraseContact(ctx context.Context, in *struct {
	ContactPath
	IfMatch
},
) (*eraseContactOutput, error) {
	ref, err := in.ref()
	if err != nil {
		return nil, err
	}
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	out, err := s.Contacts.EraseContact(ctx, workspaceOf(ctx), workspace.EraseContactInput{Ref: ref, IfMatch: edit, Actor: actorOf(ctx)})
	return &eraseContactOutput{out}, err
}

func (s *Server) listErasures(ctx context.Context, _ *struct{}) (*listOutput[workspace.Erasure], error) {
	items, err := s.Contacts.ListErasures(ctx, workspaceOf(ctx))
	return list(items, "", err)
}

func (s *Server) addErasureRoutes() {
	const tag = "Contacts"
	add(s, operation{
		ID: "erase-contact", Method: http.MethodDelete, Path: "/v1/contacts/{id}", Tag: tag, Scope: workspace.ScopeWrite, Status: http.StatusOK,
		Summary: "Erase a contact for good",
		About: "It is invisible at once and leaves the reports within a second. In the background its log, properties, answers, rows of import files and " +
			"texts that nobody else has are overwritten; `GET /v1/erasures` says when that is done. Nothing brings it back: a restore of an older backup erases it again.",
	}, s.eraseContact)
	add(s, operation{
		ID: "list-erasures", Method: http.MethodGet, Path: "/v1/erasures", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List who was erased, by number, and whether everything is gone",
	}, s.listErasures)
}
