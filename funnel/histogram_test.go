package funnel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/funnel"
)

func TestBucketsOf(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		hours map[int64]int64
		want  funnel.Buckets
	}{
		"none":            {nil, funnel.Buckets{Width: 1}},
		"the first hour":  {map[int64]int64{0: 5}, funnel.Buckets{Width: 1, Count: 1}},
		"a day":           {map[int64]int64{0: 5, 23: 5}, funnel.Buckets{Width: 1, Count: 24}},
		"a day and more":  {map[int64]int64{0: 5, 24: 5}, funnel.Buckets{Width: 2, Count: 13}},
		"a month":         {map[int64]int64{3: 1, 30 * 24: 9}, funnel.Buckets{Width: 48, Count: 16}},
		"a tail":          {map[int64]int64{5: 95, 8000: 5}, funnel.Buckets{Width: 1, Count: 6, Tail: true}},
		"not yet a tail":  {map[int64]int64{5: 94, 8000: 6}, funnel.Buckets{Width: 336, Count: 24}},
		"a hundred years": {map[int64]int64{36525 * 24: 1}, funnel.Buckets{Width: 8736, Count: 24, Tail: true}},
	} {
		if diff := cmp.Diff(tt.want, funnel.BucketsOf(tt.hours)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestBucketsHoldEverything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		hours := rapid.MapOf(rapid.Int64Range(0, 20_000), rapid.Int64Range(0, 9)).Draw(t, "hours")
		b := funnel.BucketsOf(hours)
		inTail, total := int64(0), int64(0)
		for h, n := range hours {
			i := b.Of(h)
			if i < 0 || n > 0 && i >= b.All() || i < b.Count && (h < int64(i)*b.Width || h >= int64(i+1)*b.Width) {
				t.Fatalf("%d hours are in bucket %d of %+v", h, i, b)
			}
			total += n
			if i == b.Count {
				inTail += n
			}
		}
		if b.Count > 24 || b.Tail != (inTail > 0) || b.Width < 8736 && inTail*20 > total {
			t.Fatalf("%+v with %d of %d in the tail", b, inTail, total)
		}
	})
}
