package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/journal"
)

// format is the version of the tables below. A file of another one is set
// aside: making it anew is cheaper than a migration.
const format = 8

// mainTables is what a file holds besides the schemas of generations.
const mainTables = `
CREATE TABLE tidemark (format INTEGER NOT NULL);
CREATE TABLE generation (
	workspace BIGINT NOT NULL, number BIGINT NOT NULL, state TINYINT NOT NULL,
	seq BIGINT NOT NULL, incarnation VARCHAR NOT NULL, latest BIGINT NOT NULL, configuration VARCHAR NOT NULL,
	journeys BIGINT NOT NULL, stays BIGINT NOT NULL
);`

// The states of a generation.
const (
	loading = iota
	complete
	inForce
)

// facts are the tables of rows, by name. The order of columns is the order in
// which append.go writes them; the first is always the sign.
var facts = [...]struct{ name, columns string }{
	{"journey", `sign TINYINT, contact BIGINT, number INTEGER, entered_at BIGINT, day INTEGER, cell INTEGER,
		duration BIGINT, source_entry INTEGER, source_first INTEGER, source_last INTEGER,
		created_by TINYINT, previous BIGINT, more BOOLEAN`},
	{"stay", `sign TINYINT, contact BIGINT, number INTEGER, entered_at BIGINT, day INTEGER, cell INTEGER,
		position SMALLINT, stage INTEGER, source_entry INTEGER, source_first INTEGER, source_last INTEGER,
		created_by TINYINT, begin_at BIGINT, length BIGINT, total BIGINT, next_end BIGINT`},
	{"attribute", `sign TINYINT, contact BIGINT, field BIGINT, value BIGINT`},
	{"contact", `sign TINYINT, contact BIGINT, created BIGINT, known BIGINT, created_by TINYINT, stage INTEGER, since BIGINT, source INTEGER, customer BOOLEAN,
		journeys INTEGER, cell INTEGER, entered_at BIGINT, ended_at BIGINT`},
	{"fact", `sign TINYINT, contact BIGINT, field BIGINT, kind TINYINT, text VARCHAR, number DOUBLE, moment BIGINT, flag BOOLEAN`},
	{"visit", `sign TINYINT, visitor BIGINT, contact BIGINT, happened BIGINT, source INTEGER, utm INTEGER, pages INTEGER, same SMALLINT`},
	{"sight", `sign TINYINT, visitor BIGINT, contact BIGINT, begun BIGINT, happened BIGINT, sight INTEGER, landing BOOLEAN,
		source INTEGER, utm INTEGER, same SMALLINT`},
	{"touch", `sign TINYINT, contact BIGINT, happened BIGINT, kind TINYINT, source INTEGER, utm INTEGER, same SMALLINT`},
	{"conversion", `sign TINYINT, contact BIGINT, kind TINYINT, happened BIGINT, path_at BIGINT, amount BIGINT, unrated BOOLEAN,
		journey INTEGER, same SMALLINT`},
	{"cost", `sign TINYINT, day INTEGER, source INTEGER, amount BIGINT, clicks BIGINT, impressions BIGINT, unrated BOOLEAN`},
}

// schemaTables is what a generation holds besides its facts and rollups.
const schemaTables = `
CREATE TABLE %[1]s.journey_cell (number INTEGER, cell VARCHAR);
CREATE TABLE %[1]s.stay_cell (number INTEGER, cell VARCHAR);
CREATE TABLE %[1]s.source (number INTEGER, source BIGINT, sub_source BIGINT, medium BIGINT, campaign BIGINT,
	ad_group BIGINT, ad BIGINT, keyword BIGINT, landing_page BIGINT);`

// schemaOf names the schema of a generation.
func schemaOf(w journal.WorkspaceID, number int64) string { return fmt.Sprintf("w%dg%d", w, number) }

// createSchema makes the empty tables of a generation, replacing any.
func createSchema(ctx context.Context, conn *sql.Conn, schema string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "DROP SCHEMA IF EXISTS %[1]s CASCADE; CREATE SCHEMA %[1]s;", schema)
	for _, t := range facts {
		fmt.Fprintf(&b, "CREATE TABLE %s.%s (%s);", schema, t.name, t.columns)
	}
	for _, u := range rollups {
		fmt.Fprintf(&b, "CREATE TABLE %s.%s (%s);", schema, u.name, u.columns)
	}
	fmt.Fprintf(&b, schemaTables, schema)
	_, err := conn.ExecContext(ctx, b.String())
	return err
}

// inTransaction runs work in one transaction of a connection.
func inTransaction(ctx context.Context, conn *sql.Conn, work func() error) error {
	if _, err := conn.ExecContext(ctx, "BEGIN TRANSACTION"); err != nil {
		return err
	}
	if err := work(); err != nil {
		// The work may have failed because ctx ended; rolling back must not.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return err
	}
	_, err := conn.ExecContext(ctx, "COMMIT")
	if err != nil {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	}
	return err
}
