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

// Spread implements report.PaceReading.
func (r *reading) Spread(ctx context.Context, p report.Plan, of report.Length, probabilities []float64) ([]funnel.Spread, error) {
	n, err := r.narrow(ctx, &p)
	if err != nil {
		return nil, err
	}
	values := r.lengths(&p, n, of)
	spreads := map[int]*funnel.Spread{}
	buckets, err := collect(ctx, r.q, fmt.Sprintf(`SELECT grp, series, value // %d AS bucket, sum(sign)::BIGINT, sum(sign * value)::BIGINT FROM (%s)
		GROUP BY grp, series, bucket HAVING sum(sign) <> 0`, bucketWidth, values), func(rows *sql.Rows) (b ranked, err error) {
		var sum int64
		err = rows.Scan(&b.group, &b.series, &b.at, &b.n, &sum)
		if spreads[b.group] == nil {
			spreads[b.group] = &funnel.Spread{Group: b.group}
		}
		spreads[b.group].N += b.n
		spreads[b.group].Sum += sum
		return b, err
	})
	if err != nil {
		return nil, err
	}
	ranked, err := r.quantilesOf(ctx, values, buckets, probabilities)
	if err != nil {
		return nil, err
	}
	out := make([]funnel.Spread, len(ranked))
	for i, q := range ranked {
		out[i] = *spreads[q.Group]
		out[i].Values = q.Values
	}
	return out, nil
}

// quantilesOf reads the exact values that quantiles of buckets need.
func (r *reading) quantilesOf(ctx context.Context, values string, buckets []ranked, probabilities []float64) ([]funnel.Quantiles, error) {
	series := rankSeries(buckets, report.RankStageTimes)
	exact, err := r.exact(ctx, values, locate(series, probabilities))
	if err != nil {
		return nil, err
	}
	return quantiles(series, exact, probabilities), nil
}

// lengths writes a query of (grp, series, value, sign): the values of a length.
// The series is always the same.
func (r *reading) lengths(p *report.Plan, n narrowed, of report.Length) string {
	switch of.Kind {
	case report.LengthUntil:
		visits := r.inStayCells(func(c funnel.StayCell) bool { return c.Visit == lifecycle.VisitBegin })
		return fmt.Sprintf("SELECT %s AS grp, 0 AS series, f.begin_at AS value, f.sign AS sign%s", n.group,
			n.from(r.table("stay"), fmt.Sprintf("f.stage = %d AND f.begin_at <= %d", of.Stage, windowOf(p)), visits))
	case report.LengthIn:
		return fmt.Sprintf("SELECT grp, 0 AS series, value, sign FROM (%s) WHERE series = %d", r.stageTimes(p, n), of.Stage)
	}
	// A contact has one row that holds, so the products of the signs cancel
	// like the rows themselves.
	n.join += fmt.Sprintf(" JOIN %s who ON who.contact = f.contact AND who.known <> 0", r.table("contact"))
	won := r.inCells(func(c funnel.JourneyCell) bool { return c.Timed && c.Outcome == lifecycle.OutcomeWon })
	return fmt.Sprintf("SELECT %s AS grp, 0 AS series, f.entered_at + f.duration - who.known AS value, f.sign * who.sign AS sign%s", n.group,
		n.from(r.table("journey"), won, fmt.Sprintf("f.duration <= %d AND f.entered_at + f.duration >= who.known", windowOf(p))))
}

// Ended implements report.PaceReading.
func (r *reading) Ended(ctx context.Context, after, upTo lifecycle.Millis, probabilities []float64) ([]funnel.Quantiles, error) {
	values := fmt.Sprintf(`SELECT 0 AS grp, f.stage AS series, f.length AS value, f.sign AS sign FROM %s f
		WHERE f.entered_at <= %d AND f.entered_at + f.begin_at + f.length > %d AND f.entered_at + f.begin_at + f.length <= %[2]d AND %[4]s`,
		r.table("stay"), upTo, after, r.inStayCells(func(c funnel.StayCell) bool { return c.Timed }))
	buckets, err := collect(ctx, r.q, fmt.Sprintf(`SELECT grp, series, value // %d AS bucket, sum(sign)::BIGINT FROM (%s)
		GROUP BY grp, series, bucket HAVING sum(sign) <> 0`, bucketWidth, values), scanRanked)
	if err != nil {
		return nil, err
	}
	return r.quantilesOf(ctx, values, buckets, probabilities)
}

// Waiting implements report.PaceReading.
func (r *reading) Waiting(ctx context.Context, p report.Plan, early map[lifecycle.StageID]lifecycle.Millis, after *report.WaitKey, limit int) ([]report.WaitRow, error) {
	n, err := r.narrow(ctx, &p)
	if err != nil {
		return nil, err
	}
	// Only progress stages are waited in: a stay in another is of a journey
	// that has ended.
	progress := map[lifecycle.StageID]bool{}
	for _, s := range r.cursor.Configuration.Lifecycle.Ordered(lifecycle.Progress) {
		progress[s.ID] = true
	}
	conditions := []string{r.inStayCells(func(c funnel.StayCell) bool { return waits(c) && progress[c.Stage] }), earlier(early)}
	const since = "f.entered_at + f.begin_at"
	if after != nil {
		conditions = append(conditions, fmt.Sprintf("(%s, f.contact, f.number) > (%d, %d, %d)", since, after.Since, after.Contact, after.Number))
	}
	query := fmt.Sprintf(`SELECT %s AS since, f.contact, f.number, f.entered_at, f.stage%s
		GROUP BY since, f.contact, f.number, f.entered_at, f.stage HAVING sum(f.sign) > 0
		ORDER BY since, f.contact, f.number LIMIT %d`, since, n.from(r.table("stay"), conditions...), limit)
	return collect(ctx, r.q, query, func(rows *sql.Rows) (row report.WaitRow, err error) {
		err = rows.Scan(&row.Since, &row.Contact, &row.Number, &row.EnteredAt, &row.Stage)
		return row, err
	})
}

// earlier writes that a stay began before the instant of its stage.
func earlier(early map[lifecycle.StageID]lifecycle.Millis) string {
	any := []string{never}
	for stage, before := range early {
		any = append(any, fmt.Sprintf("f.stage = %d AND f.entered_at + f.begin_at < %d", stage, before))
	}
	return "(" + strings.Join(any, " OR ") + ")"
}
