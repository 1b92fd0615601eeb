package touch

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// chains are the Markov chains of a tally: for each level one of every
// contact's touches as if it had not converted, and for each measure what
// conversions make of it.
type chains struct {
	all      []Chain // by depth-1
	measures [Measures]struct {
		change []Chain // by depth-1
		total  Sum
	}
}

func newChains(depths int) *chains {
	c := &chains{all: make([]Chain, depths)}
	for m := range c.measures {
		c.measures[m].change = make([]Chain, depths)
	}
	return c
}

// convert adds the path of a conversion.
func (c *chains) convert(path []Passage, conversion Conversion) {
	m := &c.measures[conversion.Measure]
	m.total.add(Whole, conversion.Amount)
	for i := range m.change {
		m.change[i].Add(steps(path, i+1), 1, 1)
	}
}

// stay adds the path of a contact to none, which those measures leave out that
// it did convert in.
func (c *chains) stay(path []Passage, conversions []Conversion) {
	var converted [Measures]bool
	for _, conversion := range conversions {
		converted[conversion.Measure] = true
	}
	for i := range c.all {
		s := steps(path, i+1)
		c.all[i].Add(s, 1, 0)
		for m := range c.measures {
			if converted[m] {
				c.measures[m].change[i].Add(s, -1, 0)
			}
		}
	}
}

// join adds the chains of others.
func (c *chains) join(other *chains) {
	for i := range c.all {
		c.all[i].Join(&other.all[i])
	}
	for m := range c.measures {
		c.measures[m].total.add(other.measures[m].total.Credit, other.measures[m].total.Amount)
		for i := range c.measures[m].change {
			c.measures[m].change[i].Join(&other.measures[m].change[i])
		}
	}
}

// credit shares the conversions of every measure out among the leaves.
func (c *chains) credit(root *node) {
	for m := range c.measures {
		of := &c.measures[m]
		if of.total == (Sum{}) {
			continue
		}
		effects := make([]map[string]float64, len(of.change))
		for i := range of.change {
			of.change[i].Join(&c.all[i])
			effects[i] = of.change[i].RemovalEffects()
		}
		root.shareByEffect(Measure(m), of.total, effects)
	}
}

// shareByEffect shares what a node got among its children by their removal
// effects, down to the leaves. A child without any touch has none.
func (n *node) shareByEffect(m Measure, got Sum, effects []map[string]float64) {
	if len(n.children) == 0 {
		n.sums.credit(m, got.Credit, got.Amount)
		return
	}
	children := slices.SortedFunc(maps.Values(n.children), func(a, b *node) int { return cmp.Compare(a.key, b.key) })
	children = slices.DeleteFunc(children, func(c *node) bool { _, touched := effects[n.depth][c.key]; return !touched })
	weights := make([]uint64, len(children))
	for i, c := range children {
		weights[i] = effectWeight(effects[n.depth][c.key])
	}
	credits, amounts := Split(int64(got.Credit), weights), Split(got.Amount, weights)
	for i, c := range children {
		c.shareByEffect(m, Sum{Credit(credits[i]), amounts[i]}, effects)
	}
}

// effectWeight is a removal effect as a whole number.
func effectWeight(effect float64) uint64 { return uint64(math.Round(math.Ldexp(effect, 40))) }
