package stats_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

func TestFisherExactPublished(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		a, b, c, d int64
		want       float64
		precision  float64
	}{
		{"R fisher.test, TeaTasting: Fisher's tea drinker, from Agresti (1990) p. 61", 3, 1, 1, 3, 0.4857143, 5e-8},
		{"R fisher.test, Convictions: Fisher's twins, 1962", 2, 15, 10, 3, 0.0005367, 5e-8},
		{"SciPy fisher_exact, whales and sharks", 8, 2, 1, 5, 0.0349650, 5e-8},
		{"SciPy fisher_exact, large numbers, checked there with R", 18000, 80000, 20000, 90000, 0.2751, 5e-5},
		{"SciPy fisher_exact, one small column", 100, 2, 1000, 5, 0.1300759363430016, 1e-12},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			near(t, "p", stats.FisherExact(tt.a, tt.b, tt.c, tt.d), tt.want, tt.precision)
		})
	}
}

func TestFisherExactEdges(t *testing.T) {
	t.Parallel()
	near(t, "empty table", stats.FisherExact(0, 0, 0, 0), 1, 0)
	near(t, "empty row", stats.FisherExact(0, 0, 7, 9), 1, 0)
	near(t, "empty column", stats.FisherExact(5, 0, 7, 0), 1, 0)
	near(t, "no difference", stats.FisherExact(500_000, 500_000, 500_000, 500_000), 1, 1e-12)
	near(t, "p too small for a float64", stats.FisherExact(1_000_000, 0, 0, 1_000_000), 0, 0)
	if got := stats.FisherExact(-1, 1, 1, 1); !math.IsNaN(got) {
		t.Errorf("negative count gives %v, want NaN", got)
	}
}

// For large tables the exact test approaches Pearson's chi-square with Yates's
// correction (here chi-square on one degree of freedom as a normal tail).
func TestFisherExactMillions(t *testing.T) {
	t.Parallel()
	a, b, c, d := 301_000.0, 699_000.0, 299_500.0, 700_500.0
	n := a + b + c + d
	chi := n * math.Pow(math.Abs(a*d-b*c)-n/2, 2) / ((a + b) * (c + d) * (a + c) * (b + d))
	want := math.Erfc(math.Sqrt(chi / 2))
	near(t, "p", stats.FisherExact(301_000, 699_000, 299_500, 700_500), want, 1e-5)
}

func TestFisherExactAgainstRationals(t *testing.T) {
	t.Parallel()
	cell := rapid.Int64Range(0, 40)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c, d := cell.Draw(t, "a"), cell.Draw(t, "b"), cell.Draw(t, "c"), cell.Draw(t, "d")
		got, want := stats.FisherExact(a, b, c, d), exactFisher(a, b, c, d)
		if math.Abs(got-want) > 1e-11*want {
			t.Fatalf("FisherExact(%d, %d, %d, %d) = %v, want %v", a, b, c, d, got, want)
		}
		for _, same := range []float64{
			stats.FisherExact(b, a, d, c), stats.FisherExact(c, d, a, b), stats.FisherExact(a, c, b, d),
		} {
			if math.Abs(got-same) > 1e-11*got {
				t.Fatalf("%v, but %v with rows, columns or both exchanged", got, same)
			}
		}
	})
}

// exactFisher is the definition in whole numbers: the tables no likelier than
// the observed one, without tolerance.
func exactFisher(a, b, c, d int64) float64 {
	ways := func(x int64) *big.Int {
		left := new(big.Int).Binomial(a+b, x)
		return left.Mul(left, new(big.Int).Binomial(c+d, a+c-x))
	}
	observed, rare, all := ways(a), new(big.Int), new(big.Int)
	for x := max(0, a-d); x <= min(a+b, a+c); x++ {
		w := ways(x)
		all.Add(all, w)
		if w.Cmp(observed) <= 0 {
			rare.Add(rare, w)
		}
	}
	p, _ := new(big.Rat).SetFrac(rare, all).Float64()
	return p
}

func BenchmarkFisherExact(b *testing.B) {
	for _, bb := range []struct {
		name string
		size int64
	}{{"hundreds", 100}, {"thousands", 10_000}, {"millions", 1_000_000}} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				stats.FisherExact(30*bb.size/100, 70*bb.size/100, 31*bb.size/100, 69*bb.size/100)
			}
		})
	}
}
