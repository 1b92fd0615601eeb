package memory

import "context"

// Origins implements report.OriginReading, of the numbers that this view gave.
func (r *reading) Origins(_ context.Context, numbers []int64) ([][8]string, error) {
	out := make([][8]string, len(numbers))
	for i, n := range numbers {
		out[i] = r.numbered[n]
	}
	return out, nil
}

// remember notes what numbers are given for.
func (r *reading) remember(number numbering) numbering {
	r.numbered = map[int64][8]string{}
	return func(values [8]string) (int64, error) {
		n, err := number(values)
		r.numbered[n] = values
		return n, err
	}
}
