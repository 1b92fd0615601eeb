package stats_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

func TestPosition(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n        int64
		p        float64
		lower    int64
		fraction float64
	}{
		{1, 0.5, 0, 0},
		{2, 0.5, 0, 0.5},
		{3, 0.5, 1, 0},
		{4, 0.25, 0, 0.75},
		{5, 0, 0, 0},
		{5, 1, 4, 0},
		{5, -1, 0, 0},
		{5, 2, 4, 0},
		{0, 0.5, 0, 0},
		{5, math.NaN(), 0, 0},
	} {
		lower, fraction := stats.Position(tt.n, tt.p)
		if lower != tt.lower || fraction != tt.fraction {
			t.Errorf("Position(%d, %v) = %d, %v; want %d, %v", tt.n, tt.p, lower, fraction, tt.lower, tt.fraction)
		}
	}
}

// By hand from (n-1) p: for p = 0.9 of five values 3.6, so 0.6 of the way from
// the fourth to the fifth.
func TestQuantile(t *testing.T) {
	t.Parallel()
	values := []int64{1, 2, 4, 8, 18}
	near(t, "median", stats.Quantile(values, 0.5), 4, 0)
	near(t, "p90", stats.Quantile(values, 0.9), 14, 1e-12)
	near(t, "p25", stats.Quantile(values, 0.25), 2, 0)
	near(t, "median of an even number", stats.Quantile(values[:4], 0.5), 3, 0)
	if got := stats.Quantile(nil, 0.5); !math.IsNaN(got) {
		t.Errorf("Quantile of nothing = %v, want NaN", got)
	}
}

func TestQuantileProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64(), 1, 50).Draw(t, "values")
		slices.Sort(values)
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		higher := rapid.Float64Range(p, 1).Draw(t, "higher")

		got, least, most := stats.Quantile(values, p), float64(values[0]), float64(values[len(values)-1])
		if got < least || got > most {
			t.Fatalf("Quantile(%v) = %v outside of %v..%v", p, got, least, most)
		}
		if above := stats.Quantile(values, higher); above < got-1e-9*math.Abs(got) {
			t.Fatalf("Quantile(%v) = %v > Quantile(%v) = %v", p, got, higher, above)
		}
		if lower, fraction := stats.Position(int64(len(values)), p); lower < 0 || fraction < 0 || fraction >= 1 ||
			(fraction > 0 && lower+1 >= int64(len(values))) {
			t.Fatalf("Position = %d, %v of %d values", lower, fraction, len(values))
		}
	})
}
