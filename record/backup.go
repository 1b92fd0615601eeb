package record

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
)

// Backup writes the record as it is at one moment to a new file, beside the
// writer. What was deleted is not in it.
func (r *Record) Backup(ctx context.Context, path string) error {
	// The new file is attached to this connection and overwrites what moves
	// between its pages only if this one does: else old copies of rows lie in
	// the gaps, where no later erasure finds them.
	const name = "backup"
	c, err := openConn(r.dsn, []string{"secure_delete = ON"}, map[string]string{name: "VACUUM INTO '" + strings.ReplaceAll(path, "'", "''") + "'"})
	if err != nil {
		return fmt.Errorf("open connection: %w", err)
	}
	defer func() { _ = c.close() }()
	return c.each(ctx, name, nil, nil)
}

// Numbers are the last numbers that a record gave.
type Numbers struct{ Seq, Contact int64 }

// Renew makes a record that was restored from a backup another one than that
// which wrote it: it gets a new incarnation, and numbers go on after those
// that were given since. It returns its lineage, which every restore shares
// with it.
func Renew(ctx context.Context, path string, least Numbers) (lineage string, err error) {
	r, err := Open(ctx, path, Options{})
	if err != nil {
		return "", err
	}
	err = r.Write(ctx, func(tx *Tx) error {
		if err := tx.Run("meta.set", "incarnation", rand.Text()); err != nil {
			return err
		}
		for table, number := range map[string]int64{"log": least.Seq, "contact": least.Contact} {
			if err := tx.Run("sequence.add", table); err != nil {
				return err
			}
			if err := tx.Run("sequence.raise", table, number); err != nil {
				return err
			}
		}
		return nil
	})
	return r.lineage, errors.Join(err, r.Close())
}

// LastNumbers returns the last numbers that the record in a file gave.
func LastNumbers(ctx context.Context, path string) (Numbers, error) {
	r, err := Open(ctx, path, Options{})
	if err != nil {
		return Numbers{}, err
	}
	var last counters
	err = r.Read(ctx, func(rd *Reader) error {
		return last.raise(func(table string) (Row, bool, error) { return rd.One("meta.sequence", table) })
	})
	return Numbers{last.seq, last.contact}, errors.Join(err, r.Close())
}
