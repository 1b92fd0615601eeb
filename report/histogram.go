package report

import (
	"context"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
)

var histogramColumns = [...]Column{
	{"from_seconds", "From", ColumnSeconds},
	{"to_seconds", "To", ColumnSeconds},
	{"won", "Won", ColumnInteger},
	{"won_share", "Share of won", ColumnRate},
	{"lost", "Lost", ColumnInteger},
	{"lost_share", "Share of lost", ColumnRate},
}

// timesTo counts the journeys of one group by whole hours from entry to won
// and to lost.
type timesTo struct{ won, lost map[int64]int64 }

// of is the counts of an outcome, nil of another.
func (t timesTo) of(o lifecycle.Outcome) map[int64]int64 {
	switch o {
	case lifecycle.OutcomeWon:
		return t.won
	case lifecycle.OutcomeLost:
		return t.lost
	}
	return nil
}

// histogram answers how many journeys took how long to be won and to be lost:
// those with a duration, in buckets that all groups share. The last bucket has
// no end where some took longer than all others.
func (v *view) histogram(ctx context.Context, t *Table) error {
	p := v.asked.plan(v.asked.days)
	labels, err := v.grouped(ctx, &p)
	if err != nil {
		return err
	}
	groups, total, err := v.timesTo(ctx, p, len(labels))
	if err != nil {
		return err
	}
	all := map[int64]int64{}
	for _, g := range groups {
		for _, of := range []map[int64]int64{g.won, g.lost} {
			for hours, n := range of {
				all[hours] += n
			}
		}
	}
	buckets := funnel.BucketsOf(all)
	t.Columns = v.columns(histogramColumns[:])
	for i, g := range groups {
		for _, row := range g.rows(buckets) {
			t.Rows = append(t.Rows, labels[i].row(row...))
		}
	}
	t.Notices, err = v.notices(ctx, v.asked.plan(v.asked.days), total)
	return err
}

// timesTo reads the times of a plan's groups and how many journeys there are.
// Journeys that were opened and ended by one transition have no time: they are
// counted by their cells and taken from those of the first hour.
func (v *view) timesTo(ctx context.Context, p Plan, groups int) ([]timesTo, int64, error) {
	follow, err := v.reading.Follow(ctx, p)
	if err != nil {
		return nil, 0, err
	}
	counts, err := v.reading.Count(ctx, p)
	if err != nil {
		return nil, 0, err
	}
	out := make([]timesTo, groups)
	for i := range out {
		out[i] = timesTo{map[int64]int64{}, map[int64]int64{}}
	}
	for _, f := range follow {
		if of := out[f.Group].of(f.Outcome); of != nil {
			of[f.Hours] += f.N
		}
	}
	for _, c := range counts.Journeys {
		if of := out[c.Group].of(c.Cell.Outcome); of != nil && !c.Open && !c.Cell.Timed {
			of[0] -= c.N
		}
	}
	return out, journeys(counts), nil
}

// rows counts a group's times by bucket; of a group without any there are none.
func (t timesTo) rows(b funnel.Buckets) [][]any {
	won, wonAll := fill(b, t.won)
	lost, lostAll := fill(b, t.lost)
	if wonAll+lostAll == 0 {
		return nil
	}
	rows := make([][]any, b.All())
	for i := range rows {
		width := float64(b.Width) * 60 * 60
		rows[i] = []any{
			float64(i) * width, float64(i+1) * width,
			won[i], number(funnel.Ratio(won[i], wonAll)), lost[i], number(funnel.Ratio(lost[i], lostAll)),
		}
		if i == b.Count {
			rows[i][1] = nil
		}
	}
	return rows
}

func fill(b funnel.Buckets, hours map[int64]int64) (counts []int64, all int64) {
	counts = make([]int64, b.Count+1)
	for h, n := range hours {
		counts[b.Of(h)] += n
		all += n
	}
	return counts, all
}
