package report

import (
	"context"
	"maps"
	"net/url"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// OpportunityQuery is a question about the journeys that are open, or were on a
// day.
type OpportunityQuery struct {
	Query           // filters, segment, grouping, model and min_seq; of a range, its last day
	At        *Date // the end of this day; nil = the end of the range, or now
	CompareAt *Date // another day beside it; nil = the last one that Compare says, if it was said
}

// ParseOpportunities reads the parameters of the opportunity report.
func ParseOpportunities(values url.Values) (OpportunityQuery, error) {
	var p parser
	q := OpportunityQuery{}
	rest := url.Values{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		list := values[name]
		switch {
		case (name == "at" || name == "compare_at") && len(list) != 1:
			p.refuse(name, "is given %d times, not once", len(list))
		case name == "at":
			q.At = p.date(name, list[0])
		case name == "compare_at":
			q.CompareAt = p.date(name, list[0])
		case isDimension(Dimension(name)) || slices.Contains(opportunityParameters[:], name):
			rest[name] = list
		default:
			p.refuse(name, "is not a parameter of this report")
		}
	}
	if q.CompareAt != nil && (rest.Has("compare") || rest.Has("compare_from") || rest.Has("compare_to")) {
		p.refuse("compare_at", "cannot stand beside another comparison")
	}
	if err := p.faults.Err(); err != nil {
		return OpportunityQuery{}, err
	}
	var err error
	q.Query, err = ParseQuery(rest)
	return q, err
}

// opportunityParameters are those of the lifecycle report that mean something
// here.
var opportunityParameters = [...]string{
	"preset", "from", "to", "compare", "compare_from", "compare_to", "segment", "group_by", "top", "model", "min_seq", "format",
}

// Opportunities is the open journeys by stage. Money is in minor units of the
// workspace's currency.
type Opportunities struct {
	At       Date             `json:"at" doc:"the day at whose end the journeys were open"`
	TimeZone string           `json:"time_zone"`
	Seq      int64            `json:"seq" doc:"the last log entry included"`
	AsOf     lifecycle.Millis `json:"as_of" doc:"the instant: the end of the day, or now"`
	Currency string           `json:"currency"`
	GroupBy  *Dimension       `json:"group_by"`
	Stages   []OpenStage      `json:"stages" doc:"progress stages by position"`
	Totals   OpenFigures      `json:"totals"`
	Groups   []OpenGroup      `json:"groups" nullable:"true" doc:"of group_by, over all stages: the largest first"`
	Compare  *OpenCompare     `json:"compare" doc:"null without compare_at or compare"`
	Notices  []Notice         `json:"notices"`
}

// OpenFigures describe a set of open journeys.
type OpenFigures struct {
	Count         int64    `json:"count"`
	Value         int64    `json:"value" doc:"of the contacts that have one, as it is now, in the workspace's currency at the rate of the day"`
	WeightedValue *int64   `json:"weighted_value" doc:"value x the stage's historical conversion; null where none is known"`
	WithoutValue  int64    `json:"without_value" doc:"journeys whose contact has no value, or one in a currency without a known rate"`
	Age           *float64 `json:"age_seconds_mean" doc:"since their entry"`
}

// OpenStage is the open journeys of one stage.
type OpenStage struct {
	Stage      StageRef   `json:"stage"`
	Conversion OpenChance `json:"conversion"`
	OpenFigures
	Groups []OpenGroup `json:"groups" nullable:"true" doc:"in the order of the report's groups"`
}

// OpenChance is what became of those who were in a stage before.
type OpenChance struct {
	Rate     *float64    `json:"rate" doc:"won / ended, of the journeys that reached the stage and entered in the 365 days to the day"`
	Band     *[2]float64 `json:"rate_interval" doc:"95 % Wilson interval"`
	Journeys int64       `json:"journeys" doc:"that ended"`
}

// OpenGroup is the open journeys with one value.
type OpenGroup struct {
	Kind  string  `json:"kind" enum:"value,other,none"`
	Group *string `json:"group" doc:"the value; null of other and none"`
	Label string  `json:"label"`
	OpenFigures
}

// OpenCompare is the same on another day.
type OpenCompare struct {
	At     Date        `json:"at"`
	Totals OpenFigures `json:"totals"`
}

// Opportunities answers the opportunity report. It fails like Lifecycle.
func (s *Service) Opportunities(ctx context.Context, w journal.WorkspaceID, q OpportunityQuery) (Opportunities, error) {
	if err := q.refuseSelection("report"); err != nil {
		return Opportunities{}, err
	}
	return ask(ctx, s, w, q.Query, "opportunities"+dayKey(q.At)+dayKey(q.CompareAt), func(ctx context.Context, v *view) (Opportunities, error) {
		return v.opportunities(ctx, &q)
	})
}

// dayKey tells answers of different days apart.
func dayKey(d *Date) string {
	if d == nil {
		return " -"
	}
	return " " + d.String()
}

// opportunities counts the open journeys of a day, and of the one beside it.
func (v *view) opportunities(ctx context.Context, q *OpportunityQuery) (Opportunities, error) {
	day, err := v.openDay(q)
	if err != nil {
		return Opportunities{}, err
	}
	now, err := v.pipeline(ctx, day)
	if err != nil {
		return Opportunities{}, err
	}
	out := Opportunities{
		At: day, TimeZone: v.asked.configuration.TimeZone, Seq: v.seq, AsOf: min(now.at, v.asked.asOf), Currency: v.asked.configuration.Currency,
		GroupBy: journal.OrNil(v.asked.GroupBy), Notices: now.notices(day < v.asked.today),
	}
	now.fill(&out)
	beside := q.beside(v.asked)
	if beside == nil {
		return out, nil
	}
	if *beside > v.asked.today {
		return Opportunities{}, fault.At("query.compare_at", "is in the future")
	}
	v.asked.GroupBy = "" // only totals are compared
	then, err := v.pipeline(ctx, *beside)
	if err != nil {
		return Opportunities{}, err
	}
	var other Opportunities
	then.fill(&other)
	out.Compare = &OpenCompare{At: *beside, Totals: other.Totals}
	return out, nil
}

// beside is the day to compare with, nil if there is none: this report compares
// only when it is asked to.
func (q *OpportunityQuery) beside(a *asked) *Date {
	days := a.days
	if q.At != nil {
		days = span{*q.At, *q.At}
	}
	switch {
	case q.CompareAt != nil:
		return q.CompareAt
	case q.CompareTo != nil:
		return q.CompareTo
	case q.Compare == ComparePrevious:
		return new(days.before().to)
	case q.Compare == CompareYear:
		return new(days.yearBefore().to)
	}
	return nil
}

// openDay is the day that is asked for.
func (v *view) openDay(q *OpportunityQuery) (Date, error) {
	a := v.asked
	switch {
	case q.At != nil && *q.At > a.today:
		return 0, fault.At("query.at", "is in the future")
	case q.At != nil:
		return *q.At, nil
	case q.From != nil || q.Preset != "":
		return min(a.days.to, a.today), nil
	}
	return a.today, nil
}
