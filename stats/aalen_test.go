package stats_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

// Five journeys: won in the first hour; lost and censored at 24 h; won at 48 h;
// censored at 60 h. S is the probability of no exit, G its variance, F the
// incidence, V its variance, C the covariance of F and S.
//
//	 0 h  n=5, won 1:   F won = 1/5, S = 4/5
//	      v = 1x4/(25x4) = 1/25:  V won = 1/25, C won = -1/25, G = 1/25
//	24 h  n=4, lost 1 (before the censoring): F lost = 4/5 x 1/4 = 1/5, S = 3/5
//	      v = 1x3/(16x3) = 1/16, S^2 v = 1/25
//	      V won stays, C won = 3/4 x -1/25 = -3/100, G = 9/16 x 1/25 + 1/25 = 1/16
//	      V lost = 1/16 x 1/25 + 1/25 = 17/400
//	48 h  n=2, won 1:   F won = 1/5 + 3/5 x 1/2 = 1/2, S = 3/10
//	      v = 1x1/(4x1) = 1/4, S^2 v = 9/100
//	      V won = 1/25 + 2 x 1/2 x -3/100 + 1/4 x 1/16 + 9/100 = 37/320
//	60 h  n=1, censored: the follow-up ends within day 3
func TestAalenJohansenByHand(t *testing.T) {
	t.Parallel()
	got := stats.AalenJohansen([]stats.Observation{
		{Hours: 60, Exit: stats.Censored, Count: 1},
		{Hours: 24, Exit: stats.Censored, Count: 1},
		{Hours: 0, Exit: stats.Won, Count: 1},
		{Hours: 48, Exit: stats.Won, Count: 1},
		{Hours: 24, Exit: stats.Lost, Count: 1},
		{Hours: 30, Exit: stats.Lost, Count: 0},
	})
	early, late, lost := band(0.2, 1.0/25), band(0.5, 37.0/320), band(0.2, 17.0/400)
	want := stats.Curve{
		{Day: 0, AtRisk: 5, Won: early},
		{Day: 1, AtRisk: 4, Won: early, Lost: lost},
		{Day: 2, AtRisk: 2, Won: late, Lost: lost},
		{Day: 3, AtRisk: 0, Won: late, Lost: lost},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// band writes the transformation out: log(-log F) -+ z sd, sd by the delta
// method, and back.
func band(value, variance float64) stats.Estimate {
	middle := math.Log(-math.Log(value))
	width := 1.959964 * math.Sqrt(variance) / math.Abs(value*math.Log(value))
	return stats.Estimate{
		Value: value,
		Lower: math.Exp(-math.Exp(middle + width)),
		Upper: math.Exp(-math.Exp(middle - width)),
	}
}

func TestAalenJohansenEdges(t *testing.T) {
	t.Parallel()
	all := stats.Estimate{Value: 1, Lower: 1, Upper: 1}
	for _, tt := range []struct {
		name string
		give []stats.Observation
		want stats.Curve
	}{
		{"nothing", nil, nil},
		{"no journeys", []stats.Observation{{Hours: 5, Exit: stats.Won}}, nil},
		{"all won at once", []stats.Observation{{Exit: stats.Won, Count: 3}}, stats.Curve{{Won: all, AtRisk: 3}}},
		{"below zero is zero", []stats.Observation{{Hours: -7, Exit: stats.Lost, Count: 3}}, stats.Curve{{Lost: all, AtRisk: 3}}},
		{
			"the second hour is on day 1",
			[]stats.Observation{{Hours: 1, Exit: stats.Won, Count: 3}},
			stats.Curve{{AtRisk: 3}, {Day: 1, Won: all}},
		},
		{"nobody exits", []stats.Observation{{Hours: 24, Count: 3}}, stats.Curve{{AtRisk: 3}, {Day: 1, AtRisk: 3}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, stats.AalenJohansen(tt.give)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAalenJohansenStopsAtAYear(t *testing.T) {
	t.Parallel()
	got := stats.AalenJohansen([]stats.Observation{
		{Hours: 365 * 24, Exit: stats.Won, Count: 1},
		{Hours: 365*24 + 1, Exit: stats.Won, Count: 1},
	})
	last := got[len(got)-1]
	if len(got) != 366 || last.Day != 365 || last.AtRisk != 2 {
		t.Errorf("%d points to %+v, want 366 to day 365 with 2 at risk", len(got), last)
	}
	near(t, "won by day 365", last.Won.Value, 0.5, 0)
}

// Without censoring the estimate is the share of all, and its variance close to
// the binomial one, also where both exits share an hour.
func TestAalenJohansenUncensored(t *testing.T) {
	t.Parallel()
	got := stats.AalenJohansen([]stats.Observation{
		{Hours: 0, Exit: stats.Won, Count: 40},
		{Hours: 0, Exit: stats.Lost, Count: 40},
		{Hours: 24, Exit: stats.Won, Count: 10},
		{Hours: 24, Exit: stats.Lost, Count: 10},
	})
	opts := cmpopts.EquateApprox(0, 2e-3)
	if diff := cmp.Diff(band(0.4, 0.4*0.6/99), got[0].Won, opts); diff != "" {
		t.Errorf("day 0, -want +got:\n%s", diff)
	}
	if diff := cmp.Diff(band(0.5, 0.5*0.5/99), got[1].Lost, opts); diff != "" {
		t.Errorf("day 1, -want +got:\n%s", diff)
	}
}

func TestAalenJohansenProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		observations := cohort(24*8).Draw(t, "observations")
		survival := stats.KaplanMeier(observations)
		before := stats.Point{Day: -1, AtRisk: math.MaxInt64}
		for _, p := range stats.AalenJohansen(observations) {
			if sum := p.Won.Value + p.Lost.Value + survival.At(int64(p.Day)*24).Value; math.Abs(sum-1) > 1e-9 {
				t.Fatalf("day %d: won, lost and neither add up to %v", p.Day, sum)
			}
			if p.Day != before.Day+1 || p.AtRisk > before.AtRisk ||
				p.Won.Value < before.Won.Value || p.Lost.Value < before.Lost.Value {
				t.Fatalf("%+v after %+v", p, before)
			}
			for _, e := range []stats.Estimate{p.Won, p.Lost} {
				if !(0 <= e.Lower && e.Lower <= e.Value && e.Value <= e.Upper && e.Upper <= 1) {
					t.Fatalf("band of %+v", e)
				}
			}
			before = p
		}
	})
}

func BenchmarkAalenJohansen(b *testing.B) {
	var year []stats.Observation
	for hour := range int64(365 * 24) {
		for _, exit := range []stats.Exit{stats.Censored, stats.Won, stats.Lost} {
			year = append(year, stats.Observation{Hours: hour, Exit: exit, Count: 1 + hour%7})
		}
	}
	for b.Loop() {
		stats.AalenJohansen(year)
	}
}
