package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
	if err != nil || len(result.Notices) != 1 || result.Notices[0].Kind != "younger_than_window" || *result.Notices[0].Count != 3 {
		t.Errorf("notices %+v, err %v", result.Notices, err)
	}
	if result.AsOf != log.Start+10*24*60*60*1000 || result.AsOf%1000 != lifecycle.Millis(0) {
		t.Errorf("as of %d", result.AsOf)
	}
}

// TestGroupsAreCompared holds each group to the report of its value alone.
func TestGroupsAreCompared(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, `now t+20d
stages
  progress New
  won Won
scenario before and after
contact a campaign=A
  New t
contact b campaign=A
  New t+1d
  Won t+2d
contact c campaign=B
  New t+1d
contact d campaign=A
  New t+10d
  Won t+11d
contact e campaign=C
  New t+11d
contact f
  New t+12d
contact g campaign=A
  New t+12d
`))
	ask := func(text string) report.Result {
		result, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, text))
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	const range10 = "from=2026-01-15&to=2026-01-24" // t is 2026-01-05
	grouped := ask(range10 + "&group_by=campaign&top=1")
	if len(grouped.Groups) != 3 {
		t.Fatalf("%d groups", len(grouped.Groups))
	}
	for i, alone := range []string{"&campaign=A", "&campaign=B&campaign=C", "&campaign="} {
		want, got := ask(range10+alone).Compare, grouped.Groups[i].Compare
		if diff := cmp.Diff(want.Against, *got); diff != "" {
			t.Errorf("%s (-alone +group):\n%s", alone, diff)
		}
	}
	if a := grouped.Groups[0].Compare; a.Summary.Entered != 2 || *a.Difference.ConversionRatePoints != 0 {
		t.Errorf("A before: %+v", a)
	}
	if b := grouped.Groups[1].Compare; b.Summary.Entered != 1 || *b.Difference.Entered != 0 {
		t.Errorf("B and C before: %+v", b)
	}
	if none := ask(range10 + "&group_by=campaign&compare=none").Groups[0].Compare; none != nil {
		t.Errorf("compared with nothing: %+v", none)
	}
}
