package duckdb

import (
	"context"
	"database/sql"
	"fmt"
)

// querier is what reads: a connection of a session or of a writer.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// maxStatements is how many prepared statements a session keeps. Each holds on
// to the tables that it reads.
const maxStatements = 64

// session is one place in the pool of readers. Its connection is made when it
// is first used. The few statements whose text is always the same are kept
// prepared: over a rollup, planning takes as long as reading.
type session struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

func (s *session) open(ctx context.Context, db *sql.DB) error {
	if s.conn != nil {
		return nil
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		s.conn = conn
	}
	return err
}

func (s *session) close() error {
	if s.conn == nil {
		return nil
	}
	s.forget()
	err := s.conn.Close()
	s.conn = nil
	return err
}

// forget closes the prepared statements.
func (s *session) forget() {
	for _, statement := range s.statements {
		_ = statement.Close() // it only read
	}
	s.statements = nil
}

// QueryContext runs a query on the session's connection.
func (s *session) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.conn.QueryContext(ctx, query, args...)
}

// kept is a session that prepares what it runs and keeps it.
type kept struct{ *session }

// QueryContext runs a query by its prepared statement.
func (k kept) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	statement, ok := k.statements[query]
	if !ok {
		var err error
		if statement, err = k.conn.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		if len(k.statements) >= maxStatements {
			k.forget()
		}
		if k.statements == nil {
			k.session.statements = map[string]*sql.Stmt{}
		}
		k.statements[query] = statement
	}
	return statement.QueryContext(ctx, args...)
}

// collect runs a query and scans all its rows.
func collect[T any](ctx context.Context, q querier, query string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("duckdb: query: %w", err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("duckdb: scan: %w", err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("duckdb: read: %w", err)
	}
	return out, nil
}

// scanOne scans rows of one column.
func scanOne[T any](rows *sql.Rows) (v T, err error) {
	err = rows.Scan(&v)
	return v, err
}
