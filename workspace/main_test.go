package workspace_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/tidemark/tidemark/internal/checks"
)

// TestMain bounds the random cases: each is many commits of a real file.
func TestMain(m *testing.M) {
	if err := checks.Limit("20"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}
