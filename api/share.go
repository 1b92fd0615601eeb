package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// Shares is what the operations on share links need.
type Shares interface {
	ListShares(ctx context.Context, w journal.WorkspaceID) ([]workspace.ShareAnswer, error)
	AddShare(ctx context.Context, w journal.WorkspaceID, who workspace.Principal, in workspace.AddShareInput) (workspace.ShareAnswer, error)
	RevokeShare(ctx context.Context, w journal.WorkspaceID, id string) error
	OpenShare(ctx context.Context, token string) (workspace.OpenedShare, error)
}

// sharedPath is where links are opened without signing in.
const sharedPath = "/v1/shared/"

// isShared reports whether an address is of a shared report or its page.
func isShared(path string) bool {
	return strings.HasPrefix(path, sharedPath) || strings.HasPrefix(path, "/share/")
}

// SharedAnswer is a report as a link shows it: numbers, and no contacts.
type SharedAnswer struct {
	Name      string            `json:"name"`
	Query     string            `json:"query" doc:"of the report page's address"`
	ExpiresAt *lifecycle.Millis `json:"expires_at"`
	Report    report.Result     `json:"report"`
}

type sharedOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         SharedAnswer
}

func (s *Server) openShare(ctx context.Context, in *struct {
	Token string `path:"token" maxLength:"200"`
},
) (*sharedOutput, error) {
	share, err := s.Shares.OpenShare(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	q, err := report.ParsePage(share.Query, "query")
	if err != nil {
		return nil, err
	}
	result, err := s.Lifecycle.Lifecycle(ctx, share.Workspace, q)
	if err != nil {
		return nil, err
	}
	return &sharedOutput{"no-store", SharedAnswer{share.Name, share.Query, share.ExpiresAt, result}}, nil
}

func (s *Server) listShares(ctx context.Context, _ *struct{}) (*listOutput[workspace.ShareAnswer], error) {
	links, err := s.Shares.ListShares(ctx, workspaceOf(ctx))
	return list(links, "", err)
}

type shareOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         workspace.ShareAnswer
}

func (s *Server) addShare(ctx context.Context, in *struct {
	Once
	Body workspace.AddShareInput
},
) (*shareOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	if err := checkPage(&in.Body.Query); err != nil {
		return nil, err
	}
	out, err := s.Shares.AddShare(ctx, workspaceOf(ctx), callerOf(ctx).Principal, in.Body)
	if err != nil {
		return nil, err
	}
	return &shareOutput{"no-store", out}, nil
}

func (s *Server) revokeShare(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"100" example:"share_1"`
},
) (*struct{}, error) {
	return nil, s.Shares.RevokeShare(ctx, workspaceOf(ctx), in.ID)
}

func (s *Server) addShareRoutes() {
	const tag = "Share links"
	add(s, operation{
		ID: "list-shares", Method: http.MethodGet, Path: "/v1/shares", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the links that show a report without signing in, newest first",
	}, s.listShares)
	add(s, operation{
		ID: "add-share", Method: http.MethodPost, Path: "/v1/shares", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Make a link that shows a report", About: "Whoever has it may read the numbers, and no contacts. The answer is the only place where its token is ever shown.",
	}, s.addShare)
	add(s, operation{
		ID: "revoke-share", Method: http.MethodDelete, Path: "/v1/shares/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "End a link at once; it stays in the list",
	}, s.revokeShare)
	add(s, operation{
		ID: "open-share", Method: http.MethodGet, Path: sharedPath + "{token}", Tag: tag,
		Summary: "The report that a link shows",
	}, s.openShare)
}
