package main

import (
	"context"
	"net/http"
	"time"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/workspace"
)

// chosen is the workspace that a request names, or all.
func (a *App) chosen(r *http.Request) ([]workspace.WorkspaceName, error) {
	name := r.Header.Get(api.WorkspaceHeader)
	if name == "" {
		return a.workspace.ListWorkspaces(r.Context())
	}
	w, err := a.workspace.FindWorkspace(r.Context(), name)
	return []workspace.WorkspaceName{w}, err
}

// rebuild makes the reports anew from the log, and tells how it goes.
func (a *App) rebuild(out *lineWriter, r *http.Request) error {
	all, err := a.chosen(r)
	if err != nil {
		return err
	}
	for _, w := range all {
		if err := a.rebuildOne(r.Context(), out, w); err != nil {
			return err
		}
	}
	return out.write(line{What: "rebuilt", Done: int64(len(all)), Total: int64(len(all))})
}

func (a *App) rebuildOne(ctx context.Context, out *lineWriter, w workspace.WorkspaceName) error {
	done := make(chan error, 1)
	go func() { done <- a.projector.Rebuild(ctx, w.ID) }()
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ticker.C:
		}
		if p, ok := a.projector.Progress(w.ID); ok {
			if err := out.write(line{What: "rebuilding " + w.Name, Done: p.Done, Total: p.Total}); err != nil {
				return err
			}
		}
	}
}
