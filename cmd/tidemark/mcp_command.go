package main

import (
	"context"
	"io"
	"net/http"
	"os"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/mcp"
)

type mcpCommand struct{ folderFlags }

// Run speaks the Model Context Protocol on standard input and output.
func (c *mcpCommand) Run(ctx context.Context, con *console) error {
	return withOwner(ctx, con, c.Data, c.Workspace, func(owner *client) error {
		through := &http.Client{Transport: inWorkspace{owner.http.Transport, c.Workspace}}
		return mcp.Bridge(ctx, "http://tidemark/mcp", through, os.Stdin, nopCloser{con.stdout})
	})
}

// inWorkspace says with every request which workspace it is for.
type inWorkspace struct {
	next      http.RoundTripper
	workspace string
}

// RoundTrip implements http.RoundTripper.
func (t inWorkspace) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.workspace != "" {
		r = r.Clone(r.Context())
		r.Header.Set(api.WorkspaceHeader, t.workspace)
	}
	return t.next.RoundTrip(r)
}

type nopCloser struct{ io.Writer }

// Close leaves the output open: it is the process's.
func (nopCloser) Close() error { return nil }
