package duckdb

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// isAttribute reports whether a dimension is a value that contacts have now.
func isAttribute(d report.Dimension) bool {
	return d != report.DimensionCreatedBy && d != report.DimensionJourney && !slices.Contains(touch.Fields[:], touch.Field(d))
}

// countHolders counts groups by a value that contacts have now. The signed rows
// of journeys and values are joined as they are, see narrowed.held; whoever has
// no value has no row, so that group is everything but the rest.
func (r *reading) countHolders(ctx context.Context, p *report.Plan, n narrowed) (funnel.Counts, error) {
	field, err := r.field(ctx, p.Group.Dimension)
	if err != nil {
		return funnel.Counts{}, err
	}
	top, err := r.dict.Numbers(ctx, r.g.key.workspace, p.Group.Top)
	if err != nil {
		return funnel.Counts{}, fmt.Errorf("duckdb: look up groups: %w", err)
	}
	plain, everyone := *p, n
	plain.Group, everyone.join, everyone.group = nil, "", "0"
	all, err := r.count(ctx, &plain, everyone)
	if err != nil {
		return funnel.Counts{}, err
	}
	held := everyone
	held.group = "f.grp"
	held.grouped = fmt.Sprintf("SELECT contact, sign, %s AS grp FROM %s WHERE field = %d",
		indexCase("value", top, *p.Group), r.table("attribute"), field)
	counts, err := r.countRows(ctx, p, held)
	if err != nil {
		return funnel.Counts{}, err
	}
	return addRest(counts, all, p.Group.None()), nil
}

// addRest adds to counts by group what is missing of all, as a group.
func addRest(counts, all funnel.Counts, group int) funnel.Counts {
	journeys, stays := journeysLeft(all.Journeys, counts.Journeys), staysLeft(all.Stays, counts.Stays)
	for _, c := range journeys {
		if c.N != 0 {
			c.Group = group
			counts.Journeys = append(counts.Journeys, c)
		}
	}
	for _, c := range stays {
		if c.Begun != 0 {
			c.Group = group
			counts.Stays = append(counts.Stays, c)
		}
	}
	return counts
}

type journeyKey struct {
	day  int32
	cell funnel.JourneyCell
	open bool
}

// journeysLeft takes counts from others.
func journeysLeft(of, taken []funnel.JourneyCount) map[journeyKey]funnel.JourneyCount {
	left := make(map[journeyKey]funnel.JourneyCount, len(of))
	for _, c := range of {
		left[journeyKey{c.Day, c.Cell, c.Open}] = c
	}
	for _, t := range taken {
		k := journeyKey{t.Day, t.Cell, t.Open}
		c := left[k]
		c.N -= t.N
		c.Duration -= t.Duration
		left[k] = c
	}
	return left
}

type stayKey struct {
	day  int32
	cell funnel.StayCell
}

// staysLeft takes counts from others.
func staysLeft(of, taken []funnel.StayCount) map[stayKey]funnel.StayCount {
	left := make(map[stayKey]funnel.StayCount, len(of))
	for _, c := range of {
		left[stayKey{c.Day, c.Cell}] = c
	}
	for _, t := range taken {
		k := stayKey{t.Day, t.Cell}
		c := left[k]
		c.Begun -= t.Begun
		c.Ended -= t.Ended
		c.Duration -= t.Duration
		c.Wait -= t.Wait
		left[k] = c
	}
	return left
}
