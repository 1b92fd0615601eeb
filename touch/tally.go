package touch

import (
	"maps"
	"slices"
)

// TallyOptions say how a source report credits and what its rows are by.
type TallyOptions struct {
	Model Model
	Path  PathOptions

	// Levels are what rows are by: the last one, within those before it. A
	// model that credits sources as such, Markov or Shapley, shares at the
	// first level, then what each source got within it, and so on, so that the
	// rows of a drill-down add up to the row that they are of.
	Levels []Level
}

// Tally is a source report being counted. Numbers only depend on what was
// added, not on its order.
type Tally struct {
	options  TallyOptions
	root     node
	visitors []visitors
	chains   *chains // of ModelMarkov
}

// node is a value of a level within those of the levels before it.
type node struct {
	value    string
	key      string // unique among the nodes of its depth
	depth    int    // 0 = the root
	parent   *node
	children map[string]*node
	sums     Sums // of leaves
}

// NewTally begins a report; there must be at least one level.
func NewTally(o TallyOptions) *Tally {
	t := &Tally{options: o, root: node{children: map[string]*node{}}}
	if o.Model == ModelMarkov {
		t.chains = newChains(len(o.Levels))
	}
	return t
}

// Place is the row of an origin. It belongs to the tally that gave it.
type Place struct {
	leaf   *node
	direct bool
}

// Place finds the row of an origin.
func (t *Tally) Place(o Origin) Place {
	n := &t.root
	for _, l := range t.options.Levels {
		n = n.child(o.Value(l))
	}
	return Place{n, o.IsDirect()}
}

func (n *node) child(value string) *node {
	c, there := n.children[value]
	if !there {
		c = &node{value: value, key: n.key + "\x00" + value, depth: n.depth + 1, parent: n, children: map[string]*node{}}
		n.children[value] = c
	}
	return c
}

// at is the node of a depth that a node is in.
func (n *node) at(depth int) *node {
	for n.depth > depth {
		n = n.parent
	}
	return n
}

// Visits counts visits of a place.
func (t *Tally) Visits(at Place, n int64) { at.leaf.sums.Visits += n }

// visitors are so many who came by exactly these leaves.
type visitors struct {
	leaves []*node
	n      int64
}

// Visitors counts visitors, each by all places that it came by.
func (t *Tally) Visitors(places []Place, n int64) {
	v := visitors{n: n}
	for _, p := range places {
		v.leaves = append(v.leaves, p.leaf)
	}
	t.visitors = append(t.visitors, v)
}

// Cost counts what was spent at a place.
func (t *Tally) Cost(at Place, amount, clicks, impressions int64) {
	s := &at.leaf.sums
	s.Cost, s.Clicks, s.Impressions = s.Cost+amount, s.Clicks+clicks, s.Impressions+impressions
}

// Passage is a touch of a contact, by its place.
type Passage struct {
	At    Millis
	Place Place
}

// When is the instant of the touch.
func (p Passage) When() Millis { return p.At }

// IsDirect reports whether nothing is known of where the touch came from.
func (p Passage) IsDirect() bool { return p.Place.direct }

// Contact credits what a contact did to the places of its touches, which are in
// order of time: what has no touch before it to its own place. Contacts without
// conversions only matter to Markov, which reads their touches up to an instant.
func (t *Tally) Contact(touches []Passage, own Place, conversions []Conversion, until Millis) {
	for _, c := range conversions {
		path := Path(touches, c.At, t.options.Path)
		switch {
		case len(path) == 0:
			own.leaf.sums.credit(c.Measure, Whole, c.Amount)
		case t.chains != nil:
			t.chains.convert(path, c)
		default:
			t.share(path, c)
		}
	}
	if t.chains != nil {
		t.chains.stay(Path(touches, until, t.options.Path), conversions)
	}
}

// share credits one conversion by a model that looks at one path alone.
func (t *Tally) share(path []Passage, c Conversion) {
	if t.options.Model == ModelShapley {
		shareDistinct(path, 1, int64(Whole), c.Amount, func(n *node, part, amount int64) {
			n.sums.credit(c.Measure, Credit(part), amount)
		})
		return
	}
	t.options.Model.Share(steps(path, len(t.options.Levels)), c.Amount, func(i int, part Credit, amount int64) {
		path[i].Place.leaf.sums.credit(c.Measure, part, amount)
	})
}

// steps are the touches of a path by the keys of a depth.
func steps(path []Passage, depth int) []Step {
	out := make([]Step, len(path))
	for i, p := range path {
		out[i] = Step{p.Place.leaf.at(depth).key, p.At}
	}
	return out
}

// shareDistinct shares evenly among the distinct nodes of a depth, then what
// each got among its own: the Owen value of the game whose Shapley value is
// ModelShapley. With one level they are the same.
//
// source: Owen, Values of Games with a Priori Unions, 1977.
func shareDistinct(path []Passage, depth int, part, amount int64, to func(*node, int64, int64)) {
	var order []*node
	within := map[*node][]Passage{}
	for _, p := range path {
		n := p.Place.leaf.at(depth)
		if within[n] == nil {
			order = append(order, n)
		}
		within[n] = append(within[n], p)
	}
	even := slices.Repeat([]uint64{1}, len(order))
	parts, amounts := Split(part, even), Split(amount, even)
	for i, n := range order {
		if len(n.children) == 0 {
			to(n, parts[i], amounts[i])
			continue
		}
		shareDistinct(within[n], depth+1, parts[i], amounts[i], to)
	}
}

// Row is a row of a source report.
type Row struct {
	Value string // of the last level; "" = none
	Sums
}

// Rows are the rows of the last level whose values at all levels are wanted, by
// their value, and what they add up to. Only visitors do not add up: who came
// by several rows is in each of them, and once in the total.
func (t *Tally) Rows(wanted func(values []string) bool) (rows []Row, total Sums) {
	if t.chains != nil {
		t.chains.credit(&t.root)
		t.chains = newChains(len(t.options.Levels)) // what was credited is not again
	}
	byValue, shown := map[string]*Sums{}, map[*node]*Sums{}
	t.root.walk(nil, func(values []string, leaf *node) {
		if !wanted(values) {
			return
		}
		if byValue[leaf.value] == nil {
			byValue[leaf.value] = &Sums{}
		}
		shown[leaf] = byValue[leaf.value]
		shown[leaf].Add(&leaf.sums)
		total.Add(&leaf.sums)
	})
	total.Visitors = t.countVisitors(shown)
	for _, value := range slices.Sorted(maps.Keys(byValue)) {
		if s := byValue[value]; !s.IsZero() {
			rows = append(rows, Row{value, *s})
		}
	}
	return rows, total
}

// countVisitors counts each visitor once in every row that it came by.
func (t *Tally) countVisitors(shown map[*node]*Sums) (all int64) {
	for _, v := range t.visitors {
		rows := map[*Sums]bool{}
		for _, leaf := range v.leaves {
			if row := shown[leaf]; row != nil && !rows[row] {
				rows[row] = true
				row.Visitors += v.n
			}
		}
		if len(rows) > 0 {
			all += v.n
		}
	}
	return all
}

// walk visits the leaves with their values at all levels.
func (n *node) walk(values []string, visit func([]string, *node)) {
	if len(n.children) == 0 && n.depth > 0 {
		visit(values, n)
		return
	}
	for _, c := range n.children {
		c.walk(append(values, c.value), visit)
	}
}
