package stats

import "sort"

// Survival is a Kaplan-Meier curve: one step for each time with an exit,
// ascending. Before the first step the probability is 1.
type Survival []Step

// Step is the curve from Hours on, until the next step.
type Step struct {
	Hours    int64    // since entry
	AtRisk   int64    // journeys under observation just before Hours
	Exits    int64    // won or lost at Hours
	Estimate Estimate // probability to be still without an exit
}

// KaplanMeier estimates the probability that a journey has not yet exited, won
// and lost taken together, from right-censored observations. Exits come before
// censorings of the same hour. The band is from Greenwood's variance,
//
//	S(t)^2 sum d / (n (n - d))
//
// over the exit times up to t, with d exits among n at risk.
//
// Observations without an exit give an empty curve.
//
// Source: Kaplan and Meier (1958), Journal of the American Statistical
// Association 53, 457-481; Greenwood (1926), Reports on Public Health and
// Medical Subjects 33.
func KaplanMeier(observations []Observation) Survival {
	instants, atRisk := tally(observations)
	var curve Survival
	value, relative := 1.0, 0.0 // relative: variance / value^2
	for _, now := range instants {
		if exits := now.exits(); exits > 0 {
			n, d := float64(atRisk), float64(exits)
			value *= (n - d) / n
			if exits < atRisk { // else the value is 0 and has no band
				relative += d / (n * (n - d))
			}
			curve = append(curve, Step{
				Hours: now.hours, AtRisk: atRisk, Exits: exits,
				Estimate: estimate(value, value*value*relative),
			})
		}
		atRisk -= now.total()
	}
	return curve
}

// At returns the estimate at a number of hours since entry, exits of that hour
// included.
func (s Survival) At(hours int64) Estimate {
	after := sort.Search(len(s), func(i int) bool { return s[i].Hours > hours })
	if after == 0 {
		return Estimate{Value: 1, Lower: 1, Upper: 1}
	}
	return s[after-1].Estimate
}

// Median returns the first time, in hours since entry, by which at least half
// are estimated to have exited. ok is false when the curve stays above a half.
func (s Survival) Median() (hours int64, ok bool) {
	for _, step := range s {
		if step.Estimate.Value <= 0.5+certain {
			return step.Hours, true
		}
	}
	return 0, false
}
