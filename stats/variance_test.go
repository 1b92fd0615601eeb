package stats_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

// The one-pass variance against the sum of the documentation, written as
// Pintilie's equation 4.5 with the covariance of exits that share an hour.
// Nor does the order of the observations matter.
func TestAalenJohansenVariance(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		observations := cohort(24*4).Draw(t, "observations")
		curve := stats.AalenJohansen(observations)
		for _, p := range curve {
			value, variance := pintilie(observations, int64(p.Day)*24)
			if value <= 1e-9 || value >= 1-1e-9 {
				continue
			}
			if diff := cmp.Diff(band(value, max(variance, 0)), p.Won, cmpopts.EquateApprox(0, 1e-6)); diff != "" {
				t.Fatalf("day %d, -want +got:\n%s", p.Day, diff)
			}
		}

		shuffled := rapid.Permutation(observations).Draw(t, "shuffled")
		if !slices.Equal(curve, stats.AalenJohansen(shuffled)) {
			t.Fatal("the order of the observations changes the curve")
		}
	})
}

// pintilie returns the incidence of Won at hours and its variance as plain sums
// over all exit times, in quadratic time.
func pintilie(observations []stats.Observation, hours int64) (value, variance float64) {
	type jump struct{ n, own, d, before, after, value float64 }
	var jumps []jump
	survival := 1.0
	for at := int64(0); at <= hours; at++ {
		var n, own, d float64
		for _, o := range observations {
			count := float64(o.Count)
			if o.Hours >= at {
				n += count
			}
			if o.Hours == at && o.Exit != stats.Censored {
				d += count
			}
			if o.Hours == at && o.Exit == stats.Won {
				own += count
			}
		}
		if d > 0 {
			value += survival * own / n
			jumps = append(jumps, jump{n, own, d, survival, survival * (n - d) / n, value})
			survival *= (n - d) / n
		}
	}
	for _, j := range jumps {
		if j.n == 1 {
			continue
		}
		variance += j.before * j.before * j.own * (j.n - j.own) / (j.n * j.n * (j.n - 1))
		if j.d < j.n {
			growth := value - j.value
			variance += growth * growth * j.d / ((j.n - 1) * (j.n - j.d))
			variance -= 2 * growth * j.before * j.own / (j.n * (j.n - 1))
		}
	}
	return value, variance
}
