package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

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

// about makes a handler of an answer to the report's query.
func about[A any](ask func(context.Context, journal.WorkspaceID, report.Query) (A, error)) rawHandler {
	return func(w http.ResponseWriter, r *http.Request) error {
		q, _, err := queryOf(r)
		if err != nil {
			return err
		}
		answer, err := ask(r.Context(), workspaceOf(r.Context()), q)
		if err != nil {
			return err
		}
		w.Header().Set("Cache-Control", "no-store")
		return writeJSON(w, http.StatusOK, answer)
	}
}

func (s *Server) addInsightRoutes() {
	const tag = "Reports"
	addRaw[LifecycleParameters](s, operation{
		ID: "get-lifecycle-marks", Method: http.MethodGet, Path: "/v1/reports/lifecycle/marks", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "What to mark on a time chart of the lifecycle report",
		About:   "Edits of the stages, edits of settings that the numbers depend on, imports, and notes in the range, in order of time.",
	}, func(op *huma.Operation) { op.Responses["200"] = s.description.answers(report.MarkList{}) },
		about(func(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.MarkList, error) {
			return s.Insight.Marks(ctx, w, q)
		}))
	addRaw[LifecycleParameters](s, operation{
		ID: "check-lifecycle-report", Method: http.MethodGet, Path: "/v1/reports/lifecycle/check", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "What may explain numbers that look wrong",
		About:   "Everything known about this query's range that is easily overlooked, each with how many and where to look.",
	}, func(op *huma.Operation) { op.Responses["200"] = s.description.answers(report.Check{}) },
		about(func(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Check, error) {
			return s.Insight.Check(ctx, w, q)
		}))
	addRaw[LifecycleParameters](s, operation{
		ID: "get-lifecycle-forecast", Method: http.MethodGet, Path: "/v1/reports/lifecycle/forecast", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "How many of the open journeys will be won",
		About: "Expected from the cumulative incidence of the journeys of the range, given how long each open one has been so, " +
			"with a 95 % band. Nothing is said of fewer than 30 journeys, nor of ages that none of them has reached.",
	}, func(op *huma.Operation) { op.Responses["200"] = s.description.answers(report.Forecast{}) },
		about(func(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Forecast, error) {
			return s.Insight.Forecast(ctx, w, q)
		}))
}
