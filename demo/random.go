package demo

import (
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// random is the dice of one contact. Every contact has its own, so that a
// change to one story changes no other.
type random struct{ *rand.Rand }

func newRandom(seed, contact uint64) *random {
	return &random{rand.New(rand.NewPCG(seed, contact))}
}

func (r *random) chance(p float64) bool { return r.Float64() < p }

// weighted picks an index with a probability in proportion to its weight.
func (r *random) weighted(weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	x := r.Float64() * total
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

func pick[T any](r *random, from []T) T { return from[r.IntN(len(from))] }

// wait is how long people take: mostly around the median, sometimes far more.
func (r *random) wait(median time.Duration) time.Duration {
	return time.Duration(float64(median) * math.Exp(r.NormFloat64()*0.8)).Round(time.Second)
}

// slug makes a text fit for an address.
func slug(text string) string { return strings.ReplaceAll(strings.ToLower(text), " ", "-") }
