package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Views is what the operations on saved views need.
type Views interface {
	ListViews(ctx context.Context, w journal.WorkspaceID) ([]workspace.SavedViewAnswer, error)
	GetView(ctx context.Context, w journal.WorkspaceID, id string) (workspace.SavedViewAnswer, error)
	AddView(ctx context.Context, w journal.WorkspaceID, in workspace.SavedViewInput) (workspace.SavedViewAnswer, error)
	EditView(ctx context.Context, w journal.WorkspaceID, id string, in workspace.SavedViewInput) (workspace.SavedViewAnswer, error)
	RemoveView(ctx context.Context, w journal.WorkspaceID, id string) error
}

type viewOutput struct {
	ETag string `header:"ETag"`
	Body workspace.SavedViewAnswer
}

func viewAnswer(out workspace.SavedViewAnswer, err error) (*viewOutput, error) {
	if err != nil {
		return nil, err
	}
	return &viewOutput{ETag: etag(out.Edit), Body: out}, nil
}

// ViewPath names a view in an address.
type ViewPath struct {
	ID string `path:"id" maxLength:"100" example:"view_1"`
}

func (s *Server) listViews(ctx context.Context, _ *struct{}) (*listOutput[workspace.SavedViewAnswer], error) {
	views, err := s.Views.ListViews(ctx, workspaceOf(ctx))
	return list(views, "", err)
}

func (s *Server) getView(ctx context.Context, in *struct{ ViewPath }) (*viewOutput, error) {
	return viewAnswer(s.Views.GetView(ctx, workspaceOf(ctx), in.ID))
}

type addViewInput struct {
	Once
	Body workspace.SavedViewInput
}

func (s *Server) addView(ctx context.Context, in *addViewInput) (*viewOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	return viewAnswer(s.Views.AddView(ctx, workspaceOf(ctx), in.Body))
}

type editViewInput struct {
	ViewPath
	IfMatch
	Body workspace.SavedViewInput
}

func (s *Server) editView(ctx context.Context, in *editViewInput) (*viewOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	in.Body.IfMatch = edit
	return viewAnswer(s.Views.EditView(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) removeView(ctx context.Context, in *struct{ ViewPath }) (*struct{}, error) {
	return nil, s.Views.RemoveView(ctx, workspaceOf(ctx), in.ID)
}

func (s *Server) addViewRoutes() {
	const tag = "Views"
	add(s, operation{
		ID: "list-views", Method: http.MethodGet, Path: "/v1/views", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the views of contacts: first those that come with every workspace, then the saved ones",
	}, s.listViews)
	add(s, operation{
		ID: "get-view", Method: http.MethodGet, Path: "/v1/views/{id}", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Get a view",
	}, s.getView)
	add(s, operation{
		ID: "add-view", Method: http.MethodPost, Path: "/v1/views", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Save a view for everybody in the workspace", About: "At most 500.",
	}, s.addView)
	add(s, operation{
		ID: "edit-view", Method: http.MethodPatch, Path: "/v1/views/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Change a view",
	}, s.editView)
	add(s, operation{
		ID: "remove-view", Method: http.MethodDelete, Path: "/v1/views/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Forget a view",
	}, s.removeView)
}
