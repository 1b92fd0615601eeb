package stats_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

// Newcombe (1998), Statistics in Medicine 17, table I, method 3.
func TestWilsonPublished(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		successes, n int64
		lower, upper float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		got, ok := stats.Wilson(tt.successes, tt.n)
		if !ok {
			t.Errorf("Wilson(%d, %d) has no interval", tt.successes, tt.n)
		}
		near(t, "lower", got.Lower, tt.lower, 5e-5)
		near(t, "upper", got.Upper, tt.upper, 5e-5)
	}
}

func TestWilsonNull(t *testing.T) {
	t.Parallel()
	for _, tt := range [][2]int64{{0, 0}, {1, 0}, {0, -1}, {-1, 5}, {6, 5}} {
		if got, ok := stats.Wilson(tt[0], tt[1]); ok || got != (stats.Interval{}) {
			t.Errorf("Wilson(%d, %d) = %v, %v; want no interval", tt[0], tt[1], got, ok)
		}
	}
}

func TestWilsonProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1<<50).Draw(t, "n")
		successes := rapid.Int64Range(0, n).Draw(t, "successes")
		got, ok := stats.Wilson(successes, n)
		rate := float64(successes) / float64(n)
		if !ok || !(0 <= got.Lower && got.Lower <= rate && rate <= got.Upper && got.Upper <= 1) {
			t.Fatalf("Wilson = %v, %v around %v", got, ok, rate)
		}
		mirror, _ := stats.Wilson(n-successes, n)
		if diff := mirror.Lower - (1 - got.Upper); diff > 1e-12 || diff < -1e-12 {
			t.Fatalf("interval of the failures %v is not the mirror of %v", mirror, got)
		}
	})
}
