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

	// Wanted chooses the rows, by their values at all levels; nil = all.
	Wanted func(values []string) bool
}

// Tally is a source report being counted. Numbers only depend on what was
// added, not on its order.
type Tally struct {
	options  TallyOptions
	root     node
	rows     []*row // by number
	byValue  map[string]*row
	visitors int64   // of the rows, each once
	chains   *chains // of ModelMarkov
	sharing  sharing
}

// node is a value of a level within those of the levels before it.
type node struct {
	value    string
	key      string // unique among the nodes of its depth
	depth    int    // 0 = the root
	parent   *node
	children map[string]*node
	sums     Sums // of leaves
	row      *row // of leaves; nil = it is not wanted
}

// row is a row of the report. Leaves with the same value within others are one.
type row struct {
	number   int
	value    string
	visitors int64
}

// NewTally begins a report; there must be at least one level.
func NewTally(o TallyOptions) *Tally {
	t := &Tally{options: o, root: node{children: map[string]*node{}}, byValue: map[string]*row{}}
	if o.Model == ModelMarkov {
		t.chains = newChains(len(o.Levels))
	}
	return t
}

// Place is the row of an origin. It belongs to the tally that gave it.
type Place struct {
	leaf               *node
	direct, sourceless bool
}

// Place finds the row of an origin.
func (t *Tally) Place(o Origin) Place {
	n := &t.root
	for _, l := range t.options.Levels {
		n = t.child(n, o.Value(l))
	}
	from := Touch{Source: o.Source}
	return Place{n, from.IsDirect(), from.IsSourceless()}
}

// NoRow is the number of a row that is not wanted.
const NoRow = -1

// Row numbers the row that a place is in, from 0 on.
func (p Place) Row() int {
	if p.leaf.row == nil {
		return NoRow
	}
	return p.leaf.row.number
}

// child finds a value within a node, or adds it.
func (t *Tally) child(n *node, value string) *node {
	if c, there := n.children[value]; there {
		return c
	}
	c := &node{value: value, key: n.key + "\x00" + value, depth: n.depth + 1, parent: n, children: map[string]*node{}}
	n.children[value] = c
	if c.depth == len(t.options.Levels) && (t.options.Wanted == nil || t.options.Wanted(c.values())) {
		c.row = t.row(value)
	}
	return c
}

func (t *Tally) row(value string) *row {
	r, there := t.byValue[value]
	if !there {
		r = &row{number: len(t.rows), value: value}
		t.rows, t.byValue[value] = append(t.rows, r), r
	}
	return r
}

