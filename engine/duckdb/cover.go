package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Rollups are brought up to the rows behind them when these are many: until
// then, all that reads rollups reads them too. Their own rows are netted when
// a good part of them is new.
const (
	coverRows = 20_000
	netAdded  = 100_000
	netShare  = 4
)

// rolledFacts are the facts with rollups. The generation has a column of the
// name that says how many rows of each are covered.
var rolledFacts = map[string]string{"journey": "journeys", "stay": "stays"}

// cover adds the rows behind the rollups to them. Appending waits: it writes to
// the row of the generation too.
func (g *generation) cover(ctx context.Context, conn *sql.Conn) error {
	g.compacting.Lock()
	defer g.compacting.Unlock()
	g.appending.Lock()
	defer g.appending.Unlock()
	if err := inTransaction(ctx, conn, func() error { return g.coverAll(ctx, conn) }); err != nil {
		return fmt.Errorf("duckdb: cover: %w", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pending.added += g.pending.behind
	g.pending.behind = 0
	return nil
}

// coverAll covers all rows of all facts.
func (g *generation) coverAll(ctx context.Context, conn *sql.Conn) error {
	for fact := range rolledFacts {
		if err := g.addBehind(ctx, conn, fact, "true"); err != nil {
			return err
		}
		rows, err := countOf(ctx, conn, g.schema+"."+fact)
		if err != nil {
			return err
		}
		if err := g.noteCovered(ctx, conn, fact, rows); err != nil {
			return err
		}
	}
	return nil
}

// coverNetted covers the first rows of a fact, and notes how many they are once
// the netted table takes its place. The others stay behind.
func (g *generation) coverNetted(ctx context.Context, conn *sql.Conn, fact string, rows int64) error {
	if rolledFacts[fact] == "" {
		return nil
	}
	if err := g.addBehind(ctx, conn, fact, fmt.Sprintf("f.rowid < %d", rows)); err != nil {
		return err
	}
	netted, err := countOf(ctx, conn, fmt.Sprintf("%s.%s_new", g.schema, fact))
	if err != nil {
		return err
	}
	return g.noteCovered(ctx, conn, fact, netted)
}

// addBehind adds rows behind the rollups of a fact to them.
func (g *generation) addBehind(ctx context.Context, conn *sql.Conn, fact, where string) error {
	from, err := collect(ctx, conn, fmt.Sprintf("SELECT %s FROM generation WHERE workspace = %d AND number = %d",
		rolledFacts[fact], g.key.workspace, g.key.number), scanOne[int64])
	if err != nil {
		return err
	}
	if len(from) != 1 {
		return fmt.Errorf("duckdb: there is no generation %d to cover", g.key.number)
	}
	for _, u := range rollups {
		if u.fact != fact {
			continue
		}
		_, err := conn.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s.%s %s ORDER BY %s",
			g.schema, u.name, u.summed(u.rows(g, behind(from[0]), where)), strings.Join(u.keys, ", ")))
		if err != nil {
			return fmt.Errorf("duckdb: add to %s: %w", u.name, err)
		}
	}
	return nil
}

func (g *generation) noteCovered(ctx context.Context, conn *sql.Conn, fact string, rows int64) error {
	_, err := conn.ExecContext(ctx, fmt.Sprintf("UPDATE generation SET %s = %d WHERE workspace = %d AND number = %d",
		rolledFacts[fact], rows, g.key.workspace, g.key.number))
	if err != nil {
		return fmt.Errorf("duckdb: note covered rows: %w", err)
	}
	return nil
}

// netRollups sums up rows of rollups that have the same key, if a good part of
// them is new or always. Rows are appended meanwhile: to facts, not to rollups.
func (g *generation) netRollups(ctx context.Context, conn *sql.Conn, always bool) error {
	g.compacting.Lock()
	defer g.compacting.Unlock()
	added := g.waiting().added
	if !always {
		rows, err := countOf(ctx, conn, g.schema+"."+sourceStay.name)
		if err != nil || added < netAdded || added*netShare < rows {
			return err
		}
	}
	for _, u := range rollups {
		query := fmt.Sprintf("SELECT * FROM (%s) WHERE n <> 0 ORDER BY %s",
			u.summed(fmt.Sprintf("SELECT * FROM %s.%s", g.schema, u.name)), strings.Join(u.keys, ", "))
		if err := inTransaction(ctx, conn, func() error { return swap(ctx, conn, g.schema, u.name, query) }); err != nil {
			return fmt.Errorf("duckdb: net %s: %w", u.name, err)
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pending.added -= added
	return nil
}
