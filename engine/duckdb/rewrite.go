package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/tidemark/tidemark/fault"
)

// rewritePatience is how long Rewrite waits for views and loads under way.
const rewritePatience = time.Minute

// Rewrite nets all rows and writes what holds to a new file, so that nothing
// that was taken back is left on disk: DuckDB reuses blocks of dropped tables
// without emptying them. Views wait meanwhile.
func (e *Engine) Rewrite() error {
	if err := e.lockWithin(rewritePatience); err != nil {
		return err
	}
	defer e.lock.Unlock()
	if e.db == nil {
		return errClosed()
	}
	ctx := context.Background()
	fresh := e.path + ".new"
	if err := removeAll(fresh, fresh+".wal"); err != nil {
		return err
	}
	if err := e.copyTo(ctx, fresh); err != nil {
		return e.judge(0, err)
	}
	if err := e.shut(); err != nil {
		return fmt.Errorf("duckdb: close: %w", err)
	}
	// The new file has everything that was committed, so the old one's
	// write-ahead log must not be read with it.
	err := removeAll(e.path+".wal", e.path+".broken", e.path+".broken.wal", e.path+".broken.wal.checkpoint", e.path+".broken.wal.recovery")
	if err == nil {
		err = os.Rename(fresh, e.path)
	}
	return errors.Join(err, os.RemoveAll(e.options.TempDir), e.open())
}

// lockWithin locks the file without keeping others from it while it waits.
func (e *Engine) lockWithin(patience time.Duration) error {
	for deadline := time.Now().Add(patience); !e.lock.TryLock(); {
		if time.Now().After(deadline) {
			return fault.New(fault.Unavailable, "engine_busy", "The report engine is busy all the time.")
		}
		time.Sleep(5 * time.Millisecond)
	}
	return nil
}

// copyTo writes what holds to a new file; the lock is held for writing.
func (e *Engine) copyTo(ctx context.Context, fresh string) error {
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	keys, err := collect(ctx, conn, fmt.Sprintf("SELECT workspace, number FROM generation WHERE state > %d", loading),
		func(rows *sql.Rows) (k generationKey, err error) {
			err = rows.Scan(&k.workspace, &k.number)
			return k, err
		})
	if err != nil {
		return err
	}
	for _, key := range keys {
		g, err := e.generation(ctx, conn, key)
		if err != nil {
			return err
		}
		for i := range facts {
			// Counted anew: nothing that was taken back may stay.
			negatives, err := countOf(ctx, conn, fmt.Sprintf("%s.%s WHERE sign < 0", g.schema, facts[i].name))
			if err != nil {
				return err
			}
			if negatives == 0 {
				continue
			}
			if err := g.net(ctx, conn, i); err != nil {
				return err
			}
		}
		if err := g.cover(ctx, conn); err != nil {
			return err
		}
		if err := g.netRollups(ctx, conn, true); err != nil {
			return err
		}
	}
	var here string
	if err := conn.QueryRowContext(ctx, "SELECT current_database()").Scan(&here); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, fmt.Sprintf(`ATTACH '%s' AS fresh; COPY FROM DATABASE "%s" TO fresh; DETACH fresh`,
		strings.ReplaceAll(fresh, "'", "''"), here))
	if err != nil {
		return fmt.Errorf("duckdb: rewrite: %w", err)
	}
	return nil
}

func removeAll(paths ...string) error {
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("duckdb: remove file: %w", err)
		}
	}
	return nil
}
