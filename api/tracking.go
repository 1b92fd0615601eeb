package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Tracking is what the operations on tracking need.
type Tracking interface {
	GetTracking(ctx context.Context, w journal.WorkspaceID) (workspace.Tracking, error)
	SetTracking(ctx context.Context, w journal.WorkspaceID, next workspace.Tracking, ifMatch *int64) (workspace.Tracking, error)
	Classify(ctx context.Context, w journal.WorkspaceID, in workspace.ClassifyInput) (workspace.ClassifyAnswer, error)
}

type trackingOutput struct {
	ETag string `header:"ETag"`
	Body workspace.Tracking
}

func trackingAnswer(out workspace.Tracking, err error) (*trackingOutput, error) {
	if err != nil {
		return nil, err
	}
	return &trackingOutput{etag(out.Edit), out}, nil
}

func (s *Server) getTracking(ctx context.Context, _ *struct{}) (*trackingOutput, error) {
	return trackingAnswer(s.Tracking.GetTracking(ctx, workspaceOf(ctx)))
}

func (s *Server) setTracking(ctx context.Context, in *struct {
	IfMatch
	Body workspace.Tracking
},
) (*trackingOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	return trackingAnswer(s.Tracking.SetTracking(ctx, workspaceOf(ctx), in.Body, edit))
}

type classifyOutput struct{ Body workspace.ClassifyAnswer }

func (s *Server) classify(ctx context.Context, in *struct{ Body workspace.ClassifyInput }) (*classifyOutput, error) {
	out, err := s.Tracking.Classify(ctx, workspaceOf(ctx), in.Body)
	return &classifyOutput{out}, err
}

// phoneInput is asked by the site script: the key stands in the page.
type phoneInput struct {
	Key      string `query:"key" maxLength:"200"`
	Page     string `query:"page" maxLength:"4096"`
	Referrer string `query:"referrer" maxLength:"4096"`
	Origin   string `header:"Origin" doc:"of the page; the key may name those that may ask"`
}

type phoneOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Number *string `json:"number"`
	}
}

func (s *Server) phone(ctx context.Context, in *phoneInput) (*phoneOutput, error) {
	who, err := s.Identity.Authenticate(ctx, in.Key)
	if err == nil {
		err = fromAllowedPage(who, in.Origin)
	}
	if err != nil {
		return nil, err
	}
	out := &phoneOutput{CacheControl: "no-store"}
	classified, err := s.Tracking.Classify(ctx, who.Workspace, workspace.ClassifyInput{Page: in.Page, Referrer: in.Referrer})
	out.Body.Number = classified.Number
	return out, err
}

func (s *Server) addTrackingRoutes() {
	const tag = "Tracking"
	add(s, operation{
		ID: "get-tracking", Method: http.MethodGet, Path: "/v1/tracking", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "How the workspace reads its own traffic",
	}, s.getTracking)
	add(s, operation{
		ID: "set-tracking", Method: http.MethodPut, Path: "/v1/tracking", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Set it, whole", About: "Holds for what comes from now on.",
	}, s.setTracking)
	add(s, operation{
		ID: "classify", Method: http.MethodPost, Path: "/v1/tracking/classify", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "How an address would be read", About: "Nothing is kept of it.",
	}, s.classify)
	add(s, operation{
		ID: "get-phone", Method: http.MethodGet, Path: phonePath, Tag: tag,
		Summary: "The phone number that a visitor is shown", About: "For the site script, with the public write key.",
	}, s.phone)
}
