package whatif

import (
	"slices"

	"github.com/tidemark/tidemark/lifecycle"
)

// touched are the changes that two configurations may read differently.
type touched struct {
	all    bool
	stages map[lifecycle.StageID]bool
}

// touchedBy compares two configurations: all changes where the order or the
// counting is another, else those to stages that mean something else.
func touchedBy(before, after *lifecycle.Configuration) touched {
	t := touched{stages: map[lifecycle.StageID]bool{}}
	t.all = before.CountBulk != after.CountBulk || !slices.Equal(order(before, after), order(after, before))
	for _, c := range []*lifecycle.Configuration{before, after} {
		for _, s := range c.Stages {
			if meaningOf(before, s.ID) != meaningOf(after, s.ID) {
				t.stages[s.ID] = true
			}
		}
	}
	t.followErasures(before)
	t.followErasures(after)
	return t
}

// followErasures adds the stages from which erasures lead on to a stage that
// means something else, however many erasures away it is.
func (t touched) followErasures(c *lifecycle.Configuration) {
	for range c.Stages {
		for _, s := range c.Stages {
			if m := meaningOf(c, s.ID); m.erased && t.stages[m.into] {
				t.stages[s.ID] = true
			}
		}
	}
}

func (t touched) any(changes []lifecycle.Change) bool {
	return t.all || slices.ContainsFunc(changes, func(c lifecycle.Change) bool { return t.stages[c.To] })
}

// order lists the main stages in order of position that another configuration
// has as main stages too.
func order(c, other *lifecycle.Configuration) []lifecycle.StageID {
	positions := other.Positions()
	var out []lifecycle.StageID
	for _, s := range c.MainStages() {
		if positions[s.ID] > 0 {
			out = append(out, s.ID)
		}
	}
	return out
}

// meaning is how a configuration reads changes to a stage, besides its place.
type meaning struct {
	id, into lifecycle.StageID
	kind     lifecycle.Kind
	erased   bool
	at       lifecycle.Millis
}

func meaningOf(c *lifecycle.Configuration, id lifecycle.StageID) meaning {
	s, ok := c.Stage(id)
	if !ok {
		return meaning{}
	}
	s = c.MergeEnd(s)
	into, _ := c.Stage(s.ErasedInto)
	return meaning{s.ID, c.MergeEnd(into).ID, s.Kind, s.Erased, s.ErasedAt}
}
