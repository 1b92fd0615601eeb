package duckdb_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/tidemark/tidemark/engine/duckdb"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/internal/enginetest"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

// Views that wait for a place keep nobody from the file: rows are appended and
// the file is made anew meanwhile. Then all of them are answered.
func TestWhoWaitsKeepsNobody(t *testing.T) {
	t.Parallel()
	b := setup(t, sample(t, "one", 200), filepath.Join(t.TempDir(), "engine.duckdb"))
	b.agree(t)
	plan := benchPlan(0, 900)
	leave, err := duckdb.TakePlaces(t.Context(), b.engine)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	const waiting = 3
	for range waiting {
		group.Go(func() { countOf(t, b.engine, plan) })
	}
	for b.engine.Readers().Waiting < waiting {
		time.Sleep(time.Millisecond)
	}
	b.enter(t, plan.From+benchDay*40)
	if err := b.engine.Rewrite(); err != nil {
		t.Errorf("the file could not be made anew: %v", err)
	}
	leave()
	group.Wait()
	b.agree(t)
	if got := b.engine.Readers(); got.Waiting != 0 || got.Reading != 0 {
		t.Errorf("%d read and %d wait, want nobody", got.Reading, got.Waiting)
	}
}

// A view that cannot even wait is told when to come again; one that gives up
// waiting leaves its turn to others.
func TestTheQueueOfViewsEnds(t *testing.T) {
	t.Parallel()
	j := sample(t, "one", 10)
	engine, err := duckdb.Open(filepath.Join(t.TempDir(), "engine.duckdb"), duckdb.Options{Readers: 1, Waiting: 1}, j)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	leave, err := duckdb.TakePlaces(t.Context(), engine)
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	look := func(ctx context.Context) error {
		return engine.View(ctx, enginetest.LargeWorkspace, func(report.Reading) error { return nil })
	}
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() { gone <- look(ctx) }()
	for engine.Readers().Waiting < 1 {
		time.Sleep(time.Millisecond)
	}
	refused, ok := errors.AsType[*fault.Error](look(t.Context()))
	if !ok || refused.Code != "too_many_reports" || refused.RetryAfter <= 0 {
		t.Errorf("got %v, want to be told when to come again", refused)
	}
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := engine.Readers(); got.Waiting != 0 || got.Refused != 1 {
		t.Errorf("%d wait and %d were refused, want 0 and 1", got.Waiting, got.Refused)
	}
}

// told is what open pages were told of.
type told struct{ seq int64 }

func (n *told) Told(journal.WorkspaceID) (generation, seq int64) { return 1, n.seq }

type still time.Time

func (s still) Now() time.Time { return time.Time(s) }

// An answer is given again, without a view, to whoever was told of nothing since
// and asks for nothing newer.
func TestAnswersAreGivenAgain(t *testing.T) {
	t.Parallel()
	b := setup(t, sample(t, "one", 200), filepath.Join(t.TempDir(), "engine.duckdb"))
	b.agree(t)
	at := benchPlan(0, 900).From + benchDay*40
	news := &told{}
	s := report.Service{Engine: b.engine, Clock: still((at + benchDay).Time()), Waiter: b.projector, News: news}
	ask := func(minSeq int64) int64 {
		t.Helper()
		result, err := s.Lifecycle(t.Context(), enginetest.LargeWorkspace, report.Query{MinSeq: minSeq})
		if err != nil {
			t.Fatal(err)
		}
		return result.Seq
	}
	enter := func() int64 {
		t.Helper()
		b.enter(t, at)
		head, err := b.journal.Head(t.Context(), enginetest.LargeWorkspace)
		if err != nil {
			t.Fatal(err)
		}
		return head
	}
	first, views := ask(0), b.engine.Readers().Admitted
	head := enter()
	if got := ask(0); got != first || b.engine.Readers().Admitted != views {
		t.Errorf("the answer as of %d is of %d, by %d views more; want %d again", head, got, b.engine.Readers().Admitted-views, first)
	}
	if got := ask(head); got < head {
		t.Errorf("whoever asks for %d gets %d", head, got)
	}
	news.seq = enter()
	if got := ask(0); got < news.seq {
		t.Errorf("whoever was told of %d gets %d", news.seq, got)
	}
}
