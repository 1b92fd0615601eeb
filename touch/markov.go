package touch

import (
	"cmp"
	"slices"
)

// MaxStates bounds the states of a Markov chain, as solving it costs the cube
// of their number. The steps of the rarest keys beyond it are one state, and
// share its effect by how often they occur.
const MaxStates = 300

// RemovalEffects are those of the chain of trails; see Chain.
func RemovalEffects(trails []Trail) map[string]float64 {
	var c Chain
	for i := range trails {
		won := 0
		if trails[i].Converted {
			won = 1
		}
		c.Add(trails[i].Path, 1, won)
	}
	return c.RemovalEffects()
}

// Chain is trails as a Markov chain of order 1, from a start over the keys to a
// conversion or to none. It only counts transitions, so trails can be taken
// back, and chains joined. The zero Chain is ready for use.
type Chain struct {
	hops map[hop]int
	won  map[string]int // trails that ended at a key, in a conversion
	ends map[string]int // trails that ended at a key
}

// hop is a transition; from the start if it is the first of its trail.
type hop struct {
	first    bool
	from, to string
}

// Add adds a path that many were on, of whom so many converted; a negative
// number takes them back. A path without steps is none.
func (c *Chain) Add(path []Step, trails, won int) {
	if len(path) == 0 {
		return
	}
	if c.hops == nil {
		c.hops, c.won, c.ends = map[hop]int{}, map[string]int{}, map[string]int{}
	}
	at := hop{first: true}
	for _, s := range path {
		at.to = s.Key
		c.hops[at] += trails
		at = hop{from: s.Key}
	}
	c.ends[at.from] += trails
	c.won[at.from] += won
}

// Join adds the trails of another chain.
func (c *Chain) Join(other *Chain) {
	if c.hops == nil {
		c.hops, c.won, c.ends = map[hop]int{}, map[string]int{}, map[string]int{}
	}
	for h, n := range other.hops {
		c.hops[h] += n
	}
	for key, n := range other.ends {
		c.ends[key] += n
		c.won[key] += other.won[key]
	}
}

// RemovalEffects says for every key what part of the conversions would be lost
// without it: a removed key leads to none. Effects are from 0 to 1; there are
// none without a conversion.
//
// source: Anderl, Becker, von Wangenheim, Schumann, Mapping the Customer
// Journey, International Journal of Research in Marketing, 2016.
func (c *Chain) RemovalEffects() map[string]float64 {
	m := c.matrix()
	if m.converted == 0 {
		return nil
	}
	inverse := m.fundamental()
	n := len(m.states)
	wins := make([]float64, n) // the probability to convert from a state
	for i := range n {
		for j := range n {
			wins[i] += inverse[i][j] * m.win[j]
		}
	}
	all := 0.0
	for j, p := range m.start {
		all += p * wins[j]
	}
	out := map[string]float64{}
	for s := range n {
		visits := 0.0 // how often the chain is in s
		for j, p := range m.start {
			visits += p * inverse[j][s]
		}
		// Ways that convert and go through s: those that come to s at all, then
		// convert from there.
		m.hand(out, s, min(1, visits/inverse[s][s]*wins[s]/all))
	}
	return out
}

// matrix is the transition probabilities between the keys of a chain.
type matrix struct {
	states    []string       // by number
	number    map[string]int // of a key; keys beyond MaxStates have the last one
	counts    map[string]int // steps of a key
	start     []float64
	win       []float64 // to a conversion
	next      [][]float64
	converted int
}

func (c *Chain) matrix() *matrix {
	m := &matrix{number: map[string]int{}, counts: map[string]int{}}
	for h, n := range c.hops {
		if n != 0 {
			m.counts[h.to] += n
		}
	}
	m.name()
	n := len(m.states)
	m.start, m.win, m.next = make([]float64, n), make([]float64, n), make([][]float64, n)
	for i := range m.next {
		m.next[i] = make([]float64, n)
	}
	leaves := make([]float64, n)
	for h, n := range c.hops {
		switch {
		case n == 0:
		case h.first:
			m.start[m.number[h.to]] += float64(n)
		default:
			m.next[m.number[h.from]][m.number[h.to]] += float64(n)
			leaves[m.number[h.from]] += float64(n)
		}
	}
	for key, n := range c.ends {
		if n == 0 {
			continue
		}
		leaves[m.number[key]] += float64(n)
		m.win[m.number[key]] += float64(c.won[key])
		m.converted += c.won[key]
	}
	m.normalize(leaves)
	return m
}

// name numbers the keys, the commonest first.
func (m *matrix) name() {
	keys := make([]string, 0, len(m.counts))
	for key := range m.counts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(m.counts[b]-m.counts[a], cmp.Compare(a, b)) })
	for i, key := range keys {
		m.number[key] = min(i, MaxStates-1)
	}
	m.states = keys[:min(len(keys), MaxStates)]
}

// normalize makes probabilities of counts.
func (m *matrix) normalize(leaves []float64) {
	all := 0.0
	for _, n := range m.start {
		all += n
	}
	for i := range m.start {
		m.start[i] /= all
		m.win[i] /= leaves[i]
		for j := range m.next[i] {
			m.next[i][j] /= leaves[i]
		}
	}
}

// hand gives the effect of a state to its key, or to all keys that share it.
func (m *matrix) hand(out map[string]float64, state int, effect float64) {
	if state < MaxStates-1 || len(m.number) <= MaxStates {
		out[m.states[state]] = effect
		return
	}
	steps := 0
	for key, n := range m.number {
		if n == state {
			steps += m.counts[key]
		}
	}
	for key, n := range m.number {
		if n == state {
			out[key] = effect * float64(m.counts[key]) / float64(steps)
		}
	}
}

// fundamental is (I - Q)^-1: how often the chain is in a state that began in
// another. Every state leads to an end, so the matrix is diagonally dominant
// and elimination needs no pivots.
func (m *matrix) fundamental() [][]float64 {
	n := len(m.states)
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, 2*n)
		for j := range n {
			rows[i][j] = -m.next[i][j]
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
