package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestAssistantsAskTheReport asks the same over HTTP with a key, on standard
// input and output beside the server, and without one.
func TestAssistantsAskTheReport(t *testing.T) {
	t.Parallel()
	data, key := newData(t)
	server := startServer(t, data, key)
	var change struct{ Seq int64 }
	now := time.Now()
	if _, err := server.call(http.MethodPost, "/v1/changes", []map[string]any{
		{"contact": map[string]string{"external_id": "ada", "name": "Ada"}, "stage": "new_lead", "at": now},
		{"contact": map[string]string{"external_id": "ada"}, "stage": "cold_lead", "at": now.Add(time.Second)},
		{"contact": map[string]string{"external_id": "bob"}, "stage": "new_lead", "at": now},
	}, &change); err != nil {
		t.Fatal(err)
	}
	t.Run("no key", func(t *testing.T) {
		if _, err := connect(t, &sdk.StreamableClientTransport{Endpoint: server.url + "/mcp", MaxRetries: -1}); err == nil {
			t.Error("somebody without a key may ask")
		}
	})
	t.Run("http", func(t *testing.T) {
		session, err := connect(t, &sdk.StreamableClientTransport{Endpoint: server.url + "/mcp", HTTPClient: &http.Client{Transport: bearer(key)}})
		if err != nil {
			t.Fatal(err)
		}
		asksEverything(t, session, change.Seq)
	})
	t.Run("beside the server", func(t *testing.T) { asksByCommand(t, data, change.Seq) })
	if err := server.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = server.command.Wait()
	t.Run("without a server", func(t *testing.T) { asksByCommand(t, data, change.Seq) })
}

type bearer string

// RoundTrip implements http.RoundTripper.
func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

func connect(t *testing.T, by sdk.Transport) (*sdk.ClientSession, error) {
	t.Helper()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), by, nil)
	if err == nil {
		t.Cleanup(func() { _ = session.Close() })
	}
	return session, err
}

func asksByCommand(t *testing.T, data string, seq int64) {
	t.Helper()
	command := programCommand(t, "mcp", "--data", data)
	command.Stderr = testWriter{t}
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &sdk.CommandTransport{Command: command}, nil)
	if err != nil {
		t.Fatal(err)
	}
	asksEverything(t, session, seq)
	if err := session.Close(); err != nil {
		t.Errorf("the command ends with %v", err)
	}
}

func asksEverything(t *testing.T, session *sdk.ClientSession, seq int64) {
	t.Helper()
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 5 {
		t.Fatalf("tools: %v, %v", tools, err)
	}
	for _, ask := range []struct {
		tool  string
		with  map[string]any
		wants []string
	}{
		{"list_stages", nil, []string{`"key":"new_lead"`, `"kind":"won"`}},
		{"lifecycle_report", map[string]any{"preset": "today", "min_seq": seq, "compare": "none"}, []string{`"entered":2`, `"drop_off_rate":0.5`}},
		{"lifecycle_report", map[string]any{"preset": "today", "properties": map[string]any{"plan": []string{"pro"}}}, []string{`"entered":0`}},
		{"lifecycle_table", map[string]any{"table": "trend", "preset": "today"}, []string{`"columns"`, `"items"`}},
		{"explain_number", map[string]any{"preset": "today", "outcome": "lost", "origin": "new_lead"}, []string{`"Ada"`, `"outcome":"lost"`}},
		{"contact_journeys", map[string]any{"contact": "external_id:ada"}, []string{`"lost_stage":"cold_lead"`}},
	} {
		text, failed := callTool(t, session, ask.tool, ask.with)
		for _, want := range ask.wants {
			if failed || !strings.Contains(text, want) {
				t.Errorf("%s %v answers without %s: %.300s", ask.tool, ask.with, want, text)
			}
		}
	}
	if text, failed := callTool(t, session, "lifecycle_report", map[string]any{"from": "2026-01-01"}); !failed || !strings.Contains(text, "to ") {
		t.Errorf("only one date is refused as %q", text)
	}
	if text, failed := callTool(t, session, "contact_journeys", map[string]any{"contact": "external_id:nobody"}); !failed || text == "" {
		t.Errorf("an unknown contact is refused as %q", text)
	}
}

func callTool(t *testing.T, session *sdk.ClientSession, name string, with map[string]any) (text string, failed bool) {
	t.Helper()
	answer, err := session.CallTool(context.WithoutCancel(t.Context()), &sdk.CallToolParams{Name: name, Arguments: with})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, c := range answer.Content {
		if c, ok := c.(*sdk.TextContent); ok {
			text += c.Text
		}
	}
	return text, answer.IsError
}
