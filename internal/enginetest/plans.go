package enginetest

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// planOf draws a plan for a view, whose configuration has the time zone.
func planOf(t *rapid.T, w journal.WorkspaceID, c *journal.Configuration) (report.Plan, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return report.Plan{}, fmt.Errorf("enginetest: load time zone: %w", err)
	}
	p := report.Plan{Workspace: w, AsOf: epoch + worldDays*dayLength}
	first := rapid.IntRange(-2, worldDays).Draw(t, "from")
	last := first + rapid.IntRange(1, worldDays+3).Draw(t, "days")
	if rapid.Bool().Draw(t, "everything") {
		first, last = -1, worldDays+2
	}
	p.From, p.FromDay = startOf(first, zone)
	p.To, p.ToDay = startOf(last, zone)
	if rapid.IntRange(0, 3).Draw(t, "early") == 0 {
		p.AsOf -= lifecycle.Millis(rapid.IntRange(1, worldDays).Draw(t, "as of")) * dayLength
	}
	// Half of the plans are such that sums made beforehand can answer them.
	plain := rapid.Bool().Draw(t, "plain")
	if !plain && rapid.IntRange(0, 2).Draw(t, "mature") == 0 {
		p.MaxEntered = p.AsOf - lifecycle.Millis(rapid.IntRange(0, 20).Draw(t, "min age"))*dayLength
	}
	if !plain && rapid.Bool().Draw(t, "windowed") {
		p.Window = lifecycle.Millis(rapid.IntRange(1, 20).Draw(t, "window")) * dayLength
	}
	p.Model = rapid.SampledFrom([]report.Model{report.ModelEntry, report.ModelFirst, report.ModelLast}).Draw(t, "model")
	for range rapid.IntRange(0, 2).Draw(t, "filters") {
		if f := filterOf(t); !plain || f.Dimension == "source" || f.Dimension == "campaign" {
			p.Filters = append(p.Filters, f)
		}
	}
	if !plain && rapid.Bool().Draw(t, "filtered") {
		p.Segment = segmentOf(t, c)
	}
	if rapid.Bool().Draw(t, "grouped") {
		d := dimensionOf(t)
		p.Group = &report.Grouping{Dimension: d, Top: someOf(t, d)}
	}
	p.ByDay = rapid.IntRange(0, 3).Draw(t, "by day") == 0
	p.Want = report.Want{Stays: true, Contacts: true}
	return p, nil
}

// startOf is the first instant of the n-th local day of the world.
func startOf(n int, zone *time.Location) (lifecycle.Millis, int32) {
	y, m, d := epoch.Time().Date()
	utc := time.Date(y, m, d+n, 0, 0, 0, 0, time.UTC)
	return lifecycle.MillisOf(time.Date(y, m, d+n, 0, 0, 0, 0, zone)), int32(utc.Unix() / (24 * 60 * 60))
}

// dimensions and their values; "Nobody" is in no log.
var dimensions = map[report.Dimension][]string{
	"source":                        {"Email", "Paid search", "Nobody"},
	"campaign":                      {"Spring", "Autumn", "Winter", "Nobody"},
	"keyword":                       {"Nobody"},
	report.DimensionOwner:           {"Ann", "Bob", "Nobody"},
	report.DimensionCreatedBy:       {"api", "manual", "import", "call"},
	report.DimensionJourney:         {"first", "return"},
	journal.PropertyPrefix + "plan": {"free", "pro", "42", "Nobody"},
	journal.PropertyPrefix + "none": {"Nobody"},
}

func dimensionOf(t *rapid.T) report.Dimension {
	return rapid.SampledFrom([]report.Dimension{
		"source", "campaign", "keyword", report.DimensionOwner, report.DimensionCreatedBy,
		report.DimensionJourney, journal.PropertyPrefix + "plan", journal.PropertyPrefix + "none",
	}).Draw(t, "dimension")
}

func someOf(t *rapid.T, d report.Dimension) []string {
	values := rapid.Permutation(dimensions[d]).Draw(t, "values")
	return values[:rapid.IntRange(0, len(values)).Draw(t, "how many")]
}

func filterOf(t *rapid.T) report.Filter {
	d := dimensionOf(t)
	f := report.Filter{Dimension: d, Values: someOf(t, d)}
	f.None = len(f.Values) == 0 || rapid.Bool().Draw(t, "or none")
	return f
}

// selectionOf draws what a page narrows to.
func selectionOf(t *rapid.T, p *report.Plan, c *journal.Configuration) report.Selection {
	var s report.Selection
	stage := lifecycle.StageID(rapid.IntRange(1, int(c.NextStage)-1).Draw(t, "stage"))
	switch rapid.IntRange(0, 8).Draw(t, "selection") {
	case 0:
		outcomes := []lifecycle.Outcome{lifecycle.Open, lifecycle.OutcomeWon, lifecycle.OutcomeLost, lifecycle.OutcomeLeft}
		s.Outcomes = rapid.Permutation(outcomes).Draw(t, "outcomes")[:2]
	case 1:
		s.Reached = stage
	case 2:
		s.Reached, s.NotReached = c.Lifecycle.Stages[0].ID, stage
	case 3:
		s.Visited = stage
	case 4:
		s.Origin = stage
	case 5:
		s.LostStage = stage
	case 6:
		s.InStage = stage
	case 7:
		s.Flow = &report.FlowSelection{Stage: stage, Exit: lifecycle.Exit(rapid.IntRange(1, 5).Draw(t, "exit"))}
	}
	if p.Group != nil && rapid.Bool().Draw(t, "one group") {
		group := rapid.IntRange(0, p.Group.None()).Draw(t, "group")
		s.Group = &group
	}
	return s
}
