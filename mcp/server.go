package mcp

import (
	"context"
	"log/slog"
	"net/http"
	"sync"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// Reports is what the tools about the lifecycle report need.
type Reports interface {
	Lifecycle(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Result, error)
	Table(ctx context.Context, w journal.WorkspaceID, name report.TableName, q report.Query) (report.Table, error)
}

// Workspace is what the tools about stages and contacts need.
type Workspace interface {
	ListStages(ctx context.Context, w journal.WorkspaceID, gone bool) ([]workspace.StageView, error)
	Journeys(ctx context.Context, w journal.WorkspaceID, ref workspace.ContactRef) ([]workspace.Journey, error)
}

// Server offers the tools over HTTP. It is safe for concurrent use.
type Server struct {
	reports   Reports
	workspace Workspace
	version   string
	log       *slog.Logger
	handler   http.Handler

	mu      sync.Mutex
	servers map[journal.WorkspaceID]*sdk.Server
}

// New makes a server of the tools; version is the program's.
func New(reports Reports, uses Workspace, version string, log *slog.Logger) *Server {
	s := &Server{reports: reports, workspace: uses, version: version, log: log, servers: map[journal.WorkspaceID]*sdk.Server{}}
	s.handler = sdk.NewStreamableHTTPHandler(s.serverOf, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, PropagateRequestCancellation: true,
		// Who gets here has shown a key, or comes from our own page: another
		// host name than localhost is a reverse proxy's.
		DisableLocalhostProtection: true,
	})
	return s
}

type workspaceKey struct{}

// ServeWorkspace answers a request of somebody who may read the workspace.
func (s *Server) ServeWorkspace(w http.ResponseWriter, r *http.Request, id journal.WorkspaceID) {
	s.handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), workspaceKey{}, id)))
}

// serverOf is the protocol's server of the workspace that a request is for.
func (s *Server) serverOf(r *http.Request) *sdk.Server {
	id, ok := r.Context().Value(workspaceKey{}).(journal.WorkspaceID)
	if !ok {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.servers[id] == nil {
		s.servers[id] = s.newServer(id)
	}
	return s.servers[id]
}

const instructions = "Tidemark counts how contacts move through a lifecycle. Begin with list_stages. " +
	"lifecycle_report tells how well contacts convert, where they drop off and how long it takes; rates are fractions, times are seconds, " +
	"null is no value. explain_number lists the journeys behind a number of the report: give it the report's arguments and a selection."

func (s *Server) newServer(id journal.WorkspaceID) *sdk.Server {
	server := sdk.NewServer(&sdk.Implementation{Name: "tidemark", Title: "Tidemark", Version: s.version},
		&sdk.ServerOptions{Instructions: instructions, Capabilities: &sdk.ServerCapabilities{}})
	s.addTools(server, id)
	return server
}
