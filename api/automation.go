package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Digests is what the operations on digests need.
type Digests interface {
	ListDigests(ctx context.Context, w journal.WorkspaceID) ([]automation.DigestAnswer, error)
	AddDigest(ctx context.Context, w journal.WorkspaceID, in automation.DigestInput) (automation.DigestAnswer, error)
	EditDigest(ctx context.Context, w journal.WorkspaceID, id string, in automation.DigestInput) (automation.DigestAnswer, error)
	RemoveDigest(ctx context.Context, w journal.WorkspaceID, id string) error
	SendDigest(ctx context.Context, w journal.WorkspaceID, id string, once workspace.Idempotency) error
}

// Alerts is what the operations on alerts and deliveries need.
type Alerts interface {
	ListAlerts(ctx context.Context, w journal.WorkspaceID) ([]automation.AlertAnswer, error)
	AddAlert(ctx context.Context, w journal.WorkspaceID, in automation.AlertInput) (automation.AlertAnswer, error)
	EditAlert(ctx context.Context, w journal.WorkspaceID, id string, in automation.AlertInput) (automation.AlertAnswer, error)
	RemoveAlert(ctx context.Context, w journal.WorkspaceID, id string) error
	ListDeliveries(ctx context.Context, w journal.WorkspaceID, cursor string, limit int) (items []automation.DeliveryAnswer, next string, err error)
}

type digestOutput struct {
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         automation.DigestAnswer
}

func digestAnswer(out automation.DigestAnswer, err error) (*digestOutput, error) {
	if err != nil {
		return nil, err
	}
	return &digestOutput{etag(out.Edit), "no-store", out}, nil
}

// DigestPath names a digest in an address.
type DigestPath struct {
	ID string `path:"id" maxLength:"100" example:"digest_1"`
}

func (s *Server) listDigests(ctx context.Context, _ *struct{}) (*listOutput[automation.DigestAnswer], error) {
	items, err := s.Digests.ListDigests(ctx, workspaceOf(ctx))
	return list(items, "", err)
}

func (s *Server) addDigest(ctx context.Context, in *struct {
	Once
	Body automation.DigestInput
},
) (*digestOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	return digestAnswer(s.Digests.AddDigest(ctx, workspaceOf(ctx), in.Body))
}

func (s *Server) editDigest(ctx context.Context, in *struct {
	DigestPath
	IfMatch
	Body automation.DigestInput
},
) (*digestOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	in.Body.IfMatch = edit
	return digestAnswer(s.Digests.EditDigest(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) removeDigest(ctx context.Context, in *struct{ DigestPath }) (*struct{}, error) {
	return nil, s.Digests.RemoveDigest(ctx, workspaceOf(ctx), in.ID)
}

func (s *Server) sendDigest(ctx context.Context, in *struct {
	DigestPath
	Once
},
) (*struct{}, error) {
	return nil, s.Digests.SendDigest(ctx, workspaceOf(ctx), in.ID, in.idempotency(ctx))
}

type alertOutput struct {
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         automation.AlertAnswer
}

func alertAnswer(out automation.AlertAnswer, err error) (*alertOutput, error) {
	if err != nil {
		return nil, err
	}
	return &alertOutput{etag(out.Edit), "no-store", out}, nil
}

// AlertPath names an alert in an address.
type AlertPath struct {
	ID string `path:"id" maxLength:"100" example:"alert_1"`
}

func (s *Server) listAlerts(ctx context.Context, _ *struct{}) (*listOutput[automation.AlertAnswer], error) {
	items, err := s.Alerts.ListAlerts(ctx, workspaceOf(ctx))
	return list(items, "", err)
}

func (s *Server) addAlert(ctx context.Context, in *struct {
	Once
	Body automation.AlertInput
},
) (*alertOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	return alertAnswer(s.Alerts.AddAlert(ctx, workspaceOf(ctx), in.Body))
}

func (s *Server) editAlert(ctx context.Context, in *struct {
	AlertPath
	IfMatch
	Body automation.AlertInput
},
) (*alertOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	in.Body.IfMatch = edit
	return alertAnswer(s.Alerts.EditAlert(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) removeAlert(ctx context.Context, in *struct{ AlertPath }) (*struct{}, error) {
	return nil, s.Alerts.RemoveAlert(ctx, workspaceOf(ctx), in.ID)
}

func (s *Server) listDeliveries(ctx context.Context, in *struct {
	Cursor string `query:"cursor" maxLength:"100"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
},
) (*listOutput[automation.DeliveryAnswer], error) {
	items, next, err := s.Alerts.ListDeliveries(ctx, workspaceOf(ctx), in.Cursor, in.Limit)
	return list(items, next, err)
}

func (s *Server) addAutomationRoutes() {
	const tag = "Digests and alerts"
	add(s, operation{
		ID: "list-digests", Method: http.MethodGet, Path: "/v1/digests", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the reports that are sent on a schedule",
	}, s.listDigests)
	add(s, operation{
		ID: "add-digest", Method: http.MethodPost, Path: "/v1/digests", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Send a report on a schedule, by mail or webhook",
		About:   "One that was missed while the server was down is sent once. The answer is the only place where the webhook's secret is shown.",
	}, s.addDigest)
	add(s, operation{
		ID: "edit-digest", Method: http.MethodPatch, Path: "/v1/digests/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Change a digest", About: "Another webhook gets another secret.",
	}, s.editDigest)
	add(s, operation{
		ID: "remove-digest", Method: http.MethodDelete, Path: "/v1/digests/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Forget a digest",
	}, s.removeDigest)
	add(s, operation{
		ID: "send-digest", Method: http.MethodPost, Path: "/v1/digests/{id}/send", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Send a digest now, besides its schedule",
	}, s.sendDigest)
	add(s, operation{
		ID: "list-alerts", Method: http.MethodGet, Path: "/v1/alerts", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the alerts, with what the last look found",
	}, s.listAlerts)
	add(s, operation{
		ID: "add-alert", Method: http.MethodPost, Path: "/v1/alerts", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Tell when a number of the report is unusual",
		About: "The last whole days are compared with the four equal spans before. An alert tells once, and rests until the number is back " +
			"within half of its limit. Nothing is said of fewer than 30 journeys.",
	}, s.addAlert)
	add(s, operation{
		ID: "edit-alert", Method: http.MethodPatch, Path: "/v1/alerts/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Change an alert",
	}, s.editAlert)
	add(s, operation{
		ID: "remove-alert", Method: http.MethodDelete, Path: "/v1/alerts/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Forget an alert",
	}, s.removeAlert)
	add(s, operation{
		ID: "list-deliveries", Method: http.MethodGet, Path: "/v1/deliveries", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List what was sent and what became of it, newest first", About: "The last thousand are kept.",
	}, s.listDeliveries)
}
