package api

import (
	"bytes"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
)

var update = flag.Bool("update", false, "rewrite golden files")

// described is a server that only describes itself.
func described(t *testing.T) *Server {
	t.Helper()
	s, err := New(Uses{}, Settings{Version: "1", Registry: prometheus.NewRegistry(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestOpenAPIGolden keeps the description of the API under review: `make
// generate` rewrites it.
func TestOpenAPIGolden(t *testing.T) {
	t.Parallel()
	got, err := described(t).OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "openapi.yaml")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("openapi.yaml is not what the Go types say; run make generate (-want +got):\n%s", cmp.Diff(string(want), string(got)))
	}
}

// TestRoutesDescribed fails when an operation is mounted that the description
// does not have.
func TestRoutesDescribed(t *testing.T) {
	t.Parallel()
	s := described(t)
	undescribed := map[string]string{
		"GET /docs/docs.js":  "a file of the page at /docs",
		"GET /docs/docs.css": "a file of the page at /docs",
	}
	for _, route := range s.routes {
		method, path, _ := strings.Cut(route, " ")
		item := s.description.api.OpenAPI().Paths[path]
		if item == nil {
			if _, ok := undescribed[route]; !ok {
				t.Errorf("%s is not in the description", route)
			}
			delete(undescribed, route)
			continue
		}
		operations := map[string]bool{
			"GET": item.Get != nil, "POST": item.Post != nil, "PUT": item.Put != nil, "PATCH": item.Patch != nil, "DELETE": item.Delete != nil,
		}
		if !operations[method] {
			t.Errorf("%s is not in the description", route)
		}
	}
	for route, what := range undescribed {
		t.Errorf("%s (%s) is excused but not mounted", route, what)
	}
}

// TestTablesTakeWhatTheReportTakes fails when a parameter of the report is not
// described of its tables.
func TestTablesTakeWhatTheReportTakes(t *testing.T) {
	t.Parallel()
	paths := described(t).description.api.OpenAPI().Paths
	table := map[string]bool{}
	for _, p := range paths["/v1/reports/lifecycle/{table}"].Get.Parameters {
		table[p.Name] = true
	}
	for _, p := range paths["/v1/reports/lifecycle"].Get.Parameters {
		if !table[p.Name] {
			t.Errorf("the tables do not say that they take %s", p.Name)
		}
	}
}
