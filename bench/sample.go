package bench

import (
	"context"
	"slices"
	"time"
)

// Sample is what several runs of one measurement gave, in one unit.
type Sample struct {
	Runs   int     `json:"runs"`
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

// sampleOf sums up values; none give the zero Sample.
func sampleOf(values []float64) Sample {
	if len(values) == 0 {
		return Sample{}
	}
	sorted := slices.Sorted(slices.Values(values))
	return Sample{Runs: len(sorted), Median: quantile(sorted, 0.5), Min: sorted[0], Max: sorted[len(sorted)-1]}
}

// quantile interpolates between the neighbours of a place in sorted values.
func quantile(sorted []float64, p float64) float64 {
	place := p * float64(len(sorted)-1)
	lower := int(place)
	upper := min(lower+1, len(sorted)-1)
	return sorted[lower] + (place-float64(lower))*(sorted[upper]-sorted[lower])
}

// millis is a duration in milliseconds.
func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// timed runs work some times to warm up and then so many times by the clock,
// in milliseconds.
func timed(ctx context.Context, warm, runs int, work func(context.Context) error) (Sample, error) {
	var values []float64
	for i := range warm + runs {
		if err := ctx.Err(); err != nil {
			return Sample{}, err
		}
		start := time.Now()
		if err := work(ctx); err != nil {
			return Sample{}, err
		}
		if i >= warm {
			values = append(values, millis(time.Since(start)))
		}
	}
	return sampleOf(values), nil
}
