package report

import (
	"github.com/tidemark/tidemark/lifecycle"
)

// Result is the lifecycle report. Times are durations in seconds, rates are
// fractions, and what has no value is null. Parts that were not asked for are
// left out.
type Result struct {
	Range   Range            `json:"range"`
	Seq     int64            `json:"seq" doc:"the last log entry included"`
	AsOf    lifecycle.Millis `json:"as_of"`
	Summary *Summary         `json:"summary,omitempty"`
	HandOff *StageRef        `json:"hand_off_stage" doc:"where sales takes over: the progress stage with the role hand_off, else with the role sql"`
	Compare *Comparison      `json:"compare"`
	Stages  []Stage          `json:"stages,omitzero" doc:"main stages by position"`
	Lost    []Lost           `json:"lost,omitzero" doc:"lost stages, largest first"`
	Groups  []Group          `json:"groups,omitzero" doc:"of group_by"`
	Notices []Notice         `json:"notices"`
}

// Range is the days of a report, both inclusive.
type Range struct {
	From     Date   `json:"from"`
	To       Date   `json:"to"`
	TimeZone string `json:"time_zone"`
}

// Summary is the four figures and what they are made of:
// entered = won + lost + left + open.
type Summary struct {
	Entered          int64       `json:"entered"`
	Contacts         *int64      `json:"contacts" doc:"distinct contacts"`
	Won              int64       `json:"won"`
	Lost             int64       `json:"lost"`
	Left             int64       `json:"left"`
	Open             int64       `json:"open"`
	ConversionRate   *float64    `json:"conversion_rate"`
	ConversionBand   *[2]float64 `json:"conversion_rate_interval" doc:"95 % Wilson interval"`
	TimeToConversion Times       `json:"time_to_conversion_seconds"`
	DropOffRate      *float64    `json:"drop_off_rate"`
	DropOffBand      *[2]float64 `json:"drop_off_rate_interval" doc:"95 % Wilson interval"`
	TimeToDropOff    Times       `json:"time_to_drop_off_seconds"`

	HandOff            *Times `json:"hand_off_seconds" doc:"from entry to the first visit of the hand-off stage; null without one"`
	Handling           *Times `json:"handling_seconds" doc:"the time in the hand-off stage; null without one"`
	StrangerToCustomer *Times `json:"stranger_to_customer_seconds" doc:"from the first touch, else the contact's creation, to won; where that was later it does not count"`
}

// Times describes durations, in seconds.
type Times struct {
	Mean     *float64 `json:"mean"`
	Median   *float64 `json:"median"`
	P90      *float64 `json:"p90"`
	Journeys int64    `json:"journeys" doc:"journeys that have this duration"`
}

// Comparison is the range before, or whichever was chosen.
type Comparison struct {
	Range Range `json:"range"`
	Against
}

// Against is a summary of the range before, and what is different since.
type Against struct {
	Summary    Summary    `json:"summary"`
	Difference Difference `json:"difference"`
}

// Difference is (now - before) / before, and for rates also now - before.
type Difference struct {
	Entered              *float64 `json:"entered"`
	Won                  *float64 `json:"won"`
	Lost                 *float64 `json:"lost"`
	ConversionRate       *float64 `json:"conversion_rate"`
	ConversionRatePoints *float64 `json:"conversion_rate_points"`
	DropOffRate          *float64 `json:"drop_off_rate"`
	DropOffRatePoints    *float64 `json:"drop_off_rate_points"`
	TimeToConversion     *float64 `json:"time_to_conversion_seconds"`
	TimeToDropOff        *float64 `json:"time_to_drop_off_seconds"`
}

// StageRef names a stage.
type StageRef struct {
	ID       string         `json:"id"`
	Key      string         `json:"key"`
	Name     string         `json:"name"`
	Emoji    *string        `json:"emoji"`
	Kind     lifecycle.Kind `json:"kind" enum:"progress,won,beyond,lost,aside"`
	Position *int           `json:"position" doc:"from 1; null of lost and aside"`
	Archived bool           `json:"archived"`
}

// Stage is what happened at a main stage. What only progress stages have is
// null elsewhere.
type Stage struct {
	Stage          StageRef     `json:"stage"`
	Reached        int64        `json:"reached"`
	Visited        int64        `json:"visited"`
	ShareOfEntered *float64     `json:"share_of_entered"`
	ConversionRate *float64     `json:"conversion_rate" doc:"reached next / reached; null of the last"`
	WonLaterRate   *float64     `json:"won_later_rate"`
	LostHere       *int64       `json:"lost_here"`
	DropOffRate    *float64     `json:"drop_off_rate" doc:"lost here / reached"`
	LeftHere       *int64       `json:"left_here"`
	InStageNow     *int64       `json:"in_stage_now"`
	WaitingMean    *float64     `json:"waiting_seconds_mean"`
	TimeInStage    *Times       `json:"time_in_stage_seconds"`
	TopReasons     []StageCount `json:"top_reasons" nullable:"true" doc:"three lost stages by count, then name"`
	Stuck          *bool        `json:"stuck"`
	Flow           *Flow        `json:"flow"`
}

// StageCount is a number of journeys at a stage.
type StageCount struct {
	Stage StageRef `json:"stage"`
	Count int64    `json:"count"`
}

// Flow is where the stays of a stage went:
// entries = forward + back + lost + left + still_there.
type Flow struct {
	Entries    int64 `json:"entries"`
	Forward    int64 `json:"forward"`
	Back       int64 `json:"back"`
	Lost       int64 `json:"lost"`
	Left       int64 `json:"left"`
	StillThere int64 `json:"still_there"`
}

// Lost is what happened at a lost stage.
type Lost struct {
	Stage         StageRef     `json:"stage"`
	Count         int64        `json:"count"`
	Share         *float64     `json:"share" doc:"of all lost in the range"`
	TimeToDropOff Times        `json:"time_to_drop_off_seconds"`
	Origins       []StageCount `json:"origins" doc:"by count, then position"`
}

// Group is the report of the journeys with one value.
type Group struct {
	Kind    string   `json:"kind" enum:"value,other,none"`
	Value   *string  `json:"value"`
	Label   string   `json:"label"`
	Values  *int64   `json:"values" doc:"of other: how many values it holds"`
	Summary *Summary `json:"summary,omitempty"`
	Stages  []Stage  `json:"stages,omitzero"`
	Lost    []Lost   `json:"lost,omitzero"`
	Compare *Against `json:"compare" doc:"the same group in the range that the report is compared with; null without one"`
	Differs *Differs `json:"differs"`
}

// Differs compares the conversion of a group with that of all the others.
type Differs struct {
	P     float64 `json:"p" doc:"Fisher's exact test, two-sided"`
	Q     float64 `json:"q" doc:"adjusted after Benjamini and Hochberg over the groups of the table"`
	Claim bool    `json:"claim" doc:"q <= 0.05 and at least 30 journeys on either side"`
}

// Notice is something to know when reading the numbers.
type Notice struct {
	Kind  string `json:"kind"`
	Count *int64 `json:"count" doc:"how many there are of what the notice is about; null where that is no number"`
	Text  string `json:"text"`
}
