package record

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/mattn/go-sqlite3"
)

// conn is one SQLite connection, which prepares a query when it is asked first
// and keeps it. It speaks to the driver without database/sql, whose pool and
// scanning cost as much as a small statement does. It must not be used by two
// goroutines at once.
type conn struct {
	raw        driver.Conn
	queries    map[string]string // by name; read only
	statements map[string]*statement
	args       []driver.NamedValue
}

type statement struct {
	prepared driver.Stmt
	row      []driver.Value
}

// Row is one row of a result. It is valid until the next row is read.
type Row []driver.Value

// Int returns an integer column, 0 for NULL.
func (r Row) Int(i int) int64 { v, _ := r[i].(int64); return v }

// Text returns a text column, "" for NULL.
func (r Row) Text(i int) string { v, _ := r[i].(string); return v }

// Blob returns a blob column, nil for NULL.
func (r Row) Blob(i int) []byte { v, _ := r[i].([]byte); return v }

// Null reports whether a column is NULL.
func (r Row) Null(i int) bool { return r[i] == nil }

// connection is how a conn is opened: it waits for others that write, and since
// one goroutine uses it at once, SQLite need not lock it. Another may interrupt
// it all the same.
const connection = "?_busy_timeout=10000&_mutex=no"

func openConn(dsn string, pragmas []string, queries map[string]string) (*conn, error) {
	raw, err := (&sqlite3.SQLiteDriver{}).Open(dsn + connection)
	if err != nil {
		return nil, fmt.Errorf("open connection: %w", err)
	}
	c := &conn{raw: raw, queries: queries, statements: map[string]*statement{}}
	for _, pragma := range pragmas {
		if err := c.execute("PRAGMA " + pragma); err != nil {
			return nil, errors.Join(fmt.Errorf("pragma %s: %w", pragma, err), raw.Close())
		}
	}
	return c, nil
}

// statement finds a query by its name.
func (c *conn) statement(name string) (*statement, error) {
	if s, ok := c.statements[name]; ok {
		return s, nil
	}
	text, ok := c.queries[name]
	if !ok {
		return nil, fmt.Errorf("record: no query %q", name)
	}
	prepared, err := c.raw.Prepare(text)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", name, err)
	}
	s := &statement{prepared: prepared}
	c.statements[name] = s
	return s, nil
}

func (c *conn) close() error {
	var errs []error
	for _, s := range c.statements {
		errs = append(errs, s.prepared.Close())
	}
	return errors.Join(append(errs, c.raw.Close())...)
}

// execute runs a text without parameters.
func (c *conn) execute(text string) error {
	s, err := c.raw.Prepare(text)
	if err != nil {
		return err
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(context.Background(), nil)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	return errors.Join(rows.Close(), s.Close())
}

// bind makes driver arguments in a buffer that the next call reuses.
func (c *conn) bind(args []any) ([]driver.NamedValue, error) {
	c.args = c.args[:0]
	for i, arg := range args {
		switch v := arg.(type) {
		case int:
			arg = int64(v)
		case nil, int64, string, []byte, bool:
		default:
			converted, err := driver.DefaultParameterConverter.ConvertValue(arg)
			if err != nil {
				return nil, err
			}
			arg = converted
		}
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: arg})
	}
	return c.args, nil
}

// each runs a query and visits its rows. A statement that writes is complete
// when each returns, with or without rows. The visitor may run other queries,
// not the same one.
func (c *conn) each(ctx context.Context, name string, visit func(Row) error, args []any) error {
	s, err := c.statement(name)
	if err != nil {
		return err
	}
	bound, err := c.bind(args)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	// The driver's query path binds and steps in one call into C; its exec
	// path makes a call for each argument.
	rows, err := s.prepared.(driver.StmtQueryContext).QueryContext(ctx, bound)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	err = s.visit(rows, visit)
	if closing := rows.Close(); err == nil {
		err = closing
	}
	if err != nil && err != errFirst {
		return fmt.Errorf("%s: %w", name, err)
	}
	return err
}

func (s *statement) visit(rows driver.Rows, visit func(Row) error) error {
	if visit == nil {
		return nil
	}
	if s.row == nil {
		s.row = make([]driver.Value, len(rows.Columns()))
	}
	for {
		err := rows.Next(s.row)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := visit(s.row); err != nil {
			return err
		}
	}
}

// one returns the first row, which is valid until the same query runs again.
// It runs to its end whatever ctx does: to have the driver watch a context
// costs more than most of these queries.
func (c *conn) one(ctx context.Context, name string, args []any) (Row, bool, error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	var found Row
	err := c.each(context.Background(), name, func(r Row) error {
		found = r
		return errFirst
	}, args)
	if isFirst(err) {
		err = nil
	}
	return found, found != nil, err
}

func isFirst(err error) bool { return errors.Is(err, errFirst) }

// errFirst ends a visit after the first row.
var errFirst = errors.New("record: first row")

// affected runs a statement that writes and returns how many rows it wrote.
func (c *conn) affected(name string, args []any) (int64, error) {
	s, err := c.statement(name)
	if err != nil {
		return 0, err
	}
	bound, err := c.bind(args)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	result, err := s.prepared.(driver.StmtExecContext).ExecContext(context.Background(), bound)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return result.RowsAffected()
}
