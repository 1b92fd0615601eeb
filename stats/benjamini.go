package stats

import (
	"cmp"
	"slices"
)

// BenjaminiHochberg returns the adjusted p-values of one family of tests, in
// the order given: rejecting every test with an adjusted value of at most q
// keeps the expected share of false ones among the rejected at or below q.
//
// p holds p-values of 0 to 1, its length is the size of the family and it is
// left as it is. Adjusted values are never smaller than p and never above 1.
//
// Source: the step-up procedure of Benjamini and Hochberg (1995), Journal of
// the Royal Statistical Society B 57, 289-300, as adjusted values: the same as
// p.adjust(method = "BH") of R.
func BenjaminiHochberg(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(p[i], p[j]) })

	q, least := make([]float64, len(p)), 1.0
	for rank := len(p); rank > 0; rank-- {
		i := order[rank-1]
		// The quotient first: times 1 or more, rounding cannot go below p.
		least = min(least, p[i]*(float64(len(p))/float64(rank)))
		q[i] = least
	}
	return q
}
