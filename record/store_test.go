package record_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/tidemark/tidemark/internal/storetest"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/workspace"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) workspace.Store {
		r, err := record.Open(t.Context(), filepath.Join(t.TempDir(), "record.db"), record.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			findings, err := r.Check(context.Background(), func(int64, int64) {})
			if err != nil || len(findings) > 0 {
				t.Errorf("check: %q, %v", findings, err)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		})
		return r.Store()
	})
}
