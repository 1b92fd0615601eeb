package report

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// figureColumns are the figures of a source in tables.
var figureColumns = [...]Column{
	{"visits", "Visits", ColumnInteger},
	{"visitors", "Visitors", ColumnInteger},
	{"submissions", "Submissions", ColumnNumber},
	{"leads_form", "Leads by form", ColumnNumber},
	{"leads_call", "Leads by call", ColumnNumber},
	{"leads_chat", "Leads by chat", ColumnNumber},
	{"leads_other", "Other leads", ColumnNumber},
	{"leads", "Leads", ColumnNumber},
	{"contacts", "Contacts", ColumnNumber},
	{"customers", "Customers", ColumnNumber},
	{"new_customers", "New customers", ColumnNumber},
	{"opportunities", "Opportunities", ColumnNumber},
	{"sales", "Sales", ColumnNumber},
	{"revenue", "Revenue", ColumnInteger},
	{"cost", "Cost", ColumnInteger},
	{"clicks", "Clicks", ColumnInteger},
	{"impressions", "Impressions", ColumnInteger},
	{"cost_per_lead", "Cost per lead", ColumnNumber},
	{"value_per_lead", "Value per lead", ColumnNumber},
	{"cac", "CAC", ColumnNumber},
	{"roas", "ROAS", ColumnNumber},
	{"roi", "ROI", ColumnNumber},
	{"visit_to_lead", "Visit to lead", ColumnRate},
	{"visit_to_lead_lower", "Visit to lead, lower", ColumnRate},
	{"visit_to_lead_upper", "Visit to lead, upper", ColumnRate},
	{"lead_to_customer", "Lead to customer", ColumnRate},
	{"lead_to_customer_lower", "Lead to customer, lower", ColumnRate},
	{"lead_to_customer_upper", "Lead to customer, upper", ColumnRate},
	{"currency", "Currency", ColumnText},
}

func figureCells(f *SourceFigures, currency string) []any {
	visit, lead := ends(f.VisitToLeadBand), ends(f.LeadToCustomerBand)
	return []any{
		f.Visits, f.Visitors, f.Submissions, f.Leads.Form, f.Leads.Call, f.Leads.Chat, f.Leads.Other, f.Leads.All,
		f.Contacts, f.Customers, f.NewCustomers, f.Opportunities, f.Sales, f.Revenue, f.Cost, f.Clicks, f.Impressions,
		number(f.CostPerLead), number(f.ValuePerLead), number(f.CAC), number(f.ROAS), number(f.ROI),
		number(f.VisitToLead), visit[0], visit[1], number(f.LeadToCustomer), lead[0], lead[1], currency,
	}
}

// Table is the report in rows: one for each value, and one for each other model
// of it.
func (s *Sources) Table() Table {
	t := Table{
		Name: "sources", Range: s.Range, Seq: s.Seq, AsOf: s.AsOf, Rows: [][]any{}, Notices: s.Notices,
		Columns: slices.Concat([]Column{{"value", s.levelLabel(), ColumnText}, {"model", "Model", ColumnText}}, figureColumns[:]),
	}
	for i := range s.Rows {
		row := &s.Rows[i]
		t.Rows = append(t.Rows, append([]any{row.Label, string(s.Model)}, figureCells(&row.SourceFigures, s.Currency)...))
		for _, m := range s.Also {
			if f, counted := row.Models[m]; counted {
				t.Rows = append(t.Rows, append([]any{row.Label, string(m)}, figureCells(&f, s.Currency)...))
			}
		}
	}
	return t
}

func (s *Sources) levelLabel() string { return string(s.Level) }

// SourceTrend answers the totals of a source report by period of the range, as
// a table. It fails like Lifecycle.
func (s *Service) SourceTrend(ctx context.Context, w journal.WorkspaceID, q SourceQuery) (Table, error) {
	q = q.withDefaults()
	return askWith(ctx, s, w, q.Query, "sources trend", q, func(ctx context.Context, v *view) (Table, error) {
		return newSourceView(v, q).trend(ctx)
	})
}

// maxSourcePeriods is how many periods a trend has at most: each asks for its
// visits and costs.
const maxSourcePeriods = 400

// trend counts every period by itself; what contacts did is read once.
func (v *sourceView) trend(ctx context.Context) (Table, error) {
	a := v.asked
	periods := a.periods()
	if len(periods) > maxSourcePeriods {
		return Table{}, fault.At("query.interval", "makes more than %d periods of this range; choose a longer one", maxSourcePeriods)
	}
	v.query.Also = nil
	counts := make([]*sourceCount, len(periods))
	for i, period := range periods {
		counts[i] = v.newCount(v.plan(period))
		if err := counts[i].visits(ctx); err != nil {
			return Table{}, err
		}
		if err := counts[i].costs(ctx); err != nil {
			return Table{}, err
		}
	}
	if err := v.trails(ctx, v.plan(a.days), func(t *Trail) error { v.perPeriod(t, counts); return nil }); err != nil {
		return Table{}, err
	}
	t := Table{
		Name: "sources_trend", Range: a.reportRange(a.days), Seq: v.seq, AsOf: a.asOf, Rows: [][]any{},
		Columns: slices.Concat([]Column{{"from", "From", ColumnDate}, {"to", "To", ColumnDate}}, figureColumns[:], []Column{{"immature", "Not over yet", ColumnBoolean}}),
		Notices: []Notice{},
	}
	for i, period := range periods {
		_, totals := v.rows(counts[i])
		row := append([]any{period.from, period.to}, figureCells(&totals.SourceFigures, a.configuration.Currency)...)
		t.Rows = append(t.Rows, append(row, StartOf(period.to+1, a.zone) > a.asOf))
	}
	return t, nil
}

// perPeriod gives each period what a contact did in it: of a cohort, all that
// the contact did since it was first seen in the period.
func (v *sourceView) perPeriod(t *Trail, counts []*sourceCount) {
	for _, c := range counts {
		of := *t
		if c.plan.Cohort {
			if t.FirstSeen < c.plan.From || t.FirstSeen >= c.plan.To {
				continue
			}
		} else {
			of.Conversions = slices.DeleteFunc(slices.Clone(t.Conversions), func(f ConversionFact) bool { return f.At < c.plan.From || f.At >= c.plan.To })
		}
		did := v.conversions(&of)
		if len(did) > 0 || c.plan.All {
			c.contact(&of, did)
		}
	}
}
