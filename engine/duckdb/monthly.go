package duckdb

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidemark/tidemark/report"
)

// months are whole local months, counted in months from the year 0.
type months struct{ from, to int }

// monthsOf are the whole months in the days of a plan.
func monthsOf(p *report.Plan) months {
	m := months{monthOfDay(p.FromDay), monthOfDay(p.ToDay)}
	if firstDayOf(m.from) < p.FromDay {
		m.from++
	}
	return m
}

// monthOfDay is the month of a local day, as the rollups have it.
func monthOfDay(day int32) int {
	y, m, _ := time.Unix(int64(day)*24*60*60, 0).UTC().Date()
	return 12*y + int(m) - 1
}

func firstDayOf(month int) int32 {
	first := time.Date(0, time.January+time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return int32(first.Unix() / (24 * 60 * 60))
}

// monthly reports whether rollups by month help to answer a plan.
func (r *reading) monthly(p *report.Plan) bool {
	m := monthsOf(p)
	return r.asNow(p) && !p.ByDay && m.from < m.to
}

// rolled writes a table of the columns of a rollup by month for the days of a
// plan: whole months of the rollup, and rows of its fact at the edges and behind
// the rollup.
func (r *reading) rolled(u *rollup, p *report.Plan) string {
	m, covered := monthsOf(p), r.covered.of(u)
	parts := []string{
		fmt.Sprintf("SELECT * FROM %s WHERE month >= %d AND month < %d", r.table(u.name), m.from, m.to),
		u.rows(r.g, behind(covered), inDays(p.FromDay, p.ToDay)),
	}
	for _, edge := range [...][2]int32{{p.FromDay, firstDayOf(m.from)}, {firstDayOf(m.to), p.ToDay}} {
		if edge[0] < edge[1] {
			parts = append(parts, u.rows(r.g, fmt.Sprintf("f.rowid < %d", covered), inDays(edge[0], edge[1])))
		}
	}
	return "(" + strings.Join(parts, " UNION ALL ") + ")"
}

func inDays(from, to int32) string { return fmt.Sprintf("f.day >= %d AND f.day < %d", from, to) }
