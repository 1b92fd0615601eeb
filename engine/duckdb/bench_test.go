package duckdb_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/tidemark/tidemark/engine/duckdb"
	"github.com/tidemark/tidemark/internal/enginetest"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
)

// benchJourneys is the size of the benchmarks: TIDEMARK_BENCH_JOURNEYS, or one
// million.
func benchJourneys(b *testing.B) int64 {
	text := os.Getenv("TIDEMARK_BENCH_JOURNEYS")
	if text == "" {
		return 1_000_000
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// BenchmarkEngine builds an engine of many journeys and measures reports in
// multiples of F2: DuckDB's sum of one integer column of as many rows, with
// as many threads, in the same run.
func BenchmarkEngine(b *testing.B) {
	log := enginetest.NewLarge(benchJourneys(b))
	engine, err := duckdb.Open(filepath.Join(b.TempDir(), "engine.duckdb"), duckdb.Options{Threads: 2, MemoryMB: 2048}, log)
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	p := projector.New(projector.Options{Journal: log, Tables: engine, TempDir: b.TempDir(), Patience: time.Hour})
	go func() { _ = p.Run(context.Background()) }()
	defer p.Close()
	_, changes := log.Entries()
	begun := time.Now()
	head, _ := log.Head(b.Context(), enginetest.LargeWorkspace)
	if err := p.Wait(b.Context(), enginetest.LargeWorkspace, head); err != nil {
		b.Fatal(err)
	}
	built := time.Since(begun)
	b.Run("rebuild", func(b *testing.B) {
		for range b.N {
		}
		b.ReportMetric(float64(changes)/built.Seconds(), "changes/s")
		b.ReportMetric(float64(engine.Size())/float64(log.Contacts), "bytes/journey")
	})
	floor := measureFloor(b, log.Contacts)
	for _, shape := range shapes() {
		b.Run(shape.name, func(b *testing.B) {
			var times []time.Duration
			for range b.N {
				start := time.Now()
				if err := engine.View(b.Context(), enginetest.LargeWorkspace, shape.ask); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(start))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2])/float64(floor), "xF2")
			b.ReportMetric(float64(floor.Microseconds()), "F2-us")
		})
	}
}

// measureFloor returns F2.
func measureFloor(b *testing.B, rows int64) time.Duration {
	b.Helper()
	db, err := sql.Open("duckdb", filepath.Join(b.TempDir(), "floor.duckdb")+"?threads=2")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(fmt.Sprintf("CREATE TABLE floor AS SELECT (range * 7919 %% 1000)::INTEGER AS x FROM range(%d)", rows)); err != nil {
		b.Fatal(err)
	}
	var times []time.Duration
	for range 51 {
		start := time.Now()
		var sum int64
		if err := db.QueryRow("SELECT sum(x)::BIGINT FROM floor").Scan(&sum); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	return times[len(times)/2]
}

type shape struct {
	name string
	ask  func(report.Reading) error
}

const benchDay = 24 * 60 * 60 * 1000

// benchPlan is a plan over days since 2025-01-01.
func benchPlan(from, to int32) report.Plan {
	const first = 20089 // 2025-01-01
	return report.Plan{
		Workspace: enginetest.LargeWorkspace, Model: report.ModelEntry,
		From: lifecycle.Millis(first+from) * benchDay, To: lifecycle.Millis(first+to) * benchDay,
		FromDay: first + from, ToDay: first + to,
		AsOf: lifecycle.Millis(first+3000) * benchDay, Want: report.Want{Stays: true},
	}
}

func count(plans ...report.Plan) func(report.Reading) error {
	return func(r report.Reading) error {
		for _, p := range plans {
			if _, err := r.Count(context.Background(), p); err != nil {
				return err
			}
		}
		return nil
	}
}

func shapes() []shape {
	whole, month, before := benchPlan(0, 730), benchPlan(400, 430), benchPlan(370, 400)
	one := func(p report.Plan) report.Plan {
		p.Filters = []report.Filter{{Dimension: "campaign", Values: []string{"Campaign 7"}}}
		return p
	}
	grouped := func(p report.Plan) report.Plan {
		p.Group = &report.Grouping{Dimension: "campaign"}
		for i := range 10 {
			p.Group.Top = append(p.Group.Top, fmt.Sprintf("Campaign %d", i*50))
		}
		return p
	}
	contacts := whole
	contacts.Want.Contacts = true
	windowed := whole
	windowed.Window = 30 * benchDay
	rank := func(p report.Plan, of report.RankOf) func(report.Reading) error {
		return func(r report.Reading) error {
			_, err := r.Rank(context.Background(), p, of, []float64{0.5, 0.9})
			return err
		}
	}
	return []shape{
		{"empty view", func(report.Reading) error { return nil }},
		{"whole with comparison", count(whole, benchPlan(-730, 0))},
		{"month with comparison", count(month, before)},
		{"whole with contacts", count(contacts)},
		{"one campaign", count(one(whole))},
		{"one campaign, month", count(one(month))},
		{"by campaign", count(grouped(whole))},
		{"by campaign, month", count(grouped(month))},
		{"window", count(windowed)},
		{"values of campaign", func(r report.Reading) error {
			_, err := r.Values(context.Background(), whole, "campaign", 10)
			return err
		}},
		{"durations", rank(whole, report.RankDurations)},
		{"stage times", rank(whole, report.RankStageTimes)},
		{"incidence", func(r report.Reading) error {
			_, err := r.Follow(context.Background(), whole)
			return err
		}},
		{"page", func(r report.Reading) error {
			_, err := r.Page(context.Background(), whole, report.Selection{Outcomes: []lifecycle.Outcome{lifecycle.OutcomeLost}}, nil, 50)
			return err
		}},
	}
}
