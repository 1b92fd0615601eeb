package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// Rank implements report.Reading, in two passes: first how many values are in
// each bucket of an hour, then the exact values of the few buckets that hold
// the wanted order statistics.
func (r *reading) Rank(ctx context.Context, p report.Plan, of report.RankOf, probabilities []float64) ([]funnel.Quantiles, error) {
	n, err := r.narrow(ctx, &p)
	if err != nil {
		return nil, err
	}
	values := r.durations(&p, n)
	if of == report.RankStageTimes {
		values = r.stageTimes(&p, n)
	}
	buckets, err := collect(ctx, r.q, fmt.Sprintf(`SELECT grp, series, value // %d AS bucket, sum(sign)::BIGINT FROM (%s)
		GROUP BY grp, series, bucket HAVING sum(sign) <> 0`, hour, values), scanRanked)
	if err != nil {
		return nil, err
	}
	series := rankSeries(buckets, of)
	exact, err := r.exact(ctx, values, locate(series, probabilities))
	if err != nil {
		return nil, err
	}
	return quantiles(series, exact, probabilities), nil
}

// durations writes a query of (grp, series, value, sign): the durations of won
// and lost journeys. The series is 0 for won, else the lost stage.
func (r *reading) durations(p *report.Plan, n narrowed) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CASE WHEN f.cell IN (%s) THEN 0", within(r.g.journeys, func(c funnel.JourneyCell) bool {
		return c.Timed && c.Outcome == lifecycle.OutcomeWon
	}))
	lost := map[lifecycle.StageID]bool{}
	for _, cell := range r.g.journeys.all() {
		if cell.Outcome != lifecycle.OutcomeLost || lost[cell.LostStage] {
			continue
		}
		lost[cell.LostStage] = true
		fmt.Fprintf(&b, " WHEN f.cell IN (%s) THEN %d", within(r.g.journeys, func(c funnel.JourneyCell) bool {
			return c.Timed && c.Outcome == lifecycle.OutcomeLost && c.LostStage == cell.LostStage
		}), cell.LostStage)
	}
	timed := within(r.g.journeys, func(c funnel.JourneyCell) bool {
		return c.Timed && (c.Outcome == lifecycle.OutcomeWon || c.Outcome == lifecycle.OutcomeLost)
	})
	return fmt.Sprintf("SELECT %s AS grp, %s END AS series, f.duration AS value, f.sign AS sign%s", n.group, b.String(),
		n.from(r.table("journey"), "f.cell IN ("+timed+")", fmt.Sprintf("f.duration <= %d", windowOf(p))))
}

// stageTimes writes a query of (grp, series, value, sign): the time of each
// journey in each stage. Of a journey's timed stays in a stage that ended by
// the window the last one carries their sum.
func (r *reading) stageTimes(p *report.Plan, n narrowed) string {
	w := windowOf(p)
	timed := within(r.g.stays, func(c funnel.StayCell) bool { return c.Timed })
	return fmt.Sprintf("SELECT %s AS grp, f.stage AS series, f.total AS value, f.sign AS sign%s", n.group,
		n.from(r.table("stay"), "f.cell IN ("+timed+")",
			fmt.Sprintf("f.begin_at + f.length <= %d AND f.next_end > %d", w, w)))
}

// ranked is a bucket or a value, and how many there are.
type ranked struct {
	group, series int
	at, n         int64
}

func scanRanked(rows *sql.Rows) (v ranked, err error) {
	err = rows.Scan(&v.group, &v.series, &v.at, &v.n)
	return v, err
}

// exact reads the values of the wanted buckets.
func (r *reading) exact(ctx context.Context, values string, wanted []bucketKey) ([]ranked, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	var list []string
	for _, k := range wanted {
		list = append(list, fmt.Sprintf("(%d,%d,%d)", k.group, k.series, k.bucket))
	}
	return collect(ctx, r.q, fmt.Sprintf(`SELECT grp, series, value, sum(sign)::BIGINT FROM (%s)
		WHERE (grp, series, value // %d) IN (%s)
		GROUP BY grp, series, value HAVING sum(sign) <> 0`, values, hour, strings.Join(list, ",")), scanRanked)
}
