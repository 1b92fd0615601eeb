package workspace_test

import (
	"testing"

	"github.com/tidemark/tidemark/internal/checks"
)

// TestMain bounds the random cases: each is many commits of a real file.
func TestMain(m *testing.M) {
	checks.Limit(20)
	m.Run()
}
