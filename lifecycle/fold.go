package lifecycle

import (
	"cmp"
	"math"
	"slices"
)

// Folder folds changes under one configuration. It is immutable and safe for
// concurrent use.
type Folder struct {
	places    []place // by stage id; out of the configuration, the zero place
	erasures  map[StageID]erasure
	countBulk bool
}

// place is what the fold needs to know of a stage, merges followed to their end.
type place struct {
	id       StageID
	kind     Kind
	position int  // from 1; 0 for lost and aside
	hidden   bool // erased, or not in the configuration: out of view
}

// NewFolder prepares a configuration for folding.
func NewFolder(c *Configuration) *Folder {
	f := &Folder{erasures: map[StageID]erasure{}, countBulk: c.CountBulk}
	positions := c.Positions()
	for _, s := range c.Stages {
		end := c.MergeEnd(s)
		if missing := int(s.ID) + 1 - len(f.places); missing > 0 {
			f.places = append(f.places, make([]place, missing)...)
		}
		f.places[s.ID] = place{end.ID, end.Kind, positions[end.ID], end.Erased}
	}
	f.eraseStages(c)
	return f
}

// Positions numbers the main stages from 1, without erased and merged ones.
// NoStage, the floor of every reach, is at position 1 too.
func (c *Configuration) Positions() map[StageID]int {
	positions := map[StageID]int{NoStage: 1}
	for i, s := range c.MainStages() {
		positions[s.ID] = i + 1
	}
	return positions
}

// MergeEnd follows the merges of a stage to their end (rule 11). A circle,
// which no edit can make, ends where it was entered.
func (c *Configuration) MergeEnd(s Stage) Stage {
	for range c.Stages {
		next, ok := c.Stage(s.MergedInto)
		if !ok {
			return s
		}
		s = next
	}
	return s
}

// Fold returns the journeys of one contact, oldest first. The changes may
// come in any order; the slice is sorted in place by (At, Arrival).
func (f *Folder) Fold(changes []Change) []Journey {
	journeys, _ := f.foldBefore(changes, endOfTime)
	return journeys
}

// FoldAll returns the journeys as Fold does, and the state after all changes
// as Replay does.
func (f *Folder) FoldAll(changes []Change) ([]Journey, State) {
	return f.foldBefore(changes, endOfTime)
}

// FoldUntil returns the journeys as of an instant: as Fold does if neither the
// changes nor the erasures after it had been.
func (f *Folder) FoldUntil(changes []Change, until Millis) []Journey {
	journeys, _ := f.foldBefore(changes, min(until, endOfTime-1)+1)
	return journeys
}

// endOfTime is after every erasure.
const endOfTime = Millis(math.MaxInt64)

func (f *Folder) foldBefore(changes []Change, before Millis) ([]Journey, State) {
	SortChanges(changes)
	var journeys []Journey
	var s State
	for _, c := range changes {
		if c.At >= before {
			break
		}
		opened := s.Journeys
		last := s.Last
		f.Apply(&s, c)
		if s.Journeys > opened && opened > 0 {
			journeys = append(journeys, *last)
		}
	}
	f.Settle(&s, before)
	if s.Last != nil {
		journeys = append(journeys, *s.Last)
	}
	return journeys, s
}

// SortChanges puts changes in the order of the fold: by time, those of the
// same time by arrival.
func SortChanges(changes []Change) {
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Arrival, b.Arrival))
	})
}

// arrival is how a contact came to its present stage.
type arrival uint8

const (
	byTransition arrival = iota
	bySilence            // by an unrecorded change
	byVanished           // by a change that rule 10 took out of view
)

// State is the fold of a contact's changes so far. The zero value is the
// state before any change.
type State struct {
	Present  StageID  // the stage of the contact, merges followed; an erased one may be present until Settle
	Target   StageID  // the stage of the last change, as the log has it: whatever the configuration, Present follows from it
	Since    Millis   // since when; 0 before any change
	Journeys int      // how many were opened
	Last     *Journey // the latest, nil before any

	arrived arrival
	broken  bool // something vanished since the open stay began: it will have no duration
	derived bool // it is in Present by an erasure
}

