package stats

import "math"

// Position says where the p-quantile of n sorted values lies: between the order
// statistics with the zero-based indices lower and lower+1, at fraction of the
// way, 0 <= fraction < 1. Where fraction is 0 the upper one is not needed, and
// at the maximum it does not exist.
//
// It is for callers that fetch order statistics from a database and then call
// Interpolate. p is cut to 0..1; n below 1 gives 0, 0.
//
// Source: type 7 of Hyndman and Fan (1996), The American Statistician 50,
// 361-365; the same as percentile_cont of SQL.
func Position(n int64, p float64) (lower int64, fraction float64) {
	if n < 1 || math.IsNaN(p) {
		return 0, 0
	}
	whole, fraction := math.Modf(float64(n-1) * min(max(p, 0), 1))
	if lower = int64(whole); lower >= n-1 {
		return n - 1, 0
	}
	return lower, fraction
}

// Interpolate returns the value at fraction of the way from the order statistic
// lower to the next one, upper, in their unit. The result is never outside of
// the two. lower <= upper and 0 <= fraction <= 1 are the caller's to keep.
func Interpolate(lower, upper int64, fraction float64) float64 {
	from, to := float64(lower), float64(upper)
	return min(from+fraction*(to-from), to)
}

// Quantile returns the p-quantile (type 7, see Position) of values sorted in
// ascending order, in their unit. p is cut to 0..1. Without values it is NaN.
func Quantile(sorted []int64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	lower, fraction := Position(int64(len(sorted)), p)
	if fraction == 0 {
		return float64(sorted[lower])
	}
	return Interpolate(sorted[lower], sorted[lower+1], fraction)
}
