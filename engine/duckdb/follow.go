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
	w := windowOf(&p)
	outcome := r.outcomeCase()
	open := fmt.Sprintf("(%s = %d OR f.duration > %d)", outcome, lifecycle.Open, w)
	query := fmt.Sprintf(`SELECT %s AS grp, CASE WHEN %s THEN %d ELSE %s END AS outcome,
			CASE WHEN %[2]s THEN greatest(0, least(%[5]d, %[6]d - f.entered_at)) ELSE f.duration END // %[7]d AS hours,
			sum(f.sign)::BIGINT%[8]s
		GROUP BY grp, outcome, hours HAVING sum(f.sign) <> 0`,
		n.group, open, lifecycle.Open, outcome, w, p.AsOf, hour, n.from(r.table("journey")))
	return collect(ctx, r.q, query, func(rows *sql.Rows) (c report.FollowCount, err error) {
		err = rows.Scan(&c.Group, &c.Outcome, &c.Hours, &c.N)
		return c, err
	})
}

// outcomeCase writes the outcome of a row's cell.
func (r *reading) outcomeCase() string {
	out := "CASE"
	for _, outcome := range []lifecycle.Outcome{lifecycle.OutcomeWon, lifecycle.OutcomeLost, lifecycle.OutcomeLeft} {
		out += fmt.Sprintf(" WHEN f.cell IN (%s) THEN %d", r.cellsOf(outcome), outcome)
	}
	return fmt.Sprintf("%s ELSE %d END", out, lifecycle.Open)
}
