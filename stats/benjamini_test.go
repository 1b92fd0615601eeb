package stats_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

// The 15 comparisons of Benjamini and Hochberg (1995), section 3.2. The paper
// rejects the first four at 0.05; the adjusted values are by hand, p x 15 / rank
// and then the least from the right.
func TestBenjaminiHochbergPublished(t *testing.T) {
	t.Parallel()
	p := []float64{
		0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
		0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
	}
	want := []float64{
		0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.447 / 7, 0.447 / 7, 0.0645,
		0.0765, 0.486, 6.393 / 11, 8.5785 / 12, 9.792 / 13, 11.385 / 14, 1,
	}
	near15 := cmpopts.EquateApprox(0, 1e-12)
	if diff := cmp.Diff(want, stats.BenjaminiHochberg(p), near15); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}

	slices.Reverse(p)
	slices.Reverse(want)
	if diff := cmp.Diff(want, stats.BenjaminiHochberg(p), near15); diff != "" {
		t.Errorf("in the opposite order, -want +got:\n%s", diff)
	}
}

// The definition read backwards: at level q the procedure rejects the k smallest
// p-values, k being the largest rank with p(k) <= k q / m.
func TestBenjaminiHochbergRejections(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 12).Draw(t, "p")
		q := rapid.Float64Range(0.01, 0.99).Draw(t, "q")
		given := slices.Clone(p)
		adjusted := stats.BenjaminiHochberg(p)
		if !slices.Equal(p, given) {
			t.Fatal("the p-values were changed")
		}

		slices.Sort(given)
		want := 0
		for rank, value := range given {
			if value*(float64(len(p))/float64(rank+1)) <= q {
				want = rank + 1
			}
		}
		got := 0
		for i, value := range adjusted {
			if value < p[i] || value > 1 {
				t.Fatalf("adjusted %v of %v", value, p[i])
			}
			if value <= q {
				got++
			}
		}
		if got != want {
			t.Fatalf("%d rejected at %v, want %d of %v", got, q, want, p)
		}
	})
}
