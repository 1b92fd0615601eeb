package duckdb_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/internal/enginetest"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// A view counts what was there when it began, from memory or not, however many
// batches come meanwhile; and so does one that begins after them.
func TestViewsCountTheirOwnSeq(t *testing.T) {
	t.Parallel()
	j := sample(t, "one", 200)
	b := setup(t, j, filepath.Join(t.TempDir(), "engine.duckdb"))
	b.agree(t)
	plan := benchPlan(0, 900)
	for _, batches := range []int{0, 1, 5, 80} {
		before := countOf(t, b.engine, plan)
		var after funnel.Counts
		err := b.engine.View(t.Context(), enginetest.LargeWorkspace, func(r report.Reading) (err error) {
			for range batches {
				b.enter(t, plan.From+benchDay*40)
			}
			after, err = r.Count(t.Context(), plan)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, after, cmpopts.SortSlices(lessText)); diff != "" {
			t.Fatalf("the counts of one view are not those before %d batches (-before +after):\n%s", batches, diff)
		}
		b.agree(t)
	}
}

// enter makes a contact that stays in its stage, and waits until it is in.
func (b testBundle) enter(t *testing.T, at lifecycle.Millis) {
	t.Helper()
	c := b.journal.NewContact()
	seq := b.journal.Append(enginetest.LargeWorkspace, journal.Entry{
		Kind: journal.KindChange, Contact: c, At: at, Stage: 2,
	})
	if err := b.projector.Wait(t.Context(), enginetest.LargeWorkspace, seq); err != nil {
		t.Fatal(err)
	}
}

// Waits are never negative, also not those of changes in the very second that
// a report is of: it is cut to the second, and changes come after it.
func TestWaitsOfTheLastSecond(t *testing.T) {
	t.Parallel()
	j := sample(t, "one", 100)
	b := setup(t, j, filepath.Join(t.TempDir(), "engine.duckdb"))
	plan := benchPlan(0, 1400)
	plan.AsOf = plan.From + benchDay*1000 // later than all of the sample
	byCampaign := plan
	byCampaign.Group = &report.Grouping{Dimension: "campaign"}
	for range 5 {
		for range 3 {
			b.enter(t, plan.AsOf+400)
			plan.AsOf += 300
			byCampaign.AsOf = plan.AsOf
			b.agreeOn(t, plan)
			b.agreeOn(t, byCampaign)
		}
		plan.AsOf -= 200 // and as of an instant before the one last asked for
		b.agreeOn(t, plan)
	}
}

// agreeOn compares the counts of one plan with those of the oracle.
func (b testBundle) agreeOn(t *testing.T, plan report.Plan) {
	t.Helper()
	want, got := countOf(t, memory.New(b.journal), plan), countOf(t, b.engine, plan)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.SortSlices(lessText)); diff != "" {
		t.Fatalf("counts differ (-oracle +engine):\n%s", diff)
	}
}

func countOf(t *testing.T, e report.Engine, plan report.Plan) (c funnel.Counts) {
	t.Helper()
	err := e.View(t.Context(), enginetest.LargeWorkspace, func(r report.Reading) (err error) {
		c, err = r.Count(t.Context(), plan)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
