package stats

// lastDay is the last day of a Curve however long the follow-up is.
const lastDay = 365

// Curve is the cumulative incidence of two competing exits by days since entry,
// Day 0, 1, 2 and so on without gaps.
type Curve []Point

// Point is the curve at the end of a day, which is 24 x Day hours after entry.
// Day 0 is the entry itself with the exits of the first hour.
type Point struct {
	Day       int
	Won, Lost Estimate // probability of this exit by then
	AtRisk    int64    // journeys with 24 x Day hours of follow-up or more
}

// AalenJohansen estimates, from right-censored observations, the probability to
// have been won and that to have been lost by the end of each day since entry:
// from the exact hours, exits before censorings of the same hour. The last day
// is the one in which the longest follow-up ends, at most 365. Won and lost and
// what KaplanMeier gives at the same hours add up to 1.
//
// No journeys give an empty curve.
//
// With d = won + lost exits among n at risk at each exit time, and S- the
// probability of no exit before, the incidence F grows by S- won / n. Its
// variance is Aalen's, with the divisor n-1 that R's cmprsk uses too:
//
//	Var F(t) = sum (S-^2 v(won, won) - 2 S- g v(won, d) + g^2 v(d, d)) / (n^2 (n-1))
//	g = S- (F(t) - F) n / (n - d),  v(x, y) = x (n - y)
//
// over the exit times up to t, F being that after each; where n = 1 the term is
// 0. Where won and lost never share an hour it equals both equation 4.5 of
// Pintilie and cmprsk's estimate. Where they do, those neglect the covariance
// of the two counts and their bands are too narrow: when of 100 journeys 40 are
// won and 40 lost in one hour, and 10 and 10 in a later one, cmprsk's final
// variance is two thirds of the binomial one. Here the exits of an hour are
// multinomial, as in Andersen, Borgan, Gill and Keiding.
//
// Source: Aalen and Johansen (1978), Scandinavian Journal of Statistics 5,
// 141-150; Aalen (1978), Annals of Statistics 6, 534-545; Pintilie (2006),
// Competing Risks: A Practical Perspective, section 4.2; Andersen et al. (1993),
// Statistical Models Based on Counting Processes, section IV.4.
func AalenJohansen(observations []Observation) Curve {
	instants, total := tally(observations)
	if total == 0 {
		return nil
	}
	longest := instants[len(instants)-1].hours
	days := int(min((longest+23)/24, lastDay))

	curve, now := make(Curve, 0, days+1), incidence{atRisk: total, survival: 1}
	for day := range days + 1 {
		end := int64(day) * 24
		instants = now.pass(instants, end-1)
		atRisk := now.atRisk
		instants = now.pass(instants, end)
		curve = append(curve, Point{Day: day, Won: now.won.estimate(), Lost: now.lost.estimate(), AtRisk: atRisk})
	}
	return curve
}

// incidence is the estimate at a moment, with the moments of its error. Carried
// from time to time by the delta method they give the variance at every day in
// one pass; the sum in AalenJohansen's comment is the same written out.
type incidence struct {
	atRisk    int64
	survival  float64
	variance  float64 // of survival
	won, lost cause
}

// cause is one of the two exits.
type cause struct {
	value      float64 // cumulative incidence
	variance   float64 // of value
	covariance float64 // of value and survival
}

func (c cause) estimate() Estimate { return estimate(c.value, c.variance) }

// pass goes through the instants up to hours and returns the rest.
func (i *incidence) pass(instants []instant, hours int64) []instant {
	for len(instants) > 0 && instants[0].hours <= hours {
		i.step(instants[0])
		instants = instants[1:]
	}
	return instants
}

// step takes in what happens at the next instant.
func (i *incidence) step(at instant) {
	if at.exits() > 0 {
		n, d := float64(i.atRisk), float64(at.exits())
		scale := 0.0 // from counts to the variance of what they add
		if i.atRisk > 1 {
			scale = i.survival * i.survival / (n * n * (n - 1))
		}
		i.won.step(*i, float64(at.won), d, n, scale)
		i.lost.step(*i, float64(at.lost), d, n, scale)
		stay := (n - d) / n
		i.variance = stay*stay*i.variance + scale*d*(n-d)
		i.survival *= stay
	}
	i.atRisk -= at.total()
}

// step takes in own exits by this cause of d among n at risk, before which the
// estimate was that of before.
func (c *cause) step(before incidence, own, d, n, scale float64) {
	p, stay := own/n, (n-d)/n
	c.value += p * before.survival
	c.variance += 2*p*c.covariance + p*p*before.variance + scale*own*(n-own)
	c.covariance = stay*(c.covariance+p*before.variance) - scale*own*(n-d)
}
