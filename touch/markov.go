package touch

import (
	"cmp"
	"slices"
)

// MaxStates bounds the states of a Markov chain, as solving it costs the cube
// of their number. The steps of the rarest keys beyond it are one state, and
// share its effect by how often they occur.
const MaxStates = 300

// RemovalEffects says for every key what part of the conversions would be lost
// without it: the trails are read as a Markov chain of order 1 from a start
// over the keys to a conversion or to none, and a removed key leads to none.
// Effects are from 0 to 1; there are none without a conversion.
//
// source: Anderl, Becker, von Wangenheim, Schumann, Mapping the Customer
// Journey, International Journal of Research in Marketing, 2016.
func RemovalEffects(trails []Trail) map[string]float64 {
	c := newChain(trails)
	if c.converted == 0 {
		return nil
	}
	inverse := c.fundamental()
	n := len(c.states)
	wins := make([]float64, n) // the probability to convert from a state
	for i := range n {
		for j := range n {
			wins[i] += inverse[i][j] * c.win[j]
		}
	}
	all := 0.0
	for j, p := range c.start {
		all += p * wins[j]
	}
	out := map[string]float64{}
	for s := range n {
		visits := 0.0 // how often the chain is in s
		for j, p := range c.start {
			visits += p * inverse[j][s]
		}
		// Ways that convert and go through s: those that come to s at all, then
		// convert from there.
		c.hand(out, s, min(1, visits/inverse[s][s]*wins[s]/all))
	}
	return out
}

// chain is the transition probabilities between the keys of trails.
type chain struct {
	states    []string       // by number
	number    map[string]int // of a key; keys beyond MaxStates have the last one
	counts    map[string]int // steps of a key
	start     []float64
	win       []float64 // to a conversion
	next      [][]float64
	converted int
}

func newChain(trails []Trail) *chain {
	c := &chain{number: map[string]int{}, counts: map[string]int{}}
	for i := range trails {
		for _, s := range trails[i].Path {
			c.counts[s.Key]++
		}
	}
	c.name()
	n := len(c.states)
	c.start, c.win, c.next = make([]float64, n), make([]float64, n), make([][]float64, n)
	for i := range c.next {
		c.next[i] = make([]float64, n)
	}
	leaves := make([]float64, n)
	for i := range trails {
		c.walk(&trails[i], leaves)
	}
	c.normalize(leaves)
	return c
}

// name numbers the keys, the commonest first.
func (c *chain) name() {
	keys := make([]string, 0, len(c.counts))
	for key := range c.counts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(c.counts[b]-c.counts[a], cmp.Compare(a, b)) })
	for i, key := range keys {
		c.number[key] = min(i, MaxStates-1)
	}
	c.states = keys[:min(len(keys), MaxStates)]
}

// walk counts the transitions of one trail.
func (c *chain) walk(t *Trail, leaves []float64) {
	if len(t.Path) == 0 {
		return
	}
	at := c.number[t.Path[0].Key]
	c.start[at]++
	for _, s := range t.Path[1:] {
		to := c.number[s.Key]
		c.next[at][to]++
		leaves[at]++
		at = to
	}
	leaves[at]++
	if t.Converted {
		c.win[at]++
		c.converted++
	}
}

// normalize makes probabilities of counts.
func (c *chain) normalize(leaves []float64) {
	all := 0.0
	for _, n := range c.start {
		all += n
	}
	for i := range c.start {
		c.start[i] /= all
		c.win[i] /= leaves[i]
		for j := range c.next[i] {
			c.next[i][j] /= leaves[i]
		}
	}
}

// hand gives the effect of a state to its key, or to all keys that share it.
func (c *chain) hand(out map[string]float64, state int, effect float64) {
	if state < MaxStates-1 || len(c.number) <= MaxStates {
		out[c.states[state]] = effect
		return
	}
	steps := 0
	for key, n := range c.number {
		if n == state {
			steps += c.counts[key]
		}
	}
	for key, n := range c.number {
		if n == state {
			out[key] = effect * float64(c.counts[key]) / float64(steps)
		}
	}
}

// fundamental is (I - Q)^-1: how often the chain is in a state that began in
// another. Every state leads to an end, so the matrix is diagonally dominant
// and elimination needs no pivots.
func (c *chain) fundamental() [][]float64 {
	n := len(c.states)
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, 2*n)
		for j := range n {
			rows[i][j] = -c.next[i][j]
		}
		rows[i][i]++
		rows[i][n+i] = 1
	}
	for k := range rows {
		pivot := rows[k][k]
		for j := k; j < 2*n; j++ {
			rows[k][j] /= pivot
		}
		for i := range rows {
			if f := rows[i][k]; i != k && f != 0 {
				for j := k; j < 2*n; j++ {
					rows[i][j] -= f * rows[k][j]
				}
			}
		}
	}
	for i := range rows {
		rows[i] = rows[i][n:]
	}
	return rows
}
