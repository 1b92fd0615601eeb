package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
)

// processors is how many there are, also where the program later lets more
// goroutines run than that.
var processors = runtime.GOMAXPROCS(0)

// Options tune an engine. The zero value is a sound default.
type Options struct {
	Threads  int    // of one query; 0 = as many as there are processors
	MemoryMB int    // the engine's own cache and work space; 0 = 1024
	TempDir  string // where large sorts spill; "" = beside the file
	Readers  int    // views at the same time; 0 = as many as there are processors, but two: one may be long
	Waiting  int    // views that may wait for others to end; 0 = 256, more are turned away
}

func (o Options) withDefaults(path string) Options {
	if o.Threads <= 0 {
		o.Threads = processors
	}
	if o.MemoryMB <= 0 {
		o.MemoryMB = 1024
	}
	if o.TempDir == "" {
		o.TempDir = path + ".tmp"
	}
	if o.Readers <= 0 {
		o.Readers = max(2, processors)
	}
	if o.Waiting <= 0 {
		o.Waiting = 256
	}
	return o
}

// Engine is one DuckDB file. It is safe for concurrent use.
type Engine struct {
	path    string
	options Options
	dict    projector.Dictionary
	broken  chan journal.WorkspaceID
	bounds  bounds

	lock   sync.RWMutex // held for writing while the file is replaced or closed
	places *places      // taken before the lock: who waits for a place keeps nobody from replacing the file

	mu          sync.Mutex // of what follows
	db          *sql.DB    // nil when closed; changes only under lock too
	damaged     bool       // a query met corruption: the next Generations replaces the file
	generations map[generationKey]*generation
}

var (
	_ projector.Tables = (*Engine)(nil)
	_ report.Engine    = (*Engine)(nil)
)

// Open opens the file, making it when it is missing. A file that is broken,
// foreign or of another format is set aside as PATH.broken and replaced by an
// empty one, which the projector fills. It fails with fault.Unavailable
// "engine_locked" while another process has the file.
func Open(path string, options Options, dict projector.Dictionary) (*Engine, error) {
	keepFreed()
	options = options.withDefaults(path)
	e := &Engine{
		path: path, options: options, dict: dict,
		broken: make(chan journal.WorkspaceID, 64), bounds: defaultBounds,
		places: newPlaces(options.Readers, options.Waiting),
	}
	err := e.open()
	if errors.Is(err, errUnusable) {
		if err = e.setAside(); err == nil {
			err = e.open()
		}
	}
	if err != nil {
		return nil, err
	}
	return e, nil
}

// Close ends all connections. It waits for views under way.
func (e *Engine) Close() error {
	e.lock.Lock()
	defer e.lock.Unlock()
	err := e.shut()
	_ = os.RemoveAll(e.options.TempDir)
	return err
}

// Size returns the bytes of the file and its write-ahead log.
func (e *Engine) Size() int64 {
	var total int64
	for _, path := range []string{e.path, e.path + ".wal"} {
		if info, err := os.Stat(path); err == nil {
			total += info.Size()
		}
	}
	return total
}

// Readers returns how busy the readers are and have been.
func (e *Engine) Readers() Readers { return e.places.look() }

// Broken implements projector.Tables.
func (e *Engine) Broken() <-chan journal.WorkspaceID { return e.broken }

func (e *Engine) open() error {
	if err := os.MkdirAll(filepath.Dir(e.path), 0o700); err != nil {
		return fmt.Errorf("duckdb: make folder: %w", err)
	}
	var db *sql.DB
	err := e.try(func() (err error) {
		if db, err = connect(e.path, e.options); err != nil {
			return err
		}
		if err = prepareFile(context.Background(), db); err != nil {
			_ = db.Close()
		}
		return err
	})
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.db, e.damaged = db, false
	e.generations = map[generationKey]*generation{}
	return nil
}

// shut closes the file; the lock is held for writing, so no session is in use.
func (e *Engine) shut() error {
	if e.db == nil {
		return nil
	}
	var errs []error
	for _, s := range e.places.all {
		errs = append(errs, s.close())
	}
	e.mu.Lock()
	db := e.db
	e.db = nil
	for _, g := range e.generations {
		g.dropHeld()
	}
	e.mu.Unlock()
	errs = append(errs, db.Close())
	return errors.Join(errs...)
}

// setAside moves a file that cannot be used out of the way. Only the latest
// is kept: the file is a cache, kept for whoever wants to know what happened.
func (e *Engine) setAside() error {
	// The last two exist only where a checkpoint was cut off.
	for _, suffix := range []string{"", ".wal", ".wal.checkpoint", ".wal.recovery"} {
		err := os.Rename(e.path+suffix, e.path+".broken"+suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("duckdb: set broken file aside: %w", err)
		}
	}
	return nil
}

// write runs work on a connection of its own, while the file stays open.
func (e *Engine) write(ctx context.Context, work func(conn *sql.Conn) error) error {
	e.lock.RLock()
	defer e.lock.RUnlock()
	if e.db == nil {
		return errClosed()
	}
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return e.judge(0, err)
	}
	defer conn.Close()
	return e.judge(0, work(conn))
}

// aside runs work on a connection of its own without holding the file open: a
// bulk load, which does hold it, asks for numbers of cells while it runs.
func (e *Engine) aside(ctx context.Context, work func(conn *sql.Conn) error) error {
	e.mu.Lock()
	db := e.db
	e.mu.Unlock()
	if db == nil {
		return errClosed()
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return e.judge(0, err)
	}
	defer conn.Close()
	return e.judge(0, work(conn))
}

// errClosed is what a closed engine answers.
func errClosed() error {
	return fault.New(fault.Unavailable, "engine_closed", "The report engine is not open.")
}
