package touch

import (
	"math/bits"
	"slices"
)

// Split shares a whole number out by weights, exactly: what rounding down
// leaves goes to the largest remainders, one each, ties to the earlier. Without
// any weight all get an equal share. A negative total (a refund) is shared as
// the positive one, with the sign. At least one weight must be there.
func Split(total int64, weights []uint64) []int64 {
	out := make([]int64, len(weights))
	if len(weights) == 0 {
		return out
	}
	sum, shift := sumOf(weights)
	if sum == 0 {
		return Split(total, slices.Repeat([]uint64{1}, len(weights)))
	}
	amount := uint64(total)
	if total < 0 {
		amount = -amount
	}
	remainders, left := make([]uint64, len(weights)), amount
	for i, w := range weights {
		hi, lo := bits.Mul64(amount, w>>shift)
		share, remainder := bits.Div64(hi, lo, sum)
		out[i], remainders[i] = int64(share), remainder
		left -= share
	}
	spread(out, remainders, left)
	if total < 0 {
		for i := range out {
			out[i] = -out[i]
		}
	}
	return out
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
func spread(out []int64, remainders []uint64, left uint64) {
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case remainders[a] > remainders[b]:
			return -1
		case remainders[a] < remainders[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:left] {
		out[i]++
	}
}
