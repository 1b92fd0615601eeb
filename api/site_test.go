package api_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/api"
)

func TestPages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	html := map[string]string{"Accept": "text/html,application/xhtml+xml"}
	packed := map[string]string{"Accept": "text/html", "Accept-Encoding": "gzip, br"}
	o.play(t,
		scenario{name: "index", path: "/", key: nobody, header: html, status: 200, has: []string{"<title>Dashboard", "script-src 'self'", "frame-ancestors 'none'", "Cache-Control: no-cache", "X-Content-Type-Options: nosniff"}},
		scenario{name: "any address of the dashboard", path: "/contacts/ct_7?tab=journeys", key: nobody, header: html, status: 200, has: []string{"<title>Dashboard"}},
		scenario{name: "packed", path: "/", key: nobody, header: packed, status: 200, has: []string{"Content-Encoding: gzip", "Vary: Accept-Encoding"}, lacks: []string{"<title>"}},
		scenario{name: "a program", path: "/contacts/7", key: nobody, header: map[string]string{"Accept": "application/json"}, status: 406, has: []string{"not_acceptable"}},
		scenario{name: "an asset stays", path: "/assets/app-3f2a.js", key: nobody, status: 200, has: []string{"immutable", "text/javascript", "console.log"}},
		scenario{name: "a missing asset is no page", path: "/assets/app-old.js", key: nobody, header: html, status: 404},
		scenario{name: "a file", path: "/favicon.svg", key: nobody, status: 200, has: []string{"image/svg+xml", "no-cache"}},
		scenario{name: "hidden files stay hidden", path: "/.vite/manifest.json", key: nobody, status: 406},
		scenario{name: "no posting to pages", path: "/contacts", body: "{}", key: nobody, status: 405},
		scenario{name: "unknown API is no page", path: "/v1/unknown", header: html, status: 404},
	)
}

func TestPagesThatWereNotBuilt(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(s *api.Settings) { s.Site = nil })
	o.play(t, scenario{path: "/", key: nobody, header: map[string]string{"Accept": "text/html"}, status: 200, has: []string{"make build", "/docs"}})
}

func TestOpenPages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{path: "/healthz", key: nobody, status: 200, has: []string{`"status":"ok"`}},
		scenario{path: "/readyz", key: nobody, status: 200},
		scenario{path: "/openapi.json", key: nobody, status: 200, has: []string{`"openapi":"3.1.0"`, `/v1/reports/lifecycle`}},
		scenario{path: "/docs", key: nobody, status: 200, has: []string{"<script src=\"/docs/docs.js\""}, lacks: []string{"http://", "https://"}},
		scenario{path: "/docs/docs.js", key: nobody, status: 200, lacks: []string{"https://", "innerHTML"}},
		scenario{path: "/docs/docs.css", key: nobody, status: 200, lacks: []string{"url("}},
		scenario{name: "a person", path: "/v1/contacts/email:ada@example.com", status: 404},
		scenario{path: "/metrics", key: nobody, status: 200, has: []string{`tidemark_http_requests_total{route="GET /v1/contacts/{id}",status="404"} 1`}, lacks: []string{"ada@"}},
	)
	if strings.Contains(o.log.String(), "ada@") {
		t.Error("the log has an address in it")
	}
}

// TestEvents follows the log over a real connection.
func TestEvents(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	server := httptest.NewServer(o)
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+o.key("read"))
	response, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("content type %q", got)
	}
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(response.Body); s.Scan(); {
			lines <- s.Text()
		}
	}()
	if first := nextData(t, lines); !strings.Contains(first, `"seq":1,"generation":1`) {
		t.Fatalf("the stream begins with %q", first)
	}
	began := time.Now()
	for i := range 5 {
		o.do(t, scenario{path: "/v1/contacts", body: `{"external_id":"n-` + string(rune('a'+i)) + `"}`})
	}
	if next := nextData(t, lines); !strings.Contains(next, `"seq":6`) {
		t.Errorf("the next event is %q, want the latest of five writes", next)
	}
	if took := time.Since(began); took < 900*time.Millisecond {
		t.Errorf("two events within %s, want at most one a second", took)
	}
	o.Close()
	for range lines {
	}
}

// nextData waits for the data of an event.
func nextData(t *testing.T, lines <-chan string) string {
	t.Helper()
	for {
		select {
		case text, ok := <-lines:
			if !ok {
				t.Fatal("the stream ended")
			}
			if strings.HasPrefix(text, "data: ") {
				return text
			}
		case <-time.After(10 * time.Second):
			t.Fatal("no event within ten seconds")
		}
	}
}
