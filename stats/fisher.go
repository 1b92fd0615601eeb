package stats

import "math"

const (
	// fisherTie is the relative tolerance within which two tables count as
	// equally likely, as in R's fisher.test.
	fisherTie = 1e-7

	// fisherNegligible ends a tail: probabilities fall faster and faster away
	// from the mode, so what follows a term this much smaller than the observed
	// table's cannot reach the result's last digit.
	fisherNegligible = 1e-20
)

// FisherExact returns the two-sided p-value, 0 to 1, of Fisher's exact test on
// the table of counts
//
//	a  b
//	c  d
//
// which is the probability, given the margins, of all tables no likelier than
// the observed one. It is 1 when a margin is 0, 0 when the p-value is below
// about 1e-300, and NaN when a count is negative.
//
// The hypergeometric probabilities are taken relative to the likeliest table's,
// by the ratio of neighbours, and divided by their sum. Nothing overflows, no
// large log-gamma values are subtracted (those lose seven digits at a million),
// and the work is a few standard deviations of terms: some thousands for
// millions of journeys.
//
// Source: Fisher (1935), Journal of the Royal Statistical Society 98, 39-82;
// the two-sided rule is that of Freeman and Halton (1951), Biometrika 38,
// 141-149, and of R's fisher.test.
func FisherExact(a, b, c, d int64) float64 {
	if min(a, b, c, d) < 0 {
		return math.NaN()
	}
	observed, right := float64(a), margins{
		row:    float64(a) + float64(b),
		column: float64(a) + float64(c),
		excess: float64(d) - float64(a),
	}
	left, mode := right.mirror(), right.mode()
	weight := right.weight(mode, observed)
	if observed < mode {
		weight = left.weight(right.row-mode, right.row-observed)
	}
	if weight == 0 {
		return 0
	}

	rare, all := 0.0, 1.0 // all begins with the likeliest table
	if weight*(1+fisherTie) >= 1 {
		rare = 1
	}
	rareRight, allRight := right.tail(mode, weight)
	rareLeft, allLeft := left.tail(right.row-mode, weight)
	return min(1, (rare+rareRight+rareLeft)/(all+allRight+allLeft))
}

// margins are those of a 2 x 2 table whose first cell is free. Counts are kept
// as float64, exact up to 2^53, so that products cannot overflow.
type margins struct {
	row, column float64 // totals of the first cell's row and column
	excess      float64 // last cell minus first cell, the same in all tables
}

// mirror swaps the columns: the first cell counts down where it counted up.
func (m margins) mirror() margins {
	return margins{row: m.row, column: m.row + m.excess, excess: m.column - m.row}
}

// mode returns the likeliest first cell.
func (m margins) mode() float64 {
	total := m.row + m.column + m.excess
	mode := math.Floor((m.row + 1) * (m.column + 1) / (total + 2))
	return min(max(mode, 0, -m.excess), m.row, m.column)
}

// up returns the probability of the table with first cell cell+1 as a multiple
// of that with cell; 0 where there is no such table.
func (m margins) up(cell float64) float64 {
	return (m.row - cell) * (m.column - cell) / ((cell + 1) * (m.excess + cell + 1))
}

// weight returns the probability of the first cell to >= from, as a multiple of
// that of from; 0 when it is too small for a float64.
func (m margins) weight(from, to float64) float64 {
	weight := 1.0
	for cell := from; cell < to && weight > 0; cell++ {
		weight *= m.up(cell)
	}
	return weight
}

// tail sums the weights, as multiples of that of the first cell mode, of the
// cells above it: rare of those not above limit, all of all.
func (m margins) tail(mode, limit float64) (rare, all float64) {
	weight := 1.0
	for cell := mode; ; cell++ {
		weight *= m.up(cell)
		if weight <= limit*fisherNegligible {
			return rare, all
		}
		all += weight
		if weight <= limit*(1+fisherTie) {
			rare += weight
		}
	}
}
