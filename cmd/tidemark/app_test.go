package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/workspace"
)

// running is an App that serves, in this process.
type runningApp struct {
	*App
	program
	stop func() error
}

func startApp(t *testing.T, config Config) *runningApp {
	t.Helper()
	key := ""
	if config.Data == "" {
		config.Data, key = newData(t)
	}
	config.Listen, config.Log = "127.0.0.1:0", slog.New(slog.DiscardHandler)
	app, err := New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if key == "" {
		made, err := app.workspace.CreateKey(t.Context(), workspace.CreateKeyInput{Workspace: 1, Name: "test", Scope: workspace.ScopeAdmin})
		if err != nil {
			t.Fatal(err)
		}
		key = made.Secret
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	a := &runningApp{App: app, program: program{url: app.URL(), key: key}}
	stopped := false
	a.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return errors.Join(<-done, app.Close())
	}
	t.Cleanup(func() {
		if err := a.stop(); err != nil {
			t.Error(err)
		}
	})
	a.await(t, "/readyz")
	return a
}

func (a *runningApp) get(t *testing.T, path string, out any) {
	t.Helper()
	if _, err := a.call(http.MethodGet, path, nil, out); err != nil {
		t.Fatal(err)
	}
}

// TestEditsAreInForceAtTheirSeq edits what journeys are folded by: a report
// that asks for the edit waits for the new generation.
func TestEditsAreInForceAtTheirSeq(t *testing.T) {
	t.Parallel()
	a := startApp(t, Config{})
	var batch struct{ Seq int64 }
	changes := json.RawMessage(`[
		{"contact":{"external_id":"a"},"stage":"new_lead","at":"2026-03-01T10:00:00Z"},
		{"contact":{"external_id":"a"},"stage":"hot_lead","at":"2026-03-02T10:00:00Z","actor":{"kind":"import"}},
		{"contact":{"external_id":"b"},"stage":"payment","at":"2026-03-31T22:30:00Z"}]`)
	if _, err := a.call(http.MethodPost, "/v1/changes", changes, &batch); err != nil {
		t.Fatal(err)
	}
	march := "/v1/reports/lifecycle?from=2026-03-01&to=2026-03-31&compare=none&min_seq="
	var before, counted, moved lifecycleReport
	a.get(t, march+strconv.FormatInt(batch.Seq, 10), &before)
	if got := before.reached(); before.Summary.Entered != 2 || got[1] != 1 {
		t.Errorf("entered %d, reached %v, want 2 and one in Hot lead", before.Summary.Entered, got)
	}
	var edit struct{ Seq int64 }
	if _, err := a.call(http.MethodPatch, "/v1/workspace", map[string]any{"count_bulk": true}, &edit); err != nil {
		t.Fatal(err)
	}
	a.get(t, march+strconv.FormatInt(edit.Seq, 10), &counted)
	if got := counted.reached(); got[1] != 2 {
		t.Errorf("reached %v, want two in Hot lead once bulk counts", got)
	}
	if _, err := a.call(http.MethodPatch, "/v1/workspace", map[string]any{"time_zone": "Asia/Tokyo"}, &edit); err != nil {
		t.Fatal(err)
	}
	a.get(t, march+strconv.FormatInt(edit.Seq, 10), &moved)
	if moved.Summary.Entered != 1 {
		t.Errorf("%d entered in March, want 1: in Tokyo the other one came in April", moved.Summary.Entered)
	}
}

func TestLongPathsHaveTheirSocketElsewhere(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), strings.Repeat("a-very-long-name/", 8), "data")
	a := startApp(t, Config{Data: data})
	if len(a.socket) > maxSocketPath || strings.HasPrefix(a.socket, data) {
		t.Fatalf("the socket is %s", a.socket)
	}
	info, err := os.Stat(a.socket)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket's mode is %v, want 0600: %v", info.Mode(), err)
	}
	if _, err := os.Stat(data); err != nil {
		t.Error(err)
	}
	if out := must(t, "check", "--data", data); !strings.Contains(out, "consistent") {
		t.Error(out)
	}
}

// TestStopEndsStreams stops the program while a page follows the log.
func TestStopEndsStreams(t *testing.T) {
	t.Parallel()
	a := startApp(t, Config{})
	r, err := http.NewRequest(http.MethodGet, a.url+"/v1/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+a.key)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	stream := bufio.NewScanner(response.Body)
	if !stream.Scan() || stream.Text() != "event: change" {
		t.Fatalf("the stream begins with %q", stream.Text())
	}
	began := time.Now()
	if err := a.stop(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > shutdownTimeout/2 {
		t.Errorf("stopping took %s although nothing was under way", took)
	}
	for stream.Scan() {
	}
	if _, err := os.Stat(a.socket); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is still there: %v", err)
	}
}

func TestOneOwnerPerFolder(t *testing.T) {
	t.Parallel()
	a := startApp(t, Config{})
	_, err := New(t.Context(), Config{Data: a.config.Data, Log: slog.New(slog.DiscardHandler)})
	if !errors.Is(err, errOwned) {
		t.Fatalf("a second owner gets %v, want errOwned", err)
	}
	if err := a.stop(); err != nil {
		t.Fatal(err)
	}
	again, err := New(t.Context(), Config{Data: a.config.Data, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// TestFailedStartGivesTheFolderBack takes the port first.
func TestFailedStartGivesTheFolderBack(t *testing.T) {
	t.Parallel()
	a := startApp(t, Config{})
	other := filepath.Join(t.TempDir(), "other")
	_, err := New(t.Context(), Config{Data: other, Listen: strings.TrimPrefix(a.url, "http://"), Log: slog.New(slog.DiscardHandler)})
	if err == nil {
		t.Fatal("two programs listen on one port")
	}
	if hint, ok := errors.AsType[*hintError](err); !ok || !strings.Contains(hint.hint, "--listen") {
		t.Errorf("no hint at --listen in %v", err)
	}
	free, err := New(t.Context(), Config{Data: other, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatalf("the folder is not free again: %v", err)
	}
	if err := free.Close(); err != nil {
		t.Error(err)
	}
}

// TestCheckFindsDamage changes a cache behind the program's back: a check must
// find it.
func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	a := startApp(t, Config{})
	if _, err := a.call(http.MethodPost, "/v1/contacts", map[string]string{"external_id": "a", "name": "Ada", "stage": "new_lead"}, &struct{}{}); err != nil {
		t.Fatal(err)
	}
	err := a.record.Store().Write(t.Context(), func(tx workspace.Tx) error {
		held, err := tx.Load(1, 1)
		if err != nil {
			return err
		}
		if err := tx.LoadProfile(1, held); err != nil {
			return err
		}
		held.Profile.Name, held.Edited = "Eve", true
		return tx.Save(1, held)
	})
	if err != nil {
		t.Fatal(err)
	}
	findings, err := newClient(a.socket, "").work(t.Context(), &console{stderr: testWriter{t}}, "/local/check", io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if len(findings) != 1 || !strings.Contains(findings[0], `name is "Eve", in the log "Ada"`) {
		t.Errorf("findings %q, want the changed name", findings)
	}
}

func TestFaultsComeBackOverTheSocket(t *testing.T) {
	t.Parallel()
	a := startApp(t, Config{})
	err := newClient(a.socket, "Nowhere").call(t.Context(), http.MethodGet, "/v1/stages", nil, &struct{}{})
	if fault.CodeOf(err) != "workspace_not_found" {
		t.Errorf("got %v, want workspace_not_found", err)
	}
}
