package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Segments is what the operations on filters need.
type Segments interface {
	CheckSegment(ctx context.Context, w journal.WorkspaceID, written string) (workspace.SegmentView, error)
	SegmentFields(ctx context.Context, w journal.WorkspaceID) ([]workspace.SegmentField, error)
}

type checkSegmentInput struct {
	Body struct {
		Text *string         `json:"text,omitempty" doc:"text form, or view:ID, list:ID"`
		JSON json.RawMessage `json:"json,omitempty" doc:"JSON form"`
	}
}

type checkSegmentOutput struct{ Body workspace.SegmentView }

func (s *Server) checkSegment(ctx context.Context, in *checkSegmentInput) (*checkSegmentOutput, error) {
	if (in.Body.Text != nil) == (len(in.Body.JSON) > 0) {
		return nil, fault.At("body", "needs either text or json")
	}
	written := string(in.Body.JSON)
	if in.Body.Text != nil {
		written = *in.Body.Text
	}
	view, err := s.Segments.CheckSegment(ctx, workspaceOf(ctx), written)
	return &checkSegmentOutput{view}, err
}

func (s *Server) segmentFields(ctx context.Context, _ *struct{}) (*listOutput[workspace.SegmentField], error) {
	fields, err := s.Segments.SegmentFields(ctx, workspaceOf(ctx))
	return list(fields, "", err)
}

func (s *Server) addSegmentRoutes() {
	const tag = "Filters"
	add(s, operation{
		ID: "check-segment", Method: http.MethodPost, Path: "/v1/segments/check", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Say what a filter means, or what is wrong with it and where",
		About:   "A filter that is wrong is a good answer too: `valid` is false and `errors` say where, each with its place in the text.",
	}, s.checkSegment)
	add(s, operation{
		ID: "list-segment-fields", Method: http.MethodGet, Path: "/v1/segments/fields", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the fields that filters can name, with their operators and known values",
	}, s.segmentFields)
}
