package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

func TestLogRankPublished(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, group, time, event string }{
		{"g3", "group", "time", "event"},
		{"lymphoma", "Stage_group", "Time", "Censor"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var want struct {
				ChiSquare float64 `json:"logrank_chi2"`
			}
			truth(t, tt.name, &want)
			groups := subjects(t, tt.name+".csv", tt.group, tt.time, tt.event)
			delete(groups, "")
			var list [][]stats.Observation
			for _, of := range groups {
				list = append(list, of)
			}
			checkChiSquare(t, list, want.ChiSquare)
		})
	}
}

func checkChiSquare(t *testing.T, groups [][]stats.Observation, want float64) {
	t.Helper()
	got, ok := stats.LogRank(groups)
	if !ok || got.Freedom != len(groups)-1 {
		t.Fatalf("LogRank = %+v, %v", got, ok)
	}
	near(t, "chi-square", got.ChiSquare, want, 1e-6)
}

func TestLogRankGehan(t *testing.T) {
	t.Parallel()
	var data struct {
		Control   []int64      `json:"control_T"`
		Treatment []int64      `json:"treatment_T"`
		Exited    []stats.Exit `json:"treatment_E"` // 1 = Won
		ChiSquare float64      `json:"logrank_chi2"`
	}
	truth(t, "gehan_inline", &data)
	groups := make([][]stats.Observation, 2)
	for _, at := range data.Control {
		groups[0] = append(groups[0], stats.Observation{Hours: at, Exit: stats.Lost, Count: 1})
	}
	for i, at := range data.Treatment {
		groups[1] = append(groups[1], stats.Observation{Hours: at, Exit: data.Exited[i], Count: 1})
	}
	checkChiSquare(t, groups, data.ChiSquare)
}

func TestLogRankTiny(t *testing.T) {
	t.Parallel()
	var data struct {
		T         []int64
		Groups    []int
		Plain     float64 `json:"chi2_no_censor"`
		Censoring float64 `json:"chi2_with_E_101_101"`
	}
	truth(t, "tiny", &data)
	exited := []stats.Exit{stats.Won, stats.Censored, stats.Won}
	plain, censored := make([][]stats.Observation, 2), make([][]stats.Observation, 2)
	for i, at := range data.T {
		g := data.Groups[i]
		plain[g] = append(plain[g], stats.Observation{Hours: at, Exit: stats.Won, Count: 1})
		censored[g] = append(censored[g], stats.Observation{Hours: at, Exit: exited[i%3], Count: 1})
	}
	checkChiSquare(t, plain, data.Plain)
	checkChiSquare(t, censored, data.Censoring)
}

// Critical values of the chi-square distribution as every table has them, for
// example that of the NIST/SEMATECH e-Handbook, section 1.3.6.7.4: the tests
// reach a p-value only through it.
func TestChiSquareTail(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		freedom int
		x, p    float64
	}{
		{1, 3.841, 0.05},
		{1, 6.635, 0.01},
		{2, 5.991, 0.05},
		{3, 7.815, 0.05},
		{4, 9.488, 0.05},
		{5, 15.086, 0.01},
		{9, 16.919, 0.05},
		{10, 18.307, 0.05},
		{10, 29.588, 0.001},
		{51, 68.669, 0.05},
		{2, 0, 1},
	} {
		near(t, "p", stats.ChiSquareTail(tt.x, tt.freedom), tt.p, tt.p*1e-3)
	}
}

func TestTestsNeedTwoGroups(t *testing.T) {
	t.Parallel()
	some := []stats.Observation{{Hours: 3, Exit: stats.Won, Count: 5}, {Hours: 9, Count: 5}}
	for name, groups := range map[string][][]stats.Observation{
		"none":     nil,
		"one":      {some},
		"empty":    {some, nil},
		"no exits": {{{Hours: 3, Count: 4}}, {{Hours: 5, Count: 4}}},
		"apart":    {{{Hours: 1, Count: 4}}, some},
	} {
		if got, ok := stats.LogRank(groups); ok {
			t.Errorf("%s: LogRank = %+v", name, got)
		}
		if got, ok := stats.GrayTest(groups, stats.Won); ok {
			t.Errorf("%s: GrayTest = %+v", name, got)
		}
	}
}

// What the test says does not depend on the order of the groups, on empty ones
// among them, or on how the observations are written.
func TestTestsAreOfTheGroups(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		groups := rapid.SliceOfN(cohort(40), 2, 5).Draw(t, "groups")
		var other [][]stats.Observation
		for _, i := range rapid.Permutation(indexes(len(groups))).Draw(t, "order") {
			var single []stats.Observation
			for _, o := range groups[i] {
				single = append(single, stats.Observation{Hours: o.Hours, Exit: o.Exit, Count: 1}, stats.Observation{Hours: o.Hours, Exit: o.Exit, Count: o.Count - 1})
			}
			other = append(other, single, nil)
		}
		same := func(name string, test func([][]stats.Observation) (stats.Test, bool)) {
			a, ok := test(groups)
			b, again := test(other)
			if ok != again || a.Freedom != b.Freedom || math.Abs(a.ChiSquare-b.ChiSquare) > 1e-6*(1+a.ChiSquare) ||
				!(a.P >= 0 && a.P <= 1) || !(a.ChiSquare >= 0) {
				t.Fatalf("%s: %+v, %v and %+v, %v", name, a, ok, b, again)
			}
		}
		same("log-rank", stats.LogRank)
		same("Gray's, won", func(g [][]stats.Observation) (stats.Test, bool) { return stats.GrayTest(g, stats.Won) })
		same("Gray's, lost", func(g [][]stats.Observation) (stats.Test, bool) { return stats.GrayTest(g, stats.Lost) })
	})
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
