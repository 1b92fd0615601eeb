package automation

import (
	"math"

	"github.com/tidemark/tidemark/stats"
)

// fewest is how many must have entered, now and before, for anything to be said.
const fewest = 30

// rounding lets a change of exactly the limit count as one.
const rounding = 1e-9

// span is what was counted of one span of days.
type span struct{ successes, n int64 }

// rule says what is unusual.
type rule struct {
	rate  bool
	rises bool // reacts to rising
	falls bool
	by    float64 // fraction of the usual; 0 = outside of its interval
}

// verdict is what a rule says of the last span and those before.
type verdict struct {
	known        bool    // there is enough to say anything
	fires        bool    // beyond the limit
	calm         bool    // back within half of the limit: an event is over
	value, usual float64 // rates as fractions, counts as they are
}

// judge compares the last span with those before it. An alert fires at the
// limit and rests only within half of it, so that a number that trembles at
// the limit is one event.
func judge(r rule, now span, before []span) (v verdict) {
	var sum span
	for _, b := range before {
		sum.successes, sum.n = sum.successes+b.successes, sum.n+b.n
	}
	if len(before) == 0 || sum.n < fewest || r.rate && now.n < fewest {
		return v
	}
	v.known = true
	if r.rate {
		v.value, v.usual = float64(now.successes)/float64(now.n), float64(sum.successes)/float64(sum.n)
	} else {
		v.value, v.usual = float64(now.successes), float64(sum.successes)/float64(len(before))
	}
	v.decide(r, v.value-v.usual, r.limit(v, now, before))
	return v
}

// judgeDay judges a number of changes of a day by what is usual on it and by
// how many robust standard deviations it is away.
func judgeDay(r rule, count int64, usual, score float64) verdict {
	v := verdict{known: true, value: float64(count), usual: usual}
	if r.by > 0 {
		v.decide(r, v.value-v.usual, r.by*usual)
	} else {
		v.decide(r, score, stats.UnusualScore)
	}
	return v
}

// decide compares how far a number is from the usual with the limit.
func (v *verdict) decide(r rule, distance, limit float64) {
	if r.falls && (!r.rises || distance < 0) {
		distance = -distance
	}
	v.fires, v.calm = distance > 0 && distance >= limit-rounding, distance < limit/2
}

// limit is the distance from the usual at which the rule fires.
func (r rule) limit(v verdict, now span, before []span) float64 {
	switch {
	case r.by > 0:
		return r.by * v.usual
	case r.rate:
		return rateLimit(v, now)
	}
	return countLimit(v.usual, before)
}

// rateLimit is how far the Wilson interval of the rate reaches towards the
// usual one.
func rateLimit(v verdict, now span) float64 {
	interval, ok := stats.Wilson(now.successes, now.n)
	if !ok {
		return math.Inf(1)
	}
	if v.value < v.usual {
		return interval.Upper - v.value
	}
	return v.value - interval.Lower
}

// countLimit is 1.96 standard deviations of the counts before, or of a
// Poisson count with their mean if that is more.
func countLimit(mean float64, before []span) float64 {
	var squares float64
	for _, b := range before {
		squares += (float64(b.successes) - mean) * (float64(b.successes) - mean)
	}
	variance := squares / max(float64(len(before)-1), 1)
	return 1.96 * math.Sqrt(max(variance, mean))
}
