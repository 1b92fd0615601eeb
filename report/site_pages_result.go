package report

import (
	"slices"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// SitePages is the report on pages: which ones people met before a lead and
// before a sale.
type SitePages struct {
	Range    Range            `json:"range"`
	By       By               `json:"by" enum:"activity,cohort"`
	Role     Role             `json:"role" enum:"landing,assisting"`
	Model    touch.Model      `json:"model" enum:"shapley,first,last,linear,position,time_decay"`
	LookBack *int             `json:"lookback_days"`
	Level    touch.Level      `json:"level" enum:"page,device,country"`
	Seq      int64            `json:"seq" doc:"the last log entry included"`
	AsOf     lifecycle.Millis `json:"as_of"`
	Currency string           `json:"currency"`

	Rows    []SitePageRow    `json:"rows" doc:"most revenue first, what is not known last; at most 1000, all of them in the files"`
	Totals  SitePageFigures  `json:"totals" doc:"visits: all that began. Credit and revenue of the rows add up to it; people do not, who are at each page that they met and here once"`
	Compare *SitePageCompare `json:"compare"`
	Notices []Notice         `json:"notices"`
}

// SitePageRow is one page, device or country.
type SitePageRow struct {
	Value *string `json:"value" doc:"null: nothing was seen before, or it is not known"`
	Label string  `json:"label"`
	SitePageFigures
}

// SitePageFigures describe one page, or all of them.
type SitePageFigures struct {
	Visits     int64          `json:"visits" doc:"that began on it in the range; of assisting pages, in which it was seen later"`
	BeforeLead SitePageBefore `json:"before_lead"`
	BeforeSale SitePageBefore `json:"before_sale"`
	Revenue    int64          `json:"revenue" doc:"its parts of it, less refunds; minor units"`

	VisitToLead     *float64    `json:"visit_to_lead" doc:"leads credited to it / visits; null with more leads than visits, which then are not all known"`
	VisitToLeadBand *[2]float64 `json:"visit_to_lead_interval" doc:"95 % Wilson interval"`
	RevenuePerVisit *float64    `json:"revenue_per_visit" doc:"minor units"`
}

// SitePageBefore is who met a page before something.
type SitePageBefore struct {
	People    int64   `json:"people" doc:"each once"`
	Contacts  int64   `json:"contacts" doc:"of them: no customers"`
	Customers int64   `json:"customers" doc:"of them: customers by now"`
	Credit    float64 `json:"credit" doc:"its parts of the leads or sales"`
}

// SitePageCompare is the range before, or whichever was chosen.
type SitePageCompare struct {
	Range  Range           `json:"range"`
	Rows   []SitePageRow   `json:"rows"`
	Totals SitePageFigures `json:"totals"`
}

// maxSitePages is how many rows are told at once; files have all.
const maxSitePages = 1000

// Cut leaves the first rows, and says how many are left out.
func (s SitePages) Cut() SitePages {
	if left := len(s.Rows) - maxSitePages; left > 0 {
		s.Rows = s.Rows[:maxSitePages]
		s.Notices = append(slices.Clip(s.Notices), Notice{
			Kind: "pages_left_out", Count: new(int64(left)),
			Text: plural(int64(left), "page is", "pages are") + " left out of the list: the files have all.",
		})
	}
	if s.Compare != nil && len(s.Compare.Rows) > maxSitePages {
		compare := *s.Compare
		compare.Rows = compare.Rows[:maxSitePages]
		s.Compare = &compare
	}
	return s
}

// CompareFlags puts false before true.
func CompareFlags(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// sitePageFigures computes what the report says of sums.
func sitePageFigures(s *touch.PageSums) SitePageFigures {
	before := func(b touch.Before) SitePageBefore {
		of := s.Before[b]
		return SitePageBefore{of.People(), of.Contacts, of.Customers, of.Credit.Float()}
	}
	f := SitePageFigures{Visits: s.Visits, BeforeLead: before(touch.BeforeLead), BeforeSale: before(touch.BeforeSale), Revenue: s.Revenue}
	f.VisitToLead, f.VisitToLeadBand = part(f.BeforeLead.Credit, float64(f.Visits))
	f.RevenuePerVisit = quotient(float64(f.Revenue), float64(f.Visits))
	return f
}

// Table is the report in rows.
func (s *SitePages) Table() Table {
	t := Table{
		Name: "pages", Range: s.Range, Seq: s.Seq, AsOf: s.AsOf, Rows: [][]any{}, Notices: s.Notices,
		Columns: []Column{
			{"value", string(s.Level), ColumnText},
			{"role", "Role", ColumnText},
			{"visits", "Visits", ColumnInteger},
			{"lead_people", "People before a lead", ColumnInteger},
			{"lead_contacts", "of them contacts", ColumnInteger},
			{"lead_customers", "of them customers", ColumnInteger},
			{"lead_credit", "Leads credited", ColumnNumber},
			{"sale_people", "People before a sale", ColumnInteger},
			{"sale_contacts", "of them contacts", ColumnInteger},
			{"sale_customers", "of them customers", ColumnInteger},
			{"sale_credit", "Sales credited", ColumnNumber},
			{"revenue", "Revenue", ColumnInteger},
			{"visit_to_lead", "Visit to lead", ColumnRate},
			{"visit_to_lead_lower", "Visit to lead, lower", ColumnRate},
			{"visit_to_lead_upper", "Visit to lead, upper", ColumnRate},
			{"revenue_per_visit", "Revenue per visit", ColumnNumber},
			{"currency", "Currency", ColumnText},
		},
	}
	for i := range s.Rows {
		f := &s.Rows[i]
		band, lead, sale := ends(f.VisitToLeadBand), &f.BeforeLead, &f.BeforeSale
		t.Rows = append(t.Rows, []any{
			f.Label, string(s.Role), f.Visits, lead.People, lead.Contacts, lead.Customers, lead.Credit,
			sale.People, sale.Contacts, sale.Customers, sale.Credit, f.Revenue,
			number(f.VisitToLead), band[0], band[1], number(f.RevenuePerVisit), s.Currency,
		})
	}
	return t
}
