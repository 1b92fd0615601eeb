package record_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/workspace"
)

// The floors of this file are what SQLite can do at all with the rows of our
// log, through database/sql, as a plain program would; compare them with the
// real thing in the same run:
//
//	go test ./record -run '^$' -bench 'BareInsert|RecordChanges'
//	go test ./record -run '^$' -bench 'BareGroupedCommit|SetStage'

const insertLog = `INSERT INTO log (seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
	stage, silent, import, note, change_id, body) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// openBare opens a file of our schema and returns it with a prepared insert.
func openBare(b *testing.B) (*sql.DB, *sql.Stmt) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bare.db")
	r, err := record.Open(b.Context(), path, record.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if err := r.Close(); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL&_cache_size=-65536")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	insert, err := db.Prepare(insertLog)
	if err != nil {
		b.Fatal(err)
	}
	return db, insert
}

func insertRow(insert *sql.Stmt, i int) error {
	_, err := insert.Exec(1, 1, i%1000+1, i, 1_700_000_000_000+i, 1_700_000_000_000+i, 1, nil, nil, i%5+1, 0, 0, nil, nil, nil)
	return err
}

const batch = 1000

// BenchmarkBareInsert is the floor of history batches: log rows and nothing
// else, in transactions of a batch each. One operation is one row.
func BenchmarkBareInsert(b *testing.B) {
	db, insert := openBare(b)
	b.ResetTimer()
	for i := 0; i < b.N; {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		in := tx.Stmt(insert)
		for end := min(i+batch, b.N); i < end; i++ {
			if err := insertRow(in, i); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRecordChanges records history in batches: four changes for each
// contact, the contacts in random order. One operation is one change.
func BenchmarkRecordChanges(b *testing.B) {
	for _, c := range []struct {
		name   string
		spread bool // the changes of a contact lie in different batches
		ids    bool
	}{{"together", false, false}, {"spread", true, false}, {"spread_ids", true, true}} {
		b.Run(c.name, func(b *testing.B) {
			s, w := openService(b)
			contacts := rand.New(rand.NewPCG(1, 2)).Perm(b.N/4 + 1)
			items := make([]workspace.ChangeItem, b.N)
			stages := []string{"new_lead", "hot_lead", "payment", "customer"}
			for i := range items {
				contact, step := contacts[i/4], i%4
				if c.spread {
					contact, step = contacts[i%len(contacts)], i/len(contacts)%4
				}
				id := fmt.Sprintf("contact-%08x", uint32(contact)*2654435761)
				items[i] = workspace.ChangeItem{
					Contact: workspace.ContactFields{ExternalID: &id}, Stage: &stages[step], HasStage: true,
					At: lifecycle.Millis(1_600_000_000_000 + int64(step)*86_400_000 + int64(contact)), Actor: journal.Actor{Kind: journal.ActorAPI},
				}
				if c.ids {
					items[i].ID = fmt.Sprintf("%s/%d", id, step)
				}
			}
			b.ResetTimer()
			for i := 0; i < b.N; i += batch {
				out, err := s.RecordChanges(b.Context(), w, workspace.RecordChangesInput{Items: items[i:min(i+batch, b.N)]})
				if err != nil || len(out.Rejected) > 0 {
					b.Fatal(err, out.Rejected)
				}
			}
		})
	}
}

const clients = 64

// BenchmarkBareGroupedCommit is the floor of single changes: 64 callers, each
// waiting until its one row is durable, one goroutine that inserts and
// commits whatever waits. One operation is one row.
func BenchmarkBareGroupedCommit(b *testing.B) {
	db, insert := openBare(b)
	queue := make(chan chan error, clients)
	go func() {
		for i := 0; ; {
			first, ok := <-queue
			if !ok {
				return
			}
			group := []chan error{first}
			tx, err := db.Begin()
			if err != nil {
				b.Error(err)
				return
			}
			in := tx.Stmt(insert)
			for n := 0; n < len(group); n++ {
				i++
				if err := insertRow(in, i); err != nil {
					b.Error(err)
				}
				select {
				case next, ok := <-queue:
					if ok {
						group = append(group, next)
					}
				default:
				}
			}
			err = tx.Commit()
			for _, done := range group {
				done <- err
			}
		}
	}()
	b.ResetTimer()
	parallel(b, func(int) error {
		done := make(chan error, 1)
		queue <- done
		return <-done
	})
	close(queue)
}

// BenchmarkSetStage moves contacts by 64 callers, each waiting until its
// change is durable. One operation is one change.
func BenchmarkSetStage(b *testing.B) {
	s, w := openService(b)
	const contacts = 50_000
	items := make([]workspace.ChangeItem, contacts)
	for i := range items {
		id, stage := fmt.Sprint("c", i), "new_lead"
		items[i] = workspace.ChangeItem{Contact: workspace.ContactFields{ExternalID: &id}, Stage: &stage, HasStage: true, At: 1_600_000_000_000}
	}
	if _, err := s.RecordChanges(b.Context(), w, workspace.RecordChangesInput{Items: items}); err != nil {
		b.Fatal(err)
	}
	stages := []string{"hot_lead", "payment", "new_lead"}
	b.ResetTimer()
	parallel(b, func(i int) error {
		_, err := s.SetStage(context.Background(), w, workspace.SetStageInput{
			Ref: workspace.ContactRef{ExternalID: *items[i*7919%contacts].Contact.ExternalID}, Stage: &stages[i/contacts%3],
		})
		return err
	})
}

// parallel runs b.N operations by 64 callers.
func parallel(b *testing.B, do func(i int) error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= b.N {
					return
				}
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func openService(b testing.TB) (*workspace.Service, journal.WorkspaceID) {
	b.Helper()
	r, err := record.Open(b.Context(), filepath.Join(b.TempDir(), "record.db"), record.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := r.Close(); err != nil {
			b.Error(err)
		}
	})
	s := workspace.NewService(r.Store(), time.Now)
	out, err := s.CreateWorkspace(b.Context(), workspace.CreateWorkspaceInput{})
	if err != nil {
		b.Fatal(err)
	}
	return s, out.Workspace
}
