package duckdb_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidemark/tidemark/engine/duckdb"
	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/internal/enginetest"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// cameBy logs a view and a touch of a new visitor and a contact.
func cameBy(j *enginetest.Journal, contact journal.ContactID, campaign string, day int64) int64 {
	at := lifecycle.Millis(20089+day) * benchDay
	from := touch.Source{Source: "Email", Campaign: campaign}
	visitor := j.NewContact() + 1_000_000 // the sample has not taken its contacts from the log
	j.Append(enginetest.LargeWorkspace, journal.Entry{Kind: journal.KindView, Contact: visitor, At: at, View: &journal.View{
		Page: "/", Arrival: touch.Arrival{Source: from, Origin: "a"},
	}})
	return j.Append(enginetest.LargeWorkspace, journal.Entry{Kind: journal.KindTouch, Contact: contact, At: at, Touch: &journal.Touch{
		Kind: touch.KindForm, Source: from,
	}})
}

func campaignOf(n int) string { return fmt.Sprintf("Campaign %d", n) }

// sourced is a log with so many visits and contacts.
func sourced(t *testing.T, visits int) *enginetest.Journal {
	t.Helper()
	j := sample(t, "one", int64(visits))
	for n := range visits {
		cameBy(j, journal.ContactID(n+1), campaignOf(n%3), int64(n%90))
	}
	return j
}

// known is what is known of sources.
type known struct {
	Visits   []report.VisitCount
	Visitors map[string]int64
	Trails   []report.Trail
}

