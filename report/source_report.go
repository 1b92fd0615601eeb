package report

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// Sources answers the source report. It fails like Lifecycle.
func (s *Service) Sources(ctx context.Context, w journal.WorkspaceID, q SourceQuery) (Sources, error) {
	q = q.withDefaults()
	return askWith(ctx, s, w, q.Query, "sources", q, func(ctx context.Context, v *view) (Sources, error) {
		return newSourceView(v, q).report(ctx)
	})
}

// sourceView is one question about sources being answered through one reading.
type sourceView struct {
	*view
	query   SourceQuery // with defaults
	origins origins

	levels   []touch.Level // those that rows are within, then their own
	tagged   bool          // a level is one of raw tags
	kept     []TagFilter   // of the rows
	contacts []Filter

	did []touch.Conversion // memory of conversions
}

func newSourceView(v *view, q SourceQuery) *sourceView {
	out := &sourceView{view: v, query: q}
	out.origins.add(0, [8]string{})
	out.kept, out.contacts = q.split()
	for _, l := range touch.Levels {
		if l != q.Level && slices.ContainsFunc(out.kept, func(f TagFilter) bool { return f.Level == l }) {
			out.levels = append(out.levels, l)
		}
	}
	out.levels = append(out.levels, q.Level)
	out.tagged = slices.ContainsFunc(out.levels, byTags)
	return out
}

// wanted reports whether a row with these values at the view's levels is
// shown.
func (v *sourceView) wanted(values []string) bool {
	return !slices.ContainsFunc(v.kept, func(f TagFilter) bool { return !f.keeps(values[slices.Index(v.levels, f.Level)]) })
}

// report answers the range, and what it is compared with.
func (v *sourceView) report(ctx context.Context) (Sources, error) {
	a, q := v.asked, &v.query
	now, err := v.count(ctx, a.days)
	if err != nil {
		return Sources{}, err
	}
	out := Sources{
		Range: a.reportRange(a.days), By: q.By, Model: q.Credit, Also: q.models()[1:], Direct: "pass_over", Level: q.Level,
		Seq: v.seq, AsOf: a.asOf, Currency: a.configuration.Currency,
		Notices: append([]Notice{}, slices.Concat(v.spans(), v.rangeHasToday(), now.notices())...),
	}
	if q.LookBack > 0 {
		out.LookBack = &q.LookBack
	}
	if q.KeepDirect {
		out.Direct = "keep"
	}
	out.Rows, out.Totals = v.rows(now)
	if a.before == nil {
		return out, nil
	}
	before, err := v.count(ctx, *a.before)
	if err != nil {
		return Sources{}, err
	}
	out.Compare = &SourceCompare{Range: a.reportRange(*a.before)}
	out.Compare.Rows, out.Compare.Totals = v.rows(before)
	out.Compare.Difference = differenceOf(&out.Totals.SourceFigures, &out.Compare.Totals.SourceFigures)
	return out, nil
}

// rows are those of all models side by side.
func (v *sourceView) rows(c *sourceCount) (rows []SourceRow, totals SourceTotals) {
	byValue := map[string]*SourceTotals{}
	for i, tally := range c.tallies {
		counted, total := tally.Rows()
		totals.set(v.query.models()[i], i == 0, sourceFigures(&total))
		for j := range counted {
			value := counted[j].Value
			if byValue[value] == nil {
				byValue[value] = &SourceTotals{}
			}
			byValue[value].set(v.query.models()[i], i == 0, sourceFigures(&counted[j].Sums))
		}
	}
	rows = []SourceRow{}
	for value, figures := range byValue {
		row := SourceRow{Value: &value, Label: value, SourceTotals: *figures}
		if value == "" {
			row.Value, row.Label = nil, noneLabel(Dimension(v.query.Level))
		}
		rows = append(rows, row)
	}
	sortSources(rows)
	return rows, totals
}

// set writes the figures of a model.
func (t *SourceTotals) set(m touch.Model, main bool, f SourceFigures) {
	if main {
		t.SourceFigures = f
		return
	}
	if t.Models == nil {
		t.Models = map[touch.Model]SourceFigures{}
	}
	t.Models[m] = f
}

// plan is the plan of a range of days.
func (v *sourceView) plan(days span) SourcePlan {
	p := v.asked.plan(days)
	return SourcePlan{
		Workspace: p.Workspace, From: p.From, To: p.To, FromDay: p.FromDay, ToDay: p.ToDay, AsOf: p.AsOf,
		Cohort: v.query.By == ByCohort, All: slices.Contains(v.query.models(), touch.ModelMarkov),
		Segment: p.Segment, Filters: v.contacts,
	}
}

// notices says what the sums leave out.
func (c *sourceCount) notices() []Notice {
	var out []Notice
	add := func(kind string, n int64, one, many string) {
		if n > 0 {
			text := plural(n, one, many) + " in a currency without a known rate: left out of the sums."
			out = append(out, Notice{Kind: kind, Count: &n, Text: text})
		}
	}
	add("unrated_sales", c.unratedSales, "sale is", "sales are")
	add("unrated_costs", c.unratedCosts, "cost is", "costs are")
	return out
}
