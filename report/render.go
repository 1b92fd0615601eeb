package report

import (
	"math"
	"strconv"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// renderer writes the numbers of package funnel as answers have them.
type renderer struct {
	order *funnel.Order
	asked *asked
}

// showStageID writes a stage's id as all answers have it.
func showStageID(id lifecycle.StageID) string { return "stg_" + strconv.Itoa(int(id)) }

// stageRef names a stage.
func (r renderer) stageRef(s lifecycle.Stage) StageRef {
	ref := StageRef{
		ID: showStageID(s.ID), Key: s.Key, Name: s.Name, Emoji: journal.OrNil(s.Emoji), Kind: s.Kind,
		Archived: s.ArchivedAt != 0,
	}
	if s.Kind.Main() {
		position := r.order.Position(s.ID)
		ref.Position = &position
	}
	return ref
}

func (r renderer) summary(of set) Summary {
	s := of.Summary
	return Summary{
		Entered: s.Entered, Contacts: of.contacts, Won: s.Won, Lost: s.Lost, Left: s.Left, Open: s.Open,
		ConversionRate: s.ConversionRate(), ConversionBand: s.ConversionBand(), TimeToConversion: r.times(s.ToConversion),
		DropOffRate: s.DropOffRate(), DropOffBand: s.DropOffBand(), TimeToDropOff: r.times(s.ToDropOff),
		HandOff: r.timesIf(of.handOff), Handling: r.timesIf(of.handling), StrangerToCustomer: r.timesIf(of.stranger),
	}
}

func (r renderer) timesIf(t *funnel.Times) *Times {
	if t == nil {
		return nil
	}
	out := r.times(*t)
	return &out
}

func (r renderer) times(t funnel.Times) Times {
	return Times{Mean: seconds(t.Mean()), Median: seconds(t.Median), P90: seconds(t.P90), Journeys: t.N}
}

// seconds of milliseconds, to the microsecond: what is beyond is rounding of
// the interpolation.
func seconds(millis *float64) *float64 {
	if millis == nil {
		return nil
	}
	s := math.Round(*millis*1000) / 1e6
	return &s
}

func (r renderer) stages(stages []funnel.Stage) []Stage {
	out := make([]Stage, len(stages))
	for i, s := range stages {
		out[i] = Stage{
			Stage: r.stageRef(s.Stage), Reached: s.Reached, Visited: s.Visited,
			ShareOfEntered: s.ShareOfEntered(), ConversionRate: s.ConversionRate(), WonLaterRate: s.WonLaterRate(),
		}
		if s.Stage.Kind == lifecycle.Progress {
			r.progress(&out[i], s)
		}
	}
	return out
}

// progress fills in what only progress stages have.
func (r renderer) progress(out *Stage, s funnel.Stage) {
	times, stuck := r.times(s.Time), s.Stuck(*r.asked.StuckBelow, r.asked.StuckMin)
	out.LostHere, out.LeftHere, out.InStageNow = &s.LostHere, &s.LeftHere, &s.InStageNow
	out.DropOffRate, out.WaitingMean = s.DropOffRate(), seconds(s.Waiting.Mean())
	out.TimeInStage, out.Stuck = &times, &stuck
	out.TopReasons = r.counts(s.TopReasons())
	if r.asked.wants(PartFlow) {
		out.Flow = &Flow{
			Entries: s.Flow.Entries(), Forward: s.Flow.Forward, Back: s.Flow.Back,
			Lost: s.Flow.Lost, Left: s.Flow.Left, StillThere: s.Flow.StillThere,
		}
	}
}

func (r renderer) counts(counts []funnel.StageCount) []StageCount {
	out := make([]StageCount, len(counts))
	for i, c := range counts {
		out[i] = StageCount{Stage: r.stageRef(c.Stage), Count: c.Count}
	}
	return out
}

func (r renderer) lost(b funnel.Breakdown) []Lost {
	out := make([]Lost, len(b.Lost))
	for i, l := range b.Lost {
		out[i] = Lost{
			Stage: r.stageRef(l.Stage), Count: l.Count, Share: funnel.Ratio(l.Count, b.Summary.Lost),
			TimeToDropOff: r.times(l.Time), Origins: r.counts(l.Origins),
		}
	}
	return out
}

func (r renderer) against(now funnel.Summary, before set) Against {
	return Against{r.summary(before), Difference(funnel.Compare(now, before.Summary))}
}
