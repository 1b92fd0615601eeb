package memory

import (
	"cmp"
	"context"
	"slices"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/stats"
)

// Spread implements report.PaceReading.
func (r *reading) Spread(_ context.Context, p report.Plan, of report.Length, probabilities []float64) ([]funnel.Spread, error) {
	values := map[int][]int64{}
	list, groups := r.of(&p)
	for i, j := range list {
		now := r.asOf(&p, j)
		if ms, ok := lengthOf(&now, j, of); ok {
			values[groups[i]] = append(values[groups[i]], int64(ms))
		}
	}
	var out []funnel.Spread
	for group, of := range values {
		s := funnel.Spread{Group: group, N: int64(len(of)), Values: quantilesOf(of, probabilities)}
		for _, ms := range of {
			s.Sum += ms
		}
		out = append(out, s)
	}
	return out, nil
}

// lengthOf measures a journey as of its deadline.
func lengthOf(now *lifecycle.Journey, j journey, of report.Length) (lifecycle.Millis, bool) {
	switch of.Kind {
	case report.LengthUntil:
		for _, s := range now.Stays {
			if s.Stage == of.Stage && s.Visit == lifecycle.VisitBegin {
				return s.Begin - now.EnteredAt, true
			}
		}
	case report.LengthIn:
		ms, ok := measure(now, report.RankStageTimes)[funnel.Series{Stage: of.Stage}]
		return lifecycle.Millis(ms), ok
	case report.LengthKnowing:
		_, timed := now.Duration()
		since := j.person.Known()
		known := now.EndedAt - since
		return known, timed && now.Outcome == lifecycle.OutcomeWon && since != 0 && known >= 0
	}
	return 0, false
}

func quantilesOf(values []int64, probabilities []float64) (out []float64) {
	slices.Sort(values)
	for _, p := range probabilities {
		out = append(out, stats.Quantile(values, p))
	}
	return out
}

// Ended implements report.PaceReading.
func (r *reading) Ended(_ context.Context, after, upTo lifecycle.Millis, probabilities []float64) ([]funnel.Quantiles, error) {
	values := map[lifecycle.StageID][]int64{}
	for _, j := range r.journeys {
		for _, s := range j.Stays {
			if s.Timed && s.End > after && s.End <= upTo {
				values[s.Stage] = append(values[s.Stage], int64(s.Duration()))
			}
		}
	}
	var out []funnel.Quantiles
	for stage, of := range values {
		out = append(out, funnel.Quantiles{
			Series: funnel.Series{Stage: stage}, N: int64(len(of)), Values: quantilesOf(of, probabilities),
		})
	}
	return out, nil
}

// Waiting implements report.PaceReading.
func (r *reading) Waiting(_ context.Context, p report.Plan, early map[lifecycle.StageID]lifecycle.Millis, after *report.WaitKey, limit int) ([]report.WaitRow, error) {
	var rows []report.WaitRow
	list, _ := r.of(&p)
	for _, j := range list {
		if j.Outcome != lifecycle.Open {
			continue
		}
		there := j.Stays[len(j.Stays)-1]
		row := report.WaitRow{
			WaitKey:   report.WaitKey{Since: there.Begin, Contact: j.contact, Number: j.Number},
			EnteredAt: j.EnteredAt, Stage: there.Stage,
		}
		before, counts := early[there.Stage]
		if counts && there.Recorded && there.Begin < before && (after == nil || sooner(*after, row.WaitKey) < 0) {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b report.WaitRow) int { return sooner(a.WaitKey, b.WaitKey) })
	return rows[:min(limit, len(rows))], nil
}

// sooner orders keys by the time since when they wait.
func sooner(a, b report.WaitKey) int {
	return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Contact, b.Contact), cmp.Compare(a.Number, b.Number))
}