// UnderWay reports whether a journey is open.
func (s *State) UnderWay() bool { return s.Last != nil && s.Last.Outcome == Open }

// move is one change in view, with what it left.
type move struct {
	at       Millis
	from, to place
	arrived  arrival // how the contact came to from
	since    Millis  // and when
}

// Recorded reports whether the change is a transition under the
// configuration.
func (f *Folder) Recorded(c Change) bool { return !c.Silent || f.countBulk }

// Changes reports whether a change to this stage has an effect on a contact
// that is in the other one: merged stages are the same stage.
func (f *Folder) Changes(from, to StageID) bool { return f.place(from).id != f.place(to).id }

// Apply takes the next change, which must not be earlier than those before
// it, nor than an erasure that the state accepts no change before. It reports
// whether the change had an effect.
func (f *Folder) Apply(s *State, c Change) bool {
	f.Settle(s, c.At)
	s.Target = c.To
	m := move{c.At, f.place(s.Present), f.place(c.To), s.arrived, s.Since}
	if m.from.id == m.to.id {
		return false
	}
	s.Present, s.Since, s.derived = m.to.id, c.At, false
	transition := f.Recorded(c)
	switch {
	case m.from.hidden || m.to.hidden:
		s.arrived, s.broken = byVanished, true
	case transition:
		s.arrived = byTransition
		f.transit(s, m)
	default:
		s.arrived = bySilence
		f.drift(s, m)
	}
	return true
}

// place returns what the fold knows of a stage. A stage that the
// configuration does not have is out of view like an erased one.
func (f *Folder) place(id StageID) place {
	if id == NoStage {
		return place{}
	}
	if int(id) < len(f.places) && f.places[id].id != NoStage {
		return f.places[id]
	}
	return place{id: id, hidden: true}
}

// transit applies a transition.
func (f *Folder) transit(s *State, m move) {
	switch {
	case s.UnderWay():
		f.leave(s, m)
		f.arrive(s, m)
	case f.extends(s, m):
		f.close(s, m)
		f.enter(s, m)
	case m.to.kind.Main(), m.to.kind == Lost && s.Journeys == 0 && leavesNoLoss(m.from):
		f.open(s, m)
	default:
		f.close(s, m)
	}
}

// drift applies an unrecorded change (rule 8).
func (f *Folder) drift(s *State, m move) {
	underWay := s.UnderWay()
	f.close(s, m)
	switch {
	case !underWay:
	case m.to.kind == Progress:
		f.stay(s, m, false)
		s.Last.Present = m.to.id
	default:
		f.end(s, m, OutcomeLeft)
	}
}

// extends reports whether a transition after a won journey only grows its
// reach (rule 3).
func (f *Folder) extends(s *State, m move) bool {
	customer := func(k Kind) bool { return k == Won || k == Beyond }
	return s.Last != nil && s.Last.Outcome == OutcomeWon && customer(m.from.kind) && customer(m.to.kind)
}

// leavesNoLoss is the condition of rule 1 for a journey that opens with a loss.
func leavesNoLoss(from place) bool {
	return from.id == NoStage || from.kind == Aside || from.kind == Progress
}

// open begins a journey (rules 1 and 3).
func (f *Folder) open(s *State, m move) {
	f.close(s, m)
	s.Journeys++
	s.Last = &Journey{Number: s.Journeys, EnteredAt: m.at, Outcome: Open}
	if m.from.kind == Progress && m.arrived == bySilence {
		s.Last.Stays = append(s.Last.Stays, Stay{Stage: m.from.id, Begin: m.since, Exit: StillThere})
	}
	f.leave(s, m)
	f.arrive(s, m)
	s.Last.Instant = s.Last.Outcome != Open
}

