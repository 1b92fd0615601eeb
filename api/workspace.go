package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Workspaces is what the operations on a workspace itself need.
type Workspaces interface {
	GetSettings(ctx context.Context, w journal.WorkspaceID) (workspace.Settings, error)
	EditSettings(ctx context.Context, w journal.WorkspaceID, in workspace.EditSettingsInput) (workspace.SettingsOutput, error)
	FindWorkspace(ctx context.Context, named string) (workspace.WorkspaceName, error)
}

// WorkspaceHeader names the workspace of a request by somebody who has
// several: people, and whoever comes by the local socket. A key has one.
const WorkspaceHeader = "Tidemark-Workspace"

// SettingsAnswer is the settings of a workspace.
type SettingsAnswer struct {
	ID               string `json:"id"`
	Name             string `json:"name"`
	TimeZone         string `json:"time_zone" doc:"IANA name"`
	Currency         string `json:"currency" doc:"ISO 4217"`
	LifecycleEnabled bool   `json:"lifecycle_enabled" doc:"off: reports answer 409 lifecycle_disabled, changes are still logged"`
	CountBulk        bool   `json:"count_bulk" doc:"imported and bulk changes are transitions, also past ones"`
	ForwardOnly      bool   `json:"forward_only" doc:"workflows, forms and imports may only move a contact to a later stage"`

	DefaultStages map[string]string `json:"default_stages" doc:"stage keys where new contacts begin of whose stage nothing is said, by way of creation: import, api, manual, form, call, chat, ad"`
}

func settingsAnswer(w journal.WorkspaceID, s workspace.Settings) SettingsAnswer {
	return SettingsAnswer{
		ID: showWorkspace(w), Name: s.Name, TimeZone: s.TimeZone, Currency: s.Currency,
		LifecycleEnabled: s.LifecycleEnabled, CountBulk: s.CountBulk, ForwardOnly: s.ForwardOnly, DefaultStages: s.DefaultStages,
	}
}

type settingsOutput struct {
	ETag string `header:"ETag"`
	Body SettingsAnswer
}

func (s *Server) getWorkspace(ctx context.Context, _ *struct{}) (*settingsOutput, error) {
	w := workspaceOf(ctx)
	settings, err := s.Workspaces.GetSettings(ctx, w)
	if err != nil {
		return nil, err
	}
	return &settingsOutput{etag(settings.Edit), settingsAnswer(w, settings)}, nil
}

type editWorkspaceInput struct {
	IfMatch
	Body struct {
		Name             *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
		TimeZone         *string `json:"time_zone,omitempty" doc:"IANA name"`
		Currency         *string `json:"currency,omitempty" doc:"ISO 4217"`
		LifecycleEnabled *bool   `json:"lifecycle_enabled,omitempty"`
		CountBulk        *bool   `json:"count_bulk,omitempty"`
		ForwardOnly      *bool   `json:"forward_only,omitempty"`

		DefaultStages map[string]*string `json:"default_stages,omitempty" doc:"by way of creation: id or key, null takes a default away; ways not named stay"`
	}
}

// SettingsEditAnswer is the settings after an edit.
type SettingsEditAnswer struct {
	SettingsAnswer
	Seq int64 `json:"seq" doc:"the edit, for min_seq of reports"`
}

type settingsEditOutput struct {
	ETag string `header:"ETag"`
	Body SettingsEditAnswer
}

func (s *Server) editWorkspace(ctx context.Context, in *editWorkspaceInput) (*settingsEditOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	w, b := workspaceOf(ctx), in.Body
	out, err := s.Workspaces.EditSettings(ctx, w, workspace.EditSettingsInput{
		Name: b.Name, TimeZone: b.TimeZone, Currency: b.Currency,
		LifecycleEnabled: b.LifecycleEnabled, CountBulk: b.CountBulk, ForwardOnly: b.ForwardOnly, DefaultStages: b.DefaultStages,
		IfMatch: edit, Actor: actorOf(ctx),
	})
	if err != nil {
		return nil, err
	}
	return &settingsEditOutput{etag(out.Edit), SettingsEditAnswer{settingsAnswer(w, out.Settings), out.Seq}}, nil
}

func (s *Server) addWorkspaceRoutes() {
	const tag = "Workspace"
	add(s, operation{
		ID: "get-workspace", Method: http.MethodGet, Path: "/v1/workspace", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Get the settings of the workspace",
	}, s.getWorkspace)
	add(s, operation{
		ID: "edit-workspace", Method: http.MethodPatch, Path: "/v1/workspace", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Change settings of the workspace",
	}, s.editWorkspace)
}
