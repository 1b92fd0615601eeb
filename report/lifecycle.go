package report

import (
	"context"

	"github.com/tidemark/tidemark/funnel"
)

// lifecycle answers the lifecycle report.
func (v *view) lifecycle(ctx context.Context) (Result, error) {
	a, r := v.asked, v.renderer()
	p := a.plan(a.days)
	p.Want.Stays = a.wants(PartStages, PartFlow)
	sets, err := v.measured(ctx, p)
	if err != nil {
		return Result{}, err
	}
	all := sets[0]
	out := Result{Range: a.reportRange(a.days), Seq: v.seq, AsOf: a.asOf, HandOff: v.handOff()}
	if a.wants(PartSummary) {
		summary := r.summary(all)
		out.Summary = &summary
	}
	if p.Want.Stays {
		out.Stages = r.stages(all.Stages)
	}
	if a.wants(PartLost) {
		out.Lost = r.lost(all.Breakdown)
	}
	if out.Compare, err = v.compare(ctx, all.Summary); err != nil {
		return Result{}, err
	}
	if out.Groups, err = v.groups(ctx, p); err != nil {
		return Result{}, err
	}
	out.Notices, err = v.notices(ctx, p, all.Summary.Entered)
	return out, err
}

// measured counts a plan, with how long things took.
func (v *view) measured(ctx context.Context, p Plan) ([]set, error) {
	sets, err := v.count(ctx, p)
	if err != nil {
		return nil, err
	}
	return sets, v.pace(ctx, p, sets)
}

// earlier counts the range before, split as a plan is; nil without one.
func (v *view) earlier(ctx context.Context, by *Grouping) ([]set, error) {
	a := v.asked
	if a.before == nil || !a.wants(PartSummary) {
		return nil, nil
	}
	p := a.plan(*a.before)
	p.Group = by
	return v.measured(ctx, p)
}

// compare answers the summary of the range before.
func (v *view) compare(ctx context.Context, now funnel.Summary) (*Comparison, error) {
	sets, err := v.earlier(ctx, nil)
	if err != nil || sets == nil {
		return nil, err
	}
	return &Comparison{v.asked.reportRange(*v.asked.before), v.renderer().against(now, sets[0])}, nil
}

// groups answers the groups of the query: those with journeys.
func (v *view) groups(ctx context.Context, p Plan) ([]Group, error) {
	if v.asked.GroupBy == "" || !v.asked.wants(PartGroups) {
		return nil, nil
	}
	labels, err := v.group(ctx, &p)
	if err != nil {
		return nil, err
	}
	sets, err := v.measured(ctx, p)
	if err != nil {
		return nil, err
	}
	before, err := v.earlier(ctx, p.Group)
	if err != nil {
		return nil, err
	}
	differs := compareSets(sets)
	out := []Group{}
	for i, s := range sets {
		if s.Summary.Entered == 0 {
			continue
		}
		g := labels[i]
		g.Differs = differs[i]
		if before != nil {
			against := v.renderer().against(s.Summary, before[i])
			g.Compare = &against
		}
		v.fill(&g, s)
		out = append(out, g)
	}
	return out, nil
}

// fill writes the parts of a group that were asked for.
func (v *view) fill(g *Group, s set) {
	a, r := v.asked, v.renderer()
	if a.wants(PartSummary) {
		summary := r.summary(s)
		g.Summary = &summary
	}
	if a.wants(PartStages, PartFlow) {
		g.Stages = r.stages(s.Stages)
	}
	if a.wants(PartLost) {
		g.Lost = r.lost(s.Breakdown)
	}
}

// compareSets tests the groups that have journeys, the family of the table.
func compareSets(sets []set) []*Differs {
	var family []funnel.Summary
	var members []int
	for i, s := range sets {
		if s.Summary.Entered > 0 {
			family, members = append(family, s.Summary), append(members, i)
		}
	}
	out := make([]*Differs, len(sets))
	for i, d := range funnel.CompareGroups(family) {
		differs := Differs(d)
		out[members[i]] = &differs
	}
	return out
}