func knownBy(t *testing.T, r report.Reading) (k known) {
	t.Helper()
	plan := report.SourcePlan{Workspace: enginetest.LargeWorkspace, To: 20089 * 2 * benchDay, AsOf: 20089 * 2 * benchDay, All: true}
	visits, err := r.Visits(t.Context(), plan)
	if err != nil {
		t.Fatal(err)
	}
	k.Visits, k.Visitors = visits.Rows, map[string]int64{}
	groups := make([]int, len(k.Visits))
	for i := range groups {
		groups[i] = i
	}
	of, all, err := visits.Visitors(groups)
	if err != nil {
		t.Fatal(err)
	}
	k.Visitors["all"] = all
	for group, n := range of {
		k.Visitors[fmt.Sprint(group)] = n
	}
	err = r.Trails(t.Context(), plan, func(trail *report.Trail) error {
		k.Trails = append(k.Trails, *trail)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func knownOf(t *testing.T, e report.Engine) (k known) {
	t.Helper()
	err := e.View(t.Context(), enginetest.LargeWorkspace, func(r report.Reading) error {
		k = knownBy(t, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// same compares what is known of sources.
func same(t *testing.T, what string, want, got known) {
	t.Helper()
	if len(want.Visits) == 0 || len(want.Trails) == 0 {
		t.Fatalf("%s: nothing is known", what)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s: what is known of sources differs (-want +got):\n%s", what, diff)
	}
}

// agreeOnSources waits for the head of the log and compares with the oracle.
func (b testBundle) agreeOnSources(t *testing.T, what string) {
	t.Helper()
	settled(t, b)
	same(t, what, knownOf(t, memory.New(b.journal)), knownOf(t, b.engine))
}

// A batch that fails counts nowhere, neither while it is tried nor when it is
// tried again.
func TestSourcesAfterFailedBatch(t *testing.T) {
	t.Parallel()
	b := setup(t, sourced(t, 20), filepath.Join(t.TempDir(), "engine.duckdb"))
	b.agreeOnSources(t, "at first")
	before := knownOf(t, b.engine)
	end, err := duckdb.Obstruct(t.Context(), b.engine, enginetest.LargeWorkspace)
	if err != nil {
		t.Fatal(err)
	}
	cameBy(b.journal, 3, "Spring", 40)
	for deadline := time.Now().Add(time.Minute); !duckdb.Failed(b.engine, enginetest.LargeWorkspace); {
		if time.Now().After(deadline) {
			t.Fatal("no batch failed")
		}
		same(t, "while a batch fails", before, knownOf(t, b.engine))
	}
	same(t, "after a batch failed", before, knownOf(t, b.engine))
	if err := end(); err != nil {
		t.Fatal(err)
	}
	b.agreeOnSources(t, "after it succeeded")
	cameBy(b.journal, 4, "Spring", 41)
	b.agreeOnSources(t, "after another batch")
}

// A view knows what was there when it began, however many batches come
// meanwhile, while others ask for what is there by then.
func TestViewsKnowSourcesOfTheirOwnSeq(t *testing.T) {
	t.Parallel()
	b := setup(t, sourced(t, 20), filepath.Join(t.TempDir(), "engine.duckdb"))
	duckdb.Narrow(b.engine, 100_000, 0, 3, 2)
	b.agreeOnSources(t, "at first")
	for _, batches := range []int{0, 1, 5, 80} {
		before := knownOf(t, b.engine)
		err := b.engine.View(t.Context(), enginetest.LargeWorkspace, func(r report.Reading) error {
			for n := range batches {
				seq := cameBy(b.journal, journal.ContactID(n%20+1), campaignOf(n), int64(n))
				if err := b.projector.Wait(t.Context(), enginetest.LargeWorkspace, seq); err != nil {
					return err
				}
				if n%7 == 0 {
					knownOf(t, b.engine)
				}
			}
			same(t, "in a view that was open", before, knownBy(t, r))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		b.agreeOnSources(t, "after it")
	}
}

// Readers and batches at the same time: each reader sees more visits than the
// one before, and as many trails as there are contacts.
func TestSourcesBesideAppending(t *testing.T) {
	t.Parallel()
	b := setup(t, sourced(t, 20), filepath.Join(t.TempDir(), "engine.duckdb"))
	duckdb.Narrow(b.engine, 100_000, 100_000, 3, 2)
	b.agreeOnSources(t, "at first")
	ctx, cancel := context.WithCancel(t.Context())
	var reads atomic.Int64
	ended := make(chan struct{}, 2)
	for range 2 {
		go func() {
			defer func() { ended <- struct{}{} }()
			last := int64(0)
			for ctx.Err() == nil {
				k, visits := knownOf(t, b.engine), int64(0)
				for _, row := range k.Visits {
					visits += row.Visits
				}
				if visits < last || len(k.Trails) != 20 {
					t.Errorf("%d visits after %d, %d trails of 20", visits, last, len(k.Trails))
				}
				last = visits
				reads.Add(1)
			}
		}()
	}
	for n := range 200 {
		cameBy(b.journal, journal.ContactID(n%20+1), campaignOf(n%5), int64(n%90))
		if n%50 == 0 {
			settled(t, b)
		}
	}
	settled(t, b)
	cancel()
	<-ended
	<-ended
	if reads.Load() < 2 {
		t.Errorf("%d readings", reads.Load())
	}
	b.agreeOnSources(t, "in the end")
}

// As many rows as may be held are; with one more the tables are read.
func TestSourcesBeyondWhatIsHeld(t *testing.T) {
	t.Parallel()
	b := setup(t, sourced(t, 20), filepath.Join(t.TempDir(), "engine.duckdb"))
	b.agreeOnSources(t, "at first")
	held := duckdb.HeldPaths(b.engine, enginetest.LargeWorkspace)
	if held < 60 {
		t.Fatalf("%d rows are held, want at least 20 visits, contacts and touches", held)
	}
	if err := b.engine.Rewrite(); err != nil { // nets the tables, and forgets
		t.Fatal(err)
	}
	if n := duckdb.HeldPaths(b.engine, enginetest.LargeWorkspace); n != 0 {
		t.Errorf("%d rows are held of a file that was written anew", n)
	}
	duckdb.Narrow(b.engine, held, 0, 3, 2)
	b.agreeOnSources(t, "within the bound")
	if n := duckdb.HeldPaths(b.engine, enginetest.LargeWorkspace); n != held {
		t.Errorf("%d rows are held, want %d", n, held)
	}
	cameBy(b.journal, 3, "Spring", 40)
	b.agreeOnSources(t, "beyond the bound")
	b.agreeOnSources(t, "again")
	if n := duckdb.HeldPaths(b.engine, enginetest.LargeWorkspace); n > 10 {
		t.Errorf("%d rows are held beyond the bound, want those of the last batches at most", n)
	}
}

// Texts of sources are those of each number and workspace, the first time and
// again, and are forgotten with the file.
func TestOriginsAreRemembered(t *testing.T) {
	t.Parallel()
	b := setup(t, sourced(t, 20), filepath.Join(t.TempDir(), "engine.duckdb"))
	settled(t, b)
	asked, want := []int64{}, map[int64]string{}
	for _, row := range knownOf(t, b.engine).Visits {
		asked = append(asked, row.Source, row.Source)
	}
	if len(asked) < 6 {
		t.Fatalf("visits have the sources %v, want three", asked)
	}
	for round := range 3 {
		if round == 2 {
			if err := b.engine.Rewrite(); err != nil {
				t.Fatal(err)
			}
			if n := duckdb.TextsKnown(b.engine, enginetest.LargeWorkspace); n != 0 {
				t.Errorf("%d texts are known of a file that was written anew", n)
			}
		}
		got := map[int64]string{}
		err := b.engine.View(t.Context(), enginetest.LargeWorkspace, func(r report.Reading) error {
			texts, err := r.(report.OriginReading).Origins(t.Context(), asked)
			for i, of := range texts {
				got[asked[i]] = of[0] + " " + of[3]
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if round == 0 {
			want = maps.Clone(got)
			seen := map[string]bool{}
			for _, text := range got {
				seen[text] = true
			}
			if len(seen) != 3 || !seen["Email Campaign 1"] {
				t.Errorf("sources are %v", got)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("round %d (-first +now):\n%s", round, diff)
		}
		if n := duckdb.TextsKnown(b.engine, enginetest.LargeWorkspace); n != 3 {
			t.Errorf("%d texts are known, want 3", n)
		}
	}
}
