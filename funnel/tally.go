package funnel

import (
	"cmp"
	"slices"

	"github.com/tidemark/tidemark/lifecycle"
)

// Order is a configuration as breakdowns need it. It is immutable.
type Order struct {
	main      []lifecycle.Stage
	lost      []lifecycle.Stage
	positions map[lifecycle.StageID]int
	won       int // position
}

// NewOrder prepares the configuration that the counts were made under.
func NewOrder(c *lifecycle.Configuration) *Order {
	o := &Order{main: c.MainStages(), lost: c.Ordered(lifecycle.Lost), positions: c.Positions()}
	o.won = 1 + slices.IndexFunc(o.main, func(s lifecycle.Stage) bool { return s.Kind == lifecycle.Won })
	return o
}

// MainStages returns the stages with a position, by position.
func (o *Order) MainStages() []lifecycle.Stage { return o.main }

// LostStages returns the lost stages in order of the configuration.
func (o *Order) LostStages() []lifecycle.Stage { return o.lost }

// Position is the position of a main stage from 1; that of NoStage is 1, that
// of any other stage 0.
func (o *Order) Position(id lifecycle.StageID) int { return o.positions[id] }

// Tally adds up the counts of one set of journeys.
type Tally struct {
	order    *Order
	windowed bool // the counts are as of a window
	summary  Summary
	steps    []int64 // by position: how many more reached it than the position before
	stages   []Stage // by position - 1
	losses   map[loss]*Times
	lost     map[loss]int64
}

// loss is where from and what for a journey was lost.
type loss struct {
	origin int // position
	stage  lifecycle.StageID
}

// NewTally begins a set. With a window, reach comes from the stays: the counts
// must have them if stages are looked at.
func (o *Order) NewTally(windowed bool) *Tally {
	t := &Tally{
		order: o, windowed: windowed, steps: make([]int64, len(o.main)+3), stages: make([]Stage, len(o.main)),
		losses: map[loss]*Times{}, lost: map[loss]int64{},
	}
	for i, s := range o.main {
		t.stages[i].Stage, t.stages[i].Position = s, i+1
	}
	return t
}

// stage is the place of a main stage, nil if it has none. NoStage is the first.
func (t *Tally) stage(id lifecycle.StageID) *Stage {
	position := t.order.positions[id]
	if position == 0 || position > len(t.stages) {
		return nil
	}
	return &t.stages[position-1]
}

// reach counts n journeys as having reached the stages above one reach up to
// another.
func (t *Tally) reach(above, upTo lifecycle.Furthest, n int64) {
	from, to := t.order.positions[above], t.order.positions[upTo]
	if to > from {
		t.steps[from+1] += n
		t.steps[to+1] -= n
	}
}

// AddJourneys adds the journeys of a cell.
func (t *Tally) AddJourneys(c JourneyCount) {
	t.summary.Entered += c.N
	t.steps[1] += c.N // every journey reached the first position
	t.steps[2] -= c.N
	t.addReach(c)
	switch {
	case c.Open || c.Cell.Outcome == lifecycle.Open:
		t.summary.Open += c.N
		if s := t.stage(c.Cell.Present); s != nil && !t.windowed {
			s.InStageNow += c.N
		}
	case c.Cell.Outcome == lifecycle.OutcomeWon:
		t.summary.Won += c.N
		t.summary.ToConversion.add(c)
	case c.Cell.Outcome == lifecycle.OutcomeLost:
		t.summary.Lost += c.N
		t.summary.ToDropOff.add(c)
		t.addLoss(c)
	default:
		t.summary.Left += c.N
		if s := t.stage(c.Cell.Origin); s != nil {
			s.LeftHere += c.N
		}
	}
}

// addReach adds what the journey itself tells of its reach. With a window the
// stays tell when each stage was reached, except of a journey without any: it
// was lost by the transition that opened it, and so reached all it ever did.
func (t *Tally) addReach(c JourneyCount) {
	if t.windowed && c.Cell.Visited != "" {
		return
	}
	t.reach(lifecycle.NoStage, c.Cell.Furthest, c.N)
	for _, id := range c.Cell.Visited.Stages() {
		if s := t.stage(id); s != nil {
			s.Visited += c.N
		}
	}
}

// add adds the durations of a cell, which all its journeys have or none.
func (d *Times) add(c JourneyCount) {
	if c.Cell.Timed {
		d.N += c.N
		d.Sum += c.Duration
	}
}

