package duckdb_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidemark/tidemark/engine/duckdb"
	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/internal/enginetest"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
)

// blockSize is that of DuckDB's files; the first blocks follow three headers.
const (
	blockSize  = 256 << 10
	headerSize = 3 * 4096
)

// Whatever block of the file is damaged, the right answer comes in the end,
// and never a wrong one. DuckDB may take its process along, so each damaged
// file is served by a child, which is started again when it dies.
func TestDamagedBlockIsRepaired(t *testing.T) {
	t.Parallel()
	j := sample(t, "one", damagedContacts)
	path := filepath.Join(t.TempDir(), "engine.duckdb")
	load(t, j, path)
	content := read(t, path)
	var files []string
	for offset := headerSize; offset < len(content); offset += blockSize {
		damaged := append([]byte(nil), content...)
		for i := range 64 {
			damaged[min(offset+1000+i, len(damaged)-1)] ^= 0xff
		}
		copied := filepath.Join(t.TempDir(), fmt.Sprintf("damaged-at-%d.duckdb", offset))
		write(t, copied, damaged)
		files = append(files, copied)
	}
	served(t, files)
}

// damagedContacts is the size of the log of TestDamagedBlockIsRepaired.
const damagedContacts = 400

// served starts children on files, each on those that the last one did not get
// to, until every file gave the right answer. A third on a file must: the first
// two may have died of it.
func served(t *testing.T, files []string) {
	t.Helper()
	for tries := 1; len(files) > 0; tries++ {
		said, err := child("serve", files...).CombinedOutput()
		done := bytes.Count(said, []byte(rightAnswer))
		if err == nil && done == len(files) {
			return
		}
		if done > 0 {
			files, tries = files[done:], 1
		}
		if tries == 3 || len(files) == 0 || bytes.Contains(said, []byte(wrongAnswer)) {
			t.Fatalf("%v of %q:\n%.4000s", err, files, said)
		}
	}
}

// rightAnswer is what a child says of each file that it is done with.
const rightAnswer = "counts agree\n"

// wrongAnswer is what a child says that answered, but not as the oracle.
const wrongAnswer = "counts differ"

// serve answers once from each file.
func serve(files []string) error {
	var t testing.T
	j := sample(&t, "one", damagedContacts)
	want, err := byWindow(memory.New(j))
	for i := 0; err == nil && i < len(files); i++ {
		if err = answer(j, want, files[i]); err == nil {
			fmt.Print(rightAnswer)
		}
	}
	return err
}

// answer answers once from a file, as soon as it can.
func answer(j *enginetest.Journal, want funnel.Counts, path string) error {
	engine, err := duckdb.Open(path, duckdb.Options{Threads: 1}, j)
	if err != nil {
		return err
	}
	defer engine.Close()
	p := projector.New(projector.Options{Journal: j, Tables: engine, TempDir: path + ".sort", Patience: time.Minute})
	go func() { _ = p.Run(context.Background()) }()
	defer p.Close()
	got, err := eventually(engine)
	if err != nil {
		return err
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.SortSlices(lessText)); diff != "" {
		return fmt.Errorf("%s (-oracle +engine):\n%s", wrongAnswer, diff)
	}
	return nil
}

// windowPlan makes the engine read rows, not rollups.
func windowPlan() report.Plan {
	plan := benchPlan(0, 900)
	plan.Window = 20 * benchDay
	return plan
}

func byWindow(e report.Engine) (c funnel.Counts, err error) {
	ctx := context.Background()
	err = e.View(ctx, enginetest.LargeWorkspace, func(r report.Reading) (err error) {
		c, err = r.Count(ctx, windowPlan())
		return err
	})
	return c, err
}

