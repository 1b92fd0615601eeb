package main

import (
	"context"
	"encoding/json"
	"os"
	"time"

	"github.com/tidemark/tidemark/bench"
)

type benchCommand struct {
	Journeys int           `help:"How many journeys to measure with." default:"1000000"`
	JSON     string        `name:"json" help:"Also write what was found to this file." placeholder:"FILE" type:"path"`
	Only     string        `help:"Only some sections, with commas between: history, rebuild, report, recompute, sources, single, collect, fresh, load, size, start, assets." placeholder:"NAME"`
	Load     time.Duration `help:"How long many readers and writers load the server; five minutes unless told otherwise." placeholder:"30s"`
	Dir      string        `help:"Make the journeys in this folder and keep them, instead of a temporary one." placeholder:"DIR" type:"path"`
	Quick    bool          `help:"Fewer and shorter runs."`
}

// Run measures and prints the table.
func (c *benchCommand) Run(ctx context.Context, con *console) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	teller := &benchTeller{to: con}
	report, err := bench.Run(ctx, bench.Options{
		Journeys: c.Journeys, Quick: c.Quick, Load: c.Load, Only: c.Only, Dir: c.Dir, Program: program, Tell: teller.tell,
	})
	teller.end()
	if err != nil {
		return err
	}
	if err := report.Print(con.stdout); err != nil || c.JSON == "" {
		return err
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(c.JSON, append(text, '\n'), 0o600)
}

// benchTeller tells what is going on: a bar for each long piece of work.
type benchTeller struct {
	to          *console
	bar         *progress
	done, total int64
}

func (t *benchTeller) tell(what string, done, total int64) {
	if t.bar == nil || t.bar.what != what {
		t.end()
		t.bar = newProgress(t.to.stderr, what)
	}
	if total > 0 {
		t.done, t.total = done, total
		t.bar.at(done, total)
	}
}

func (t *benchTeller) end() {
	if t.bar != nil && t.total > 0 {
		t.bar.end(t.done, t.total)
	}
	t.bar, t.done, t.total = nil, 0, 0
}