// leave counts what a transition left: reach, visit and stay (rules 4 and 7).
func (f *Folder) leave(s *State, m move) {
	j := s.Last
	if m.from.kind == Progress {
		f.raise(j, m.from)
	}
	imported := m.from.kind == Progress && m.arrived == bySilence && len(j.Stays) > 0
	if imported && visit(j, m.from) {
		j.Stays[len(j.Stays)-1].Visit = VisitEnd
	}
	f.close(s, m)
}

// arrive applies the target of a transition to a journey under way: it moves
// on, or ends (rule 2).
func (f *Folder) arrive(s *State, m move) {
	switch m.to.kind {
	case Progress:
		f.enter(s, m)
		s.Last.Present = m.to.id
	case Won, Beyond:
		f.enter(s, m)
		f.end(s, m, OutcomeWon)
	case Lost:
		f.end(s, m, OutcomeLost)
	default:
		f.end(s, m, OutcomeLeft)
	}
}

// enter begins a recorded stay in a main stage: reach and visit grow. The
// first stay of a journey also brings the reach of a progress stage that the
// opening transition left without a stay of its own, having come there by a
// change out of view.
func (f *Folder) enter(s *State, m move) {
	j := s.Last
	before := j.Furthest
	if len(j.Stays) == 0 {
		before = NoStage
	}
	f.raise(j, m.to)
	stay := f.stay(s, m, true)
	stay.Before = before
	if visit(j, m.to) {
		stay.Visit = VisitBegin
	}
}

// stay begins a stay in the target stage.
func (f *Folder) stay(s *State, m move, recorded bool) *Stay {
	j := s.Last
	s.broken = false
	j.Stays = append(j.Stays, Stay{
		Stage: m.to.id, Begin: m.at, Exit: StillThere, Recorded: recorded,
		Before: j.Furthest, Begun: j.Furthest, After: j.Furthest,
	})
	return &j.Stays[len(j.Stays)-1]
}

// close ends the stay that is open, if any. An unrecorded end of a journey
// under way is an exit of its own (rule 8).
func (f *Folder) close(s *State, m move) {
	if s.Last == nil || len(s.Last.Stays) == 0 {
		return
	}
	stay := &s.Last.Stays[len(s.Last.Stays)-1]
	if stay.Exit != StillThere {
		return
	}
	held := f.place(stay.Stage)
	stay.End, stay.Exit, stay.After = m.at, exitTo(held, m.to), s.Last.Furthest
	if s.arrived == bySilence && s.UnderWay() && m.to.kind != Progress {
		stay.Exit = ExitLeft
	}
	stay.Timed = stay.Recorded && !s.broken && s.arrived == byTransition && held.kind == Progress
}

// end ends the journey. The origin of lost and left is the progress stage
// really left (rule 5).
func (f *Folder) end(s *State, m move, outcome Outcome) {
	j := s.Last
	j.Outcome, j.EndedAt, j.Present = outcome, m.at, NoStage
	if outcome == OutcomeWon {
		return
	}
	if m.from.kind == Progress {
		j.Origin = m.from.id
	}
	if outcome == OutcomeLost {
		j.LostStage = m.to.id
	}
}

// raise lifts the journey's reach to a stage, if it is higher.
func (f *Folder) raise(j *Journey, to place) {
	if j.Furthest == NoStage || to.position > f.place(j.Furthest).position {
		j.Furthest = to.id
	}
}

// visit notes a visited stage; it reports whether the visit is the first.
func visit(j *Journey, to place) bool {
	if slices.Contains(j.Visited, to.id) {
		return false
	}
	j.Visited = append(j.Visited, to.id)
	return true
}

// exitTo is how a stay in a stage ends by a change to another.
func exitTo(from, to place) Exit {
	switch {
	case to.kind == Lost:
		return ExitLost
	case !to.kind.Main():
		return ExitLeft
	case to.position > from.position:
		return ExitForward
	}
	return ExitBack
}
