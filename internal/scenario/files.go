package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

// Files reads all scenarios of testdata/semantics.
func Files(t testing.TB) []Scenario {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root(t), "testdata", "semantics", "*.txt"))
	if err != nil || len(files) < 16 {
		t.Fatalf("found %d scenario files, err %v", len(files), err)
	}
	var all []Scenario
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		scenarios, err := Parse(filepath.Base(file), string(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, scenarios...)
	}
	return all
}

// root is the folder of the module. Tests run in the folder of their package,
// somewhere below; where this file was compiled from may be unknown.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	t.Fatalf("no go.mod above the test's folder, err %v", err)
	return ""
}

// Title names a scenario as a test: its file and its name.
func (s *Scenario) Title() string {
	return strings.TrimSuffix(s.File, ".txt") + "/" + s.Name
}

// Run runs all scenarios of testdata/semantics against an engine. Load gets the
// test of one scenario, to clean up with.
func Run(t *testing.T, load func(t testing.TB, entries []journal.Entry) report.Engine) {
	t.Helper()
	for _, s := range Files(t) {
		t.Run(s.Title(), func(t *testing.T) {
			t.Parallel()
			faults, err := s.CheckEngine(t.Context(), func(entries []journal.Entry) (report.Engine, error) {
				return load(t, entries), nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range faults {
				t.Error(fault)
			}
		})
	}
}
