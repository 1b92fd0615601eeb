package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Assistants answers the Model Context Protocol.
type Assistants interface {
	// ServeWorkspace answers a request of somebody who may read the workspace.
	ServeWorkspace(w http.ResponseWriter, r *http.Request, id journal.WorkspaceID)
}

const assistantPath = "/mcp"

func (s *Server) addAssistantRoutes() {
	s.mux.HandleFunc(assistantPath, s.answering(s.unmatched))
	addRaw[struct{}](s, operation{
		ID: "ask-by-mcp", Method: http.MethodPost, Path: assistantPath, Tag: "Assistants", Scope: workspace.ScopeRead, Limit: longLimit,
		Summary: "The reports as tools of the Model Context Protocol",
		About:   "Streamable HTTP without sessions; docs/mcp.md lists the tools.",
	}, func(op *huma.Operation) {
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject}}}}
		op.Responses["200"] = &huma.Response{
			Description: "A JSON-RPC answer",
			Content:     map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject}}},
		}
	}, func(w http.ResponseWriter, r *http.Request) error {
		s.Assistants.ServeWorkspace(w, r, workspaceOf(r.Context()))
		return nil
	})
}
