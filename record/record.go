package record

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Options tune a record. The zero value is right for a server.
type Options struct {
	Queue   int // how many writes may wait; 0 = 4096
	Group   int // how many writes one commit takes at most; 0 = 1024
	Readers int // how many connections read; 0 = 8
}

func (o Options) withDefaults() Options {
	if o.Queue == 0 {
		o.Queue = 4096
	}
	if o.Group == 0 {
		o.Group = 1024
	}
	if o.Readers == 0 {
		o.Readers = 8
	}
	return o
}

// Record is an open record. It is safe for concurrent use.
type Record struct {
	options     Options
	incarnation string
	lineage     string // of the log: the same after a restore
	queries     map[string]string
	dsn         string

	queue   chan *request
	closing chan struct{}
	close   sync.Once
	stopped chan struct{}
	write   *conn

	readers chan *conn // nil = not opened yet

	state   atomic.Pointer[state]
	changed chan struct{}
	texts   *numbering
	sources *numbering
	recent  recent
	tail    tail
}

// state is what is known of the committed record without asking it. It is
// replaced as a whole after each commit that changes it.
type state struct {
	heads          map[journal.WorkspaceID]int64
	configurations map[journal.WorkspaceID]*workspace.Configured
}

// Open opens the record in a file, which is created if it is not there.
// Only one process may have it open.
func Open(ctx context.Context, path string, o Options) (*Record, error) {
	queries, err := loadQueries()
	if err != nil {
		return nil, fmt.Errorf("load queries: %w", err)
	}
	r := &Record{
		options: o.withDefaults(), queries: queries, dsn: "file:" + (&url.URL{Path: path}).EscapedPath(),
		closing: make(chan struct{}), stopped: make(chan struct{}), changed: make(chan struct{}, 1),
		texts: newTexts(), sources: newSources(),
	}
	if err := migrate(ctx, r.dsn); err != nil {
		return nil, fmt.Errorf("migrate record: %w", err)
	}
	if r.write, err = openConn(r.dsn, writePragmas(), r.queries); err != nil {
		return nil, fmt.Errorf("open record: %w", err)
	}
	first, err := r.load(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("load record: %w", err), r.write.close())
	}
	r.start(first)
	return r, nil
}

// writePragmas: WAL is a property of the file and set by migrate. FULL makes
// every commit durable. A longer log between checkpoints writes a page that
// many commits touch into the file once. What is deleted is overwritten with
// zeros, so that who is erased is gone from the file too.
func writePragmas() []string {
	return []string{"synchronous = FULL", "cache_size = -65536", "wal_autocheckpoint = 8192", "temp_store = MEMORY", "foreign_keys = ON", "secure_delete = ON"}
}

func (r *Record) start(first *counters) {
	r.queue = make(chan *request, r.options.Queue)
	r.readers = make(chan *conn, r.options.Readers)
	for range r.options.Readers {
		r.readers <- nil
	}
	go newWriter(r, first).run()
}

// Close stops the writer after the writes that are queued, and closes the
// file. Writes after it fail as unavailable.
func (r *Record) Close() error {
	var errs []error
	r.close.Do(func() {
		close(r.closing)
		<-r.stopped
		for range r.options.Readers {
			if c := <-r.readers; c != nil {
				errs = append(errs, c.close())
			}
		}
		errs = append(errs, r.write.close())
	})
	return errors.Join(errs...)
}

// load reads what the writer continues from.
func (r *Record) load(ctx context.Context) (*counters, error) {
	if err := r.loadIncarnation(ctx); err != nil {
		return nil, err
	}
	s, err := r.loadState(ctx)
	if err != nil {
		return nil, err
	}
	r.state.Store(s)
	var first counters
	err = first.raise(func(table string) (Row, bool, error) { return r.write.one(ctx, "meta.sequence", []any{table}) })
	return &first, err
}

// raise takes in the last numbers given. Visitors are numbered as contacts are.
func (c *counters) raise(sequence func(table string) (Row, bool, error)) error {
	for _, of := range []struct {
		table string
		last  *int64
	}{{"log", &c.seq}, {"contact", &c.contact}, {"visitor", &c.contact}} {
		row, ok, err := sequence(of.table)
		if err != nil {
			return err
		}
		if ok {
			*of.last = max(*of.last, row.Int(0))
		}
	}
	return nil
}

func (r *Record) loadIncarnation(ctx context.Context) (err error) {
	if r.lineage, err = r.identity(ctx, "lineage"); err != nil {
		return err
	}
	r.incarnation, err = r.identity(ctx, "incarnation")
	return err
}

// identity reads a random text that is made once.
func (r *Record) identity(ctx context.Context, name string) (string, error) {
	row, ok, err := r.write.one(ctx, "meta.get", []any{name})
	if err != nil {
		return "", err
	}
	if ok {
		return row.Text(0), nil
	}
	made := rand.Text()
	return made, r.write.each(ctx, "meta.set", nil, []any{name, made})
}

// loadState reads the latest configurations and heads.
func (r *Record) loadState(ctx context.Context) (*state, error) {
	s := &state{heads: map[journal.WorkspaceID]int64{}, configurations: map[journal.WorkspaceID]*workspace.Configured{}}
	err := r.write.each(ctx, "configuration.list", func(row Row) error {
		c, err := decodeConfigured(row)
		if err != nil {
			return err
		}
		s.configurations[journal.WorkspaceID(row.Int(0))] = c
		return nil
	}, nil)
	if err != nil {
		return nil, err
	}
	err = r.write.each(ctx, "workspace.list", func(row Row) error {
		s.heads[journal.WorkspaceID(row.Int(0))] = row.Int(1)
		return nil
	}, nil)
	return s, err
}

// Changed returns a channel that receives whenever something was committed.
// It coalesces, is never closed, and has one receiver.
func (r *Record) Changed() <-chan struct{} { return r.changed }

// Incarnation is the identity of the record's log, new at every restore.
func (r *Record) Incarnation(context.Context) (string, error) { return r.incarnation, nil }

// Head returns the seq of the workspace's latest entry, 0 of an empty log.
func (r *Record) Head(_ context.Context, w journal.WorkspaceID) (int64, error) {
	return r.state.Load().heads[w], nil
}
