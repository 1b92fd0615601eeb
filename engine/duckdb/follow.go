package duckdb

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// hour is an hour in milliseconds.
const hour = 60 * 60 * 1000

// Follow implements report.Reading. Outcomes are those of the cells; a journey
// that was still open by the window is open.
func (r *reading) Follow(ctx context.Context, p report.Plan) ([]report.FollowCount, error) {
	n, err := r.narrow(ctx, &p)
	if err != nil {
		return nil, err
	}
	if len(p.Filters) == 0 && p.Group == nil && r.monthly(&p) {
		return r.followMonths(ctx, &p, n)
	}
	outcomes := map[int]int{}
	for i, c := range r.journeyCells {
		outcomes[i] = int(c.Outcome)
	}
	n.join += joinCells(outcomes)
	w := windowOf(&p)
	open := fmt.Sprintf("(k.v = %d OR f.duration > %d)", lifecycle.Open, w)
	query := fmt.Sprintf(`SELECT %s AS grp, CASE WHEN %s THEN %d ELSE k.v END AS outcome,
			CASE WHEN %[2]s THEN greatest(0, least(%[4]d, %[5]d - f.entered_at)) ELSE f.duration END // %[6]d AS hours,
			sum(f.sign)::BIGINT%[7]s
		GROUP BY grp, outcome, hours HAVING sum(f.sign) <> 0`,
		n.group, open, lifecycle.Open, w, p.AsOf, hour, n.from(r.table("journey")))
	return collect(ctx, r.q, query, func(rows *sql.Rows) (c report.FollowCount, err error) {
		err = rows.Scan(&c.Group, &c.Outcome, &c.Hours, &c.N)
		return c, err
	})
}

// followMonths takes the ended journeys from the rollup. How long open ones were
// followed is known only from their rows.
func (r *reading) followMonths(ctx context.Context, p *report.Plan, n narrowed) ([]report.FollowCount, error) {
	query := fmt.Sprintf(`SELECT kind, hours, sum(n)::BIGINT FROM %s GROUP BY kind, hours HAVING sum(n) <> 0
		UNION ALL SELECT 0, greatest(0, %d - f.entered_at) // %d AS hours, sum(f.sign)::BIGINT%s GROUP BY hours HAVING sum(f.sign) <> 0`,
		r.rolled(&lengthJourney, p), p.AsOf, hour, n.from(r.table("journey"), fmt.Sprintf("f.cell IN (%s)", r.cellsOf(lifecycle.Open))))
	type followed struct {
		outcome lifecycle.Outcome
		hours   int64
	}
	counts := map[followed]int64{}
	_, err := collect(ctx, r.q, query, func(rows *sql.Rows) (_ struct{}, err error) {
		var kind int
		var hours, n int64
		err = rows.Scan(&kind, &hours, &n)
		outcome := kindOutcome(kind)
		if kind == 0 {
			outcome = lifecycle.Open
		}
		counts[followed{outcome, hours}] += n
		return struct{}{}, err
	})
	out := make([]report.FollowCount, 0, len(counts))
	for k, n := range counts {
		if n != 0 {
			out = append(out, report.FollowCount{Outcome: k.outcome, Hours: k.hours, N: n})
		}
	}
	return out, err
}
