package enginetest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

// Harness is an engine under test with its log and its oracle.
type Harness struct {
	Journal *Journal
	Engine  report.Engine
	Oracle  report.Engine

	// Wait returns when the engine includes the workspace's log up to seq.
	Wait func(ctx context.Context, w journal.WorkspaceID, seq int64) error
	// Rebuild makes the engine compute everything anew.
	Rebuild func(ctx context.Context, w journal.WorkspaceID) error
	// Compact, if not nil, makes the engine tidy up.
	Compact func(ctx context.Context, w journal.WorkspaceID) error
}

// Run checks that the engine and the oracle agree on random logs, whatever
// the order of writes, edits of the configuration and reports, and that
// tidying up and computing anew change nothing.
func Run(t *testing.T, h Harness) {
	t.Helper()
	var workspaces journal.WorkspaceID
	rapid.Check(t, func(rt *rapid.T) {
		workspaces++
		w := newWorld(rt, h.Journal, workspaces)
		for range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			w.write(rt, rapid.IntRange(20, 80).Draw(rt, "entries"))
			h.agree(rt, w)
		}
		if h.Compact != nil {
			must(rt, "compact", h.Compact(rt.Context(), w.workspace))
			h.agree(rt, w)
		}
		must(rt, "rebuild", h.Rebuild(rt.Context(), w.workspace))
		h.agree(rt, w)
	})
}

// RunSources checks that the engine and the oracle agree on what is known of
// sources while two workspaces are written in turns, with few edits that make
// everything be computed anew: what an engine keeps from one report to the next
// must be right after every batch.
func RunSources(t *testing.T, h Harness) {
	t.Helper()
	var workspaces journal.WorkspaceID
	rapid.Check(t, func(rt *rapid.T) {
		var worlds []*world
		for range 2 {
			workspaces++
			w := newWorld(rt, h.Journal, workspaces)
			w.writeSources(rt, 30)
			worlds = append(worlds, w)
		}
		for range rapid.IntRange(3, 8).Draw(rt, "rounds") {
			w := rapid.SampledFrom(worlds).Draw(rt, "workspace")
			switch rapid.IntRange(0, 19).Draw(rt, "before") {
			case 0:
				must(rt, "rebuild", h.Rebuild(rt.Context(), w.workspace))
			case 1, 2:
				must(rt, "compact", h.Compact(rt.Context(), w.workspace))
			}
			for range rapid.IntRange(1, 3).Draw(rt, "batches") {
				w.writeSources(rt, rapid.IntRange(1, 15).Draw(rt, "entries"))
				h.wait(rt, w)
			}
			for _, w := range worlds {
				h.agreeOnSources(rt, w)
			}
		}
	})
}

// wait returns when the engine includes all of a world's log; it returns where
// that ends.
func (h Harness) wait(t *rapid.T, w *world) int64 {
	head, err := h.Journal.Head(t.Context(), w.workspace)
	must(t, "head", err)
	must(t, "wait", h.Wait(t.Context(), w.workspace, head))
	return head
}

// agreeOnSources compares the answers about sources.
func (h Harness) agreeOnSources(t *rapid.T, w *world) {
	head := h.wait(t, w)
	plan, err := planOf(t, w.workspace, &w.now)
	must(t, "plan", err)
	asked := sourcePlanOf(t, &plan)
	if rapid.Bool().Draw(t, "everybody") {
		asked.Filters, asked.Segment = nil, nil
	}
	answer := func(e report.Engine) (a sourceAnswers) {
		must(t, "view", e.View(t.Context(), w.workspace, func(r report.Reading) error {
			if seq := r.Cursor().Seq; seq != head {
				t.Fatalf("the log is at %d, an engine at %d", head, seq)
			}
			return a.ask(t.Context(), r, asked)
		}))
		return a
	}
	if diff := cmp.Diff(answer(h.Oracle), answer(h.Engine), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("answers to %+v differ (-oracle +engine):\n%s", asked, diff)
	}
}

// agree compares the answers to some random questions.
func (h Harness) agree(t *rapid.T, w *world) {
	head := h.wait(t, w)
	for range 3 {
		q := ask(t, w)
		got, gotCursor := h.read(t, h.Engine, w, q)
		want, wantCursor := h.read(t, h.Oracle, w, q)
		if gotCursor.Seq != head || wantCursor.Seq != head {
			t.Fatalf("the log is at %d, the engine at %d, the oracle at %d", head, gotCursor.Seq, wantCursor.Seq)
		}
		if diff := cmp.Diff(wantCursor.Configuration, gotCursor.Configuration, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("configurations differ (-oracle +engine):\n%s", diff)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateApprox(1e-12, 1e-6)); diff != "" {
			t.Fatalf("answers to %+v differ (-oracle +engine):\n%s", q, diff)
		}
	}
}

// ask draws questions under the workspace's present configuration.
func ask(t *rapid.T, w *world) questions {
	plan, err := planOf(t, w.workspace, &w.now)
	must(t, "plan", err)
	q := questions{
		plan: plan, ranked: dimensionOf(t), limit: rapid.IntRange(1, 3).Draw(t, "limit"),
		// Small enough for several pages, and seldom for one a row: each is a query or two.
		page: rapid.SampledFrom([]int{20, 7, 12, 40, 2}).Draw(t, "page"),
	}
	q.pace, q.open = paceQuestionsOf(t, &w.now), moment(t)
	q.sources = sourcePlanOf(t, &plan)
	for range 5 {
		for _, s := range denied(t, &w.now) {
			q.counted = append(q.counted, report.ContactQuery{Segment: s, AsOf: plan.AsOf})
		}
	}
	for range 2 {
		q.contacts = append(q.contacts, contactQueryOf(t, &plan, &w.now))
	}
	for range 3 {
		q.selections = append(q.selections, selectionOf(t, &plan, &w.now))
	}
	return q
}

func (h Harness) read(t *rapid.T, e report.Engine, w *world, q questions) (a answers, c report.Cursor) {
	err := e.View(t.Context(), w.workspace, func(r report.Reading) (err error) {
		c = r.Cursor()
		a, err = answer(t.Context(), r, q)
		return err
	})
	must(t, "view", err)
	return a, c
}

func must(t *rapid.T, what string, err error) {
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}
