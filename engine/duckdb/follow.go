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
