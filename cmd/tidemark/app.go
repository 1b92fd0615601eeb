package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/errgroup"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/capture"
	"github.com/tidemark/tidemark/engine/duckdb"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/mcp"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/ui"
	"github.com/tidemark/tidemark/workspace"
)

// Config is what an App is made of.
type Config struct {
	Data          string  // the data folder
	Listen        string  // address for HTTP; "" = only the socket in the data folder
	TrustProxy    bool    // believe X-Forwarded-For and X-Forwarded-Proto
	CountryHeader string  // in which the proxy says the country
	CallerRate    float64 // requests a second for each key or person; 0 = no limit
	MemoryMB      int     // of the report engine; 0 = its default
	Threads       int     // of one report; 0 = all processors
	Demo          bool    // the data is made up: whoever comes may sign in without a password
	Post          postFlags
	Log           *slog.Logger
}

// App is the whole program: a data folder and everything that serves it.
type App struct {
	config     Config
	log        *slog.Logger
	folder     *folder
	socket     string
	record     *record.Record
	engine     *duckdb.Engine
	projector  *projector.Projector
	workspace  *workspace.Service
	report     *report.Service
	automation *automation.Service
	server     *api.Server
	backing    sync.Mutex // held by the one backup that is made

	listener net.Listener // nil without a port
	local    net.Listener
	closers  []io.Closer // in order of opening
}

