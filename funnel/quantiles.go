package funnel

import "github.com/tidemark/tidemark/lifecycle"

// Probabilities are the order statistics that reports show: median and p90.
var Probabilities = [...]float64{0.5, 0.9}

// Rank adds medians and p90 to a breakdown, from quantiles of its own group at
// Probabilities.
func (b *Breakdown) Rank(quantiles []Quantiles) {
	for _, q := range quantiles {
		if times := b.times(q.Series); times != nil && q.N > 0 {
			times.Median, times.P90 = &q.Values[0], &q.Values[1]
		}
	}
}

// times finds the durations that a series is about.
func (b *Breakdown) times(s Series) *Times {
	switch {
	case s.Outcome == lifecycle.OutcomeWon:
		return &b.Summary.ToConversion
	case s.Outcome == lifecycle.OutcomeLost && s.Stage == lifecycle.NoStage:
		return &b.Summary.ToDropOff
	case s.Outcome == lifecycle.OutcomeLost:
		for i := range b.Lost {
			if b.Lost[i].Stage.ID == s.Stage {
				return &b.Lost[i].Time
			}
		}
	default:
		for i := range b.Stages {
			if b.Stages[i].Stage.ID == s.Stage {
				return &b.Stages[i].Time
			}
		}
	}
	return nil
}
