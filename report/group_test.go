package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// dressed is a workspace with one journey for each dress of a contact.
func dressed(t *testing.T, dresses ...string) *report.Service {
	t.Helper()
	text := "stages\n  progress New\n  won Won\nscenario dressed\n"
	for i, dress := range dresses {
		text += fmt.Sprintf("contact c%d %s\n  New t\n", i, dress)
	}
	s := parseLog(t, text)
	s.Now = s.Start + 1000
	return service(s)
}

// labels lists the groups with their sizes: "value Email 2".
func labels(t *testing.T, s *report.Service, text string) []string {
	t.Helper()
	result, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, text))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, g := range result.Groups {
		out = append(out, fmt.Sprint(g.Kind, " ", g.Label, " ", g.Summary.Entered))
	}
	return out
}

func TestGroupsAreLargestFirstThenByLabel(t *testing.T) {
	t.Parallel()
	s := dressed(t, "campaign=C", "campaign=B", "campaign=A", "campaign=D", "campaign=D", "", "campaign=Other", "campaign=Other")
	for text, want := range map[string][]string{
		"group_by=campaign&top=3":          {"value D 2", "value Other 2", "value A 1", "other Other 2", "none No campaign 1"},
		"group_by=campaign":                {"value D 2", "value Other 2", "value A 1", "value B 1", "value C 1", "none No campaign 1"},
		"group_by=campaign&campaign=B":     {"value B 1"},
		"group_by=campaign&campaign=":      {"none No campaign 1"},
		"group_by=owner":                   {"none No value 8"},
		"group_by=ad&campaign=D":           {"none No ad 2"},
		"group_by=ad_group&campaign=D":     {"none No ad group 2"},
		"group_by=source&campaign=D":       {"none No source 2"},
		"group_by=journey&campaign=D":      {"value first 2"},
		"group_by=campaign&journey=return": nil,
	} {
		if got := labels(t, s, text); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestPropertiesAreGroupedByTheirLabel(t *testing.T) {
	t.Parallel()
	s := dressed(t, "property.plan=pro", "property.plan=free owner=Ann", "property.plan=pro", "")
	want := []string{"value pro 2", "value free 1", "none No value 1"}
	if got := labels(t, s, "group_by=property.plan"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := labels(t, s, "group_by=owner&property.plan=free&property.plan="); !slices.Equal(got, []string{"value Ann 1", "none No value 1"}) {
		t.Errorf("filtered: %q", got)
	}
}

// entered counts what a query keeps.
func entered(t *testing.T, s *report.Service, text string) (now, before int64) {
	t.Helper()
	result, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, text))
	if err != nil {
		t.Fatal(err)
	}
	if result.Compare == nil {
		return result.Summary.Entered, -1
	}
	return result.Summary.Entered, result.Compare.Summary.Entered
}

func TestRangesAgesAndComparisons(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("now t+10d\nstages\n  progress New\n  won Won\nscenario ages\n")
	for i := range 10 {
		fmt.Fprintf(&b, "contact c%d\n  New t+%dd\n", i, i)
	}
	log := parseLog(t, b.String()) // t is 2026-01-05 09:00
	s := service(log)
	for text, want := range map[string][2]int64{
		"from=2026-01-05&to=2026-01-14":                            {10, 0},
		"from=2026-01-10&to=2026-01-14":                            {5, 5},
		"from=2026-01-10&to=2026-01-14&compare=none":               {5, -1},
		"from=2026-01-10&to=2026-01-14&compare=year":               {5, 0},
		"from=2026-01-10&to=2026-01-14&min_age=3":                  {3, 5},
		"from=2026-01-10&to=2026-01-14&min_age=8":                  {0, 3},
		"compare_from=2026-01-06&compare_to=2026-01-07":            {10, 2},
		"preset=yesterday":                                         {1, 1},
		"preset=this_week":                                         {3, 4},
		"from=2026-01-05&to=2026-01-05&compare=year&parts=summary": {1, 0},
	} {
		now, before := entered(t, s, text)
		if now != want[0] || before != want[1] {
			t.Errorf("%s: %d, before %d; want %v", text, now, before, want)
		}
	}
	result, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, "from=2026-01-05&to=2026-01-14&window=4"))
	if err != nil || len(result.Notices) != 1 || result.Notices[0].Kind != "younger_than_window" || result.Notices[0].Count != 3 {
		t.Errorf("notices %+v, err %v", result.Notices, err)
	}
	if result.AsOf != log.Start+10*24*60*60*1000 || result.AsOf%1000 != lifecycle.Millis(0) {
		t.Errorf("as of %d", result.AsOf)
	}
}
