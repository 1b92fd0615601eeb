package report

import (
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Sources is the source report. Money is in minor units of the workspace's
// currency; counts that are credited are decimals.
type Sources struct {
	Range    Range            `json:"range"`
	By       By               `json:"by" enum:"activity,cohort"`
	Model    touch.Model      `json:"model" enum:"first,last,linear,position,time_decay,markov,shapley"`
	Also     []touch.Model    `json:"also" nullable:"true" enum:"first,last,linear,position,time_decay,markov,shapley"`
	LookBack *int             `json:"lookback_days" doc:"null = none"`
	Direct   string           `json:"direct" enum:"pass_over,keep"`
	Level    touch.Level      `json:"level" enum:"source,sub_source,medium,campaign,ad_group,ad,keyword,landing_page,utm_source,utm_medium,utm_campaign,utm_term,utm_content"`
	Seq      int64            `json:"seq" doc:"the last log entry included"`
	AsOf     lifecycle.Millis `json:"as_of"`
	Currency string           `json:"currency"`
	Rows     []SourceRow      `json:"rows" doc:"the most revenue first, then the most leads, visits, costs"`
	Totals   SourceTotals     `json:"totals" doc:"of all rows: all but visitors add up"`
	Compare  *SourceCompare   `json:"compare" doc:"null with compare=none"`
	Notices  []Notice         `json:"notices"`
}

// SourceRow is what came from one value of the level.
type SourceRow struct {
	Value *string `json:"value" doc:"null: without a value"`
	Label string  `json:"label"`
	SourceTotals
}

// SourceTotals are the figures by the report's model and, of the others that
// were asked for, by theirs.
type SourceTotals struct {
	SourceFigures
	Models map[touch.Model]SourceFigures `json:"models" nullable:"true" doc:"by the models of also"`
}

// SourceFigures describe one source, or all of them.
type SourceFigures struct {
	Visits        int64       `json:"visits" doc:"that began in the range"`
	Visitors      int64       `json:"visitors" doc:"distinct"`
	Submissions   float64     `json:"submissions" doc:"forms, calls and chats, repeated ones too"`
	Leads         SourceLeads `json:"leads" doc:"contacts by the kind of their first lead event"`
	Contacts      float64     `json:"contacts" doc:"became known, and are no customers"`
	Customers     float64     `json:"customers" doc:"became known, and are customers by now"`
	NewCustomers  float64     `json:"new_customers" doc:"won for the first time"`
	Opportunities float64     `json:"opportunities" doc:"journeys that reached the stage with that role"`
	Sales         float64     `json:"sales"`
	Revenue       int64       `json:"revenue" doc:"minor units, less refunds"`
	Cost          int64       `json:"cost" doc:"minor units"`
	Clicks        int64       `json:"clicks" doc:"of the cost table"`
	Impressions   int64       `json:"impressions" doc:"of the cost table"`

	CostPerLead  *float64 `json:"cost_per_lead" doc:"minor units"`
	ValuePerLead *float64 `json:"value_per_lead" doc:"revenue / leads, minor units"`
	CAC          *float64 `json:"cac" doc:"cost / new customers, minor units"`
	ROAS         *float64 `json:"roas" doc:"revenue / cost"`
	ROI          *float64 `json:"roi" doc:"(revenue - cost) / cost"`

	VisitToLead        *float64    `json:"visit_to_lead" doc:"leads / visits; null with more leads than visits, which then are not all known"`
	VisitToLeadBand    *[2]float64 `json:"visit_to_lead_interval" doc:"95 % Wilson interval"`
	LeadToCustomer     *float64    `json:"lead_to_customer" doc:"leads that are customers by now / leads"`
	LeadToCustomerBand *[2]float64 `json:"lead_to_customer_interval" doc:"95 % Wilson interval"`
}

// SourceLeads are leads by the kind of their first lead event.
type SourceLeads struct {
	Form  float64 `json:"form"`
	Call  float64 `json:"call"`
	Chat  float64 `json:"chat" doc:"conversations from ads too"`
	Other float64 `json:"other" doc:"identified otherwise"`
	All   float64 `json:"all"`
}

// SourceCompare is the range before, or whichever was chosen.
type SourceCompare struct {
	Range      Range            `json:"range"`
	Rows       []SourceRow      `json:"rows"`
	Totals     SourceTotals     `json:"totals"`
	Difference SourceDifference `json:"difference"`
}

// SourceDifference is (now - before) / before of the totals, null where before
// is 0.
type SourceDifference struct {
	Visits        *float64 `json:"visits"`
	Visitors      *float64 `json:"visitors"`
	Submissions   *float64 `json:"submissions"`
	Leads         *float64 `json:"leads"`
	NewCustomers  *float64 `json:"new_customers"`
	Opportunities *float64 `json:"opportunities"`
	Sales         *float64 `json:"sales"`
	Revenue       *float64 `json:"revenue"`
	Cost          *float64 `json:"cost"`
	CAC           *float64 `json:"cac"`
	ROAS          *float64 `json:"roas"`
}
