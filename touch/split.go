package touch

import (
	"cmp"
	"math/bits"
	"slices"
)

// Split shares a whole number out by weights, exactly: what rounding down
// leaves goes to the largest remainders, one each, ties to the earlier. Without
// any weight all get an equal share. A negative total (a refund) is shared as
// the positive one, with the sign. At least one weight must be there.
func Split(total int64, weights []uint64) []int64 { return new(splitter).split(nil, total, weights) }

// splitter splits, again and again in the same memory.
type splitter struct {
	even, remainders []uint64
	order            []int
}

// split appends the shares to a slice that is empty.
func (s *splitter) split(out []int64, total int64, weights []uint64) []int64 {
	if len(weights) == 0 {
		return out
	}
	sum, shift := sumOf(weights)
	if sum == 0 {
		weights = s.evenly(len(weights))
		sum = uint64(len(weights))
	}
	amount := uint64(total)
	if total < 0 {
		amount = -amount
	}
	s.remainders = s.remainders[:0]
	left := amount
	for _, w := range weights {
		hi, lo := bits.Mul64(amount, w>>shift)
		share, remainder := bits.Div64(hi, lo, sum)
		out, s.remainders = append(out, int64(share)), append(s.remainders, remainder)
		left -= share
	}
	s.spread(out, left)
	if total < 0 {
		for i := range out {
			out[i] = -out[i]
		}
	}
	return out
}

// evenly are so many equal weights.
func (s *splitter) evenly(n int) []uint64 {
	for len(s.even) < n {
		s.even = append(s.even, 1)
	}
	return s.even[:n]
}

// sumOf adds weights up; shifted right by as many bits as keep the sum in range.
func sumOf(weights []uint64) (sum uint64, shift int) {
	for ; ; shift++ {
		sum = 0
		var over uint64
		for _, w := range weights {
			var carry uint64
			sum, carry = bits.Add64(sum, w>>shift, 0)
			over |= carry
		}
		if over == 0 {
			return sum, shift
		}
	}
}

// spread gives what is left, one each, to the largest remainders.
func (s *splitter) spread(out []int64, left uint64) {
	if left == 0 {
		return
	}
	s.order = s.order[:0]
	for i := range out {
		s.order = append(s.order, i)
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(s.remainders[b], s.remainders[a]) })
	for _, i := range s.order[:left] {
		out[i]++
	}
}