// eventually asks until there is an answer; meanwhile the only error is that
// the file is being made anew.
func eventually(e report.Engine) (funnel.Counts, error) {
	deadline := time.Now().Add(time.Minute)
	for {
		c, err := byWindow(e)
		if fault.CodeOf(err) != "recomputing" || time.Now().After(deadline) {
			return c, err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// gated is a log whose reading from its beginning, which only builds do, can
// be held up.
type gated struct {
	*enginetest.Journal
	gate chan struct{}
}

func (g gated) Skim(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	if after == 0 {
		select {
		case <-g.gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return g.Journal.Skim(ctx, w, after, upTo, limit, visit)
}

// While a new generation is built, reports go on under the configuration in
// force, with all news, and then switch.
func TestReportsFollowTheGenerationInForce(t *testing.T) {
	t.Parallel()
	const w = enginetest.LargeWorkspace
	j := gated{sample(t, "one", 200), make(chan struct{}, 1)}
	engine, err := duckdb.Open(filepath.Join(t.TempDir(), "engine.duckdb"), duckdb.Options{}, j)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	patience := 300 * time.Millisecond
	p := projector.New(projector.Options{Journal: j, Tables: engine, TempDir: t.TempDir(), Patience: patience})
	go func() { _ = p.Run(context.Background()) }()
	defer p.Close()

	err = engine.View(t.Context(), w, func(report.Reading) error { return nil })
	if code := fault.CodeOf(err); code != "recomputing" {
		t.Fatalf("a view before the first generation answers %q, want recomputing", code)
	}
	j.gate <- struct{}{}
	b := testBundle{j.Journal, engine, p}
	settled(t, b)

	c := enginetest.LargeConfiguration()
	c.Edit++
	s := c.Lifecycle.Stages
	s[0], s[5] = s[5], s[0] // another order needs another fold
	first := c
	edit := j.Append(w, journal.Entry{Kind: journal.KindConfiguration, Configuration: &first})
	before := cursorOf(t, engine)
	news := j.Append(w, journal.Entry{Kind: journal.KindChange, Contact: 1, Stage: 3, At: lifecycle.Millis(20089+900) * benchDay})
	if code := fault.CodeOf(p.Wait(t.Context(), w, edit)); code != "recomputing" {
		t.Errorf("waiting for the edit answers %q, want recomputing", code)
	}
	for cursorOf(t, engine).Seq < news {
		time.Sleep(time.Millisecond)
	}
	during := cursorOf(t, engine)
	if during.Generation != before.Generation || during.Configuration.Edit != 1 {
		t.Errorf("generation %d of configuration %d answers, want %d of 1", during.Generation, during.Configuration.Edit, before.Generation)
	}
	if _, ok := p.Progress(w); !ok {
		t.Error("no progress is shown of the build")
	}
	c.Edit++
	c.Lifecycle.Stages = append([]lifecycle.Stage(nil), s...)
	c.Lifecycle.Stages[0], c.Lifecycle.Stages[1] = s[1], s[0] // overtakes the build
	last := c
	j.Append(w, journal.Entry{Kind: journal.KindConfiguration, Configuration: &last})
	close(j.gate)
	settled(t, b)
	after := cursorOf(t, engine)
	if after.Generation == before.Generation || after.Configuration.Edit != 3 {
		t.Errorf("generation %d of configuration %d answers, want a new one of 3", after.Generation, after.Configuration.Edit)
	}
	b.agree(t)
}

// settled waits longer than one Wait does.
func settled(t *testing.T, b testBundle) {
	t.Helper()
	head, err := b.journal.Head(t.Context(), enginetest.LargeWorkspace)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; {
		err := b.projector.Wait(t.Context(), enginetest.LargeWorkspace, head)
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

func cursorOf(t *testing.T, e report.Engine) (c report.Cursor) {
	t.Helper()
	err := e.View(t.Context(), enginetest.LargeWorkspace, func(r report.Reading) error {
		c = r.Cursor()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A name or a new stage needs no new generation.
func TestEditThatFoldsAlikeIsCarried(t *testing.T) {
	t.Parallel()
	b := setup(t, sample(t, "one", 100), filepath.Join(t.TempDir(), "engine.duckdb"))
	b.agree(t)
	c := enginetest.LargeConfiguration()
	c.Edit++
	c.Lifecycle.Stages[0].Name = "Renamed"
	b.journal.Append(enginetest.LargeWorkspace, journal.Entry{Kind: journal.KindConfiguration, Configuration: &c})
	b.agree(t)
	cursor := cursorOf(t, b.engine)
	if cursor.Generation != 1 || cursor.Configuration.Lifecycle.Stages[0].Name != "Renamed" {
		t.Errorf("generation %d answers with %q", cursor.Generation, cursor.Configuration.Lifecycle.Stages[0].Name)
	}
}

// Compaction never stops and rows are appended all the time: nothing gets lost
// or counted twice.
func TestCompactionBesideAppending(t *testing.T) {
	t.Parallel()
	j := sample(t, "one", 1_000)
	b := setup(t, j, filepath.Join(t.TempDir(), "engine.duckdb"))
	b.agree(t)
	ctx, cancel := context.WithCancel(t.Context())
	compacted, ended := 0, make(chan error, 1)
	go func() {
		var err error
		for err == nil && ctx.Err() == nil {
			if err = duckdb.CompactNow(context.WithoutCancel(ctx), b.engine, enginetest.LargeWorkspace); err == nil {
				compacted++
			}
		}
		ended <- err
	}()
	for round := range 12 {
		for contact := range journal.ContactID(100) {
			j.Append(enginetest.LargeWorkspace, journal.Entry{
				Kind: journal.KindChange, Contact: contact*7 + 1, Stage: lifecycle.StageID((round+int(contact))%6 + 1),
				At: lifecycle.Millis(20089+900)*benchDay + lifecycle.Millis(round),
			})
		}
		b.agree(t)
	}
	cancel()
	if err := <-ended; err != nil || compacted == 0 {
		t.Errorf("compacted %d times, %v", compacted, err)
	}
	b.agree(t)
}

// Rows that cancel do not pile up: after many moves of the same contacts the
// file holds not much more than what holds.
func TestCompactionKeepsTheTablesSmall(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "engine.duckdb")
	j := sample(t, "one", 2_000)
	t.Run("move", func(t *testing.T) {
		b := setup(t, j, path)
		b.agree(t)
		for round := range 6 {
			for contact := range journal.ContactID(1_000) {
				j.Append(enginetest.LargeWorkspace, journal.Entry{
					Kind: journal.KindChange, Contact: contact + 1, Stage: lifecycle.StageID(round%6 + 1),
					At: lifecycle.Millis(20089+900)*benchDay + lifecycle.Millis(round),
				})
			}
			b.agree(t)
		}
		// The last compaction is beside what appends, and would end with it.
		for range 300 {
			if duckdb.TakenBack(b.engine, enginetest.LargeWorkspace) <= 3_000 {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	rows, holding := countRows(t, path)
	if holding < 2_000 || rows > holding*13/10+6_000 {
		t.Errorf("%d rows are kept for %d journeys", rows, holding)
	}
}
