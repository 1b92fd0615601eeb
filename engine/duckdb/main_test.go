package duckdb_test

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/tidemark/tidemark/internal/checks"
)

// TestMain lets the test binary be its own child, and bounds the random cases:
// each is several generations in a real file.
func TestMain(m *testing.M) {
	flag.Parse()
	if name := os.Getenv(childVariable); name != "" {
		if err := runChild(name, flag.Args()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	checks.Limit(3)
	m.Run()
}

// execute runs a statement in a file that no engine has open.
func execute(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// countRows counts the rows of the one generation's journeys, and what holds.
func countRows(t *testing.T, path string) (rows, holding int) {
	t.Helper()
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT count(*), sum(sign)::BIGINT FROM w1g1.journey").Scan(&rows, &holding); err != nil {
		t.Fatal(err)
	}
	return rows, holding
}
