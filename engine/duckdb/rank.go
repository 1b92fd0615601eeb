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

// bucketWidth is the width of the buckets that Rank counts in, in milliseconds:
// wide enough for few buckets, narrow enough for few values in one. It is that
// of the rollups of lengths.
const bucketWidth = hour

// Rank implements report.Reading, in two passes: first how many values are in
// each bucket of some hours, then the exact values of the few buckets that hold
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
	buckets, err := r.buckets(ctx, &p, of, values)
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

// buckets counts values by bucket: by the hours that rollups know, if they can
// answer the plan.
func (r *reading) buckets(ctx context.Context, p *report.Plan, of report.RankOf, values string) ([]ranked, error) {
	query := fmt.Sprintf("SELECT grp, series, value // %d AS bucket, sum(sign)::BIGINT FROM (%s)", bucketWidth, values)
	if len(p.Filters) == 0 && p.Group == nil && r.monthly(p) {
		u, series, known := &lengthStay, "stage", ""
		if of == report.RankDurations {
			u, series, known = &lengthJourney, fmt.Sprintf("kind >> %d", kindStage), rankedKinds
		}
		query = fmt.Sprintf("SELECT 0 AS grp, %s AS series, hours AS bucket, sum(n)::BIGINT FROM %s%s",
			series, r.rolled(u, p), known)
		return collect(ctx, r.q, query+" GROUP BY series, bucket HAVING sum(n) <> 0", scanRanked)
	}
	return collect(ctx, r.q, query+" GROUP BY grp, series, bucket HAVING sum(sign) <> 0", scanRanked)
}

// durations writes a query of (grp, series, value, sign): the durations of won
// and lost journeys. The series is 0 for won, else the lost stage.
func (r *reading) durations(p *report.Plan, n narrowed) string {
	series := map[int]int{}
	for i, c := range r.journeyCells {
		switch {
		case !c.Timed:
		case c.Outcome == lifecycle.OutcomeWon:
			series[i] = 0
		case c.Outcome == lifecycle.OutcomeLost:
			series[i] = int(c.LostStage)
		}
	}
	n.join += joinCells(series)
	return fmt.Sprintf("SELECT %s AS grp, k.v AS series, f.duration AS value, f.sign AS sign%s", n.group,
		n.from(r.table("journey"), fmt.Sprintf("f.duration <= %d", windowOf(p))))
}

// joinCells joins rows to what their cells stand for, and leaves out those of
// other cells. A join to a small table costs less than a CASE of many lists.
func joinCells(of map[int]int) string {
	var b strings.Builder
	b.WriteString(" JOIN (VALUES (-1, 0)")
	for cell, v := range of {
		fmt.Fprintf(&b, ",(%d,%d)", cell, v)
	}
	b.WriteString(") k(cell, v) ON k.cell = f.cell")
	return b.String()
}

// stageTimes writes a query of (grp, series, value, sign): the time of each
// journey in each stage. Of a journey's timed stays in a stage that ended by
// the window the last one carries their sum. Stays without a time have 0 as
// the end of the next one and drop out.
func (r *reading) stageTimes(p *report.Plan, n narrowed) string {
	w := windowOf(p)
	return fmt.Sprintf("SELECT %s AS grp, f.stage AS series, f.total AS value, f.sign AS sign%s", n.group,
		n.from(r.table("stay"), fmt.Sprintf("f.next_end > %d AND f.begin_at + f.length <= %d", w, w)))
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

// exact reads the values of the wanted buckets. The range that holds them all
// is for the scan; a condition over the list would be looked up for every row.
func (r *reading) exact(ctx context.Context, values string, wanted []bucketKey) ([]ranked, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	var list []string
	lowest, highest := wanted[0].bucket, wanted[0].bucket
	for _, k := range wanted {
		list = append(list, fmt.Sprintf("(%d,%d,%d)", k.group, k.series, k.bucket))
		lowest, highest = min(lowest, k.bucket), max(highest, k.bucket)
	}
	// One bucket more at each end: of negative values, buckets are cut upwards.
	return collect(ctx, r.q, fmt.Sprintf(`SELECT v.grp, v.series, v.value, sum(v.sign)::BIGINT FROM (%s) v
		JOIN (VALUES %s) w(grp, series, bucket) ON w.grp = v.grp AND w.series = v.series AND w.bucket = v.value // %d
		WHERE v.value >= %d AND v.value < %d
		GROUP BY v.grp, v.series, v.value HAVING sum(v.sign) <> 0`,
		values, strings.Join(list, ","), bucketWidth, (lowest-1)*bucketWidth, (highest+2)*bucketWidth), scanRanked)
}
