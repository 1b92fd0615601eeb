package stats

import "math"

// Interval is a closed range of a fraction, 0 <= Lower <= Upper <= 1.
type Interval struct {
	Lower, Upper float64
}

// Wilson returns the 95 % score interval of the rate successes / n, without
// continuity correction. The rate itself always lies within it.
//
// ok is false, and the rate has no interval, when n is 0 or when successes is
// not within 0..n.
//
// Source: Wilson (1927), Journal of the American Statistical Association 22,
// 209-212; method 3 of Newcombe (1998), Statistics in Medicine 17, 857-872.
func Wilson(successes, n int64) (interval Interval, ok bool) {
	return WilsonOf(float64(successes), float64(n))
}

// WilsonOf is Wilson of credited counts, which need not be whole: what several
// sources share is as much evidence as their parts.
func WilsonOf(successes, n float64) (interval Interval, ok bool) {
	if !(n > 0) || successes < 0 || successes > n {
		return Interval{}, false
	}
	size, rate := n, successes/n
	shrink := 1 + z95*z95/size
	center := (rate + z95*z95/(2*size)) / shrink
	half := z95 / shrink * math.Sqrt(rate*(1-rate)/size+z95*z95/(4*size*size))

	// At no and at only successes a bound equals the rate; rounding must not
	// push it past.
	return Interval{
		Lower: max(0, min(rate, center-half)),
		Upper: min(1, max(rate, center+half)),
	}, true
}
