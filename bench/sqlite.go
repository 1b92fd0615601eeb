package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// bare is SQLite as a plain program would use it: one table of rows as wide as
// a change, one index on the contact, every commit durable.
type bare struct {
	db     *sql.DB
	insert *sql.Stmt
	rows   int
	random *rand.Rand
	spread int // contacts
}

func openBare(ctx context.Context, dir string, contacts int) (*bare, error) {
	// The driver is registered by record, the only room that knows it.
	path := filepath.Join(dir, "bare.sqlite")
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL&_cache_size=-65536")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	b := &bare{db: db, random: rand.New(rand.NewPCG(3, 4)), spread: max(contacts, 1)}
	_, err = db.ExecContext(ctx, `DROP TABLE IF EXISTS change;
		CREATE TABLE change (seq INTEGER PRIMARY KEY, contact INTEGER NOT NULL, at INTEGER NOT NULL, arrived INTEGER NOT NULL,
			actor INTEGER NOT NULL, stage INTEGER NOT NULL, name TEXT, note TEXT) STRICT;
		CREATE INDEX change_contact ON change (contact)`)
	if err == nil {
		b.insert, err = db.PrepareContext(ctx, "INSERT INTO change (contact, at, arrived, actor, stage, name, note) VALUES (?, ?, ?, ?, ?, ?, ?)")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("bench: make the bare table: %w", err), db.Close())
	}
	return b, nil
}

func (b *bare) close() error { return b.db.Close() }

// put inserts the next row.
func (b *bare) put(insert *sql.Stmt) error {
	b.rows++
	at := 1_700_000_000_000 + b.rows
	_, err := insert.Exec(b.random.IntN(b.spread), at, at, 1, b.rows%8, nil, nil)
	return err
}

// bulk inserts rows in transactions of a batch and returns the rate.
func (b *bare) bulk(ctx context.Context, rows, batch int) (float64, error) {
	start := time.Now()
	for done := 0; done < rows; done += batch {
		err := b.commit(ctx, func(insert *sql.Stmt) error {
			for range min(batch, rows-done) {
				if err := b.put(insert); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	return rate(rows, time.Since(start)), nil
}

func (b *bare) commit(ctx context.Context, work func(*sql.Stmt) error) error {
	tx, err := b.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := work(tx.Stmt(b.insert)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// clients is how many callers write single changes at the same time.
const clients = 64

// grouped lets so many callers wait, each for its own row, on one goroutine
// that commits whatever waits. It returns the rate.
func (b *bare) grouped(ctx context.Context, length time.Duration) (float64, error) {
	queue := make(chan chan error, clients)
	ended := make(chan error, 1)
	go func() { ended <- b.group(ctx, queue) }()
	n, took, err := crowd(ctx, length, func(int) (func() error, error) {
		done := make(chan error, 1)
		return func() error {
			queue <- done
			return <-done
		}, nil
	})
	close(queue)
	return rate(n, took), errors.Join(err, <-ended)
}

// serve answers every request once a row for it is durable, and does nothing
// else: what any program could do at most behind HTTP on the same processors.
func (b *bare) serve(ctx context.Context) (*server, error) {
	queue := make(chan chan error, clients)
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- b.group(ctx, queue) }()
	s := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		done := make(chan error, 1)
		queue <- done
		if err = errors.Join(err, <-done); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})}
	go func() { _ = s.Serve(l) }() // close ends it
	stop := func() error {
		err := s.Close()
		close(queue)
		return errors.Join(err, <-ended)
	}
	return &server{address: l.Addr().String(), close: stop}, nil
}

// group commits what waits, until the queue is closed.
func (b *bare) group(ctx context.Context, queue <-chan chan error) error {
	for first := range queue {
		waiting := []chan error{first}
		err := b.commit(context.WithoutCancel(ctx), func(insert *sql.Stmt) error {
			for n := 0; n < len(waiting); n++ {
				if err := b.put(insert); err != nil {
					return err
				}
				select {
				case next, ok := <-queue:
					if ok {
						waiting = append(waiting, next)
					}
				default:
				}
			}
			return nil
		})
		for _, done := range waiting {
			done <- err
		}
	}
	return nil
}

// crowd lets the clients repeat their work for a while. It returns how much
// was done in how long, and the first error.
func crowd(ctx context.Context, length time.Duration, client func(i int) (work func() error, err error)) (int, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var done atomic.Int64
	var group sync.WaitGroup
	var once sync.Once
	var failed error
	fail := func(err error) { once.Do(func() { failed = err; cancel() }) }
	start := time.Now()
	for i := range clients {
		group.Go(func() {
			work, err := client(i)
			for err == nil && ctx.Err() == nil {
				if err = work(); err == nil {
					done.Add(1)
				}
			}
			if err != nil {
				fail(err)
			}
		})
	}
	group.Wait()
	return int(done.Load()), time.Since(start), failed
}