// New takes the data folder and opens everything in it. It fails with
// errOwned while another process has the folder.
func New(ctx context.Context, config Config) (*App, error) {
	a := &App{config: config, log: config.Log}
	for _, open := range []func(context.Context) error{a.openFolder, a.openPort, a.openStores, a.openUses, a.openAutomation, a.openAPI, a.openSocket} {
		if err := open(ctx); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return a, nil
}

// Close gives everything back, in reverse order. Run must have returned.
func (a *App) Close() error {
	var errs []error
	for _, c := range slices.Backward(a.closers) {
		errs = append(errs, c.Close())
	}
	a.closers = nil
	return errors.Join(errs...)
}

// URL is where the App serves, "" without a port.
func (a *App) URL() string {
	if a.listener == nil {
		return ""
	}
	host, port, err := net.SplitHostPort(a.listener.Addr().String())
	if err != nil {
		return ""
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

func (a *App) opened(c io.Closer) { a.closers = append(a.closers, c) }

type closerFunc func() error

// Close calls the function.
func (f closerFunc) Close() error { return f() }

func (a *App) openFolder(context.Context) error {
	f, err := openFolder(a.config.Data)
	if err != nil {
		return err
	}
	a.folder = f
	a.opened(closerFunc(f.close))
	return nil
}

// openPort listens before the long work, so that a taken port is told at once.
func (a *App) openPort(ctx context.Context) error {
	if a.config.Listen == "" {
		return nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.config.Listen)
	if wrong, ok := errors.AsType[*net.AddrError](err); ok {
		return hinted(&usageError{fmt.Errorf("--listen: %w", wrong)}, "an address and a port, for example --listen 127.0.0.1:8080, or --listen :8080 for all addresses")
	}
	if err != nil {
		return hinted(fmt.Errorf("cannot listen on %s: %w", a.config.Listen, err),
			"another program may have the port: choose another with --listen, for example --listen 127.0.0.1:8081")
	}
	a.listener = l
	a.opened(closerFunc(func() error { return ignoreClosed(l.Close()) }))
	return nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func (a *App) openStores(ctx context.Context) error {
	r, err := record.Open(ctx, a.folder.file("record.sqlite"), record.Options{})
	if err != nil {
		return fmt.Errorf("open the record: %w", err)
	}
	a.record = r
	a.opened(r)
	options := duckdb.Options{MemoryMB: a.config.MemoryMB, Threads: a.config.Threads}
	a.engine, err = duckdb.Open(a.folder.file("engine.duckdb"), options, r)
	if err != nil {
		return fmt.Errorf("open the report engine: %w", err)
	}
	a.opened(a.engine)
	a.projector = projector.New(projector.Options{Journal: r, Tables: a.engine, Logger: a.log, TempDir: a.folder.path})
	a.opened(a.projector)
	return nil
}

func (a *App) openUses(ctx context.Context) error {
	a.workspace = workspace.NewService(a.record.Store(), time.Now)
	if err := a.firstWorkspace(ctx); err != nil {
		return err
	}
	files, err := record.OpenImportFolder(a.folder.file("imports"))
	if err != nil {
		return err
	}
	if err := a.workspace.OpenImports(ctx, files, a.log); err != nil {
		return fmt.Errorf("go on with imports: %w", err)
	}
	a.opened(closerFunc(func() error { a.workspace.CloseImports(); return nil }))
	a.workspace.UseFinder(finder{a.engine, a.projector})
	a.report = &report.Service{
		Engine: a.engine, Clock: clock{}, Waiter: a.projector,
		People: names{a.record.Store()}, Switch: a.workspace, Segments: a.workspace, Recomputing: generations{a.projector}, News: generations{a.projector},
		Log: a.record, Past: past{a.workspace}, Changes: changeLog{a.workspace},
	}
	return nil
}

type clock struct{}

// Now tells the time.
func (clock) Now() time.Time { return time.Now() }

// firstWorkspace makes the workspace that a new folder starts with.
func (a *App) firstWorkspace(ctx context.Context) error {
	all, err := a.workspace.ListWorkspaces(ctx)
	if err != nil || len(all) > 0 {
		return err
	}
	_, err = a.workspace.CreateWorkspace(ctx, workspace.CreateWorkspaceInput{})
	return err
}

func (a *App) openAPI(context.Context) error {
	site, err := ui.Dist()
	if err != nil {
		return err
	}
	script, err := ui.Tracker()
	if err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), newGauges(a))
	settings := api.Settings{
		Version: version, TrustProxy: a.config.TrustProxy, CountryHeader: a.config.CountryHeader, CallerRate: a.config.CallerRate,
		Site: site, Tracker: script, Registry: registry, Log: a.log,
	}
	if a.config.Demo {
		settings.Demo = &demoVisitors{uses: a.workspace}
	}
	a.server, err = api.New(api.Uses{
		Identity: a.workspace, People: a.workspace, Keys: a.workspace, Workspaces: a.workspace, Contacts: a.workspace,
		Stages: a.workspace, Changes: a.workspace, Segments: a.workspace, Views: a.workspace, Lists: a.workspace, Imports: a.workspace, Lifecycle: a.report, Insight: a.report, LogReport: a.report, Opportunities: a.report, Sources: a.report, Live: a.projector, Health: a,
		Notes: a.workspace, Reports: a.workspace, Shares: a.workspace, Digests: a.automation, Alerts: a.automation, Destinations: a.automation,
		Tracking: a.workspace, Forms: a.workspace, Providers: a.workspace,
		Capture: capture.NewService(a.workspace, time.Now), Money: a.workspace,
		Assistants: mcp.New(a.report, a.workspace, version, a.log),
	}, settings)
	return err
}

func (a *App) openSocket(context.Context) error {
	path, err := socketPath(a.folder.path)
	if err != nil {
		return err
	}
	a.local, err = listenSocket(path)
	if err != nil {
		return fmt.Errorf("listen in the data folder: %w", err)
	}
	a.socket = path
	a.opened(closerFunc(func() error { return ignoreClosed(a.local.Close()) }))
	return nil
}

// Ready fails while the reports of a workspace cannot be read.
func (a *App) Ready(ctx context.Context) error {
	all, err := a.workspace.ListWorkspaces(ctx)
	if err != nil {
		return err
	}
	for _, w := range all {
		if position, _ := a.projector.Look(w.ID); position.Generation == 0 {
			return &fault.Error{
				Kind: fault.Unavailable, Code: "not_ready", RetryAfter: time.Second,
				Message: fmt.Sprintf("The reports of %s are being prepared.", w.Name),
			}
		}
	}
	return nil
}

// Limits of serving.
const (
	headerTimeout   = 10 * time.Second
	idleTimeout     = 2 * time.Minute
	maxHeader       = 64 << 10
	shutdownTimeout = 10 * time.Second
)

// Run serves until ctx ends, then lets requests under way finish.
func (a *App) Run(ctx context.Context) error {
	// The projector ends last: requests under way may wait for it.
	following, stopFollowing := context.WithCancel(context.WithoutCancel(ctx))
	defer stopFollowing()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return ended(a.projector.Run(following)) })
	group.Go(func() error { a.workspace.FollowLists(ctx, a.log); return nil })
	group.Go(func() error { a.followEffects(ctx); return nil })
	group.Go(func() error { a.followErasures(ctx); return nil })
	if a.listener != nil {
		// A command that borrows the folder for a moment sends nothing.
		group.Go(func() error { return ended(a.automation.Run(ctx)) })
		group.Go(func() error { a.workspace.FollowKeyUses(ctx, a.log); return nil })
	}
	var servers []*http.Server
	if a.listener != nil {
		servers = append(servers, a.serve(group, a.listener, a.server))
	}
	servers = append(servers, a.serve(group, a.local, a.localHandler()))
	group.Go(func() error {
		<-ctx.Done()
		defer stopFollowing()
		return a.shutdown(servers)
	})
	return group.Wait()
}

// ended takes an asked-for end for none.
func ended(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (a *App) serve(group *errgroup.Group, l net.Listener, h http.Handler) *http.Server {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
	group.Go(func() error { return ended(s.Serve(l)) })
	return s
}

// shutdown stops taking requests and waits for those under way, for a while.
func (a *App) shutdown(servers []*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	a.server.Close()
	var group errgroup.Group
	for _, s := range servers {
		group.Go(func() error {
			if err := s.Shutdown(ctx); err != nil {
				a.log.Warn("requests under way were cut off", "error", err)
				return s.Close()
			}
			return nil
		})
	}
	return group.Wait()
}
