package report

import (
	"context"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
)

// view is one question being answered through one reading.
type view struct {
	asked     *asked
	reading   Reading
	service   *Service
	workspace journal.WorkspaceID
	seq       int64
}

func (v *view) renderer() renderer {
	return renderer{order: v.order(), asked: v.asked}
}

func (v *view) order() *funnel.Order {
	return funnel.NewOrder(&v.asked.configuration.Lifecycle)
}

// set is a set of journeys with all that was counted of it.
type set struct {
	funnel.Breakdown
	paces
	contacts *int64
}

// count answers a plan: one set for each of its groups.
func (v *view) count(ctx context.Context, p Plan) ([]set, error) {
	p.Want.Contacts = v.asked.wants(PartContacts)
	counts, err := v.reading.Count(ctx, p)
	if err != nil {
		return nil, err
	}
	sets := v.tally(p, counts)
	if !v.asked.wants(PartQuantiles) {
		return sets, nil
	}
	return sets, v.rank(ctx, p, sets)
}

// tally sorts counts into the sets of their groups.
func (v *view) tally(p Plan, counts funnel.Counts) []set {
	tallies := make([]*funnel.Tally, p.groups())
	for i := range tallies {
		tallies[i] = v.order().NewTally(p.Window > 0)
	}
	for _, c := range counts.Journeys {
		tallies[c.Group].AddJourneys(c)
	}
	for _, c := range counts.Stays {
		tallies[c.Group].AddStays(c)
	}
	sets := make([]set, len(tallies))
	for i, t := range tallies {
		sets[i].Breakdown = t.Breakdown()
		if p.Want.Contacts {
			sets[i].contacts = new(int64)
		}
	}
	for _, c := range counts.Contacts {
		*sets[c.Group].contacts = c.N
	}
	return sets
}

// rank adds the order statistics: of the stages only where they are shown.
func (v *view) rank(ctx context.Context, p Plan, sets []set) error {
	of := []RankOf{RankDurations}
	if p.Want.Stays {
		of = append(of, RankStageTimes)
	}
	for _, of := range of {
		quantiles, err := v.reading.Rank(ctx, p, of, funnel.Probabilities[:])
		if err != nil {
			return err
		}
		for _, q := range quantiles {
			sets[q.Group].Rank([]funnel.Quantiles{q})
		}
	}
	return nil
}

// groups is how many groups the plan's counts have.
func (p *Plan) groups() int {
	if p.Group == nil {
		return 1
	}
	return p.Group.None() + 1
}
