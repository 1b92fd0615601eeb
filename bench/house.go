package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/capture"
	"github.com/tidemark/tidemark/engine/duckdb"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/ui"
	"github.com/tidemark/tidemark/workspace"
)

// The files of a data folder, as cmd/tidemark names them.
const (
	recordFile = "record.sqlite"
	engineFile = "engine.duckdb"
)

// threads is how many processors a report and a floor may use.
const threads = 2

// house is a data folder and the rooms over it.
type house struct {
	dir       string
	record    *record.Record
	uses      *workspace.Service
	workspace journal.WorkspaceID

	engine    *duckdb.Engine // nil until openEngine
	projector *projector.Projector
	reports   *report.Service // whose every question is another
	served    *report.Service // what the API asks
}

// openHouse opens the record and the use cases that write. Nothing follows the
// log yet.
func openHouse(ctx context.Context, dir string) (*house, error) {
	r, err := record.Open(ctx, filepath.Join(dir, recordFile), record.Options{})
	if err != nil {
		return nil, fmt.Errorf("bench: open the record: %w", err)
	}
	h := &house{dir: dir, record: r, uses: workspace.NewService(r.Store(), time.Now)}
	if err := h.firstWorkspace(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return h, nil
}

// firstWorkspace finds the workspace, or makes it with the stages of the
// business.
func (h *house) firstWorkspace(ctx context.Context) error {
	all, err := h.uses.ListWorkspaces(ctx)
	if err != nil {
		return err
	}
	if len(all) > 0 {
		h.workspace = all[0].ID
		return nil
	}
	made, err := h.uses.CreateWorkspace(ctx, workspace.CreateWorkspaceInput{Name: "Bench"})
	if err != nil {
		return err
	}
	h.workspace = made.Workspace
	for _, stage := range extraStages() {
		if _, err := h.uses.AddStage(ctx, h.workspace, stage); err != nil {
			return err
		}
	}
	return nil
}

// openEngine opens an engine file and follows the log into it.
func (h *house) openEngine(name string) error {
	engine, err := duckdb.Open(filepath.Join(h.dir, name), duckdb.Options{Threads: threads}, h.record)
	if err != nil {
		return fmt.Errorf("bench: open the engine: %w", err)
	}
	h.engine = engine
	h.projector = projector.New(projector.Options{Journal: h.record, Tables: engine, TempDir: h.dir, Patience: time.Hour})
	h.reports = &report.Service{Engine: engine, Clock: &ticking{}, Waiter: h.projector}
	h.served = &report.Service{Engine: engine, Clock: clock{}, Waiter: h.projector, News: h}
	go func() { _ = h.projector.Run(context.Background()) }() // Close ends it
	return nil
}

// ticking is a clock that is a second later at every look: no two questions
// are equal, so no answer is given twice.
type ticking struct{ looks atomic.Int64 }

// Now tells the time.
func (t *ticking) Now() time.Time { return time.Now().Add(time.Duration(t.looks.Add(1)) * time.Second) }

type clock struct{}

// Now tells the time.
func (clock) Now() time.Time { return time.Now() }

// Told implements report.News.
func (h *house) Told(w journal.WorkspaceID) (generation, seq int64) {
	position, _ := h.projector.Look(w)
	told, _ := h.projector.News(w)
	return position.Generation, told.Seq
}

// current waits until the engine includes the whole log.
func (h *house) current(ctx context.Context) error {
	head, err := h.record.Head(ctx, h.workspace)
	if err != nil {
		return err
	}
	return h.projector.Wait(ctx, h.workspace, head)
}

func (h *house) closeEngine() error {
	if h.engine == nil {
		return nil
	}
	err := errors.Join(h.projector.Close(), h.engine.Close())
	h.engine = nil
	return err
}

func (h *house) close() error { return errors.Join(h.closeEngine(), h.record.Close()) }

// Ready implements api.Health.
func (h *house) Ready(context.Context) error { return nil }

// server is the real API on a loopback port.
type server struct {
	address string
	key     string
	close   func() error
}

// serve starts the API as cmd/tidemark does; its log of requests is written,
// to nowhere.
func (h *house) serve(ctx context.Context) (*server, error) {
	site, err := ui.Dist()
	if err != nil {
		return nil, err
	}
	made, err := h.uses.CreateKey(ctx, workspace.CreateKeyInput{Workspace: h.workspace, Name: "bench", Scope: workspace.ScopeAdmin})
	if err != nil {
		return nil, err
	}
	handler, err := api.New(api.Uses{
		Identity: h.uses, People: h.uses, Keys: h.uses, Workspaces: h.uses, Contacts: h.uses, Stages: h.uses,
		Changes: h.uses, Imports: h.uses, Lifecycle: h.served, Live: h.projector, Health: h,
		Capture: capture.NewService(h.uses, time.Now),
	}, api.Settings{
		Version: "bench", Site: site, Registry: prometheus.NewRegistry(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		return nil, err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.Serve(l) }() // close ends it
	stop := func() error { handler.Close(); return s.Close() }
	return &server{address: l.Addr().String(), key: made.Secret, close: stop}, nil
}
