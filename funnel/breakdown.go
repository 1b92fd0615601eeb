package funnel

import (
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/stats"
)

// Breakdown is what a report says of one set of journeys.
type Breakdown struct {
	Summary Summary
	Stages  []Stage // the main stages, by position
	Lost    []Lost  // the lost stages, by count, then name
}

// Summary counts a set of journeys: Entered = Won + Lost + Left + Open.
type Summary struct {
	Entered, Won, Lost, Left, Open int64

	ToConversion Times // of won journeys with a duration
	ToDropOff    Times // of lost journeys with a duration
}

// ConversionRate is won / entered.
func (s Summary) ConversionRate() *float64 { return Ratio(s.Won, s.Entered) }

// DropOffRate is lost / entered.
func (s Summary) DropOffRate() *float64 { return Ratio(s.Lost, s.Entered) }

// ConversionBand is the interval of the conversion rate.
func (s Summary) ConversionBand() *[2]float64 { return band(s.Won, s.Entered) }

// DropOffBand is the interval of the drop-off rate.
func (s Summary) DropOffBand() *[2]float64 { return band(s.Lost, s.Entered) }

// Times describes durations, in milliseconds.
type Times struct {
	N, Sum      int64
	Median, P90 *float64 // nil without values, or when not asked for
}

// Mean is nil without values.
func (t Times) Mean() *float64 { return Ratio(t.Sum, t.N) }

// Stage is what happened at a main stage.
type Stage struct {
	Stage    lifecycle.Stage
	Position int

	Reached  int64
	Next     *int64 // reached the next stage; nil of the last
	Visited  int64
	WonLater int64 // won among reached
	Entered  int64 // journeys of the whole set

	// Of progress stages:
	LostHere, LeftHere int64
	InStageNow         int64
	Waiting            Times // of the stays still there whose start was recorded: mean only
	Time               Times // in the stage, summed per journey
	Reasons            []StageCount
	Flow               Flow
}

// ConversionRate is reached next / reached, nil of the last stage.
func (s Stage) ConversionRate() *float64 {
	if s.Next == nil {
		return nil
	}
	return Ratio(*s.Next, s.Reached)
}

// ShareOfEntered is reached / entered.
func (s Stage) ShareOfEntered() *float64 { return Ratio(s.Reached, s.Entered) }

// WonLaterRate is won among reached / reached.
func (s Stage) WonLaterRate() *float64 { return Ratio(s.WonLater, s.Reached) }

// DropOffRate is lost here / reached.
func (s Stage) DropOffRate() *float64 { return Ratio(s.LostHere, s.Reached) }

// TopReasons are the three largest lost stages by count, then name.
func (s Stage) TopReasons() []StageCount { return s.Reasons[:min(3, len(s.Reasons))] }

// Stuck reports that few go on and few drop off: both rates below a threshold
// on at least so many reached.
func (s Stage) Stuck(below float64, least int64) bool {
	on, off := s.ConversionRate(), s.DropOffRate()
	return on != nil && off != nil && *on < below && *off < below && s.Reached >= least
}

// StageCount is a number of journeys at a stage.
type StageCount struct {
	Stage lifecycle.Stage
	Count int64
}

// Flow is where the stays of a progress stage went.
type Flow struct {
	Forward, Back, Lost, Left, StillThere int64
}

// Entries is the sum of all five.
func (f Flow) Entries() int64 { return f.Forward + f.Back + f.Lost + f.Left + f.StillThere }

// Lost is what happened at a lost stage.
type Lost struct {
	Stage   lifecycle.Stage
	Count   int64
	Time    Times
	Origins []StageCount // by count, then position; without zeros
}

// Ratio is part / whole, nil where whole is 0.
func Ratio(part, whole int64) *float64 {
	if whole == 0 {
		return nil
	}
	r := float64(part) / float64(whole)
	return &r
}

func band(part, whole int64) *[2]float64 {
	interval, ok := stats.Wilson(part, whole)
	if !ok {
		return nil
	}
	return &[2]float64{interval.Lower, interval.Upper}
}
