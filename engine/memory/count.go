package memory

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/stats"
)

const hour = 60 * 60 * 1000

// Count implements report.Reading.
func (r *reading) Count(_ context.Context, p report.Plan) (funnel.Counts, error) {
	journeys := map[funnel.JourneyCount]*funnel.JourneyCount{}
	stays := map[funnel.StayCount]*funnel.StayCount{}
	contacts := map[int]map[journal.ContactID]bool{}
	list, groups := r.of(&p)
	for i, j := range list {
		key := funnel.JourneyCount{Group: groups[i], Cell: funnel.CellOf(&j.Journey)}
		if p.ByDay {
			key.Day = int32(report.DateIn(j.EnteredAt, r.zone))
		}
		now := r.asOf(&p, j)
		key.Open = now.Outcome == lifecycle.Open
		c := entry(journeys, key)
		c.N++
		if d, ok := now.Duration(); ok {
			c.Duration += int64(d)
		}
		if p.Want.Stays {
			countStays(stays, &p, j, funnel.StayCount{Group: key.Group, Day: key.Day})
		}
		if contacts[key.Group] == nil {
			contacts[key.Group] = map[journal.ContactID]bool{}
		}
		contacts[key.Group][j.contact] = true
	}
	counts := funnel.Counts{Journeys: collect(journeys), Stays: collect(stays)}
	for group, of := range contacts {
		if p.Want.Contacts {
			counts.Contacts = append(counts.Contacts, funnel.ContactCount{Group: group, N: int64(len(of))})
		}
	}
	return counts, nil
}

// countStays adds a journey's stays: their cells as of now, begun and ended by
// the deadline.
func countStays(counts map[funnel.StayCount]*funnel.StayCount, p *report.Plan, j journey, key funnel.StayCount) {
	for i, cell := range funnel.StayCells(&j.Journey) {
		stay := j.Stays[i]
		if stay.Begin > deadline(p, j) {
			continue
		}
		key.Cell = cell
		c := entry(counts, key)
		c.Begun++
		if stay.Exit != lifecycle.StillThere && stay.End <= deadline(p, j) {
			c.Ended++
			c.Duration += int64(stay.Duration())
		} else if stay.Recorded {
			c.Wait += int64(waited(p, j, stay.Begin))
		}
	}
}

// entry finds or makes the count of a key, which is a count with its numbers 0.
func entry[T comparable](counts map[T]*T, key T) *T {
	if counts[key] == nil {
		c := key
		counts[key] = &c
	}
	return counts[key]
}

func collect[T comparable](counts map[T]*T) []T {
	var out []T
	for c := range maps.Values(counts) {
		out = append(out, *c)
	}
	return out
}

// Values implements report.Reading.
func (r *reading) Values(_ context.Context, p report.Plan, d report.Dimension, limit int) (report.Ranking, error) {
	p.Group = nil
	list, _ := r.of(&p)
	counts := map[string]int64{}
	for _, j := range list {
		counts[valueOf(d, j)]++
	}
	ranking := report.Ranking{None: counts[""]}
	delete(counts, "")
	ranking.Values = int64(len(counts))
	for value, n := range counts {
		ranking.Largest = append(ranking.Largest, report.ValueCount{Value: value, N: n})
	}
	slices.SortFunc(ranking.Largest, func(a, b report.ValueCount) int { return cmp.Compare(b.N, a.N) })
	if limit < len(ranking.Largest) {
		least := ranking.Largest[max(limit, 1)-1].N
		ranking.Largest = slices.DeleteFunc(ranking.Largest, func(v report.ValueCount) bool { return v.N < least || limit < 1 })
	}
	return ranking, nil
}

// Rank implements report.Reading.
func (r *reading) Rank(_ context.Context, p report.Plan, of report.RankOf, probabilities []float64) ([]funnel.Quantiles, error) {
	type key struct {
		group  int
		series funnel.Series
	}
	values := map[key][]int64{}
	list, groups := r.of(&p)
	for i, j := range list {
		now := r.asOf(&p, j)
		for s, ms := range measure(&now, of) {
			values[key{groups[i], s}] = append(values[key{groups[i], s}], ms)
		}
	}
	var out []funnel.Quantiles
	for k, v := range values {
		slices.Sort(v)
		q := funnel.Quantiles{Group: k.group, Series: k.series, N: int64(len(v))}
		for _, probability := range probabilities {
			q.Values = append(q.Values, stats.Quantile(v, probability))
		}
		out = append(out, q)
	}
	return out, nil
}

// measure lists the values of a journey by their series.
func measure(j *lifecycle.Journey, of report.RankOf) map[funnel.Series]int64 {
	values := map[funnel.Series]int64{}
	if of == report.RankStageTimes {
		for _, s := range j.Stays {
			if s.Timed {
				values[funnel.Series{Stage: s.Stage}] += int64(s.Duration())
			}
		}
		return values
	}
	d, ok := j.Duration()
	if !ok || j.Outcome == lifecycle.OutcomeLeft {
		return values
	}
	values[funnel.Series{Outcome: j.Outcome}] = int64(d)
	if j.Outcome == lifecycle.OutcomeLost {
		values[funnel.Series{Outcome: j.Outcome, Stage: j.LostStage}] = int64(d)
	}
	return values
}

// Follow implements report.Reading.
func (r *reading) Follow(_ context.Context, p report.Plan) ([]report.FollowCount, error) {
	counts := map[report.FollowCount]*report.FollowCount{}
	list, groups := r.of(&p)
	for i, j := range list {
		now := r.asOf(&p, j)
		followed := now.EndedAt - now.EnteredAt
		if now.Outcome == lifecycle.Open {
			followed = waited(&p, j, j.EnteredAt)
		}
		entry(counts, report.FollowCount{Group: groups[i], Outcome: now.Outcome, Hours: int64(followed / hour)}).N++
	}
	return collect(counts), nil
}
