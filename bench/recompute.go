package bench

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// measureRecomputation compares the report with the funnel computed from raw
// changes on the same engine, in the two shapes in which it is published.
func measureRecomputation(ctx context.Context, r *run) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	if err := r.rawChanges(ctx); err != nil {
		return err
	}
	asked, _, err := r.ask(ctx, func(ctx context.Context) error { return r.answer(ctx, questions()[0]) })
	if err != nil {
		return err
	}
	fast := sampleBy(asked, clockOf)
	runs := 3
	if r.Quick {
		runs = 1
	}
	for _, shape := range []struct{ name, query, note string }{
		{"against nested windows per step", nestedWindows(), "as PostHog writes it: one window pass over all changes for each of the eight steps"},
		{"against ordered lists folded per contact", orderedFold(), "each contact's stages listed in order of time and folded"},
	} {
		r.Tell("measuring "+shape.name, 0, 0)
		slow, err := timed(ctx, 0, runs, func(ctx context.Context) error { return r.ground.drain(ctx, shape.query) })
		if err != nil {
			return err
		}
		row := Row{
			Name: shape.name, Target: ">= 1,000 times faster", Value: slow, Unit: "ms", Floor: "the report", FloorValue: fast.Median,
			Measured: slow.Median / fast.Median, MeasuredIn: "times faster", Bound: 1000, AtLeast: true,
			Note: shape.note + "; whole range, the same changes, against the whole report with its comparison",
		}
		r.add(row.judge())
	}
	return nil
}

// rawChanges makes a table of the changes of main stages: contact, instant and
// position.
func (r *run) rawChanges(ctx context.Context) error {
	path := filepath.Join(r.Dir, "raw.csv")
	defer os.Remove(path)
	if err := writeRaw(path, r.business); err != nil {
		return fmt.Errorf("bench: write raw changes: %w", err)
	}
	_, err := r.ground.db.ExecContext(ctx, `CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv('`+strings.ReplaceAll(path, "'", "''")+`',
		header = false, columns = {'contact': 'INTEGER', 'ts': 'BIGINT', 'stage': 'TINYINT'})`)
	if err != nil {
		return fmt.Errorf("bench: load raw changes: %w", err)
	}
	return nil
}

func writeRaw(path string, b *business) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w := bufio.NewWriterSize(file, 1<<20)
	for e := range b.events() {
		if int(e.stage) <= len(stageKeys) {
			fmt.Fprintf(w, "%d,%d,%d\n", e.contact, e.at, e.stage)
		}
	}
	return w.Flush()
}

// drain runs a query and reads all its rows.
func (g *ground) drain(ctx context.Context, query string) error {
	rows, err := g.db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("bench: the recomputation found nothing")
	}
	return nil
}

// nestedWindows writes the funnel as product analytics does: for each step the
// next time it was reached, by a window over the changes of the contact, and
// one more level for each step.
func nestedWindows() string {
	steps := len(stageKeys)
	inner := "SELECT contact, ts"
	for i := range steps {
		inner += fmt.Sprintf(", CASE WHEN stage = %d THEN ts END AS l%d", i+1, i)
	}
	inner += " FROM raw"
	for level := 1; level < steps; level++ {
		inner = windowLevel(inner, level, steps)
	}
	conditions := make([]string, 0, steps-1)
	cases := "1"
	for i := 1; i < steps; i++ {
		conditions = append(conditions, fmt.Sprintf("l%d <= l%d", i-1, i))
		cases = fmt.Sprintf("CASE WHEN %s THEN %d ELSE %s END", strings.Join(conditions, " AND "), i+1, cases)
	}
	return fmt.Sprintf(`SELECT reached, count(*) FROM (
		SELECT contact, max(%s) AS reached FROM (%s) WHERE l0 IS NOT NULL GROUP BY contact) GROUP BY reached`, cases, inner)
}

// windowLevel finds the next time of the step and of all later ones, and
// forgets later steps that came before it.
func windowLevel(inner string, level, steps int) string {
	windowed, cut := "SELECT contact, ts", "SELECT contact, ts"
	for i := range steps {
		if i < level {
			windowed += fmt.Sprintf(", l%d", i)
		} else {
			windowed += fmt.Sprintf(", min(l%d) OVER w AS l%[1]d", i)
		}
		if i <= level {
			cut += fmt.Sprintf(", l%d", i)
		} else {
			cut += fmt.Sprintf(", CASE WHEN l%d < l%d THEN NULL ELSE l%[1]d END AS l%[1]d", i, level)
		}
	}
	return fmt.Sprintf(`%s FROM (%s FROM (%s)
		WINDOW w AS (PARTITION BY contact ORDER BY ts DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))`, cut, windowed, inner)
}

// orderedFold writes the funnel as a fold over each contact's list of stages.
func orderedFold() string {
	return `SELECT reached, count(*) FROM (
		SELECT contact, list_reduce(list_prepend(0, list(stage::INTEGER ORDER BY ts)),
			lambda reached, stage: CASE WHEN stage = reached + 1 THEN stage ELSE reached END) AS reached
		FROM raw GROUP BY contact) GROUP BY reached`
}
