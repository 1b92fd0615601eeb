package funnel

import (
	"maps"
	"slices"
)

// Buckets cut lengths of time into equal pieces. What does not fit in them is
// in one more, the tail.
type Buckets struct {
	Width int64 // hours
	Count int   // without the tail
	Tail  bool  // some lengths are longer than all buckets
}

const (
	mostBuckets  = 24
	bucketsShare = 0.95 // of the lengths fit in the buckets
)

// bucketWidths are lengths that people count in: hours, days, weeks.
var bucketWidths = [...]int64{1, 2, 4, 6, 12, 24, 2 * 24, 7 * 24, 14 * 24, 28 * 24, 91 * 24, 364 * 24}

// BucketsOf cuts lengths, counted by whole hours, in the finest way in which
// 95 % of them fit in 24 buckets.
func BucketsOf(hours map[int64]int64) Buckets {
	total := int64(0)
	for _, n := range hours {
		total += n
	}
	if total == 0 {
		return Buckets{Width: bucketWidths[0]}
	}
	most, longest, below := int64(0), int64(0), int64(0)
	for _, h := range slices.Sorted(maps.Keys(hours)) {
		if float64(below) < bucketsShare*float64(total) {
			most = h
		}
		below += hours[h]
		if hours[h] > 0 {
			longest = h
		}
	}
	b := Buckets{}
	for _, b.Width = range bucketWidths {
		if b.Count = int(most/b.Width) + 1; b.Count <= mostBuckets {
			break
		}
	}
	b.Count = min(b.Count, mostBuckets)
	b.Tail = longest >= int64(b.Count)*b.Width
	return b
}

// All is how many buckets there are, the tail too.
func (b Buckets) All() int {
	if b.Tail {
		return b.Count + 1
	}
	return b.Count
}

// Of is the bucket of a length.
func (b Buckets) Of(hours int64) int { return int(min(hours/b.Width, int64(b.Count))) }
