package duckdb_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
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
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
)

// sample is a log of some contacts, always the same, with an identity. Its
// dictionary numbers are the same in every process too.
func sample(t testing.TB, incarnation string, contacts int64) *enginetest.Journal {
	t.Helper()
	j := enginetest.NewJournal(incarnation)
	large := enginetest.NewLarge(contacts)
	head, err := large.Head(context.Background(), enginetest.LargeWorkspace)
	if err != nil {
		t.Fatal(err)
	}
	err = large.Scan(context.Background(), enginetest.LargeWorkspace, 0, head, int(head), func(e journal.Entry) error {
		if e.Edit != nil {
			if _, err := j.InternSources(context.Background(), 1, [][8]string{e.Edit.Source.To.Values()}); err != nil {
				return err
			}
		}
		j.Append(enginetest.LargeWorkspace, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// agree waits for the head of the log and compares the engine with the oracle.
func (b testBundle) agree(t *testing.T) {
	t.Helper()
	head, err := b.journal.Head(t.Context(), enginetest.LargeWorkspace)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.projector.Wait(t.Context(), enginetest.LargeWorkspace, head); err != nil {
		t.Fatal(err)
	}
	want := countAll(t, memory.New(b.journal))
	if len(want.Journeys) == 0 {
		t.Fatal("the log has no journeys")
	}
	if diff := cmp.Diff(want, countAll(t, b.engine), cmpopts.EquateEmpty(), cmpopts.SortSlices(lessText)); diff != "" {
		t.Fatalf("counts differ (-oracle +engine):\n%s", diff)
	}
}

func lessText(a, b any) bool { return fmt.Sprint(a) < fmt.Sprint(b) }

func countAll(t *testing.T, e report.Engine) (c funnel.Counts) {
	t.Helper()
	plan := benchPlan(0, 900)
	plan.Want.Contacts = true
	byCampaign := plan
	byCampaign.Group = &report.Grouping{Dimension: "campaign", Top: []string{"Campaign 1", "Campaign 2"}}
	err := e.View(t.Context(), enginetest.LargeWorkspace, func(r report.Reading) error {
		all, err := r.Count(t.Context(), plan)
		if err != nil {
			return err
		}
		grouped, err := r.Count(t.Context(), byCampaign)
		c = funnel.Counts{
			Journeys: append(all.Journeys, grouped.Journeys...),
			Stays:    append(all.Stays, grouped.Stays...),
			Contacts: append(all.Contacts, grouped.Contacts...),
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// load fills a file and closes it again.
func load(t *testing.T, j *enginetest.Journal, path string) {
	t.Helper()
	t.Run("load", func(t *testing.T) { setup(t, j, path).agree(t) })
}

// loaded makes a file that has the log of a sample of loadedContacts: a copy of
// one that was loaded.
func loaded(t *testing.T) (path string) {
	t.Helper()
	loadedOnce.Do(func() {
		from := filepath.Join(t.TempDir(), "engine.duckdb")
		load(t, sample(t, "one", loadedContacts), from)
		loadedFile = read(t, from)
	})
	path = filepath.Join(t.TempDir(), "engine.duckdb")
	write(t, path, loadedFile)
	return path
}

const loadedContacts = 200

var (
	loadedOnce sync.Once
	loadedFile []byte
)

func TestMissingFileIsMade(t *testing.T) {
	t.Parallel()
	setup(t, sample(t, "one", 100), filepath.Join(t.TempDir(), "deep", "engine.duckdb")).agree(t)
}

func TestReopenedFileGoesOn(t *testing.T) {
	t.Parallel()
	j := sample(t, "one", loadedContacts)
	path := loaded(t)
	entries := j.Entries(enginetest.LargeWorkspace)
	j.Append(enginetest.LargeWorkspace, journal.Entry{Kind: journal.KindChange, Contact: 1, Stage: 2, At: entries[len(entries)-1].At + 1})
	b := setup(t, j, path)
	b.agree(t)
	if position, _ := b.projector.Look(enginetest.LargeWorkspace); position.Generation != 1 {
		t.Errorf("generation %d is in force: the file was not used again", position.Generation)
	}
}

func TestUnusableFileIsSetAside(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(t *testing.T, path string){
		"text":     func(t *testing.T, path string) { write(t, path, []byte("no database")) },
		"empty":    func(t *testing.T, path string) { write(t, path, make([]byte, 4096)) },
		"cut off":  func(t *testing.T, path string) { write(t, path, read(t, path)[:9000]) },
		"foreign":  foreign,
		"old file": otherFormat,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := loaded(t)
			spoil(t, path)
			setup(t, sample(t, "one", loadedContacts), path).agree(t)
			if _, err := os.Stat(path + ".broken"); err != nil {
				t.Errorf("the file was not kept: %v", err)
			}
		})
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func foreign(t *testing.T, path string) {
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	execute(t, path, "CREATE TABLE somebody (name VARCHAR)")
}

func otherFormat(t *testing.T, path string) { execute(t, path, "UPDATE tidemark SET format = 0") }

func TestForeignRowsAreNotShown(t *testing.T) {
	t.Parallel()
	path := loaded(t)
	t.Run("of another record", func(t *testing.T) { setup(t, sample(t, "two", 150), path).agree(t) })
	t.Run("beyond the log", func(t *testing.T) { setup(t, sample(t, "two", 100), path).agree(t) })
}

// A crash during a bulk load leaves a schema that nobody will finish.
func TestHalfAGenerationIsDropped(t *testing.T) {
	t.Parallel()
	j := sample(t, "one", loadedContacts)
	path := loaded(t)
	execute(t, path, `CREATE SCHEMA w1g2; CREATE TABLE w1g2.journey (x INTEGER);
		INSERT INTO generation VALUES (1, 2, 0, 0, '', 0, '{}', 0, 0)`)
	b := setup(t, j, path)
	b.agree(t)
	if err := b.projector.Rebuild(t.Context(), enginetest.LargeWorkspace); err != nil {
		t.Fatal(err)
	}
	b.agree(t)
	left, err := b.engine.Generations(t.Context(), enginetest.LargeWorkspace)
	if err != nil || len(left) != 1 || left[0].Number != 2 {
		t.Errorf("generations %+v, %v are left, want only the second", left, err)
	}
}

func TestEngineIsLockedByOneProcess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "engine.duckdb")
	engine, err := duckdb.Open(path, duckdb.Options{}, enginetest.NewJournal("one"))
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	out, err := child("open", path).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "engine_locked") {
		t.Errorf("a second process opened the file: %v\n%s", err, out)
	}
	if _, err := os.Stat(path + ".broken"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a locked file was set aside: %v", err)
	}
}

// TestKilledWriterLosesNothing kills a process that projects a growing log and
// compacts all the time, again and again, and compares what is left with the
// oracle.
func TestKilledWriterLosesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "engine.duckdb")
	start := time.Now().UnixMilli()
	begin(t, path, start)
	for range 4 {
		c := child("project", path, strconv.FormatInt(start, 10))
		var said bytes.Buffer
		c.Stderr = &said
		told, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// Not before it projects: a file whose opening was killed twice is
		// not tried again.
		if _, err := bufio.NewReader(told).ReadString('\n'); err != nil {
			t.Fatalf("the child does not project: %v\n%s", err, said.String())
		}
		time.Sleep(350 * time.Millisecond)
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(); err == nil || c.ProcessState.Exited() {
			t.Fatalf("the child ended by itself: %v\n%s", err, said.String())
		}
	}
	b := setup(t, sample(t, "one", killContacts), path)
	if left, err := b.engine.Generations(t.Context(), enginetest.LargeWorkspace); err != nil || len(left) != 1 || left[0].Cursor.Seq <= 5_000+3_000 {
		t.Fatalf("the killed children left %+v, %v: they did not project", left, err)
	}
	b.agree(t)
	if position, _ := b.projector.Look(enginetest.LargeWorkspace); position.Generation != 1 {
		t.Errorf("generation %d is in force: the killed file was not used again", position.Generation)
	}
}

// begin puts the first generation in force.
func begin(t *testing.T, path string, start int64) {
	t.Helper()
	g := growing{sample(t, "one", killContacts), start, make(chan struct{})}
	engine, err := duckdb.Open(path, duckdb.Options{}, g)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	p := projector.New(projector.Options{Journal: g, Tables: engine, Patience: time.Minute})
	go func() { _ = p.Run(context.Background()) }()
	defer p.Close()
	if err := p.Wait(t.Context(), enginetest.LargeWorkspace, 1); err != nil {
		t.Fatal(err)
	}
}

// killContacts is the size of the log of TestKilledWriterLosesNothing.
const killContacts = 4_000

// childVariable makes the test binary a child of a test.
const childVariable = "TIDEMARK_TEST_CHILD"

func child(name string, args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), childVariable+"="+name)
	return c
}

// growing is a log that only shows what has arrived by now.
type growing struct {
	*enginetest.Journal
	start int64
	tick  chan struct{}
}

func (g growing) Head(ctx context.Context, w journal.WorkspaceID) (int64, error) {
	head, err := g.Journal.Head(ctx, w)
	return min(head, 5_000+2*(time.Now().UnixMilli()-g.start)), err
}

func (g growing) Changed() <-chan struct{} { return g.tick }

func runChild(name string, args []string) error {
	if name == "open" {
		_, err := duckdb.Open(args[0], duckdb.Options{}, enginetest.NewJournal("one"))
		return err
	}
	if name == "serve" {
		return serve(args)
	}
	start, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return err
	}
	var t testing.T
	g := growing{sample(&t, "one", killContacts), start, make(chan struct{})}
	engine, err := duckdb.Open(args[0], duckdb.Options{Threads: 1}, g)
	if err != nil {
		return err
	}
	go func() {
		for {
			time.Sleep(5 * time.Millisecond)
			g.tick <- struct{}{}
		}
	}()
	go func() {
		for { // so that most kills meet a compaction
			_ = duckdb.CompactNow(context.Background(), engine, enginetest.LargeWorkspace)
		}
	}()
	p := projector.New(projector.Options{Journal: g, Tables: engine, Patience: time.Minute})
	go func() {
		head, err := g.Head(context.Background(), enginetest.LargeWorkspace)
		if err == nil {
			err = p.Wait(context.Background(), enginetest.LargeWorkspace, head)
		}
		if err == nil {
			fmt.Println("projecting")
		}
	}()
	if err := p.Run(context.Background()); err != nil {
		return err
	}
	return fault.New(fault.Internal, "ended", "the projector ended")
}
