package api_test

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/capture"
	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// office is a server on a real record, with reports by the in-memory engine.
type office struct {
	*api.Server
	uses      *workspace.Service
	record    *record.Record
	workspace journal.WorkspaceID
	log       *bytes.Buffer
	keys      map[workspace.Scope]string
}

// key returns the secret of a key with a scope.
func (o *office) key(scope workspace.Scope) string { return o.keys[scope] }

type option func(*api.Settings)

func newOffice(t *testing.T, options ...option) *office {
	t.Helper()
	ctx := t.Context()
	r, err := record.Open(ctx, filepath.Join(t.TempDir(), "record.sqlite"), record.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{record: r, uses: workspace.NewService(r.Store(), time.Now), log: &bytes.Buffer{}, keys: map[workspace.Scope]string{}}
	files, err := record.OpenImportFolder(filepath.Join(t.TempDir(), "imports"))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.uses.OpenImports(ctx, files, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		o.uses.CloseImports()
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	made, err := o.uses.CreateWorkspace(ctx, workspace.CreateWorkspaceInput{Name: "Office"})
	if err != nil {
		t.Fatal(err)
	}
	o.workspace = made.Workspace
	for _, scope := range workspace.Scopes() {
		key, err := o.uses.CreateKey(ctx, workspace.CreateKeyInput{Workspace: o.workspace, Name: string(scope), Scope: scope})
		if err != nil {
			t.Fatal(err)
		}
		o.keys[scope] = key.Secret
	}
	o.serve(t, options)
	return o
}

func (o *office) serve(t *testing.T, options []option) {
	t.Helper()
	live := &logPosition{o.record}
	settings := api.Settings{
		Version: "test", Registry: prometheus.NewRegistry(), Site: builtSite(),
		Log: slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, set := range options {
		set(&settings)
	}
	reports := &report.Service{Engine: memory.New(o.record), Clock: systemClock{}, Changes: changeLog{o.uses}}
	reacting := automation.New(o.record.Store(), reports, o.uses, silent{}, automation.Options{
		Link: func() string { return "https://tidemark.example.com" }, Log: settings.Log,
	})
	var err error
	o.Server, err = api.New(api.Uses{
		Identity: o.uses, People: o.uses, Keys: o.uses, Workspaces: o.uses, Contacts: o.uses, Stages: o.uses,
		Changes: o.uses, Imports: o.uses, Live: live, Health: live,
		Lifecycle: reports, Insight: reports, LogReport: reports, Opportunities: reports, Sources: reports, Lists: o.uses, Views: o.uses,
		Notes: o.uses, Reports: o.uses, Shares: o.uses, Digests: reacting, Alerts: reacting, Destinations: reacting,
		Tracking: o.uses, Forms: o.uses, Providers: o.uses,
		Capture: capture.NewService(o.uses, time.Now), Money: o.uses,
	}, settings)
	if err != nil {
		t.Fatal(err)
	}
}

func builtSite() fs.FS {
	return fstest.MapFS{
		"index.html":          {Data: []byte("<!doctype html><title>Dashboard</title>" + strings.Repeat(" ", 2000))},
		"assets/app-3f2a.js":  {Data: []byte("console.log(1)\n" + strings.Repeat("// padding\n", 500))},
		"favicon.svg":         {Data: []byte("<svg/>")},
		".vite/manifest.json": {Data: []byte("{}")},
	}
}

// changeLog counts the log as the program does.
type changeLog struct{ uses *workspace.Service }

func (c changeLog) CountedChanges(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis, visit func(report.ChangeCount)) (int64, error) {
	return c.uses.CountChanges(ctx, w, from, to, func(n workspace.ChangeCount) {
		visit(report.ChangeCount{At: n.At, Actor: n.Actor, Counted: !n.Silent, Changes: n.Changes})
	})
}

func (c changeLog) TimeZone(ctx context.Context, w journal.WorkspaceID) (string, error) {
	settings, err := c.uses.GetSettings(ctx, w)
	return settings.TimeZone, err
}

// silent sends nothing: what is sent is tested where it is sent for real.
type silent struct{}

func (silent) Mail(context.Context, automation.Mail) error    { return nil }
func (silent) CanMail() bool                                  { return true }
func (silent) Webhook(context.Context, automation.Hook) error { return nil }
func (silent) CheckWebhook(string) (d fault.Detail)           { return d }
func (silent) Send(context.Context, destination.Request) (destination.Answer, error) {
	return destination.Answer{Status: http.StatusNoContent}, nil
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// logPosition says that reports always include the whole log, which is so of
// the in-memory engine.
type logPosition struct{ record *record.Record }

func (l *logPosition) Progress(journal.WorkspaceID) (projector.Progress, bool) {
	return projector.Progress{}, false
}

func (l *logPosition) Look(w journal.WorkspaceID) (projector.Position, <-chan struct{}) {
	head, _ := l.record.Head(context.Background(), w)
	moved := make(chan struct{})
	time.AfterFunc(10*time.Millisecond, func() { close(moved) })
	return projector.Position{Seq: head, Generation: 1}, moved
}

func (l *logPosition) News(w journal.WorkspaceID) (projector.Position, <-chan struct{}) {
	position, _ := l.Look(w)
	next := make(chan struct{})
	time.AfterFunc(time.Second, func() { close(next) })
	return position, next
}

func (l *logPosition) Ready(context.Context) error { return nil }

// scenario is one request and what must come back.
type scenario struct {
	name   string
	method string // "" = GET, or POST with a body
	path   string
	body   string
	header map[string]string
	key    workspace.Scope // "" = admin; "none" = no key
	status int
	has    []string // texts that the answer's head or body must have
	lacks  []string // and must not
}

const nobody workspace.Scope = "none"

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) text() string {
	var b strings.Builder
	_ = a.header.Write(&b)
	return b.String() + "\n" + a.body
}

func (o *office) do(t *testing.T, s scenario) answer {
	t.Helper()
	method := s.method
	if method == "" {
		method = http.MethodGet
		if s.body != "" {
			method = http.MethodPost
		}
	}
	var body io.Reader
	if s.body != "" {
		body = strings.NewReader(s.body)
	}
	r := httptest.NewRequest(method, s.path, body)
	if s.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	switch s.key {
	case nobody:
	case "":
		r.Header.Set("Authorization", "Bearer "+o.key(workspace.ScopeAdmin))
	default:
		r.Header.Set("Authorization", "Bearer "+o.key(s.key))
	}
	for name, value := range s.header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	o.ServeHTTP(w, r)
	if err := api.Disagreement(o.Server, r, w.Code, w.Header(), w.Body.String()); err != nil {
		t.Errorf("not as described: %v", err)
	}
	return answer{w.Code, w.Header(), w.Body.String()}
}

// play runs scenarios one after another on the same office.
func (o *office) play(t *testing.T, scenarios ...scenario) {
	t.Helper()
	for _, s := range scenarios {
		name := s.name
		if name == "" {
			name = s.method + " " + s.path
		}
		t.Run(name, func(t *testing.T) {
			got := o.do(t, s)
			if got.status != s.status {
				t.Errorf("status %d, want %d\n%s", got.status, s.status, got.text())
			}
			text := got.text()
			for _, want := range s.has {
				if !strings.Contains(text, want) {
					t.Errorf("the answer lacks %q\n%s", want, text)
				}
			}
			for _, unwanted := range s.lacks {
				if strings.Contains(text, unwanted) {
					t.Errorf("the answer has %q\n%s", unwanted, text)
				}
			}
			if s.status >= 400 && !strings.HasPrefix(got.header.Get("Content-Type"), "application/problem+json") {
				t.Errorf("the error is no problem document but %q", got.header.Get("Content-Type"))
			}
		})
	}
}
