package duckdb

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// whole reports whether a plan is whole days of everything: then the rollups
// answer it. Their sums of waits are right only when every change is in the
// past: a wait that has not begun is not negative, it is 0.
func (r *reading) whole(p *report.Plan) bool {
	everything := len(p.Filters) == 0 && p.Segment == nil && p.Group == nil && p.Window == 0 && p.MaxEntered == 0
	return everything && p.FromDay < p.ToDay && (!p.Want.Stays || r.latest <= p.AsOf)
}

// dayRow is a row of either rollup, summed over days.
type dayRow struct {
	ofStay             bool
	day                int32
	cell               int
	n, duration, begun int64
}

// countDays reads both rollups in one query: over so few rows each query costs
// more than its reading.
func (r *reading) countDays(ctx context.Context, p *report.Plan, _ narrowed) (counts funnel.Counts, err error) {
	sums := func(table, stay, begun string) string {
		return fmt.Sprintf(`SELECT %s, %s AS d, cell, sum(n)::BIGINT, sum(duration)::BIGINT, %s FROM %s
			WHERE day >= $1 AND day < $2 GROUP BY d, cell HAVING sum(n) <> 0`, stay, dayOf(p), begun, r.table(table))
	}
	query := sums("rollup_journey", "false", "0")
	if p.Want.Stays {
		query += " UNION ALL " + sums("rollup_stay", "true", "sum(begun)::BIGINT")
	}
	rows, err := collect(ctx, kept{r.q}, query, func(rows *sql.Rows) (v dayRow, err error) {
		err = rows.Scan(&v.ofStay, &v.day, &v.cell, &v.n, &v.duration, &v.begun)
		return v, err
	}, p.FromDay, p.ToDay)
	for _, row := range rows {
		if row.ofStay {
			counts.Stays = append(counts.Stays, r.stayOf(row, p.AsOf))
			continue
		}
		cell := r.journeyCells[row.cell]
		counts.Journeys = append(counts.Journeys, funnel.JourneyCount{
			Day: row.day, Cell: cell, Open: cell.Outcome == lifecycle.Open, N: row.n, Duration: row.duration,
		})
	}
	return counts, err
}

// stayOf makes a wait of the sum of beginnings.
func (r *reading) stayOf(row dayRow, asOf lifecycle.Millis) funnel.StayCount {
	c := funnel.StayCount{Day: row.day, Cell: r.stayCells[row.cell], Begun: row.n, Duration: row.duration}
	if c.Cell.Exit != lifecycle.StillThere {
		c.Ended = row.n
	}
	if waits(c.Cell) {
		c.Wait = row.n*(int64(asOf)-base) - row.begun
	}
	return c
}
