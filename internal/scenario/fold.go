package scenario

import (
	"fmt"
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidemark/tidemark/lifecycle"
)

// CheckFold folds every contact of the scenario and returns what differs from
// the expected journeys, a text each.
func (s *Scenario) CheckFold() []string {
	configuration := s.Configuration().Lifecycle
	folder := lifecycle.NewFolder(&configuration)
	var faults []string
	for _, want := range s.Journeys {
		got := []Journey{}
		for _, j := range folder.Fold(s.Changes(want.Contact)) {
			got = append(got, journeyOf(&configuration, &j))
		}
		if d := cmp.Diff(comparable(want.Journeys, got), got, cmpopts.EquateEmpty()); d != "" {
			faults = append(faults, fmt.Sprintf("%s: journeys of %s (-want +got):\n%s",
				s.at(want.Line), s.Contacts[want.Contact-1], d))
		}
	}
	return faults
}

// comparable drops lines from the wanted journeys, and takes from what was got
// the reached stages that a scenario did not care to write out.
func comparable(want, got []Journey) []Journey {
	out := slices.Clone(want)
	for i := range out {
		out[i].Line = 0
		if out[i].Reached == nil && i < len(got) {
			out[i].Reached = got[i].Reached
		}
	}
	return out
}

// journeyOf writes a folded journey as scenarios do.
func journeyOf(c *lifecycle.Configuration, j *lifecycle.Journey) Journey {
	positions := c.Positions()
	out := Journey{
		Outcome: j.Outcome.String(), Entered: j.EnteredAt, Ended: j.EndedAt, Duration: -1,
		Furthest: positions[j.Furthest], LostStage: key(c, j.LostStage), Present: key(c, j.Present),
		Visited: []string{}, Times: map[string]lifecycle.Millis{},
	}
	if d, ok := j.Duration(); ok {
		out.Duration = d
	}
	if j.Outcome == lifecycle.OutcomeLost || j.Outcome == lifecycle.OutcomeLeft {
		out.Origin = originKey(c, j.Origin)
	}
	for _, stage := range c.MainStages()[:out.Furthest] {
		out.Reached = append(out.Reached, stage.Key)
	}
	for _, id := range j.Visited {
		out.Visited = append(out.Visited, key(c, id))
	}
	for _, stay := range j.Stays {
		if stay.Timed {
			out.Times[key(c, stay.Stage)] += stay.Duration()
		}
	}
	return out
}

// originKey is the key of an origin; the floor is the first main stage.
func originKey(c *lifecycle.Configuration, id lifecycle.StageID) string {
	if id != lifecycle.NoStage {
		return key(c, id)
	}
	if main := c.MainStages(); len(main) > 0 {
		return main[0].Key
	}
	return ""
}

func key(c *lifecycle.Configuration, id lifecycle.StageID) string {
	s, _ := c.Stage(id)
	return s.Key
}
