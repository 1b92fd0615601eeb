package touch

import "math"

// Model shares the credit of a conversion out among the touches that led to it.
type Model string

// The models of credit.
const (
	ModelFirst     Model = "first"
	ModelLast      Model = "last"
	ModelLinear    Model = "linear"
	ModelPosition  Model = "position"
	ModelTimeDecay Model = "time_decay"
	ModelMarkov    Model = "markov"
	ModelShapley   Model = "shapley"
)

// Models lists the models, the default one first.
var Models = [...]Model{ModelFirst, ModelLast, ModelLinear, ModelPosition, ModelTimeDecay, ModelMarkov, ModelShapley}

// HalfLife is how much older a touch is that gets half the credit by time decay.
const HalfLife = 7 * Day

// Step is a touch in the path of a conversion, by the name under which it is
// credited.
type Step struct {
	Key string
	At  Millis
}

// weights are the parts of the steps of one conversion, by the models that look
// at one path alone. Markov looks at all of them; see Attribute.
func (m Model) weights(path []Step) []uint64 {
	w := make([]uint64, len(path))
	if m == ModelShapley {
		distinct(w, path)
		return w
	}
	m.weigh(w, func(step int) Millis { return path[step].At })
	return w
}

// weigh fills in the parts of the steps by a model that credits single touches,
// whatever their keys. The weights must be 0.
func (m Model) weigh(w []uint64, at func(step int) Millis) {
	last := len(w) - 1
	switch m {
	case ModelFirst:
		w[0] = 1
	case ModelLast:
		w[last] = 1
	case ModelPosition:
		position(w)
	case ModelTimeDecay:
		for i := range w {
			w[i] = decay(at(last) - at(i))
		}
	default:
		for i := range w {
			w[i] = 1
		}
	}
}

// position is 40 % to the first, 40 % to the last, 20 % to all between them
// together; two share evenly. The parts are whole: 0.4 : 0.2/n is 2n : 1.
func position(w []uint64) {
	ends := uint64(1)
	if between := len(w) - 2; between > 0 {
		ends = 2 * uint64(between)
	}
	for i := range w {
		w[i] = 1
	}
	w[0], w[len(w)-1] = ends, ends
}

// decay is 2^(-age/half-life). What counts is how much older a touch is than
// the last one: 2^-a : 2^-b does not change when the same time is added to both.
func decay(older Millis) uint64 {
	return uint64(math.Round(math.Ldexp(math.Exp2(-float64(older)/float64(HalfLife)), 52)))
}

// distinct gives every key of the path one part, at its first step. It is the
// Shapley value of a game in which a set of sources wins the conversions whose
// sources are all in it: each conversion is a game of its own that only its whole set wins,
// and there all are alike.
//
// source: Shapley, A Value for n-Person Games, 1953 (symmetry and additivity).
func distinct(w []uint64, path []Step) {
	seen := make(map[string]bool, len(path))
	for i, s := range path {
		if !seen[s.Key] {
			seen[s.Key], w[i] = true, 1
		}
	}
}
