package report

import (
	"cmp"
	"slices"

	"github.com/tidemark/tidemark/stats"
	"github.com/tidemark/tidemark/touch"
)

// sourceFigures computes what a source report says of sums.
func sourceFigures(s *touch.Sums) SourceFigures {
	of := func(m touch.Measure) float64 { return s.Credits[m].Float() }
	f := SourceFigures{
		Visits: s.Visits, Visitors: s.Visitors, Submissions: of(touch.Submission),
		Leads: SourceLeads{
			Form: of(touch.LeadForm), Call: of(touch.LeadCall), Chat: of(touch.LeadChat), Other: of(touch.LeadOther),
			All: s.Leads().Float(),
		},
		Contacts: of(touch.KnownContact), Customers: of(touch.KnownCustomer), NewCustomers: of(touch.NewCustomer),
		Opportunities: of(touch.Opportunity), Sales: of(touch.Sale), Revenue: s.Revenue,
		Cost: s.Cost, Clicks: s.Clicks, Impressions: s.Impressions,
	}
	cost, revenue := float64(s.Cost), float64(s.Revenue)
	f.CostPerLead, f.ValuePerLead, f.CAC = quotient(cost, f.Leads.All), quotient(revenue, f.Leads.All), quotient(cost, f.NewCustomers)
	f.ROAS, f.ROI = quotient(revenue, cost), quotient(revenue-cost, cost)
	f.VisitToLead, f.VisitToLeadBand = part(f.Leads.All, float64(f.Visits))
	f.LeadToCustomer, f.LeadToCustomerBand = part(of(touch.LeadCustomer), f.Leads.All)
	return f
}

// quotient is null where it would be of nothing.
func quotient(of, by float64) *float64 {
	if by == 0 {
		return nil
	}
	q := of / by
	return &q
}

// part is a rate with its interval; both are null where it is of nothing, or
// there are more than there can be.
func part(of, all float64) (rate *float64, band *[2]float64) {
	interval, ok := stats.WilsonOf(of, all)
	if !ok {
		return nil, nil
	}
	return quotient(of, all), &[2]float64{interval.Lower, interval.Upper}
}

// differenceOf compares totals.
func differenceOf(now, before *SourceFigures) SourceDifference {
	change := func(now, before float64) *float64 { return quotient(now-before, before) }
	maybe := func(now, before *float64) *float64 {
		if now == nil || before == nil {
			return nil
		}
		return change(*now, *before)
	}
	return SourceDifference{
		Visits: change(float64(now.Visits), float64(before.Visits)), Visitors: change(float64(now.Visitors), float64(before.Visitors)),
		Submissions: change(now.Submissions, before.Submissions), Leads: change(now.Leads.All, before.Leads.All),
		NewCustomers: change(now.NewCustomers, before.NewCustomers), Opportunities: change(now.Opportunities, before.Opportunities),
		Sales: change(now.Sales, before.Sales), Revenue: change(float64(now.Revenue), float64(before.Revenue)),
		Cost: change(float64(now.Cost), float64(before.Cost)), CAC: maybe(now.CAC, before.CAC), ROAS: maybe(now.ROAS, before.ROAS),
	}
}

// sortSources puts what matters most first.
func sortSources(rows []SourceRow) {
	slices.SortStableFunc(rows, func(a, b SourceRow) int {
		return cmp.Or(
			cmp.Compare(b.Revenue, a.Revenue), cmp.Compare(b.Leads.All, a.Leads.All), cmp.Compare(b.Visits, a.Visits),
			cmp.Compare(b.Cost, a.Cost), cmp.Compare(a.Label, b.Label),
		)
	})
}
