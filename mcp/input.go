package mcp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/tidemark/tidemark/report"
)

// reportInput are the parameters of the lifecycle report, as the API has them.
type reportInput struct {
	Preset      string `json:"preset,omitempty" jsonschema:"range of entry: today, yesterday, last_7_days, last_14_days (the default), last_30_days, last_90_days, this_week, last_week, this_month, last_month, this_quarter, last_quarter, this_year or last_year"`
	From        string `json:"from,omitempty" jsonschema:"first day of entry, YYYY-MM-DD, together with to instead of preset"`
	To          string `json:"to,omitempty" jsonschema:"last day of entry, inclusive"`
	Compare     string `json:"compare,omitempty" jsonschema:"previous (the default), year or none"`
	CompareFrom string `json:"compare_from,omitempty" jsonschema:"first day of an own range to compare with"`
	CompareTo   string `json:"compare_to,omitempty" jsonschema:"last day of that range"`
	Around      string `json:"around,omitempty" jsonschema:"a day instead of a range: the days from it on, compared with as many before"`
	Days        int    `json:"days,omitempty" jsonschema:"of around: how many days, 14 if absent"`

	Source      []string `json:"source,omitempty" jsonschema:"only these sources; an empty text is contacts that have none; the same for every filter"`
	SubSource   []string `json:"sub_source,omitempty"`
	Medium      []string `json:"medium,omitempty"`
	Campaign    []string `json:"campaign,omitempty"`
	AdGroup     []string `json:"ad_group,omitempty"`
	Ad          []string `json:"ad,omitempty"`
	Keyword     []string `json:"keyword,omitempty"`
	LandingPage []string `json:"landing_page,omitempty"`
	Owner       []string `json:"owner,omitempty"`
	CreatedBy   []string `json:"created_by,omitempty" jsonschema:"import, api, manual, form, call, chat or ad"`
	Journey     []string `json:"journey,omitempty" jsonschema:"first or return"`

	Properties map[string][]string `json:"properties,omitempty" jsonschema:"only contacts with one of these values in a property, by the property's name"`

	Segment    string   `json:"segment,omitempty" jsonschema:"a filter of contacts, for example: stage = hot_lead and days_in_stage > 7; or view:ID or list:ID"`
	GroupBy    string   `json:"group_by,omitempty" jsonschema:"a filter's name, or property.NAME"`
	Top        int      `json:"top,omitempty" jsonschema:"largest groups shown, 10 if absent"`
	MinAge     int      `json:"min_age,omitempty" jsonschema:"only journeys entered at least so many days ago"`
	Window     int      `json:"window,omitempty" jsonschema:"each journey as of so many days after its entry"`
	Model      string   `json:"model,omitempty" jsonschema:"which touch is the source of a journey: entry, first or last"`
	Parts      string   `json:"parts,omitempty" jsonschema:"ask for less: of summary, stages, lost, flow, quantiles, contacts, groups, hand_off, separated by commas"`
	StuckBelow *float64 `json:"stuck_below,omitempty" jsonschema:"a stage is stuck when its conversion and its drop-off are both below this fraction, 0.3 if absent"`
	StuckMin   int64    `json:"stuck_min,omitempty" jsonschema:"and at least so many journeys reached it, 30 if absent"`
	MinSeq     int64    `json:"min_seq,omitempty" jsonschema:"wait until the report includes this write"`
}

// tableInput asks for one table.
type tableInput struct {
	Table    string `json:"table" jsonschema:"stages, lost, origins, flow, trend, incidence, histogram or stuck"`
	Interval string `json:"interval,omitempty" jsonschema:"of trend: day, week or month"`
	Limit    int    `json:"limit,omitempty" jsonschema:"of stuck: rows a page"`
	Cursor   string `json:"cursor,omitempty" jsonschema:"next of the page before"`
	reportInput
}

// explainInput asks for the journeys behind a number.
type explainInput struct {
	Outcome    string `json:"outcome,omitempty" jsonschema:"open, won, lost, left, separated by commas"`
	Reached    string `json:"reached,omitempty" jsonschema:"key or id of a stage, as everywhere here"`
	NotReached string `json:"not_reached,omitempty"`
	Visited    string `json:"visited,omitempty"`
	Flow       string `json:"flow,omitempty" jsonschema:"STAGE:forward, back, lost, left or still_there"`
	Origin     string `json:"origin,omitempty" jsonschema:"the stage that the loss came from"`
	LostStage  string `json:"lost_stage,omitempty" jsonschema:"the reason of the loss"`
	InStage    string `json:"in_stage,omitempty" jsonschema:"open and there now"`
	Group      string `json:"group,omitempty" jsonschema:"value:VALUE, other or none, of group_by"`
	Limit      int    `json:"limit,omitempty" jsonschema:"rows a page, 50 if absent, at most 1000"`
	Cursor     string `json:"cursor,omitempty" jsonschema:"next of the page before"`
	reportInput
}

type contactInput struct {
	Contact string `json:"contact" jsonschema:"the contact's id, or external_id:X, email:X, phone:X"`
}

// queryOf reads the arguments of a tool as the API reads its address, so that
// both take the same and refuse the same.
func queryOf(in any) (report.Query, error) {
	text, err := json.Marshal(in)
	if err != nil {
		return report.Query{}, err
	}
	var fields map[string]any
	numbers := json.NewDecoder(bytes.NewReader(text))
	numbers.UseNumber() // a large one must not come out as 1e+12
	if err := numbers.Decode(&fields); err != nil {
		return report.Query{}, err
	}
	values := url.Values{}
	for name, value := range fields {
		addValue(values, name, value)
	}
	values.Del("table")
	return report.ParseQuery(values)
}

func addValue(to url.Values, name string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for property, inner := range v {
			addValue(to, "property."+property, inner)
		}
	case []any:
		for _, one := range v {
			addValue(to, name, one)
		}
	default:
		to.Add(name, fmt.Sprint(v))
	}
}
