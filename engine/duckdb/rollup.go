package duckdb

import (
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
)

// base is the instant that sums of instants are relative to, 2025-01-01 UTC:
// milliseconds since 1970 would overflow 64 bits at five million rows.
const base = 1735689600000

// rollup is a table of sums over the rows of a fact. It covers the rows up to
// a number that the generation has; those behind it are summed by whoever
// reads, and are added in bulk now and then, so that an append writes facts
// only. A rollup has one or more rows for a key.
type rollup struct {
	name, fact string
	columns    string   // keys, then sums
	keys, sums []string // names of its columns
	selects    string   // what they are of a row f of the fact
	byKind     bool     // only ended journeys, with k.v = kindOf their cell
	where      string   // which rows count; "" = all
}

// Expressions over a row f of a fact. Of stays still there, begun sums up
// begin - base: with it, waits up to any instant are known.
const (
	month           = "(year(DATE '1970-01-01' + f.day) * 12 + month(DATE '1970-01-01' + f.day) - 1)::INTEGER AS month"
	sources         = "f.source_entry, f.source_first, f.source_last"
	journeyMeasures = "f.sign::BIGINT AS n, f.sign * f.duration AS duration"
)

var stayMeasures = fmt.Sprintf(`f.sign::BIGINT AS n, f.sign * f.length AS duration,
	CASE WHEN f.length < 0 THEN f.sign * (f.entered_at + f.begin_at - %d) ELSE 0 END AS begun`, base)

// The rollups. Those by local day answer whole days of everything, from memory;
// the others are by local month: the days at the edges of a range are read from
// the facts.
var (
	dayJourney = rollup{
		name: "rollup_journey", fact: "journey", columns: "day INTEGER, cell INTEGER, n BIGINT, duration BIGINT",
		keys: []string{"day", "cell"}, sums: []string{"n", "duration"},
		selects: "f.day, f.cell, " + journeyMeasures,
	}
	dayStay = rollup{
		name: "rollup_stay", fact: "stay", columns: "day INTEGER, cell INTEGER, n BIGINT, duration BIGINT, begun BIGINT",
		keys: []string{"day", "cell"}, sums: []string{"n", "duration", "begun"},
		selects: "f.day, f.cell, " + stayMeasures,
	}
	sourceJourney = rollup{
		name: "source_journey", fact: "journey",
		columns: "source_entry INTEGER, source_first INTEGER, source_last INTEGER, month INTEGER, cell INTEGER, n BIGINT, duration BIGINT",
		keys:    []string{"source_entry", "source_first", "source_last", "month", "cell"}, sums: []string{"n", "duration"},
		selects: sources + ", " + month + ", f.cell, " + journeyMeasures,
	}
	sourceStay = rollup{
		name: "source_stay", fact: "stay",
		columns: "source_entry INTEGER, source_first INTEGER, source_last INTEGER, month INTEGER, cell INTEGER, n BIGINT, duration BIGINT, begun BIGINT",
		keys:    []string{"source_entry", "source_first", "source_last", "month", "cell"}, sums: []string{"n", "duration", "begun"},
		selects: sources + ", " + month + ", f.cell, " + stayMeasures,
	}
	sourceMonth = rollup{ // for rankings: as many rows as sources and months
		name: "source_month", fact: "journey", columns: "source_entry INTEGER, source_first INTEGER, source_last INTEGER, month INTEGER, n BIGINT",
		keys: []string{"source_entry", "source_first", "source_last", "month"}, sums: []string{"n"},
		selects: sources + ", " + month + ", f.sign::BIGINT AS n",
	}
	lengthJourney = rollup{ // how long ended journeys took
		name: "length_journey", fact: "journey", columns: "month INTEGER, kind INTEGER, hours BIGINT, n BIGINT",
		keys: []string{"month", "kind", "hours"}, sums: []string{"n"},
		selects: month + fmt.Sprintf(", k.v AS kind, f.duration // %d AS hours, f.sign::BIGINT AS n", hour), byKind: true,
	}
	lengthStay = rollup{ // how long journeys were in each stage, see stageTimes
		name: "length_stay", fact: "stay", columns: "month INTEGER, stage INTEGER, hours BIGINT, n BIGINT",
		keys: []string{"month", "stage", "hours"}, sums: []string{"n"},
		selects: month + fmt.Sprintf(", f.stage, f.total // %d AS hours, f.sign::BIGINT AS n", hour),
		where:   fmt.Sprintf("f.next_end = %d", projector.Never),
	}
	rollups = [...]*rollup{&dayJourney, &dayStay, &sourceJourney, &sourceStay, &sourceMonth, &lengthJourney, &lengthStay}
)

// rows writes a query of the columns of a rollup for single rows of its fact.
func (u *rollup) rows(g *generation, where ...string) string {
	join := ""
	if u.byKind {
		join = joinCells(kinds(g.journeys.all()))
	}
	if u.where != "" {
		where = append(where, u.where)
	}
	query := fmt.Sprintf("SELECT %s FROM %s.%s f%s", u.selects, g.schema, u.fact, join)
	if len(where) > 0 {
		query += " WHERE " + strings.Join(where, " AND ")
	}
	return query
}

// summed writes a query of the sums over rows. Sums of which n is 0 are kept:
// they may be one part of several.
func (u *rollup) summed(rows string) string {
	sums := make([]string, len(u.sums))
	for i, s := range u.sums {
		sums[i] = fmt.Sprintf("sum(%s)::BIGINT AS %[1]s", s)
	}
	keys := strings.Join(u.keys, ", ")
	return fmt.Sprintf("SELECT %s, %s FROM (%s) GROUP BY %[1]s", keys, strings.Join(sums, ", "), rows)
}

// behind writes that a row is not covered by the rollups.
func behind(covered int64) string { return fmt.Sprintf("f.rowid >= %d", covered) }

// kinds are what length_journey has of the cells of ended journeys.
func kinds(cells []funnel.JourneyCell) map[int]int {
	of := map[int]int{}
	for i, c := range cells {
		if c.Outcome != lifecycle.Open {
			of[i] = kindOf(c)
		}
	}
	return of
}

// kindOf packs the outcome, the lost stage and whether the duration counts.
func kindOf(c funnel.JourneyCell) int {
	kind := int(c.LostStage)<<kindStage | int(c.Outcome)<<1
	if c.Timed {
		kind |= 1
	}
	return kind
}

// kindStage is where the lost stage begins in a kind.
const kindStage = 4

// rankedKinds is the condition of kinds whose durations are ranked: those of
// won journeys, by NoStage, and of lost ones, by their stage.
var rankedKinds = fmt.Sprintf(" WHERE (kind & 1) = 1 AND ((kind >> 1) & 7) IN (%d, %d)", lifecycle.OutcomeWon, lifecycle.OutcomeLost)

// kindOutcome is the outcome of a kind.
func kindOutcome(kind int) lifecycle.Outcome { return lifecycle.Outcome(kind >> 1 & 7) }
