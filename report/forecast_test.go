package report_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/report"
)

// Of 40 journeys 20 are won after a day and 10 lost after two; 10 are open for
// 12 hours. Half of those at risk after a day are won then: of 30, 20. So each
// open one is won with 2/3, on the whole 20/3.
func TestForecast(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, forecastLog()))
	got, err := s.Forecast(t.Context(), scenario.Workspace, query(t, "group_by=source&window=3"))
	if err != nil {
		t.Fatal(err)
	}
	o := got.Outlook
	if o.Entered != 40 || o.Won != 20 || o.Open != 10 || math.Abs(*o.ExpectedWins-20.0/3) > 1e-9 ||
		math.Abs(*o.ConversionRate-2.0/3) > 1e-9 || *o.Horizon != 2*days || o.Band[0] < 1 || o.Band[1] > 10 {
		t.Errorf("outlook %+v, %v", o, *o.ExpectedWins)
	}
	if len(got.Groups) != 1 || got.Groups[0].Outlook.Open != 10 || len(got.Notices) != 1 || got.Notices[0].Kind != "window_ignored" {
		t.Errorf("groups %+v, notices %+v", got.Groups, got.Notices)
	}
}

func forecastLog() string {
	var b strings.Builder
	b.WriteString("start 2026-11-02T08:00:00Z\nnow t+5d12h\nzone UTC\nstages\n  progress new\n  won customer\n  lost budget\nscenario forecast\n")
	for i := range 40 {
		ways := []string{"new t, customer t+1d", "new t+5d", "new t+1d, customer t+2d", "new t, budget t+2d"}
		fmt.Fprintf(&b, "contact c%d\n  %s\n", i, ways[i%4])
	}
	return b.String()
}

func TestFewJourneysAreNotForecast(t *testing.T) {
	t.Parallel()
	got, err := service(parseLog(t, worked)).Forecast(t.Context(), scenario.Workspace, report.Query{})
	if err != nil || got.Outlook.Open == 0 || got.Outlook.ExpectedWins != nil || got.Outlook.Band != nil || len(got.Notices) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}
