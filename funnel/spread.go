package funnel

// Spread is how one length is spread over the journeys of one group that have
// it: exact sums and order statistics (type 7).
type Spread struct {
	Group  int
	N, Sum int64     // values; their sum, ms
	Values []float64 // ms, one for each probability asked for
}

// Times reads a spread at Probabilities, or at none.
func (s Spread) Times() Times {
	t := Times{N: s.N, Sum: s.Sum}
	if len(s.Values) == len(Probabilities) {
		t.Median, t.P90 = &s.Values[0], &s.Values[1]
	}
	return t
}
