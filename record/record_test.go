package record

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"sync"
	"testing"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

func open(t testing.TB, o Options) *Record {
	t.Helper()
	r, err := Open(t.Context(), filepath.Join(t.TempDir(), "record #1?.db"), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return r
}

func addWorkspace(t testing.TB, r *Record) (w journal.WorkspaceID) {
	t.Helper()
	err := r.Write(t.Context(), func(tx *Tx) (err error) {
		if w, err = tx.AddWorkspace(1); err != nil {
			return err
		}
		_, err = tx.SaveConfiguration(configurationEntry(w, 1))
		return err
	})
	if err != nil {
		t.Fatalf("add workspace: %v", err)
	}
	return w
}

func configurationEntry(w journal.WorkspaceID, edit int64) *journal.Entry {
	return &journal.Entry{
		Workspace: w, Kind: journal.KindConfiguration, At: 1, Arrived: 1, Actor: journal.Actor{Kind: journal.ActorAPI},
		Configuration: &journal.Configuration{
			Name: "Test", TimeZone: "UTC", Edit: edit,
			Lifecycle: lifecycle.Configuration{Stages: []lifecycle.Stage{{ID: 1, Key: "new", Kind: lifecycle.Progress}, {ID: 2, Key: "won", Kind: lifecycle.Won}}},
		},
	}
}

func addContact(tx *Tx, w journal.WorkspaceID) (journal.ContactID, error) {
	h := tx.Add(w)
	h.Profile.CreatedBy = "api"
	e := journal.Entry{
		Workspace: w, Kind: journal.KindContact, At: 5, Arrived: 5, Actor: journal.Actor{Kind: journal.ActorUser},
		Edit: &journal.ContactEdit{CreatedBy: "api"},
	}
	if err := tx.Append(h, &e); err != nil {
		return 0, err
	}
	return h.ID, tx.Save(w, h)
}

// Connections prepare a query when it is asked first: one that SQLite cannot
// read would be found late.
func TestEveryQueryIsOne(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	for name := range r.queries {
		if _, err := r.write.statement(name); err != nil {
			t.Error(err)
		}
	}
	if _, err := r.write.statement("no.such"); err == nil {
		t.Error("a query that is none was found")
	}
}

func TestWriteFailingRequestRollsBackAlone(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	w := addWorkspace(t, r)
	var wg sync.WaitGroup
	refused := errors.New("refused")
	for i := range 90 {
		wg.Go(func() {
			err := r.Write(t.Context(), func(tx *Tx) error {
				if _, err := addContact(tx, w); err != nil {
					return err
				}
				switch i % 3 {
				case 1:
					return refused
				case 2:
					panic("a defect")
				}
				return nil
			})
			switch i % 3 {
			case 0:
				if err != nil {
					t.Errorf("good request: %v", err)
				}
			case 1:
				if !errors.Is(err, refused) {
					t.Errorf("bad request: %v", err)
				}
			case 2:
				if fault.KindOf(err) != fault.Internal {
					t.Errorf("panicking request: %v", err)
				}
			}
		})
	}
	wg.Wait()
	head, _ := r.Head(t.Context(), w)
	if want := int64(1 + 30); head != want {
		t.Errorf("head = %d, want %d: seqs of failed requests are given to others", head, want)
	}
	n := 0
	err := r.Scan(t.Context(), w, 0, head, 1000, func(e journal.Entry) error {
		n++
		if e.Seq != int64(n) {
			t.Errorf("entry %d has seq %d", n, e.Seq)
		}
		return nil
	})
	if err != nil || n != 31 {
		t.Errorf("scan: %d entries, %v", n, err)
	}
}

func TestWriteDropsRequestCancelledBeforeItsTurn(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	busy, release := make(chan struct{}), make(chan struct{})
	go r.Write(context.Background(), func(*Tx) error { close(busy); <-release; return nil })
	<-busy
	ctx, cancel := context.WithCancel(t.Context())
	ran := false
	done := make(chan error)
	go func() { done <- r.Write(ctx, func(*Tx) error { ran = true; return nil }) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled request: %v", err)
	}
	close(release)
	if err := r.Write(t.Context(), func(*Tx) error { return nil }); err != nil || ran {
		t.Errorf("next request: %v; the cancelled one ran: %v", err, ran)
	}
}

func TestWriteRefusesWhenQueueIsFull(t *testing.T) {
	t.Parallel()
	r := open(t, Options{Queue: 1})
	busy, release := make(chan struct{}), make(chan struct{})
	go r.Write(context.Background(), func(*Tx) error { close(busy); <-release; return nil })
	<-busy
	queued := make(chan error, 1)
	go func() { queued <- r.Write(context.Background(), func(*Tx) error { return nil }) }()
	for len(r.queue) == 0 {
	}
	err := r.Write(t.Context(), func(*Tx) error { return nil })
	if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.Unavailable || e.RetryAfter == 0 {
		t.Errorf("third request: %v", err)
	}
	close(release)
	if err := <-queued; err != nil {
		t.Errorf("second request: %v", err)
	}
}

// Past what the disk takes, writers are told to come again, and what was
// answered is there after the next start: that and nothing else.
func TestPastCapacityAnsweredWritesAreKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "record.db")
	r, err := Open(t.Context(), path, Options{Queue: 8, Group: 4})
	if err != nil {
		t.Fatal(err)
	}
	addWorkspace(t, r)
	var mu sync.Mutex
	answered, refused := map[journal.ContactID]bool{}, 0
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for range 20 {
				var id journal.ContactID
				err := r.Write(t.Context(), func(tx *Tx) (err error) {
					id, err = addContact(tx, 1)
					return err
				})
				mu.Lock()
				e, ok := errors.AsType[*fault.Error](err)
				switch {
				case err == nil:
					answered[id] = true
				case ok && e.Kind == fault.Unavailable && e.RetryAfter > 0:
					refused++
				default:
					t.Errorf("a write failed: %v", err)
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err = Open(t.Context(), path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	kept := map[journal.ContactID]bool{}
	err = r.Scan(t.Context(), 1, 0, 1<<40, 10_000, func(e journal.Entry) error {
		if e.Kind == journal.KindContact {
			kept[e.Contact] = true
		}
		return nil
	})
	if err != nil || refused == 0 || len(answered) == 0 || !maps.Equal(answered, kept) {
		t.Errorf("%d writes were answered and %d refused, %d are kept, %v", len(answered), refused, len(kept), err)
	}
}

func TestReopenContinuesNumbers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "record.db")
	var incarnation string
	for round := range 3 {
		r, err := Open(t.Context(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if round == 0 {
			addWorkspace(t, r)
			incarnation = r.incarnation
		}
		err = r.Write(t.Context(), func(tx *Tx) error { _, err := addContact(tx, 1); return err })
		if err != nil {
			t.Fatal(err)
		}
		if head, _ := r.Head(t.Context(), 1); head != int64(2+round) {
			t.Errorf("round %d: head %d", round, head)
		}
		if r.incarnation != incarnation {
			t.Errorf("round %d: another incarnation", round)
		}
		if c, err := r.ConfigurationAt(t.Context(), 1, 1); err != nil || c.Name != "Test" {
			t.Errorf("configuration: %v %v", c, err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if err := r.Write(t.Context(), func(*Tx) error { return nil }); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("write after close: %v", err)
		}
	}
}
