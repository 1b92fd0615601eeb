package record

import (
	"context"
	"fmt"
)

// Reader is one moment of the record. It is only valid while the function
// that got it runs, and must not be used by two goroutines at once.
type Reader struct {
	ctx    context.Context
	conn   *conn
	record *Record
	state  *state
}

// Read runs do on one moment of the record, beside the writer. Everything
// that was committed before Read is seen.
func (r *Record) Read(ctx context.Context, do func(*Reader) error) error {
	c, err := r.borrow(ctx)
	if err != nil {
		return err
	}
	healthy := false
	defer func() { r.giveBack(c, healthy) }()
	// The state is taken before the snapshot opens: a configuration that is
	// older than the rows is normal (the next request sees it), rows that are
	// older than the configuration are not.
	reader := &Reader{ctx: ctx, conn: c, record: r, state: r.state.Load()}
	if err := c.each(context.Background(), "read.begin", nil, nil); err != nil {
		return fmt.Errorf("begin read: %w", err)
	}
	err = do(reader)
	ended := c.each(context.Background(), "commit", nil, nil)
	healthy = ended == nil
	if err != nil {
		return err
	}
	return ended
}

// borrow takes a reading connection, opening it at its first use.
func (r *Record) borrow(ctx context.Context) (*conn, error) {
	select {
	case <-r.closing:
		return nil, errClosed()
	case <-ctx.Done():
		return nil, ctx.Err()
	case c := <-r.readers:
		if c != nil {
			return c, nil
		}
	}
	c, err := openConn(r.dsn, []string{"query_only = ON", "cache_size = -16384"}, r.queries)
	if err != nil {
		r.readers <- nil
		return nil, fmt.Errorf("open reader: %w", err)
	}
	return c, nil
}

// giveBack returns a connection; one that a panic or an error left inside a
// transaction is closed instead.
func (r *Record) giveBack(c *conn, healthy bool) {
	if !healthy {
		_ = c.close()
		c = nil
	}
	r.readers <- c
}

// Each runs a named query and visits its rows.
func (r *Reader) Each(name string, visit func(Row) error, args ...any) error {
	return r.conn.each(r.ctx, name, visit, args)
}

// One runs a named query and returns its first row.
func (r *Reader) One(name string, args ...any) (Row, bool, error) {
	return r.conn.one(r.ctx, name, args)
}
