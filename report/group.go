package report

import (
	"cmp"
	"context"
	"slices"
)

// group splits a plan by the query's dimension: the largest values, ties by
// label, then every other value, then none. It returns what each group is
// called, by its index.
func (v *view) group(ctx context.Context, p *Plan) ([]Group, error) {
	d, top := v.asked.GroupBy, v.asked.Top
	plain := *p
	plain.Want = Want{}
	ranking, err := v.reading.Values(ctx, plain, d, top)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(ranking.Largest, func(a, b ValueCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	})
	p.Group = &Grouping{Dimension: d}
	var groups []Group
	for _, value := range ranking.Largest[:min(top, len(ranking.Largest))] {
		p.Group.Top = append(p.Group.Top, value.Value)
		groups = append(groups, Group{Kind: "value", Value: &value.Value, Label: value.Value})
	}
	return append(groups,
		Group{Kind: "other", Label: "Other", Values: new(ranking.Values - int64(len(groups)))},
		Group{Kind: "none", Label: noneLabel(d)},
	), nil
}

// noneLabel names the journeys without a value.
func noneLabel(d Dimension) string {
	switch d {
	case "campaign":
		return "No campaign"
	case "ad_group":
		return "No ad group"
	case "ad":
		return "No ad"
	case "source":
		return "No source"
	}
	return "No value"
}