// values are those of all levels down to the node.
func (n *node) values() []string {
	out := make([]string, n.depth)
	for at := n; at.depth > 0; at = at.parent {
		out[at.depth-1] = at.value
	}
	return out
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

// Visitors says how many visitors came by each row, by its number, and how many
// by any: who came by several is one in each of them, and one of all.
func (t *Tally) Visitors(ofRows []int64, all int64) {
	for number, n := range ofRows {
		t.rows[number].visitors += n
	}
	t.visitors += all
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

// IsDirect is that of the touch.
func (p Passage) IsDirect() bool { return p.Place.direct }

// IsSourceless is that of the touch.
func (p Passage) IsSourceless() bool { return p.Place.sourceless }

// Contact credits what a contact did to the places of its touches, which are in
// order of time: what has no touch before it to its own place. Contacts without
// conversions only matter to Markov, which reads their touches up to an instant.
func (t *Tally) Contact(touches []Passage, own Place, conversions []Conversion, until Millis) {
	s := &t.sharing
	s.from, s.to = -1, -1
	for _, c := range conversions {
		from, to := inTime(touches, c.At, t.options.Path)
		if from != s.from || to != s.to { // what was done at about the same time has the same path
			s.from, s.to = from, to
			s.take(t.options.Model, touches[from:to], t.options.Path)
		}
		switch {
		case len(s.path) == 0:
			own.leaf.sums.credit(c.Measure, Whole, c.Amount)
		case t.chains != nil:
			t.chains.convert(s.path, c)
		default:
			t.share(s, c)
		}
	}
	if t.chains != nil {
		t.chains.stay(Path(touches, until, t.options.Path), conversions)
	}
}

// sharing is the path that is being credited, with its shares. Its memory is
// used again and again.
type sharing struct {
	from, to int // of the touches of the contact
	path     []Passage
	weights  []uint64 // empty = not known yet
	credits  []int64  // of a whole conversion
	amounts  []int64
	splitter splitter
}

// take makes the path of touches that are in time; of a model that credits one
// step, that one alone.
func (s *sharing) take(m Model, touches []Passage, o PathOptions) {
	s.path, s.weights = s.path[:0], s.weights[:0]
	switch m {
	case ModelFirst:
		s.path = append(s.path, firstStep(touches, o)...)
	case ModelLast:
		s.path = append(s.path, lastStep(touches, o)...)
	default:
		s.path = appendPath(s.path, touches, o)
	}
}

// weigh finds the parts of the steps of the path.
func (s *sharing) weigh(m Model) {
	if len(s.weights) > 0 {
		return
	}
	for range s.path {
		s.weights = append(s.weights, 0)
	}
	m.weigh(s.weights, func(step int) Millis { return s.path[step].At })
	s.credits = s.splitter.split(s.credits[:0], int64(Whole), s.weights)
}

// share credits one conversion by a model that looks at one path alone.
func (t *Tally) share(s *sharing, c Conversion) {
	switch t.options.Model {
	case ModelShapley:
		shareDistinct(s.path, 1, int64(Whole), c.Amount, func(n *node, part, amount int64) {
			n.sums.credit(c.Measure, Credit(part), amount)
		})
		return
	case ModelFirst, ModelLast: // the path is that step
		s.path[0].Place.leaf.sums.credit(c.Measure, Whole, c.Amount)
		return
	}
	s.weigh(t.options.Model)
	for i, part := range s.credits {
		s.path[i].Place.leaf.sums.credit(c.Measure, Credit(part), 0)
	}
	if c.Amount == 0 {
		return
	}
	s.amounts = s.splitter.split(s.amounts[:0], c.Amount, s.weights)
	for i, amount := range s.amounts {
		s.path[i].Place.leaf.sums.credit(c.Measure, 0, amount)
	}
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

// Merge adds what another tally of the same options counted, of other contacts
// and visitors.
func (t *Tally) Merge(other *Tally) {
	t.graft(&t.root, &other.root)
	for _, r := range other.rows {
		t.row(r.value).visitors += r.visitors
	}
	t.visitors += other.visitors
	if t.chains != nil {
		t.chains.join(other.chains)
	}
}

// graft adds what is below a node of another tally.
func (t *Tally) graft(to, from *node) {
	to.sums.Add(&from.sums)
	for value, c := range from.children {
		t.graft(t.child(to, value), c)
	}
}

// Row is a row of a source report.
type Row struct {
	Value string // of the last level; "" = none
	Sums
}

// Rows are the rows of the last level that are wanted, by their value, and what
// they add up to. Only visitors do not add up: who came by several rows is in
// each of them, and once in the total.
func (t *Tally) Rows() (rows []Row, total Sums) {
	if t.chains != nil {
		t.chains.credit(&t.root)
		t.chains = newChains(len(t.options.Levels)) // what was credited is not again
	}
	byValue := map[string]*Sums{}
	for _, row := range t.rows {
		byValue[row.value] = &Sums{Visitors: row.visitors}
	}
	t.root.walk(func(leaf *node) {
		if leaf.row != nil {
			byValue[leaf.value].Add(&leaf.sums)
			total.Add(&leaf.sums)
		}
	})
	total.Visitors = t.visitors
	for _, value := range slices.Sorted(maps.Keys(byValue)) {
		if s := byValue[value]; !s.IsZero() {
			rows = append(rows, Row{value, *s})
		}
	}
	return rows, total
}

// walk visits the leaves.
func (n *node) walk(visit func(*node)) {
	if len(n.children) == 0 && n.depth > 0 {
		visit(n)
		return
	}
	for _, c := range n.children {
		c.walk(visit)
	}
}
