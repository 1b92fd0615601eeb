package report

import (
	"context"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
)

// paces are the times of a set of journeys besides the four figures; nil where
// there is no stage to measure them at, or they are not asked for.
type paces struct{ handOff, handling, stranger *funnel.Times }

// handOffStage is where sales takes over: the progress stage with the role
// hand_off or, a stage having one role, else that with the role sql.
func handOffStage(c *lifecycle.Configuration) (lifecycle.Stage, bool) {
	for _, role := range []lifecycle.Role{lifecycle.RoleHandOff, lifecycle.RoleSQL} {
		for _, s := range c.Ordered(lifecycle.Progress) {
			if s.Role == role {
				return s, true
			}
		}
	}
	return lifecycle.Stage{}, false
}

// handOff names the stage that the summary's hand-off is about.
func (v *view) handOff() *StageRef {
	stage, ok := handOffStage(&v.asked.configuration.Lifecycle)
	if !ok || !v.asked.wants(PartHandOff) {
		return nil
	}
	ref := v.renderer().stageRef(stage)
	return &ref
}

// pace measures the sets of a plan's groups.
func (v *view) pace(ctx context.Context, p Plan, sets []set) error {
	if !v.asked.wants(PartHandOff) || !v.asked.wants(PartSummary) {
		return nil
	}
	err := v.measure(ctx, p, sets, Length{Kind: LengthKnowing}, func(s *set) **funnel.Times { return &s.stranger })
	stage, ok := handOffStage(&v.asked.configuration.Lifecycle)
	if err != nil || !ok {
		return err
	}
	err = v.measure(ctx, p, sets, Length{LengthUntil, stage.ID}, func(s *set) **funnel.Times { return &s.handOff })
	if err != nil {
		return err
	}
	if p.Want.Stays { // then it is known: the time in that stage
		position := v.order().Position(stage.ID)
		for i := range sets {
			sets[i].handling = &sets[i].Stages[position-1].Time
		}
		return nil
	}
	return v.measure(ctx, p, sets, Length{LengthIn, stage.ID}, func(s *set) **funnel.Times { return &s.handling })
}

// measure reads one length of all sets.
func (v *view) measure(ctx context.Context, p Plan, sets []set, of Length, field func(*set) **funnel.Times) error {
	for i := range sets {
		*field(&sets[i]) = &funnel.Times{}
	}
	if entered(sets) == 0 {
		return nil
	}
	probabilities := funnel.Probabilities[:]
	if !v.asked.wants(PartQuantiles) {
		probabilities = nil
	}
	spreads, err := v.reading.Spread(ctx, p, of, probabilities)
	if err != nil {
		return err
	}
	for _, s := range spreads {
		**field(&sets[s.Group]) = s.Times()
	}
	return nil
}
