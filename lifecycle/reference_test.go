package lifecycle_test

import (
	"slices"

	"github.com/tidemark/tidemark/lifecycle"
)

// reference is the fold written a second time: over whole lists, rule by rule,
// without any state carried along. It is slow and has no stays.
type reference struct {
	configuration *lifecycle.Configuration
	positions     map[lifecycle.StageID]int
}

// seen is an effective change.
type seen struct {
	at               lifecycle.Millis
	from, to         lifecycle.Stage
	recorded, hidden bool
	derived          bool // belongs to an erasure: from is what the journey counted as in
}

type journey struct {
	Entered, Ended    lifecycle.Millis
	Outcome           lifecycle.Outcome
	Furthest          int
	Origin, LostStage lifecycle.StageID
	Visited           []lifecycle.StageID
	Times             map[lifecycle.StageID]lifecycle.Millis
	Flow              map[lifecycle.StageID]map[lifecycle.Exit]int

	first, end, last int // indexes in the list: of its first change, the one that ended it, the last that it counts
}

// read derives "from" after merges, adds the changes that belong to erasures
// and marks what erasures hide (rules 10, 11).
func (r reference) read(changes []lifecycle.Change) []seen {
	lifecycle.SortChanges(changes)
	var out []seen
	var from lifecycle.Stage
	var since lifecycle.Millis
	settle := func(before lifecycle.Millis) {
		for from.Erased && max(since, from.ErasedAt) < before {
			to, _ := r.configuration.Stage(from.ErasedInto)
			to = r.configuration.MergeEnd(to)
			if r.circles(from) {
				to = lifecycle.Stage{}
			}
			since = max(since, from.ErasedAt)
			out = append(out, seen{at: since, from: inView(out), to: to, hidden: to.Erased, derived: true})
			from = to
		}
	}
	for _, c := range changes {
		settle(c.At)
		to, _ := r.configuration.Stage(c.To)
		to = r.configuration.MergeEnd(to)
		if to.ID == from.ID {
			continue
		}
		recorded := !c.Silent || r.configuration.CountBulk
		out = append(out, seen{at: c.At, from: from, to: to, recorded: recorded, hidden: from.Erased || to.Erased})
		from, since = to, c.At
	}
	settle(1 << 62)
	return out
}

// circles reports whether the erasures that begin with a stage come to no end.
func (r reference) circles(s lifecycle.Stage) bool {
	for range r.configuration.Stages {
		if !s.Erased {
			return false
		}
		s, _ = r.configuration.Stage(s.ErasedInto)
		s = r.configuration.MergeEnd(s)
	}
	return s.Erased
}

// inView is the stage that a contact counts as in after these changes.
func inView(list []seen) lifecycle.Stage {
	for _, c := range slices.Backward(list) {
		if !c.hidden {
			return c.to
		}
	}
	return lifecycle.Stage{}
}

// journeys cuts the list into journeys (rules 1 to 3 and 8).
func (r reference) journeys(list []seen) []journey {
	var out []journey
	for i, c := range list {
		if c.hidden {
			continue
		}
		var last *journey
		if len(out) > 0 {
			last = &out[len(out)-1]
		}
		underWay := last != nil && last.Outcome == lifecycle.Open
		extends := last != nil && last.Outcome == lifecycle.OutcomeWon && customer(c.from) && customer(c.to)
		firstLoss := last == nil && c.to.Kind == lifecycle.Lost &&
			(c.from.ID == 0 || c.from.Kind == lifecycle.Aside || c.from.Kind == lifecycle.Progress)
		switch {
		case c.recorded && extends:
			last.last = i
		case underWay:
			r.end(last, c, i)
		case c.recorded && (c.to.Kind.Main() || firstLoss):
			out = append(out, journey{Entered: c.at, Outcome: lifecycle.Open, first: i})
			r.end(&out[len(out)-1], c, i)
		}
	}
	return out
}

func customer(s lifecycle.Stage) bool { return s.Kind == lifecycle.Won || s.Kind == lifecycle.Beyond }

// end ends a journey if this change does (rules 2, 5 and 8).
func (r reference) end(j *journey, c seen, i int) {
	j.end, j.last = i, i
	switch {
	case c.to.Kind == lifecycle.Progress:
		return
	case !c.recorded:
		j.Outcome = lifecycle.OutcomeLeft
	case c.to.Kind.Main():
		j.Outcome = lifecycle.OutcomeWon
	case c.to.Kind == lifecycle.Lost:
		j.Outcome, j.LostStage = lifecycle.OutcomeLost, c.to.ID
	default:
		j.Outcome = lifecycle.OutcomeLeft
	}
	j.Ended = c.at
	if j.Outcome != lifecycle.OutcomeWon && c.from.Kind == lifecycle.Progress {
		j.Origin = c.from.ID
	}
}

// fold returns the journeys with everything that is compared.
func (r reference) fold(changes []lifecycle.Change) []journey {
	list := r.read(changes)
	out := r.journeys(list)
	for i := range out {
		r.measure(&out[i], list)
	}
	return out
}

// measure computes reach, visits, times and flow (rules 4 and 7).
func (r reference) measure(j *journey, list []seen) {
	j.Furthest = 1
	j.Times = map[lifecycle.StageID]lifecycle.Millis{}
	j.Flow = map[lifecycle.StageID]map[lifecycle.Exit]int{}
	for i := j.first; i <= j.last; i++ {
		c := list[i]
		if c.hidden || i > j.end && !(customer(c.from) && customer(c.to)) {
			continue
		}
		imported := i > 0 && !list[i-1].recorded && !list[i-1].hidden && c.from.Kind == lifecycle.Progress
		if i == j.first && imported {
			r.count(j, list, i-1)
		}
		if c.to.Kind == lifecycle.Progress {
			r.count(j, list, i)
		}
		if !c.recorded {
			continue
		}
		if c.from.Kind == lifecycle.Progress {
			j.Furthest = max(j.Furthest, r.positions[c.from.ID])
		}
		if imported {
			j.visit(c.from.ID)
		}
		if c.to.Kind.Main() {
			j.Furthest = max(j.Furthest, r.positions[c.to.ID])
			j.visit(c.to.ID)
		}
	}
}

// count adds the stay that the i-th change began to flow and times.
func (r reference) count(j *journey, list []seen, i int) {
	stage, exit := list[i].to, lifecycle.StillThere
	if next := slices.IndexFunc(list[i+1:], func(c seen) bool { return !c.hidden }); next >= 0 {
		c := list[i+1+next]
		exit = r.exit(stage, c)
		if next == 0 && c.recorded && list[i].recorded {
			j.Times[stage.ID] += c.at - list[i].at
		}
	}
	if j.Flow[stage.ID] == nil {
		j.Flow[stage.ID] = map[lifecycle.Exit]int{}
	}
	j.Flow[stage.ID][exit]++
}

func (r reference) exit(stage lifecycle.Stage, c seen) lifecycle.Exit {
	switch {
	case !c.recorded && c.to.Kind != lifecycle.Progress:
		return lifecycle.ExitLeft
	case c.to.Kind == lifecycle.Lost:
		return lifecycle.ExitLost
	case !c.to.Kind.Main():
		return lifecycle.ExitLeft
	case r.positions[c.to.ID] > r.positions[stage.ID]:
		return lifecycle.ExitForward
	}
	return lifecycle.ExitBack
}

func (j *journey) visit(id lifecycle.StageID) {
	if !slices.Contains(j.Visited, id) {
		j.Visited = append(j.Visited, id)
	}
}
