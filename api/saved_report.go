package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// Reports is what the operations on saved reports need.
type Reports interface {
	ListReports(ctx context.Context, w journal.WorkspaceID, who workspace.Principal) ([]workspace.SavedReportAnswer, error)
	GetReport(ctx context.Context, w journal.WorkspaceID, who workspace.Principal, id string) (workspace.SavedReportAnswer, error)
	AddReport(ctx context.Context, w journal.WorkspaceID, who workspace.Principal, in workspace.SavedReportInput) (workspace.SavedReportAnswer, error)
	EditReport(ctx context.Context, w journal.WorkspaceID, who workspace.Principal, id string, in workspace.SavedReportInput) (workspace.SavedReportAnswer, error)
	RemoveReport(ctx context.Context, w journal.WorkspaceID, who workspace.Principal, id string) error
}

type savedReportOutput struct {
	ETag string `header:"ETag"`
	Body workspace.SavedReportAnswer
}

func savedReportAnswer(out workspace.SavedReportAnswer, err error) (*savedReportOutput, error) {
	if err != nil {
		return nil, err
	}
	return &savedReportOutput{ETag: etag(out.Edit), Body: out}, nil
}

// ReportPath names a saved report in an address.
type ReportPath struct {
	ID string `path:"id" maxLength:"100" example:"report_1"`
}

func (s *Server) listReports(ctx context.Context, _ *struct{}) (*listOutput[workspace.SavedReportAnswer], error) {
	reports, err := s.Reports.ListReports(ctx, workspaceOf(ctx), callerOf(ctx).Principal)
	return list(reports, "", err)
}

func (s *Server) getReport(ctx context.Context, in *struct{ ReportPath }) (*savedReportOutput, error) {
	return savedReportAnswer(s.Reports.GetReport(ctx, workspaceOf(ctx), callerOf(ctx).Principal, in.ID))
}

// checkPage refuses what the report would refuse, before it is kept.
func checkPage(query *string) error {
	if query == nil {
		return nil
	}
	_, err := report.ParsePage(*query, "body.query")
	return err
}

func (s *Server) addReport(ctx context.Context, in *struct {
	Once
	Body workspace.SavedReportInput
},
) (*savedReportOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	if err := checkPage(in.Body.Query); err != nil {
		return nil, err
	}
	return savedReportAnswer(s.Reports.AddReport(ctx, workspaceOf(ctx), callerOf(ctx).Principal, in.Body))
}

func (s *Server) editReport(ctx context.Context, in *struct {
	ReportPath
	IfMatch
	Body workspace.SavedReportInput
},
) (*savedReportOutput, error) {
	if err := checkPage(in.Body.Query); err != nil {
		return nil, err
	}
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	in.Body.IfMatch = edit
	return savedReportAnswer(s.Reports.EditReport(ctx, workspaceOf(ctx), callerOf(ctx).Principal, in.ID, in.Body))
}

func (s *Server) removeReport(ctx context.Context, in *struct{ ReportPath }) (*struct{}, error) {
	return nil, s.Reports.RemoveReport(ctx, workspaceOf(ctx), callerOf(ctx).Principal, in.ID)
}

func (s *Server) addReportRoutes() {
	const tag, path, one = "Saved reports", "/v1/reports/saved", "/v1/reports/saved/{id}"
	add(s, operation{
		ID: "list-reports", Method: http.MethodGet, Path: path, Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the saved reports that the caller may see",
	}, s.listReports)
	add(s, operation{
		ID: "get-report", Method: http.MethodGet, Path: one, Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Get a saved report",
	}, s.getReport)
	add(s, operation{
		ID: "add-report", Method: http.MethodPost, Path: path, Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Save a report", About: "What is saved is the question, not its answer.",
	}, s.addReport)
	add(s, operation{
		ID: "edit-report", Method: http.MethodPatch, Path: one, Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Change a saved report", About: "Only its owner and administrators may.",
	}, s.editReport)
	add(s, operation{
		ID: "remove-report", Method: http.MethodDelete, Path: one, Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Forget a saved report",
	}, s.removeReport)
}
