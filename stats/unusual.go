package stats

import (
	"math"
	"slices"
)

// MinComparable is how many comparable periods it takes to say what is usual.
const MinComparable = 4

// UnusualScore is the score from which on a count is called unusual, in either
// direction.
//
// Source: Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers.
const UnusualScore = 3.5

// Unusual compares a count with those of comparable periods, such as the same
// weekdays before. Usual is their median; score is how far the count is from
// it, in robust standard deviations: 1.4826 times the median absolute
// deviation, but at least the square root of the median and at least 1, as
// counts scatter by that much by themselves. ok is false, and the rest 0, with
// fewer than MinComparable periods.
func Unusual(count int64, comparable []int64) (usual, score float64, ok bool) {
	if len(comparable) < MinComparable {
		return 0, 0, false
	}
	sorted := slices.Sorted(slices.Values(comparable))
	usual = Quantile(sorted, 0.5)
	// Twice the deviations, so that those from a median of a half are whole.
	deviations := make([]int64, len(sorted))
	for i, n := range sorted {
		deviations[i] = int64(math.Abs(2 * (float64(n) - usual)))
	}
	slices.Sort(deviations)
	const normal = 1.4826 // makes it the standard deviation of a normal distribution
	spread := max(normal*Quantile(deviations, 0.5)/2, math.Sqrt(usual), 1)
	return usual, (float64(count) - usual) / spread, true
}
