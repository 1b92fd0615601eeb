package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// bySource reports whether a plan asks for sources only, so that the rollups by
// source answer it.
func (r *reading) bySource(p *report.Plan) bool {
	for _, f := range p.Filters {
		if !isSource(f.Dimension) {
			return false
		}
	}
	return (p.Group == nil || isSource(p.Group.Dimension)) && r.monthly(p)
}

func isSource(d report.Dimension) bool { return slices.Contains(touch.Fields[:], touch.Field(d)) }

// grouped reports whether a plan is everything by a field of sources.
func (r *reading) grouped(p *report.Plan) bool {
	return p.Group != nil && isSource(p.Group.Dimension) && len(p.Filters) == 0 && r.asNow(p)
}

// countTop counts only the sources of the largest groups and of none: other is
// everything but them.
func (r *reading) countTop(ctx context.Context, p *report.Plan, n narrowed) (counts funnel.Counts, ok bool, err error) {
	plain := *p
	plain.Group = nil
	all, ok, err := r.countDays(ctx, &plain)
	if err != nil || !ok {
		return counts, false, err
	}
	n.where = append(slices.Clip(n.where), fmt.Sprintf("s.grp <> %d", p.Group.Other()))
	if r.monthly(p) {
		counts, _, err = r.countSources(ctx, p, n)
	} else {
		counts, err = r.countRows(ctx, p, n)
	}
	return addRest(counts, all, p.Group.Other()), true, err
}

// countSources counts by the rollups by source. It is not ok if waits as of
// that instant are not known.
func (r *reading) countSources(ctx context.Context, p *report.Plan, n narrowed) (counts funnel.Counts, ok bool, err error) {
	stays := r.rolled(&sourceStay, p)
	if p.Want.Stays && r.latest > p.AsOf {
		s, err := r.sums(ctx, p.AsOf)
		if err != nil || p.AsOf < s.lateFrom {
			return counts, false, err
		}
		stays = "(SELECT * FROM " + stays + " UNION ALL " + lateRows(s.late, p) + ")"
	}
	query := n.sourceSums("false", r.rolled(&sourceJourney, p), "0", p)
	if p.Want.Stays {
		query += " UNION ALL " + n.sourceSums("true", stays, "sum(f.begun)::BIGINT", p)
	}
	_, err = collect(ctx, r.q, query, func(rows *sql.Rows) (s cellSum, err error) {
		var ofStay bool
		var group int
		if err := rows.Scan(&ofStay, &group, &s.cell, &s.n, &s.duration, &s.begun); err != nil {
			return s, err
		}
		if ofStay {
			counts.Stays = append(counts.Stays, r.stayOf(s, group, 0, p.AsOf))
		} else {
			counts.Journeys = append(counts.Journeys, r.journeyOf(s, group, 0))
		}
		return s, nil
	})
	return counts, true, err
}

// sourceSums writes a query of sums by group and cell over a table of rollups.
func (n narrowed) sourceSums(stay, table, begun string, p *report.Plan) string {
	where := ""
	if len(n.where) > 0 {
		where = " WHERE " + strings.Join(n.where, " AND ")
	}
	return fmt.Sprintf("SELECT %s, %s AS grp, f.cell, sum(f.n)::BIGINT, sum(f.duration)::BIGINT, %s FROM %s f%s%s GROUP BY %s HAVING sum(f.n) <> 0",
		stay, n.group, begun, table, n.join, where, n.keys(p))
}

// lateRows writes rows that make the waits of late stays 0: as if they had
// begun at the instant of the plan.
func lateRows(late []lateStay, p *report.Plan) string {
	var b strings.Builder
	b.WriteString("SELECT * FROM (VALUES (0, 0, 0, 0, -1, 0::BIGINT, 0::BIGINT, 0::BIGINT)")
	for _, l := range late {
		if l.begin > p.AsOf && l.day >= p.FromDay && l.day < p.ToDay {
			fmt.Fprintf(&b, ",(%d,%d,%d,0,%d,0,0,%d)", l.sources.Entry, l.sources.First, l.sources.Last, l.cell, -int64(l.sign)*int64(l.begin-p.AsOf))
		}
	}
	b.WriteString(")")
	return b.String()
}
