package report

import "slices"

// Query is a question about journeys, as it was asked. Its zero value is the
// default report. ParseQuery makes one of URL parameters; whoever makes one by
// hand calls Validate.
type Query struct {
	Preset                 Preset // "" = the dates, or last_14_days without any
	From, To               *Date  // both or none; inclusive
	Compare                Compare
	CompareFrom, CompareTo *Date // both or none
	Around                 *Date // instead of all that: the days from it on, compared with as many before
	AroundDays             int   // how many; 0 = 14

	Filters []Filter
	Segment string    // a filter of contacts: text, JSON, view:ID or list:ID; "" = all
	GroupBy Dimension // "" = no groups
	Top     int       // largest groups shown; 0 = 10
	MinAge  int       // days; 0 = none
	Window  int       // days; 0 = none
	Model   Model     // "" = entry
	Parts   []Part    // nil = all

	StuckBelow *float64 // nil = 0.3
	StuckMin   int64    // 0 = 30

	Interval Interval // of the table trend; "" = day
	Select   Select   // of the table journeys
	Cursor   string   // of the table journeys: where to go on
	Limit    int      // of the table journeys: rows a page; 0 = 50

	// MinSeq is an entry that the answer waits for. It is not part of the question,
	// which is the same for all who ask it at once.
	MinSeq int64 `json:"-"`
}

// Select narrows the table journeys to those behind one number. Stages are
// ids or keys.
type Select struct {
	Outcomes   []string
	Reached    string
	NotReached string
	Visited    string
	Flow       string // STAGE:forward|back|lost|left|still_there
	Origin     string
	LostStage  string
	InStage    string
	Group      string // value:VALUE, other or none, of the query's grouping
}

// names lists the parameters that select something.
func (s Select) names() []string {
	var out []string
	for _, p := range s.stages() {
		if *p.value != "" {
			out = append(out, p.name)
		}
	}
	if len(s.Outcomes) > 0 {
		out = append(out, "outcome")
	}
	if s.Flow != "" {
		out = append(out, "flow")
	}
	if s.Group != "" {
		out = append(out, "group")
	}
	return out
}

type selectStage struct {
	name  string
	value *string
}

// stages lists the parameters whose value is one stage.
func (s *Select) stages() []selectStage {
	return []selectStage{
		{"reached", &s.Reached},
		{"not_reached", &s.NotReached},
		{"visited", &s.Visited},
		{"origin", &s.Origin},
		{"lost_stage", &s.LostStage},
		{"in_stage", &s.InStage},
	}
}

// Preset names a range that moves with the day.
type Preset string

// DefaultPreset is the range of a query without any.
const DefaultPreset Preset = "last_14_days"

// Compare says which range a report is compared with.
type Compare string

// The comparisons. A range of its own is said by CompareFrom and CompareTo.
const (
	ComparePrevious Compare = "previous" // as many days right before; the default
	CompareYear     Compare = "year"     // the same days a year earlier
	CompareNone     Compare = "none"
)

// Part is a piece of the lifecycle report that can be left out.
type Part string

// The parts.
const (
	PartSummary   Part = "summary"
	PartStages    Part = "stages"
	PartLost      Part = "lost"
	PartFlow      Part = "flow"
	PartQuantiles Part = "quantiles" // medians and p90 everywhere
	PartContacts  Part = "contacts"  // distinct contacts in every summary
	PartGroups    Part = "groups"
	PartHandOff   Part = "hand_off" // hand-off, handling and stranger to customer in every summary
)

// Parts lists all parts.
var Parts = [...]Part{PartSummary, PartStages, PartLost, PartFlow, PartQuantiles, PartContacts, PartGroups, PartHandOff}

// wants reports whether any of the parts is asked for.
func (q *Query) wants(parts ...Part) bool {
	return q.Parts == nil || slices.ContainsFunc(parts, func(p Part) bool { return slices.Contains(q.Parts, p) })
}

// Interval is the length of the periods of a trend.
type Interval string

// The intervals. Weeks start on Monday.
const (
	IntervalDay   Interval = "day"
	IntervalWeek  Interval = "week"
	IntervalMonth Interval = "month"
)

// Limits and defaults of queries.
const (
	DefaultTop        = 10
	MaxTop            = 50
	DefaultLimit      = 50
	MaxLimit          = 1000
	DefaultStuckBelow = 0.3
	DefaultStuckMin   = 30
	MaxDays           = 36525 // of a range, a window, an age: a hundred years
	maxValues         = 200   // of one filter
	maxText           = 1000  // bytes of one value
	maxSegment        = 32 << 10
)