func (t *Tally) addLoss(c JourneyCount) {
	at := loss{t.order.positions[c.Cell.Origin], c.Cell.LostStage}
	t.lost[at] += c.N
	if t.losses[at] == nil {
		t.losses[at] = &Times{}
	}
	t.losses[at].add(c)
	if s := t.stage(c.Cell.Origin); s != nil {
		s.LostHere += c.N
	}
}

// AddStays adds the stays of a cell.
func (t *Tally) AddStays(c StayCount) {
	if t.windowed {
		t.addGains(c)
	}
	s := t.stage(c.Cell.Stage)
	if s == nil || s.Stage.Kind != lifecycle.Progress {
		return
	}
	s.Flow.add(c)
	if t.windowed {
		s.InStageNow += c.Begun - c.Ended
	}
	if c.Cell.Recorded {
		s.Waiting.N += c.Begun - c.Ended
		s.Waiting.Sum += c.Wait
	}
	if c.Cell.FirstTimed {
		s.Time.N += c.Ended
	}
	if c.Cell.Timed {
		s.Time.Sum += c.Duration
	}
}

// addGains adds what the stays of a cell brought by the window: reach when they
// began and when they ended, and the visit.
func (t *Tally) addGains(c StayCount) {
	t.reach(c.Cell.Before, c.Cell.Begun, c.Begun)
	t.reach(c.Cell.Begun, c.Cell.After, c.Ended)
	s := t.stage(c.Cell.Stage)
	switch {
	case s == nil:
	case c.Cell.Visit == lifecycle.VisitBegin:
		s.Visited += c.Begun
	case c.Cell.Visit == lifecycle.VisitEnd:
		s.Visited += c.Ended
	}
}

// add counts the stays that ended by their exit, the rest as still there.
func (f *Flow) add(c StayCount) {
	f.StillThere += c.Begun - c.Ended
	switch c.Cell.Exit {
	case lifecycle.ExitForward:
		f.Forward += c.Ended
	case lifecycle.ExitBack:
		f.Back += c.Ended
	case lifecycle.ExitLost:
		f.Lost += c.Ended
	case lifecycle.ExitLeft:
		f.Left += c.Ended
	}
}

// Breakdown returns the numbers of all that was added.
func (t *Tally) Breakdown() Breakdown {
	b := Breakdown{Summary: t.summary, Stages: slices.Clone(t.stages), Lost: t.lostStages()}
	reached := int64(0)
	for i := range b.Stages {
		s := &b.Stages[i]
		reached += t.steps[i+1]
		s.Reached, s.Entered, s.WonLater = reached, t.summary.Entered, t.summary.Won
		if s.Position > t.order.won {
			s.WonLater = reached // only won journeys go beyond
		}
		if i > 0 {
			b.Stages[i-1].Next = &s.Reached
		}
		if s.Stage.Kind == lifecycle.Progress {
			s.Reasons = t.reasons(s.Position)
		}
	}
	return b
}

// reasons lists the lost stages of the journeys lost at a position.
func (t *Tally) reasons(origin int) []StageCount {
	out := []StageCount{}
	for _, s := range t.order.lost {
		if n := t.lost[loss{origin, s.ID}]; n > 0 {
			out = append(out, StageCount{s, n})
		}
	}
	slices.SortStableFunc(out, func(a, b StageCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Stage.Name, b.Stage.Name))
	})
	return out
}

// lostStages breaks the lost journeys down by reason.
func (t *Tally) lostStages() []Lost {
	out := make([]Lost, len(t.order.lost))
	for i, s := range t.order.lost {
		out[i] = Lost{Stage: s, Origins: []StageCount{}}
		for position, origin := range t.order.main {
			at := loss{position + 1, s.ID}
			if t.lost[at] == 0 {
				continue
			}
			out[i].Count += t.lost[at]
			out[i].Time.N += t.losses[at].N
			out[i].Time.Sum += t.losses[at].Sum
			out[i].Origins = append(out[i].Origins, StageCount{origin, t.lost[at]})
		}
		slices.SortStableFunc(out[i].Origins, func(a, b StageCount) int { return cmp.Compare(b.Count, a.Count) })
	}
	slices.SortStableFunc(out, func(a, b Lost) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Stage.Name, b.Stage.Name))
	})
	return out
}
