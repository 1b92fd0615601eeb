package report

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/stats"
)

var incidenceColumns = [...]Column{
	{"day", "Days since entry", ColumnInteger},
	{"won", "Won", ColumnRate},
	{"won_lower", "Won, lower", ColumnRate},
	{"won_upper", "Won, upper", ColumnRate},
	{"lost", "Lost", ColumnRate},
	{"lost_lower", "Lost, lower", ColumnRate},
	{"lost_upper", "Lost, upper", ColumnRate},
	{"at_risk", "Followed so long", ColumnInteger},
}

// incidence answers the cumulative incidence of won and lost by day since
// entry and, of several groups, whether they differ.
func (v *view) incidence(ctx context.Context, t *Table) error {
	p := v.asked.plan(v.asked.days)
	labels, err := v.grouped(ctx, &p)
	if err != nil {
		return err
	}
	follow, err := v.reading.Follow(ctx, p)
	if err != nil {
		return err
	}
	observed, total := make([][]stats.Observation, len(labels)), int64(0)
	for _, f := range follow {
		observed[f.Group] = append(observed[f.Group], stats.Observation{Hours: f.Hours, Exit: exitFor(f.Outcome), Count: f.N})
		total += f.N
	}
	t.Columns = v.columns(incidenceColumns[:])
	for i, label := range labels {
		for _, point := range stats.AalenJohansen(observed[i]) {
			t.Rows = append(t.Rows, label.row(
				int64(point.Day), point.Won.Value, point.Won.Lower, point.Won.Upper,
				point.Lost.Value, point.Lost.Lower, point.Lost.Upper, point.AtRisk,
			))
		}
	}
	if v.asked.GroupBy != "" {
		t.Tests = compareCurves(observed)
	}
	t.Notices, err = v.notices(ctx, v.asked.plan(v.asked.days), total)
	return err
}

// exitFor is how an outcome ends a journey's follow-up: only won and lost are
// exits.
func exitFor(o lifecycle.Outcome) stats.Exit {
	switch o {
	case lifecycle.OutcomeWon:
		return stats.Won
	case lifecycle.OutcomeLost:
		return stats.Lost
	}
	return stats.Censored
}

// Test is whether the curves of groups differ.
type Test struct {
	Exit      string  `json:"exit" enum:"won,lost,either"`
	Method    string  `json:"method" enum:"gray,log_rank" doc:"Gray's test of one exit that competes with the other, the log-rank test of either"`
	ChiSquare float64 `json:"chi_square"`
	Freedom   int     `json:"freedom" doc:"degrees of freedom"`
	P         float64 `json:"p"`
	Groups    int     `json:"groups" doc:"groups compared: those with at least 30 journeys"`
	LeftOut   int     `json:"left_out" doc:"groups with fewer"`
	Claim     bool    `json:"claim" doc:"p <= 0.05"`
}

// What a claim that curves differ takes.
const (
	curveBelow = 0.05
	curveLeast = 30 // journeys in each group that is compared
)

// compareCurves tests the groups that are large enough. Of fewer than two, or
// without exits, there is nothing to say.
func compareCurves(groups [][]stats.Observation) []Test {
	size := func(of []stats.Observation) (n int64) {
		for _, o := range of {
			n += o.Count
		}
		return n
	}
	filled := slices.DeleteFunc(slices.Clone(groups), func(of []stats.Observation) bool { return size(of) == 0 })
	large := slices.DeleteFunc(slices.Clone(filled), func(of []stats.Observation) bool { return size(of) < curveLeast })
	out := []Test{}
	add := func(exit, method string, test stats.Test, ok bool) {
		if ok {
			out = append(out, Test{
				Exit: exit, Method: method, ChiSquare: test.ChiSquare, Freedom: test.Freedom, P: test.P,
				Groups: len(large), LeftOut: len(filled) - len(large), Claim: test.P <= curveBelow,
			})
		}
	}
	won, ok := stats.GrayTest(large, stats.Won)
	add("won", "gray", won, ok)
	lost, ok := stats.GrayTest(large, stats.Lost)
	add("lost", "gray", lost, ok)
	either, ok := stats.LogRank(large)
	add("either", "log_rank", either, ok)
	return out
}
