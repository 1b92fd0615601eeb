package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/hook"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Providers is what the operations on services that call us need.
type Providers interface {
	ListProviders(ctx context.Context, w journal.WorkspaceID) ([]workspace.ProviderAnswer, error)
	SetProvider(ctx context.Context, w journal.WorkspaceID, name string, in workspace.ProviderInput) (workspace.ProviderAnswer, error)
	TakeHook(ctx context.Context, w journal.WorkspaceID, name string, call hook.Call) error
}

// ProviderPath names a provider in an address.
type ProviderPath struct {
	Provider string `path:"provider" enum:"hubspot,pipedrive,salesforce,tiktok,twilio,whatsapp"`
}

type providerHookInput struct {
	ProviderPath
	Key string `query:"key" doc:"the public write key: it says which workspace is meant"`
}

// hooksPath is where providers call. The generic hook among them takes a key
// as every other operation does.
const (
	hooksPath   = "/v1/hooks/"
	genericPath = hooksPath + "generic"
)

// isProviderHook reports whether a call is proven by its signature.
func isProviderHook(path string) bool {
	return strings.HasPrefix(path, hooksPath) && path != genericPath
}

// maxHook is how large a provider's call may be.
const maxHook = 1 << 20

// providerHook takes a call of a provider. Its secret proves it, so it comes
// without a key of its own.
func (s *Server) providerHook(w http.ResponseWriter, r *http.Request) error {
	who, err := s.Identity.Authenticate(r.Context(), r.URL.Query().Get("key"))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxHook))
	if err != nil {
		return &fault.Error{Kind: fault.TooLarge, Code: "body_too_large", Message: fmt.Sprintf("A call has at most %d bytes.", maxHook), Err: err}
	}
	call := hook.Call{Method: r.Method, URL: s.addressed(r), Header: r.Header.Get, Body: body}
	if err := s.Providers.TakeHook(r.Context(), who.Workspace, r.PathValue("provider"), call); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// addressed is the address that a client called, as it wrote it.
func (s *Server) addressed(r *http.Request) string {
	scheme := "http"
	if s.encrypted(r) {
		scheme = "https"
	}
	return scheme + "://" + r.Host + r.URL.RequestURI()
}

// greetHook answers Meta's question whether the address is ours: the verify
// token is the key that the address has.
func (s *Server) greetHook(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if _, err := s.Identity.Authenticate(r.Context(), q.Get("key")); err != nil {
		return err
	}
	if q.Get("hub.mode") != "subscribe" || q.Get("hub.verify_token") != q.Get("key") || len(q.Get("hub.challenge")) > 200 {
		return fault.New(fault.Forbidden, "hook_token", "The verify token is not the key of the address.")
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := io.WriteString(w, q.Get("hub.challenge"))
	return err
}

func (s *Server) listProviders(ctx context.Context, _ *struct{}) (*listOutput[workspace.ProviderAnswer], error) {
	items, err := s.Providers.ListProviders(ctx, workspaceOf(ctx))
	return list(items, "", err)
}

type providerOutput struct{ Body workspace.ProviderAnswer }

func (s *Server) setProvider(ctx context.Context, in *struct {
	ProviderPath
	Body workspace.ProviderInput
},
) (*providerOutput, error) {
	out, err := s.Providers.SetProvider(ctx, workspaceOf(ctx), in.Provider, in.Body)
	return &providerOutput{out}, err
}

func (s *Server) addProviderRoutes() {
	const tag = "Providers"
	add(s, operation{
		ID: "list-providers", Method: http.MethodGet, Path: "/v1/providers", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "The services that can call us, set up or not",
	}, s.listProviders)
	add(s, operation{
		ID: "set-provider", Method: http.MethodPut, Path: "/v1/providers/{provider}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Set one up: its secret, and which stage of a CRM is which of ours",
	}, s.setProvider)
	addRaw[providerHookInput](s, operation{
		ID: "take-hook", Method: http.MethodPost, Path: hooksPath + "{provider}", Tag: tag,
		Summary: "A call of a provider", About: "In the shape that the provider documents, signed as it signs. The same event twice is one. docs/crm.md and docs/ads.md say how to set it up.",
	}, func(op *huma.Operation) {
		op.Responses["204"] = &huma.Response{Description: "Taken, or noted in GET /v1/providers"}
	}, s.providerHook)
	addRaw[providerHookInput](s, operation{
		ID: "greet-hook", Method: http.MethodGet, Path: hooksPath + "{provider}", Tag: tag,
		Summary: "The question of Meta whether the address is ours",
	}, describeText("text/plain", "What it sent as hub.challenge"), s.greetHook)
}
