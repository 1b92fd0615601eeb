package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// Expected is how many of some open journeys will be won, with a 95 % band for
// the number itself, not only for its mean.
type Expected struct {
	Wins, Lower, Upper float64
	Hours              int64 // since entry, by which: the longest follow-up there is
}

const (
	resamples   = 200
	countSingly = 1000 // up to so many journeys the chances are drawn one by one
)

// Forecast estimates how many of the journeys in open, each open for so many
// hours, will be won before they are as old as the oldest in history: the sum
// of
//
//	P(won | still open at t) = (F(end) - F(t)) / S(t)
//
// where F is the incidence of won as AalenJohansen estimates it from history, S
// the probability of no exit, and t the hours. What comes after the longest
// follow-up is not known and counts as nothing. Exits in open mean nothing.
//
// The band is the bootstrap's: 200 times history is drawn anew, each of its
// counts from a Poisson distribution, and every open journey is won or not by
// the chance that it has then; the 2.5 % and 97.5 % quantiles of the sums are
// the ends. The seed is fixed: the same journeys have the same band.
//
// ok is false without open journeys or without history.
//
// Source: Aalen and Johansen, see AalenJohansen; Efron (1979), Annals of
// Statistics 7, 1-26; with Poisson weights Hanley and MacGibbon (2006), Computer
// Methods and Programs in Biomedicine 83, 57-62.
func Forecast(history, open []Observation) (e Expected, ok bool) {
	instants, total := tally(history)
	waiting, count := tally(open)
	if total == 0 || count == 0 {
		return Expected{}, false
	}
	past := make([]weighted, len(instants))
	for i, at := range instants {
		past[i] = weighted{at.hours, float64(at.won), float64(at.lost), float64(at.censored)}
	}
	e.Hours = instants[len(instants)-1].hours
	for i, chance := range chances(past, waiting) {
		e.Wins += chance * float64(waiting[i].total())
	}
	e.Lower, e.Upper = forecastBand(past, waiting, count)
	e.Lower, e.Upper = min(e.Lower, e.Wins), max(e.Upper, e.Wins)
	return e, true
}

// forecastBand draws the number of wins many times.
func forecastBand(past []weighted, waiting []instant, count int64) (lower, upper float64) {
	random := rand.New(rand.NewPCG(1, 2))
	drawn := make([]weighted, len(past))
	sums := make([]int64, resamples)
	for i := range sums {
		for k, at := range past {
			drawn[k] = weighted{at.hours, poisson(random, at.won), poisson(random, at.lost), poisson(random, at.censored)}
		}
		sums[i] = wins(random, chances(drawn, waiting), waiting, count)
	}
	slices.Sort(sums)
	return Quantile(sums, 0.025), Quantile(sums, 0.975)
}

// weighted is an instant whose journeys need not be whole.
type weighted struct {
	hours               int64
	won, lost, censored float64
}

// chances returns, for each time of waiting, the probability that a journey
// that is open then will be won.
func chances(past []weighted, waiting []instant) []float64 {
	atRisk := 0.0
	for _, at := range past {
		atRisk += at.won + at.lost + at.censored
	}
	incidence, survival := make([]float64, len(past)), make([]float64, len(past))
	f, s := 0.0, 1.0
	for i, at := range past {
		if exits := at.won + at.lost; exits > 0 {
			f += s * at.won / atRisk
			s *= max(0, atRisk-exits) / atRisk
		}
		incidence[i], survival[i] = f, s
		atRisk -= at.won + at.lost + at.censored
	}
	out := make([]float64, len(waiting))
	for i, at := range waiting {
		gone, left := 0.0, 1.0
		if k := sort.Search(len(past), func(k int) bool { return past[k].hours > at.hours }); k > 0 {
			gone, left = incidence[k-1], survival[k-1]
		}
		if left > certain {
			out[i] = min(max(0, f-gone)/left, 1)
		}
	}
	return out
}

// wins draws how many of the waiting journeys are won.
func wins(random *rand.Rand, chances []float64, waiting []instant, count int64) (n int64) {
	mean, variance := 0.0, 0.0
	for i, p := range chances {
		of := waiting[i].total()
		mean += float64(of) * p
		variance += float64(of) * p * (1 - p)
		for range of {
			if count > countSingly {
				break
			}
			if random.Float64() < p {
				n++
			}
		}
	}
	if count > countSingly {
		n = int64(math.Round(mean + math.Sqrt(variance)*random.NormFloat64()))
	}
	return min(max(n, 0), count)
}

// poisson draws a count with a mean: one by one where that is small, else from
// the normal distribution that it approaches.
func poisson(random *rand.Rand, mean float64) float64 {
	if mean <= 0 {
		return 0
	}
	if mean > 30 {
		return max(0, math.Round(mean+math.Sqrt(mean)*random.NormFloat64()))
	}
	n, product, limit := 0.0, random.Float64(), math.Exp(-mean)
	for product > limit {
		n++
		product *= random.Float64()
	}
	return n
}
