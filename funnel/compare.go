package funnel

import "github.com/tidemark/tidemark/stats"

// Difference compares two sets of journeys: (now - before) / before, nil where
// before is 0 or either is absent. Points are now - before of a rate.
type Difference struct {
	Entered, Won, Lost                   *float64
	ConversionRate, ConversionRatePoints *float64
	DropOffRate, DropOffRatePoints       *float64
	TimeToConversion, TimeToDropOff      *float64 // of the means
}

// Compare returns what changed from before to now.
func Compare(now, before Summary) Difference {
	count := func(now, before int64) *float64 { return Ratio(now-before, before) }
	return Difference{
		Entered: count(now.Entered, before.Entered), Won: count(now.Won, before.Won), Lost: count(now.Lost, before.Lost),
		ConversionRate:       relative(now.ConversionRate(), before.ConversionRate()),
		ConversionRatePoints: points(now.ConversionRate(), before.ConversionRate()),
		DropOffRate:          relative(now.DropOffRate(), before.DropOffRate()),
		DropOffRatePoints:    points(now.DropOffRate(), before.DropOffRate()),
		TimeToConversion:     relative(now.ToConversion.Mean(), before.ToConversion.Mean()),
		TimeToDropOff:        relative(now.ToDropOff.Mean(), before.ToDropOff.Mean()),
	}
}

func relative(now, before *float64) *float64 {
	if now == nil || before == nil || *before == 0 {
		return nil
	}
	d := (*now - *before) / *before
	return &d
}

func points(now, before *float64) *float64 {
	if now == nil || before == nil {
		return nil
	}
	d := *now - *before
	return &d
}

// What a claim that a group differs takes.
const (
	claimBelow = 0.05 // the expected share of false claims of one table
	claimLeast = 30   // journeys on either side
)

// Differs says whether a group converts differently from all the others.
type Differs struct {
	P, Q  float64 // Fisher's exact test, and adjusted over the family
	Claim bool
}

// CompareGroups tests each group against all the others. The groups are one
// family: those of one table. With fewer than two nothing is compared.
func CompareGroups(groups []Summary) []Differs {
	if len(groups) < 2 {
		return nil
	}
	var all Summary
	for _, g := range groups {
		all.Entered += g.Entered
		all.Won += g.Won
	}
	p := make([]float64, len(groups))
	for i, g := range groups {
		others := Summary{Entered: all.Entered - g.Entered, Won: all.Won - g.Won}
		p[i] = stats.FisherExact(g.Won, g.Entered-g.Won, others.Won, others.Entered-others.Won)
	}
	out := make([]Differs, len(groups))
	for i, q := range stats.BenjaminiHochberg(p) {
		enough := groups[i].Entered >= claimLeast && all.Entered-groups[i].Entered >= claimLeast
		out[i] = Differs{P: p[i], Q: q, Claim: enough && q <= claimBelow}
	}
	return out
}
