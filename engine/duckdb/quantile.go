package duckdb

import (
	"cmp"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/stats"
)

// bucketKey names a bucket of a series of the query.
type bucketKey struct {
	group, series int
	bucket        int64
}

// seriesKey names a series of the answer. The one of all lost journeys draws
// on several series of the query.
type seriesKey struct {
	group int
	name  funnel.Series
}

// bucket is how many values of a series lie in one width.
type bucket struct {
	at, n  int64
	series []int // of the query, that have values here
}

// rankedSeries is one series of the answer.
type rankedSeries struct {
	seriesKey
	n       int64
	buckets []bucket // ascending
}

// rankSeries sorts the buckets into the series of the answer.
func rankSeries(rows []ranked, of report.RankOf) []rankedSeries {
	series := map[seriesKey][]ranked{}
	for _, row := range rows {
		for _, name := range seriesOf(row, of) {
			k := seriesKey{row.group, name}
			series[k] = append(series[k], row)
		}
	}
	out := make([]rankedSeries, 0, len(series))
	for k, rows := range series {
		out = append(out, mergeBuckets(k, rows))
	}
	return out
}

func seriesOf(row ranked, of report.RankOf) []funnel.Series {
	stage := lifecycle.StageID(row.series)
	switch {
	case of == report.RankStageTimes:
		return []funnel.Series{{Stage: stage}}
	case stage == lifecycle.NoStage:
		return []funnel.Series{{Outcome: lifecycle.OutcomeWon}}
	}
	return []funnel.Series{{Outcome: lifecycle.OutcomeLost, Stage: stage}, {Outcome: lifecycle.OutcomeLost}}
}

func mergeBuckets(k seriesKey, rows []ranked) rankedSeries {
	slices.SortFunc(rows, func(a, b ranked) int { return cmp.Compare(a.at, b.at) })
	s := rankedSeries{seriesKey: k}
	for _, row := range rows {
		if len(s.buckets) == 0 || s.buckets[len(s.buckets)-1].at != row.at {
			s.buckets = append(s.buckets, bucket{at: row.at})
		}
		last := &s.buckets[len(s.buckets)-1]
		last.n += row.n
		last.series = append(last.series, row.series)
		s.n += row.n
	}
	return s
}

// find returns the bucket that holds the value with an index from 0, and its
// index within the bucket.
func (s *rankedSeries) find(index int64) (bucket, int64) {
	for _, b := range s.buckets {
		if index < b.n {
			return b, index
		}
		index -= b.n
	}
	return bucket{}, 0
}

// locate lists the buckets that hold the wanted order statistics.
func locate(series []rankedSeries, probabilities []float64) []bucketKey {
	wanted := map[bucketKey]bool{}
	for i := range series {
		s := &series[i]
		for _, probability := range probabilities {
			lower, fraction := stats.Position(s.n, probability)
			for index := lower; index <= lower+ceil(fraction); index++ {
				b, _ := s.find(index)
				for _, part := range b.series {
					wanted[bucketKey{s.group, part, b.at}] = true
				}
			}
		}
	}
	return slices.Collect(maps.Keys(wanted))
}

// ceil is 1 where the next order statistic counts too.
func ceil(fraction float64) int64 {
	if fraction > 0 {
		return 1
	}
	return 0
}

// quantiles computes the answer from the values of the located buckets.
func quantiles(series []rankedSeries, exact []ranked, probabilities []float64) []funnel.Quantiles {
	values := map[bucketKey][]ranked{}
	for _, v := range exact {
		k := bucketKey{v.group, v.series, v.at / bucketWidth}
		values[k] = append(values[k], v)
	}
	out := make([]funnel.Quantiles, len(series))
	for i := range series {
		s := &series[i]
		out[i] = funnel.Quantiles{Group: s.group, Series: s.name, N: s.n}
		for _, probability := range probabilities {
			lower, fraction := stats.Position(s.n, probability)
			from := s.value(lower, values)
			to := s.value(lower+ceil(fraction), values)
			out[i].Values = append(out[i].Values, stats.Interpolate(from, to, fraction))
		}
	}
	return out
}

// value returns the value with an index.
func (s *rankedSeries) value(index int64, values map[bucketKey][]ranked) int64 {
	b, index := s.find(index)
	var all []ranked
	for _, part := range b.series {
		all = append(all, values[bucketKey{s.group, part, b.at}]...)
	}
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Compare(a.at, b.at) })
	for _, v := range all {
		if index < v.n {
			return v.at
		}
		index -= v.n
	}
	return 0
}
