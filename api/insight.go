package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// Insight is what the answers around the lifecycle report need.
type Insight interface {
	Marks(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.MarkList, error)
	Check(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Check, error)
	Forecast(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Forecast, error)
}

func (s *Server) addInsightRoutes() {
	const tag = "Reports"
	addRaw[LifecycleParameters](s, operation{
		ID: "get-lifecycle-marks", Method: http.MethodGet, Path: "/v1/reports/lifecycle/marks", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "What to mark on a time chart of the lifecycle report",
		About:   "Edits of the stages, edits of settings that the numbers depend on, imports, and notes in the range, in order of time.",
	}, s.description.answering(report.MarkList{}),
		about(func(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.MarkList, error) {
			return s.Insight.Marks(ctx, w, q)
		}))
	addRaw[LifecycleParameters](s, operation{
		ID: "check-lifecycle-report", Method: http.MethodGet, Path: "/v1/reports/lifecycle/check", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "What may explain numbers that look wrong",
		About:   "Everything known about this query's range that is easily overlooked, each with how many and where to look.",
	}, s.description.answering(report.Check{}),
		about(func(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Check, error) {
			return s.Insight.Check(ctx, w, q)
		}))
	addRaw[LifecycleParameters](s, operation{
		ID: "get-lifecycle-forecast", Method: http.MethodGet, Path: "/v1/reports/lifecycle/forecast", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "How many of the open journeys will be won",
		About: "Expected from the cumulative incidence of the journeys of the range, given how long each open one has been so, " +
			"with a 95 % band. Nothing is said of fewer than 30 journeys, nor of ages that none of them has reached.",
	}, s.description.answering(report.Forecast{}),
		about(func(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Forecast, error) {
			return s.Insight.Forecast(ctx, w, q)
		}))
}
