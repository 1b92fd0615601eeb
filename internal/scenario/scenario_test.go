package scenario_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/internal/scenario"
)

func TestFoldMatchesScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/semantics/*.txt")
	if err != nil || len(files) < 16 {
		t.Fatalf("found %d scenario files, err %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		scenarios, err := scenario.Parse(filepath.Base(file), string(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range scenarios {
			t.Run(strings.TrimSuffix(s.File, ".txt")+"/"+s.Name, func(t *testing.T) {
				t.Parallel()
				for _, fault := range s.CheckFold() {
					t.Error(fault)
				}
			})
		}
	}
}
