package duckdb

import (
	"context"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// whole reports whether a plan is whole days of everything.
func (r *reading) whole(p *report.Plan) bool {
	return len(p.Filters) == 0 && p.Group == nil && r.asNow(p)
}

// asNow reports whether a plan is whole days of journeys as of now, by nothing
// but what rollups know.
func (r *reading) asNow(p *report.Plan) bool {
	return (p.Segment == nil || p.Segment.Where == nil) && p.Window == 0 && p.MaxEntered == 0 && p.FromDay < p.ToDay
}

// countDays counts whole days of everything from memory. It is not ok if waits
// as of that instant are not known.
func (r *reading) countDays(ctx context.Context, p *report.Plan) (counts funnel.Counts, ok bool, err error) {
	s, err := r.sums(ctx, p.AsOf)
	if err != nil || p.Want.Stays && p.AsOf < s.lateFrom {
		return counts, false, err
	}
	days := s.between(p.FromDay, p.ToDay)
	if !p.ByDay {
		days = []*daySums{total(days)}
	}
	for _, day := range days {
		r.addDay(&counts, day, p)
	}
	if p.Want.Stays {
		r.addWaits(counts.Stays, s.late, p)
	}
	return counts, true, nil
}

// total adds up days; the sum has day 0.
func total(days []*daySums) *daySums {
	var journeys, stays []cellSum
	for _, day := range days {
		journeys, stays = addCells(journeys, day.journeys), addCells(stays, day.stays)
	}
	return &daySums{journeys: journeys, stays: stays}
}

// addCells adds sums to a list by cell, which grows as it must.
func addCells(to, sums []cellSum) []cellSum {
	for _, s := range sums {
		for len(to) <= int(s.cell) {
			to = append(to, cellSum{cell: int32(len(to))})
		}
		c := &to[s.cell]
		c.n, c.duration, c.begun = c.n+s.n, c.duration+s.duration, c.begun+s.begun
	}
	return to
}

// addDay adds the sums of a day to counts.
func (r *reading) addDay(counts *funnel.Counts, day *daySums, p *report.Plan) {
	for _, s := range day.journeys {
		if s.n != 0 {
			counts.Journeys = append(counts.Journeys, r.journeyOf(s, 0, day.day))
		}
	}
	if !p.Want.Stays {
		return
	}
	for _, s := range day.stays {
		if s.n != 0 {
			counts.Stays = append(counts.Stays, r.stayOf(s, 0, day.day, p.AsOf))
		}
	}
}

// journeyOf makes a count of the sums of a cell.
func (r *reading) journeyOf(s cellSum, group int, day int32) funnel.JourneyCount {
	cell := r.journeyCells[s.cell]
	return funnel.JourneyCount{Group: group, Day: day, Cell: cell, Open: cell.Outcome == lifecycle.Open, N: s.n, Duration: s.duration}
}

// stayOf makes a count of the sums of a cell, and a wait of the sum of
// beginnings.
func (r *reading) stayOf(s cellSum, group int, day int32, asOf lifecycle.Millis) funnel.StayCount {
	c := funnel.StayCount{Group: group, Day: day, Cell: r.stayCells[s.cell], Begun: s.n}
	if c.Cell.Exit != lifecycle.StillThere {
		c.Ended = s.n
	}
	if c.Cell.Timed {
		c.Duration = s.duration
	}
	if waits(c.Cell) {
		c.Wait = s.n*(int64(asOf)-base) - s.begun
	}
	return c
}

// waits reports whether the wait of a stay is counted.
func waits(c funnel.StayCell) bool { return c.Recorded && c.Exit == lifecycle.StillThere }

// addWaits corrects the waits of stays that begin after the instant of the
// plan: they are 0 and not less.
func (r *reading) addWaits(counts []funnel.StayCount, late []lateStay, p *report.Plan) {
	less := map[stayKey]int64{}
	for _, l := range late {
		if l.begin <= p.AsOf || l.day < p.FromDay || l.day >= p.ToDay || !waits(r.stayCells[l.cell]) {
			continue
		}
		k := stayKey{0, r.stayCells[l.cell]}
		if p.ByDay {
			k.day = l.day
		}
		less[k] += int64(l.sign) * int64(l.begin-p.AsOf)
	}
	for i := range counts {
		if c := &counts[i]; len(less) > 0 {
			c.Wait += less[stayKey{c.Day, c.Cell}]
		}
	}
}
