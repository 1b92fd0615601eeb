package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

const (
	hours = 60 * 60.0 // in seconds
	days  = 24 * hours
)

// withRole gives a stage of a log's configuration a role.
func withRole(s scenario.Scenario, key string, role lifecycle.Role) scenario.Scenario {
	for _, e := range s.Entries {
		if e.Configuration == nil {
			continue
		}
		for i := range e.Configuration.Lifecycle.Stages {
			if stage := &e.Configuration.Lifecycle.Stages[i]; stage.Key == key {
				stage.Role = role
			}
		}
	}
	return s
}

func times(mean, median, p90 float64, journeys int64) *report.Times {
	return &report.Times{Mean: &mean, Median: &median, P90: &p90, Journeys: journeys}
}

// Until hot: ann 1 d, bob 12 h, cid and dee entered there. In hot: ann and cid
// 1 d, bob 36 h, dee no time, as the end was imported.
func TestHandOff(t *testing.T) {
	t.Parallel()
	wanted := [2]*report.Times{times(9*hours, 6*hours, 20.4*hours, 4), times(28*hours, 24*hours, 33.6*hours, 3)}
	for _, role := range []lifecycle.Role{lifecycle.RoleHandOff, lifecycle.RoleSQL} {
		s := service(withRole(parseLog(t, worked), "hot", role))
		for _, text := range []string{"", "parts=summary,quantiles,hand_off"} {
			result, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, text))
			if err != nil {
				t.Fatal(err)
			}
			got := [2]*report.Times{result.Summary.HandOff, result.Summary.Handling}
			if diff := cmp.Diff(wanted, got); diff != "" || result.HandOff == nil || result.HandOff.Key != "hot" {
				t.Errorf("role %s, %q, at %+v (-want +got):\n%s", role, text, result.HandOff, diff)
			}
		}
	}
}

func TestHandOffWithoutAStage(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]scenario.Scenario{
		"no role":              parseLog(t, worked),
		"not a progress stage": withRole(parseLog(t, worked), "customer", lifecycle.RoleHandOff),
		"an erased stage":      withRole(parseLog(t, worked+"erase hot at t+9d\n"), "hot", lifecycle.RoleHandOff),
	} {
		result, err := service(s).Lifecycle(t.Context(), scenario.Workspace, report.Query{})
		if err != nil {
			t.Fatal(err)
		}
		if result.HandOff != nil || result.Summary.HandOff != nil || result.Summary.Handling != nil {
			t.Errorf("%s: at %+v: %+v, %+v", name, result.HandOff, result.Summary.HandOff, result.Summary.Handling)
		}
	}
}

// The groups have their own times, and a report that does not ask has none.
func TestHandOffOfGroups(t *testing.T) {
	t.Parallel()
	s := service(withRole(parseLog(t, worked), "hot", lifecycle.RoleHandOff))
	result, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, "group_by=campaign&parts=summary,groups,quantiles,hand_off&compare=none"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for _, g := range result.Groups {
		got[g.Label] = g.Summary.HandOff.Journeys
	}
	if diff := cmp.Diff(map[string]int64{"Spring": 2, "Autumn": 2, "Winter": 0, "No campaign": 0}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	result, err = s.Lifecycle(t.Context(), scenario.Workspace, query(t, "parts=summary"))
	if err != nil || result.Summary.HandOff != nil || result.HandOff != nil || result.Summary.StrangerToCustomer != nil {
		t.Errorf("not asked for: %+v, %v", result.Summary, err)
	}
}

// crowd is a log in which so many journeys spent 1, 2, 3 and so on hours in hot,
// and four are there: on day 60 a for 28 hours, b for 27, c for 27.1 without a known begin, d for 27.1
// with an entry before the range. Type 7 puts the p90 of 1 to 30 at 27.1.
func crowd(stays int, now string) string {
	var b strings.Builder
	b.WriteString("start 2026-11-02T08:00:00Z\nnow " + now + "\nzone UTC\nstages\n  progress new hot\n  won customer\n  lost budget\nscenario crowd\n")
	for i := 1; i <= stays; i++ {
		fmt.Fprintf(&b, "contact c%d\n  hot t, customer t+%dh\n", i, i)
	}
	b.WriteString("contact a\n  new t+58d, hot t+58d20h\ncontact b source=Email\n  hot t+58d21h\n")
	b.WriteString("contact c\n  new t+58d, hot(i) t+58d20h\ncontact d\n  new t+2d, hot t+58d19h\n")
	return b.String()
}

func TestStuck(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, crowd(30, "t+60d")))
	list := func(text string) (waits []float64, table report.Table) {
		table, err := s.Table(t.Context(), scenario.Workspace, report.TableStuck, query(t, text))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			waits = append(waits, row[8].(float64)/hours)
			if row[5] != "hot" || row[9] != 27.1*hours {
				t.Errorf("row %v", row)
			}
		}
		return waits, table
	}
	for text, want := range map[string][]float64{
		"":                               {28},
		"preset=last_90_days":            {29, 28},
		"preset=last_90_days&min_age=10": {29},
		"preset=last_90_days&window=5":   {29, 28},
		"source=Email":                   nil,
	} {
		if got, _ := list(text); !cmp.Equal(want, got) {
			t.Errorf("%q: waiting %v hours, want %v", text, got, want)
		}
	}
	_, first := list("preset=last_90_days&limit=1")
	checkCells(t, first)
	if got, last := list("preset=last_90_days&limit=1&cursor=" + first.Next); !cmp.Equal([]float64{28}, got) || last.Next != "" {
		t.Errorf("second page: %v, then %q", got, last.Next)
	}
	if len(first.Notices) != 1 || first.Notices[0].Kind != "few_stays" || !strings.Contains(first.Notices[0].Text, "new") {
		t.Errorf("notices %+v", first.Notices)
	}
}

// With 29 stays nothing is usual, and stays that ended 90 days ago do not count.
func TestStuckNeedsEnoughStays(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"29 stays": crowd(29, "t+60d"), "too old": crowd(30, "t+90d1h")} {
		table, err := service(parseLog(t, text)).Table(t.Context(), scenario.Workspace, report.TableStuck, query(t, "preset=last_90_days"))
		if err != nil || len(table.Rows) != 0 || len(table.Notices) != 1 {
			t.Errorf("%s: %d rows, notices %+v, %v", name, len(table.Rows), table.Notices, err)
		}
	}
}
