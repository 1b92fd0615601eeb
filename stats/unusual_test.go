package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

func TestUnusual(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		count        int64
		before       []int64
		usual, score float64
	}{
		// Median 31, deviations 1 1 1 3 9: MAD 1; the square root of 31 is more.
		"usual":           {33, []int64{30, 32, 31, 40, 28, 30}, 30.5, 2.5 / math.Sqrt(30.5)},
		"a spike":         {420, []int64{30, 30, 30, 30}, 30, 390 / math.Sqrt(30)},
		"a drop":          {0, []int64{30, 30, 30, 30}, 30, -math.Sqrt(30)},
		"nothing as ever": {0, []int64{0, 0, 0, 0}, 0, 0},
		"one of none":     {1, []int64{0, 0, 0, 0}, 0, 1},
		// Median 100, deviations 50 50 50 50: MAD 50.
		"a wide scatter": {200, []int64{50, 150, 50, 150}, 100, 100 / (1.4826 * 50)},
		// One spike before does not hide the next.
		"after a spike": {420, []int64{30, 30, 400, 30, 30}, 30, 390 / math.Sqrt(30)},
	} {
		usual, score, ok := stats.Unusual(c.count, c.before)
		if !ok || usual != c.usual || math.Abs(score-c.score) > 1e-12 {
			t.Errorf("%s: usual %v, score %v, %v; want %v and %v", name, usual, score, ok, c.usual, c.score)
		}
	}
	if _, _, ok := stats.Unusual(1000, []int64{1, 1, 1}); ok {
		t.Error("three periods say what is usual")
	}
}

// More of a count never makes it less of a spike, and the order of what it is
// compared with does not matter.
func TestUnusualIsMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SliceOfN(rapid.Int64Range(0, 1000), stats.MinComparable, 20).Draw(t, "before")
		count := rapid.Int64Range(0, 2000).Draw(t, "count")
		usual, score, _ := stats.Unusual(count, before)
		_, more, _ := stats.Unusual(count+1, before)
		if more <= score {
			t.Fatalf("%d scores %v, one more %v", count, score, more)
		}
		again, same, _ := stats.Unusual(count, rapid.Permutation(before).Draw(t, "shuffled"))
		if again != usual || same != score {
			t.Fatalf("usual %v and %v, score %v and %v", usual, again, score, same)
		}
	})
}
