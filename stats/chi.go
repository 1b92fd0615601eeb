package stats

import "math"

// Test is the result of a test that groups do not differ.
type Test struct {
	ChiSquare float64
	Freedom   int     // degrees of freedom: groups that could be told apart, less one
	P         float64 // probability of a statistic as large or larger if they do not differ
}

// testOf makes the quadratic form score' variance^-1 score and its p-value. The
// last group is left out of both by the caller: scores add up to 0. Groups
// whose score cannot vary take no degree of freedom. ok is false without any.
func testOf(score []float64, variance [][]float64) (t Test, ok bool) {
	for i := range score {
		pivot := variance[i][i]
		if pivot <= singular*(1+pivot) {
			continue
		}
		t.ChiSquare += score[i] * score[i] / pivot
		t.Freedom++
		for j := i + 1; j < len(score); j++ {
			factor := variance[i][j] / pivot
			score[j] -= factor * score[i]
			for k := i; k < len(score); k++ {
				variance[j][k] -= factor * variance[i][k]
			}
		}
	}
	t.P = chiSquareTail(t.ChiSquare, t.Freedom)
	return t, t.Freedom > 0
}

// singular is how near to 0 a variance is that differs from it by rounding.
const singular = 1e-10

// chiSquareTail returns the probability that a chi-square of so many degrees
// of freedom is at least x. It adds positive terms only, so it keeps its digits
// far out.
//
// Source: Abramowitz and Stegun (1964), Handbook of Mathematical Functions,
// 26.4.4 and 26.4.5.
func chiSquareTail(x float64, freedom int) float64 {
	if freedom < 1 || x <= 0 {
		return 1
	}
	half := x / 2
	// What the loop turns power into is half^a e^-half / Gamma(a+1).
	a, power, tail := 1.0, math.Exp(-half), math.Exp(-half)
	if freedom%2 == 1 {
		a, power, tail = 0.5, math.Exp(-half)/math.Sqrt(math.Pi*half), math.Erfc(math.Sqrt(half))
	}
	for ; 2*a < float64(freedom); a++ {
		power *= half / a
		tail += power
	}
	return min(tail, 1)
}
