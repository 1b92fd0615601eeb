package stats

import "math"

// Estimate is an estimated probability with its 95 % band,
// 0 <= Lower <= Value <= Upper <= 1.
//
// At 0 and at 1 the transformation of the band is not defined and the three are
// equal: there is no band then, rather than certainty.
type Estimate struct {
	Value, Lower, Upper float64
}

// certain is how near to 0 or 1 a probability is that differs from it by
// rounding alone.
const certain = 1e-12

// estimate returns the 95 % band of a probability from its variance,
// symmetrical on the scale of log(-log(value)), where it cannot leave 0..1:
//
//	value ^ exp(-+ z sqrt(variance) / (value log(value)))
//
// Source: Kalbfleisch and Prentice (1980), The Statistical Analysis of Failure
// Time Data, section 1.3, for survival; Choudhury (2002), Statistics in Medicine
// 21, 1129-1144, for cumulative incidence.
func estimate(value, variance float64) Estimate {
	switch {
	case value <= certain:
		return Estimate{}
	case value >= 1-certain:
		return Estimate{Value: 1, Lower: 1, Upper: 1}
	}
	shift := z95 * math.Sqrt(max(variance, 0)) / (value * -math.Log(value))
	return Estimate{
		Value: value,
		Lower: min(value, math.Pow(value, math.Exp(shift))),
		Upper: max(value, math.Pow(value, math.Exp(-shift))),
	}
}
