package record

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/tidemark/tidemark/fault"
)

// request is one write that waits for its turn.
type request struct {
	ctx   context.Context
	do    func(*Tx) error
	taken atomic.Bool // by the writer, or by a caller who gave up
	err   error       // of do; valid once done
	done  chan error
}

// Write runs do inside the single writer and returns once what it wrote is
// durable. Requests that wait together share one commit; one that fails takes
// nothing of the others away. Do may run more than once, each time as if for
// the first. A request whose context ends before its turn is dropped; after
// that it is carried out.
func (r *Record) Write(ctx context.Context, do func(*Tx) error) error {
	q := &request{ctx: ctx, do: do, done: make(chan error, 1)}
	select {
	case <-r.closing:
		return errClosed()
	default:
	}
	select {
	case r.queue <- q:
	default:
		return &fault.Error{
			Kind: fault.Unavailable, Code: "too_busy",
			Message: "Too many writes are waiting. Try again in a second.", RetryAfter: time.Second,
		}
	}
	select {
	case err := <-q.done:
		return err
	case <-r.stopped:
		return r.abandoned(q)
	case <-ctx.Done():
		if q.taken.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		return <-q.done
	}
}

// abandoned answers a request that was queued while the writer stopped.
func (r *Record) abandoned(q *request) error {
	select {
	case err := <-q.done:
		return err
	default:
		return errClosed()
	}
}

func errClosed() error {
	return fault.New(fault.Unavailable, "stopping", "The server is stopping.")
}

// writer is the goroutine that owns the write connection.
type writer struct {
	record *Record
	tx     *Tx
	group  []*request
}

func newWriter(r *Record, first *counters) *writer {
	return &writer{record: r, tx: newTx(r, *first)}
}

func (w *writer) run() {
	defer close(w.record.stopped)
	for {
		select {
		case q := <-w.record.queue:
			w.commit(q)
		case <-w.record.closing:
			select {
			case q := <-w.record.queue:
				w.commit(q)
			default:
				return
			}
		}
	}
}

// patience bounds how long a group takes more requests before it commits.
const patience = 20 * time.Millisecond

// gathering is how often the writer lets others run, to see whether one of them
// brings a request, before it commits. Where nobody has anything to do it costs
// nothing, and where many have, fewer commits serve them all.
const gathering = 4

// commit runs a request, and those that wait behind it, in one transaction.
func (w *writer) commit(q *request) {
	w.group = w.group[:0]
	err := w.begin(false)
	started := time.Now()
	for err == nil && q != nil {
		if err = w.take(q); err == nil {
			q = w.next(started)
		}
	}
	if errors.Is(err, errSpoiled) {
		err = w.again()
	}
	if err == nil {
		err = w.tx.endGroup()
	}
	if err == nil {
		err = w.tx.control("commit")
	}
	if err != nil {
		w.fail(err)
		return
	}
	w.tx.publish()
	w.answer()
}

// begin begins a transaction. In a careful one every request is a savepoint.
func (w *writer) begin(careful bool) error {
	w.tx.beginGroup(careful)
	return w.tx.control("write.begin")
}

// errSpoiled says that a request failed after it wrote, in a transaction
// without savepoints.
var errSpoiled = errors.New("record: the group must run again")

// again runs the requests of a spoiled group once more, as savepoints. That is
// rare, as requests check before they write, and two statements less for
// each request otherwise.
func (w *writer) again() error {
	if err := w.tx.control("write.rollback"); err != nil {
		return err
	}
	w.tx.rollbackGroup()
	if err := w.begin(true); err != nil {
		return err
	}
	for _, q := range w.group {
		if err := w.perform(q); err != nil {
			return err
		}
	}
	return nil
}

// next returns the next request of the group, nil when there is none waiting.
func (w *writer) next(started time.Time) *request {
	if len(w.group) >= w.record.options.Group || time.Since(started) > patience {
		return nil
	}
	for range gathering {
		select {
		case q := <-w.record.queue:
			return q
		default:
			runtime.Gosched()
		}
	}
	return nil
}

// take runs one request of the group. It returns only errors that end the
// whole transaction.
func (w *writer) take(q *request) error {
	if q.ctx.Err() != nil || !q.taken.CompareAndSwap(false, true) {
		q.done <- context.Cause(q.ctx)
		return nil
	}
	w.group = append(w.group, q)
	return w.perform(q)
}

func (w *writer) perform(q *request) error {
	w.tx.beginRequest()
	q.err = guard(q.do, w.tx)
	if q.err == nil {
		q.err = w.tx.failed
	}
	if isDisk(q.err) || isDisk(w.tx.failed) {
		return errors.Join(w.tx.failed, q.err)
	}
	if q.err != nil && w.tx.wrote && !w.tx.careful {
		return errSpoiled
	}
	return w.tx.endRequest(q.err == nil)
}

// guard turns a panic of a request into its error.
func guard(do func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &fault.Error{
				Kind: fault.Internal, Code: "internal", Message: "Something went wrong on our side.",
				Err: fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack()),
			}
		}
	}()
	return do(tx)
}

func (w *writer) answer() {
	for _, q := range w.group {
		q.done <- q.err
	}
	select {
	case w.record.changed <- struct{}{}:
	default:
	}
}

// fail answers a whole group whose transaction could not be committed.
// SQLite may have rolled it back by itself, which makes ROLLBACK fail.
func (w *writer) fail(cause error) {
	_ = w.tx.control("write.rollback")
	w.tx.rollbackGroup()
	var answer error = &fault.Error{
		Kind: fault.Unavailable, Code: "write_failed",
		Message: "The change could not be stored. Nothing of it was kept; try again.", RetryAfter: time.Second, Err: cause,
	}
	if isDisk(cause) {
		answer = &fault.Error{
			Kind: fault.Unavailable, Code: "storage_full",
			Message:    "The disk is full or does not take writes. Nothing that was stored is lost; try again when there is space.",
			RetryAfter: 10 * time.Second, Err: cause,
		}
	}
	for _, q := range w.group {
		q.done <- answer
	}
}

// isDisk reports whether SQLite could not write to the disk.
func isDisk(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && (e.Code == sqlite3.ErrFull || e.Code == sqlite3.ErrIoErr || e.Code == sqlite3.ErrNomem || e.Code == sqlite3.ErrReadonly || e.Code == sqlite3.ErrCantOpen)
}
