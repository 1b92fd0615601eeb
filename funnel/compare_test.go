package funnel_test

import (
	"math"
	"testing"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
)

func TestRatesAreNullWithoutJourneys(t *testing.T) {
	t.Parallel()
	var s funnel.Summary
	if s.ConversionRate() != nil || s.DropOffRate() != nil || s.ConversionBand() != nil || s.ToConversion.Mean() != nil {
		t.Errorf("a rate of nothing has a value: %+v", s)
	}
}

func TestSummaryRates(t *testing.T) {
	t.Parallel()
	s := funnel.Summary{Entered: 100, Won: 40, Lost: 30, ToConversion: funnel.Times{N: 3, Sum: 12}}
	near(t, "conversion", s.ConversionRate(), 0.4)
	near(t, "drop-off", s.DropOffRate(), 0.3)
	near(t, "mean", s.ToConversion.Mean(), 4)
	near(t, "lower", &s.ConversionBand()[0], 0.309)
	near(t, "upper", &s.ConversionBand()[1], 0.498)
	near(t, "drop-off lower", &s.DropOffBand()[0], 0.219)
	near(t, "drop-off upper", &s.DropOffBand()[1], 0.396)
}

func near(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 0.0005 {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	now := funnel.Summary{Entered: 100, Won: 40, Lost: 30, ToConversion: funnel.Times{N: 1, Sum: 8}}
	before := funnel.Summary{Entered: 80, Won: 0, Lost: 24, ToConversion: funnel.Times{N: 2, Sum: 20}}
	d := funnel.Compare(now, before)
	near(t, "entered", d.Entered, 0.25)
	near(t, "lost", d.Lost, 0.25)
	near(t, "drop-off", d.DropOffRate, 0)
	near(t, "conversion points", d.ConversionRatePoints, 0.4)
	near(t, "time", d.TimeToConversion, -0.2)
	if d.Won != nil || d.ConversionRate != nil || d.TimeToDropOff != nil {
		t.Errorf("a difference from nothing has a value: %+v", d)
	}
}

func TestCompareGroups(t *testing.T) {
	t.Parallel()
	groups := []funnel.Summary{{Entered: 200, Won: 100}, {Entered: 200, Won: 40}, {Entered: 20, Won: 20}}
	got := funnel.CompareGroups(groups)
	for i, claim := range []bool{true, true, false} {
		if got[i].Claim != claim || got[i].P > 0.05 || got[i].Q < got[i].P {
			t.Errorf("group %d: %+v, want claim %t", i, got[i], claim)
		}
	}
	if funnel.CompareGroups(groups[:1]) != nil {
		t.Error("one group was compared with nothing")
	}
	for _, d := range funnel.CompareGroups([]funnel.Summary{{Entered: 90, Won: 30}, {Entered: 60, Won: 20}}) {
		if d.Claim || d.P != 1 {
			t.Errorf("equal rates differ: %+v", d)
		}
	}
}

func TestStuck(t *testing.T) {
	t.Parallel()
	next := func(n int64) *int64 { return &n }
	for _, c := range []struct {
		name  string
		stage funnel.Stage
		want  bool
	}{
		{"both low", funnel.Stage{Reached: 100, Next: next(29), LostHere: 29}, true},
		{"conversion at the threshold", funnel.Stage{Reached: 100, Next: next(30), LostHere: 29}, false},
		{"drop-off at the threshold", funnel.Stage{Reached: 100, Next: next(29), LostHere: 30}, false},
		{"too few", funnel.Stage{Reached: 29, Next: next(0)}, false},
		{"last", funnel.Stage{Reached: 100}, false},
	} {
		if got := c.stage.Stuck(0.3, 30); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

func TestCellsAreReadBack(t *testing.T) {
	t.Parallel()
	cell := funnel.JourneyCell{
		Outcome: lifecycle.OutcomeLost, Furthest: 3, Origin: 2, LostStage: 9, First: true, Timed: true,
		Visited: funnel.StageSetOf([]lifecycle.StageID{12, 3, 12, 1}),
	}
	text, _ := cell.MarshalText()
	var again funnel.JourneyCell
	if err := again.UnmarshalText(text); err != nil || again != cell || again.Visited != "1 3 12" {
		t.Errorf("%q became %+v, %v", text, again, err)
	}
	stay := funnel.StayCell{Stage: 3, Exit: lifecycle.ExitBack, Recorded: true, Timed: true, FirstTimed: true, Visit: lifecycle.VisitEnd, Before: 1, Begun: 3, After: 4}
	text, _ = stay.MarshalText()
	var stayAgain funnel.StayCell
	if err := stayAgain.UnmarshalText(text); err != nil || stayAgain != stay {
		t.Errorf("%q became %+v, %v", text, stayAgain, err)
	}
	for _, bad := range []string{"", "1,2", "1,2,3,4,5,6,7", "x,2,3,4,5,6,7,"} {
		if again.UnmarshalText([]byte(bad)) == nil || stayAgain.UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q was read as a cell", bad)
		}
	}
}
