package touch

import "slices"

// Credit counts conversions in parts of a billion, so that parts add up exactly
// in whatever order they are added.
type Credit int64

// Whole is the credit of one conversion.
const Whole Credit = 1_000_000_000

// Float is the credit in conversions.
func (c Credit) Float() float64 { return float64(c) / float64(Whole) }

// Trail is one contact's way: to a conversion, or to none so far.
type Trail struct {
	Path      []Step // in order of time, as Path chose them
	Own       string // whom a conversion without any step is credited to
	Converted bool
	Amount    int64 // of the conversion, in minor units; negative for a refund
}

// Sum is what is credited under one key.
type Sum struct {
	Credit Credit
	Amount int64 // minor units
}

func (s *Sum) add(c Credit, amount int64) { s.Credit, s.Amount = s.Credit+c, s.Amount+amount }

// Attribute credits all conversions by a model. The credits of the keys add up
// to exactly one for each conversion, and the amounts to exactly what was paid.
// Trails that did not convert only matter to Markov.
func (m Model) Attribute(trails []Trail) map[string]Sum {
	out := map[string]Sum{}
	var shared Sum
	for i := range trails {
		t := &trails[i]
		switch {
		case !t.Converted:
		case len(t.Path) == 0:
			give(out, t.Own, Whole, t.Amount)
		case m == ModelMarkov:
			shared.add(Whole, t.Amount)
		default:
			m.Share(t.Path, t.Amount, func(i int, c Credit, amount int64) { give(out, t.Path[i].Key, c, amount) })
		}
	}
	if m == ModelMarkov {
		shareByRemoval(out, RemovalEffects(trails), shared)
	}
	return out
}

// Share credits one conversion to the steps of its path by a model that looks
// at one path alone, all but Markov.
func (m Model) Share(path []Step, amount int64, to func(step int, c Credit, amount int64)) {
	if len(path) == 0 {
		return
	}
	w := m.weights(path)
	credits, amounts := Split(int64(Whole), w), Split(amount, w)
	for i := range path {
		if credits[i] != 0 || amounts[i] != 0 {
			to(i, Credit(credits[i]), amounts[i])
		}
	}
}

func give(out map[string]Sum, key string, c Credit, amount int64) {
	s := out[key]
	s.add(c, amount)
	out[key] = s
}

// shareByRemoval shares out what all conversions together bring.
func shareByRemoval(out map[string]Sum, effects map[string]float64, shared Sum) {
	keys := make([]string, 0, len(effects))
	for key := range effects {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	weights := make([]uint64, len(keys))
	for i, key := range keys {
		weights[i] = effectWeight(effects[key])
	}
	credits, amounts := Split(int64(shared.Credit), weights), Split(shared.Amount, weights)
	for i, key := range keys {
		give(out, key, Credit(credits[i]), amounts[i])
	}
}
