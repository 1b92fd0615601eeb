package duckdb

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/stats"
)

// Two passes over buckets give what sorting all values gives, also where many
// values share a bucket and where all lost journeys are several series.
func TestQuantilesByBuckets(t *testing.T) {
	t.Parallel()
	probabilities := []float64{0, 0.1, 0.5, 0.9, 1}
	rapid.Check(t, func(t *rapid.T) {
		want := map[seriesKey][]int64{}
		counts := map[ranked]int64{} // without n
		for range rapid.IntRange(1, 40).Draw(t, "values") {
			v := ranked{
				group: rapid.IntRange(0, 1).Draw(t, "group"), series: rapid.IntRange(0, 2).Draw(t, "series"),
				at: int64(rapid.IntRange(0, 3).Draw(t, "bucket"))*bucketWidth + int64(rapid.IntRange(0, 5).Draw(t, "ms")),
			}
			counts[v]++
			for _, name := range seriesOf(v, report.RankDurations) {
				k := seriesKey{v.group, name}
				want[k] = append(want[k], v.at)
			}
		}
		series := rankSeries(bucketsOf(counts), report.RankDurations)
		got := quantiles(series, located(counts, locate(series, probabilities)), probabilities)
		if len(got) != len(want) {
			t.Fatalf("%d series, want %d", len(got), len(want))
		}
		for _, q := range got {
			values := want[seriesKey{q.Group, q.Series}]
			slices.Sort(values)
			for i, p := range probabilities {
				if math.Abs(q.Values[i]-stats.Quantile(values, p)) > 1e-6 {
					t.Fatalf("%+v: quantile %v is %v, want %v", q.Series, p, q.Values[i], stats.Quantile(values, p))
				}
			}
		}
	})
}

// bucketsOf does what the first query does.
func bucketsOf(counts map[ranked]int64) []ranked {
	sums := map[ranked]int64{}
	for v, n := range counts {
		v.at /= bucketWidth
		sums[v] += n
	}
	return withCounts(sums)
}

// located does what the second query does: only the wanted buckets.
func located(counts map[ranked]int64, wanted []bucketKey) []ranked {
	kept := map[ranked]int64{}
	for v, n := range counts {
		if slices.Contains(wanted, bucketKey{v.group, v.series, v.at / bucketWidth}) {
			kept[v] = n
		}
	}
	return withCounts(kept)
}

func withCounts(counts map[ranked]int64) []ranked {
	var out []ranked
	for v, n := range counts {
		v.n = n
		out = append(out, v)
	}
	return out
}

func TestLostSeriesCountTwice(t *testing.T) {
	t.Parallel()
	got := seriesOf(ranked{series: 3}, report.RankDurations)
	want := []funnel.Series{{Outcome: lifecycle.OutcomeLost, Stage: 3}, {Outcome: lifecycle.OutcomeLost}}
	if !slices.Equal(got, want) {
		t.Errorf("a loss counts in %v, want %v", got, want)
	}
}
