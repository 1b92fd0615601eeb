package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"strings"

	ddb "github.com/duckdb/duckdb-go/v2"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// errUnusable marks a file that must be set aside.
var errUnusable = errors.New("duckdb: file is broken or foreign")

// connect opens the file and applies the settings.
func connect(path string, o Options) (*sql.DB, error) {
	quoted := strings.ReplaceAll(o.TempDir, "'", "''")
	settings := fmt.Sprintf("SET threads = %d; SET memory_limit = '%dMB'; SET temp_directory = '%s'; SET preserve_insertion_order = true",
		o.Threads, o.MemoryMB, quoted)
	if strings.ContainsAny(path, "?%") {
		// The driver reads its path as a URL.
		return nil, fault.New(fault.Invalid, "path_not_usable", "The data folder's path must not contain ? or %%.")
	}
	connector, err := ddb.NewConnector(path, nil)
	if err != nil {
		return nil, classify(err)
	}
	db := sql.OpenDB(connector)
	if _, err := db.Exec(settings); err != nil {
		_ = db.Close()
		return nil, classify(err)
	}
	// Idle connections hold nothing but their catalog caches.
	db.SetMaxIdleConns(o.Readers + 4)
	return db, nil
}

// transient are parts of messages that say nothing about the file itself.
var transient = []string{"permission denied", "no space left", "is a directory", "too many open files", "cannot allocate"}

// classify turns an error of opening into what the caller does about it.
func classify(err error) error {
	text := strings.ToLower(err.Error())
	if strings.Contains(text, "could not set lock") {
		return &fault.Error{
			Kind: fault.Unavailable, Code: "engine_locked",
			Message: "Another process has the report engine's file open. Stop it, or use its data folder through it.", Err: err,
		}
	}
	for _, part := range transient {
		if strings.Contains(text, part) {
			return fmt.Errorf("duckdb: open: %w", err)
		}
	}
	return fmt.Errorf("%w: %w", errUnusable, err)
}

// maxTrials is how many processes may die in a row while they try the file.
const maxTrials = 2

// try runs the first use of the file. DuckDB can crash the whole process on
// damaged metadata instead of returning an error; a note beside the file,
// taken away once everything in it could be read, keeps that from happening
// at each start for ever: after maxTrials deaths the file is unusable.
func (e *Engine) try(use func() error) error {
	note := e.path + ".trial"
	deaths, err := os.ReadFile(note)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("duckdb: read note of trials: %w", err)
	}
	if len(deaths) >= maxTrials {
		if err := os.Remove(note); err != nil {
			return fmt.Errorf("duckdb: remove note of trials: %w", err)
		}
		return fmt.Errorf("%w: %d processes died while they opened it", errUnusable, len(deaths))
	}
	if err := os.WriteFile(note, append(deaths, '.'), 0o600); err != nil {
		return fmt.Errorf("duckdb: write note of trials: %w", err)
	}
	used := use()
	if err := os.Remove(note); err != nil {
		return errors.Join(used, fmt.Errorf("duckdb: remove note of trials: %w", err))
	}
	return used
}

// prepareFile makes the tables of an empty file, refuses those of another
// format, and removes what a crash left half loaded.
func prepareFile(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return classify(err)
	}
	defer conn.Close()
	var tables, ours int
	row := conn.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (schema_name = 'main' AND table_name = 'tidemark') FROM duckdb_tables()`)
	if err := row.Scan(&tables, &ours); err != nil {
		return classify(err)
	}
	if tables == 0 {
		return inTransaction(ctx, conn, func() error {
			_, err := conn.ExecContext(ctx, mainTables+fmt.Sprintf("INSERT INTO tidemark VALUES (%d)", format))
			return err
		})
	}
	if ours == 0 {
		return fmt.Errorf("%w: no table of ours in it", errUnusable)
	}
	if err := checkFormat(ctx, conn); err != nil {
		return err
	}
	return readAll(ctx, conn)
}

// readAll reads a little of every table, which makes DuckDB read what it knows
// of all its columns.
func readAll(ctx context.Context, conn *sql.Conn) error {
	tables, err := collect(ctx, conn, `SELECT '"' || schema_name || '"."' || table_name || '"' FROM duckdb_tables()
		WHERE NOT internal`, scanOne[string])
	if err != nil {
		return fmt.Errorf("%w: %w", errUnusable, err)
	}
	for _, table := range tables {
		var rows int
		if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT * FROM "+table+" LIMIT 1)").Scan(&rows); err != nil {
			return fmt.Errorf("%w: %w", errUnusable, err)
		}
	}
	return nil
}

func checkFormat(ctx context.Context, conn *sql.Conn) error {
	var found int
	if err := conn.QueryRowContext(ctx, "SELECT format FROM tidemark").Scan(&found); err != nil {
		return fmt.Errorf("%w: %w", errUnusable, err)
	}
	if found != format {
		return fmt.Errorf("%w: format %d, not %d", errUnusable, found, format)
	}
	return dropStray(ctx, conn)
}

// dropStray removes schemas that no complete generation has.
func dropStray(ctx context.Context, conn *sql.Conn) error {
	rows, err := collect(ctx, conn, `SELECT s.schema_name FROM duckdb_schemas() s
		WHERE s.database_name = current_database() AND NOT s.internal AND s.schema_name <> 'main'
		AND s.schema_name NOT IN (SELECT 'w' || workspace || 'g' || number FROM generation WHERE state > 0)`, scanOne[string])
	if err != nil {
		return fmt.Errorf("%w: %w", errUnusable, err)
	}
	for _, schema := range rows {
		if _, err := conn.ExecContext(ctx, `DROP SCHEMA "`+schema+`" CASCADE`); err != nil {
			return fmt.Errorf("duckdb: drop half a generation: %w", err)
		}
	}
	_, err = conn.ExecContext(ctx, "DELETE FROM generation WHERE state = 0")
	return err
}

// judge looks at an error of a query. Corruption marks the file as damaged
// and wakes the projector; everything else passes.
func (e *Engine) judge(w journal.WorkspaceID, err error) error {
	if err == nil || !corrupt(err) {
		return err
	}
	e.mu.Lock()
	e.damaged = true
	e.mu.Unlock()
	select {
	case e.broken <- w:
	default: // the projector has not read the last one yet: it will come by
	}
	return &fault.Error{
		Kind: fault.Unavailable, Code: "recomputing",
		Message: "The report engine's file was damaged and is being made anew from the log.", Err: err,
	}
}

// corrupt reports whether an error says that the file is damaged or that the
// open database refuses all further work.
func corrupt(err error) bool {
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, context.Canceled) {
		return false
	}
	if known, ok := errors.AsType[*ddb.Error](err); ok && (known.Type == ddb.ErrorTypeFatal || known.Type == ddb.ErrorTypeSerialization) {
		return true
	}
	text := strings.ToLower(err.Error())
	return strings.Contains(text, "corrupt") || strings.Contains(text, "checksum") || strings.Contains(text, "database has been invalidated")
}

// repair replaces a damaged file by an empty one.
func (e *Engine) repair() error {
	e.mu.Lock()
	damaged := e.damaged
	e.mu.Unlock()
	if !damaged {
		return nil
	}
	e.lock.Lock()
	defer e.lock.Unlock()
	if e.db == nil {
		return errClosed()
	}
	_ = e.shut() // a damaged file may not close cleanly
	if err := e.setAside(); err != nil {
		return err
	}
	_ = os.RemoveAll(e.options.TempDir)
	return e.open()
}
