package duckdb_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/tidemark/tidemark/engine/duckdb"
	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/internal/enginetest"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
)

// testBundle is a running projector with its engine.
type testBundle struct {
	journal   *enginetest.Journal
	engine    *duckdb.Engine
	projector *projector.Projector
}

// setup starts a projector on a log and an engine file. Logs of tests are too
// short for DuckDB to divide a query: a second thread would only wait, spinning.
func setup(t *testing.T, j *enginetest.Journal, path string) testBundle {
	t.Helper()
	engine, err := duckdb.Open(path, duckdb.Options{Threads: 1, MemoryMB: 512}, j)
	if err != nil {
		t.Fatal(err)
	}
	p := projector.New(projector.Options{Journal: j, Tables: engine, TempDir: t.TempDir(), Patience: time.Minute})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	return testBundle{j, engine, p}
}

// TestConformance runs the suite twice at a time, for machines with several
// processors.
func TestConformance(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"one", "two"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conform(t, enginetest.NewJournal(name))
		})
	}
}

func conform(t *testing.T, j *enginetest.Journal) {
	b := setup(t, j, filepath.Join(t.TempDir(), "engine.duckdb"))
	enginetest.Run(t, harness(b))
}

// TestSourcesConformance checks what is held of visits and trails, in chunks
// that a few visitors and contacts fill: as many rows as there are, few enough
// that some workspaces go beyond them, and those of one workspace only.
func TestSourcesConformance(t *testing.T) {
	t.Parallel()
	for name, narrow := range map[string]struct{ rows, others int }{
		"all": {1000, 1000}, "some": {60, 1000}, "one workspace": {1000, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, enginetest.NewJournal(name), filepath.Join(t.TempDir(), "engine.duckdb"))
			duckdb.Narrow(b.engine, narrow.rows, narrow.others, 3, 2)
			enginetest.RunSources(t, harness(b))
		})
	}
}

func harness(b testBundle) enginetest.Harness {
	// Now and then the rollups are brought up to date before reports are asked.
	wait := func(ctx context.Context, w journal.WorkspaceID, seq int64) error {
		if err := b.projector.Wait(ctx, w, seq); err != nil || seq%3 > 0 {
			return err
		}
		return duckdb.CoverNow(ctx, b.engine, w)
	}
	tidied := 0
	return enginetest.Harness{
		Journal: b.journal, Engine: b.engine, Oracle: memory.New(b.journal), Wait: wait, Rebuild: b.projector.Rebuild,
		Compact: func(ctx context.Context, w journal.WorkspaceID) error {
			if tidied++; tidied%10 == 1 {
				return b.engine.Rewrite()
			}
			return duckdb.CompactNow(ctx, b.engine, w)
		},
	}
}
