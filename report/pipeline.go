package report

import (
	"cmp"
	"context"
	"slices"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/stats"
)

// chanceDays is how long before a day journeys entered that say what becomes of
// those that are open on it.
const chanceDays = 365

// pipeline is the open journeys of a day, by stage and group.
type pipeline struct {
	*view
	day    Date
	at     lifecycle.Millis // its end
	labels []Group          // of the groups in order; one without a name where there are none
	counts map[lifecycle.StageID][]openSum
	chance map[lifecycle.StageID]OpenChance
	other  int64 // journeys with a value in a currency without a known rate
}

// openSum adds open journeys up.
type openSum struct {
	n, valued, value int64
	age              lifecycle.Millis
}

func (s *openSum) add(other openSum) {
	s.n, s.valued, s.value, s.age = s.n+other.n, s.valued+other.valued, s.value+other.value, s.age+other.age
}

// pipeline reads the journeys that were open at the end of a day.
func (v *view) pipeline(ctx context.Context, day Date) (*pipeline, error) {
	a := v.asked
	o := &pipeline{view: v, day: day, at: StartOf(day+1, a.zone) - 1, labels: []Group{{}}, counts: map[lifecycle.StageID][]openSum{}}
	p := a.plan(span{day - MaxDays, day})
	p.Window, p.MaxEntered = 0, 0
	if err := o.group(ctx, &p); err != nil {
		return nil, err
	}
	rows, err := v.reading.OpenAt(ctx, p, o.at)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		o.count(row)
	}
	o.cutGroups()
	o.chance, err = v.chances(ctx, day)
	return o, err
}

// group splits the plan by more values than are shown: the largest of all
// journeys need not be those of the open ones.
func (o *pipeline) group(ctx context.Context, p *Plan) (err error) {
	if o.asked.GroupBy == "" {
		return nil
	}
	top := o.asked.Top
	o.asked.Top = MaxTop
	o.labels, err = o.view.group(ctx, p)
	o.asked.Top = top
	return err
}

// count adds a row up, with its value at the rate of the day. Rounding is that of
// the row, so everything that is added up of rows is exact.
func (o *pipeline) count(row OpenCount) {
	sum := openSum{n: row.N, age: row.Age}
	value, rated := o.asked.configuration.Convert(row.Value, row.Currency, int32(o.day))
	switch {
	case row.Currency == "":
	case rated:
		sum.valued, sum.value = row.N, value
	default:
		o.other += row.N
	}
	if o.counts[row.Stage] == nil {
		o.counts[row.Stage] = make([]openSum, len(o.labels))
	}
	o.counts[row.Stage][row.Group].add(sum)
}

// cutGroups keeps the groups with the most open journeys; the other values
// become part of "other".
func (o *pipeline) cutGroups() {
	if o.asked.GroupBy == "" {
		return
	}
	other := len(o.labels) - 2
	sizes := o.sizes()
	order := make([]int, other)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sizes[b], sizes[a]) })
	kept := order[:min(o.asked.Top, len(order))]
	kept = slices.DeleteFunc(kept, func(i int) bool { return sizes[i] == 0 })
	labels := make([]Group, 0, len(kept)+2)
	for _, i := range kept {
		labels = append(labels, o.labels[i])
	}
	o.labels = append(labels, o.labels[other:]...)
	for stage, sums := range o.counts {
		o.counts[stage] = regroup(sums, kept)
	}
}

// regroup keeps some groups, and adds the others to the last but one.
func regroup(sums []openSum, kept []int) []openSum {
	out := make([]openSum, len(kept)+2)
	for i, sum := range sums {
		to := slices.Index(kept, i)
		switch {
		case i == len(sums)-1:
			to = len(kept) + 1
		case to < 0:
			to = len(kept)
		}
		out[to].add(sum)
	}
	return out
}

// sizes are the open journeys of each group.
func (o *pipeline) sizes() []int64 {
	out := make([]int64, len(o.labels))
	for _, sums := range o.counts {
		for i, s := range sums {
			out[i] += s.n
		}
	}
	return out
}

// chances are how many of the journeys that ended were won, by stage that they
// reached: of those that entered in the year to a day.
func (v *view) chances(ctx context.Context, day Date) (map[lifecycle.StageID]OpenChance, error) {
	p := v.asked.plan(span{day - chanceDays + 1, day})
	p.Window, p.MaxEntered = 0, 0
	counts, err := v.reading.Count(ctx, p)
	if err != nil {
		return nil, err
	}
	won, ended := map[lifecycle.StageID]int64{}, map[lifecycle.StageID]int64{}
	positions := v.asked.configuration.Lifecycle.Positions()
	for _, s := range v.asked.configuration.Lifecycle.Ordered(lifecycle.Progress) {
		for _, c := range counts.Journeys {
			if c.Cell.Outcome == lifecycle.Open || positions[c.Cell.Furthest] < positions[s.ID] {
				continue
			}
			ended[s.ID] += c.N
			if c.Cell.Outcome == lifecycle.OutcomeWon {
				won[s.ID] += c.N
			}
		}
	}
	out := map[lifecycle.StageID]OpenChance{}
	for stage, n := range ended {
		chance := OpenChance{Rate: funnel.Ratio(won[stage], n), Journeys: n}
		if band, ok := stats.Wilson(won[stage], n); ok {
			chance.Band = &[2]float64{band.Lower, band.Upper}
		}
		out[stage] = chance
	}
	return out, nil
}
