package funnel

import "github.com/tidemark/tidemark/lifecycle"

// Counts is what an engine returns for one report: nothing but counts and
// sums, by cell.
type Counts struct {
	Journeys []JourneyCount
	Stays    []StayCount
	Contacts []ContactCount // only when asked for
}

// JourneyCount counts the journeys of one cell in one group.
type JourneyCount struct {
	Group    int   // index of the group; 0 without grouping
	Day      int32 // local day of entry, days since 1970-01-01; 0 unless asked by day
	Cell     JourneyCell
	Open     bool  // with a window: had not ended by it, whatever the cell says
	N        int64 // journeys
	Duration int64 // sum of ended - entered, ms, over those ended (by the window) and timed; else 0
}

// StayCount counts the stays of one cell in one group. With a window, begun
// and ended mean: at most that long after the entry.
type StayCount struct {
	Group    int
	Day      int32 // as in JourneyCount
	Cell     StayCell
	Begun    int64 // stays that began
	Ended    int64 // stays that ended; Begun - Ended are still there
	Duration int64 // sum of durations, ms, over timed stays that ended
	Wait     int64 // sum of the waits so far, ms, each at least 0, over recorded stays still there
}

// ContactCount counts the distinct contacts of one group.
type ContactCount struct {
	Group int
	N     int64
}

// Quantiles are exact order statistics of one series, interpolated (type 7).
type Quantiles struct {
	Group  int
	Series Series
	N      int64     // values
	Values []float64 // ms, one for each probability asked for
}

// Series names a set of durations.
type Series struct {
	Outcome lifecycle.Outcome // of journeys: won or lost; 0 for times in stage
	Stage   lifecycle.StageID // of lost journeys: the lost stage, NoStage = all; else the progress stage
}
