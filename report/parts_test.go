package report_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// TestGroupsAddUp checks on random logs that groups and periods are parts of
// the whole, and that behind every number are as many journeys.
func TestGroupsAddUp(t *testing.T) {
	t.Parallel()
	const start = lifecycle.Millis(1_767_600_000_000) // 2026-01-05
	dimensions := []string{"campaign", "source", "owner", "created_by", "journey"}
	rapid.Check(t, func(t *rapid.T) {
		log := scenario.Scenario{Entries: scenario.DrawLog(t, start), Now: start + 30*24*60*60*1000}
		s := service(log)
		base := "from=2026-01-05&to=2026-01-31&compare=none"
		if rapid.Bool().Draw(t, "windowed") {
			base += "&window=3"
		}
		if rapid.Bool().Draw(t, "filtered") {
			base += "&source=&source=Email"
		}
		text := base + "&top=" + rapid.SampledFrom([]string{"1", "2", "10"}).Draw(t, "top") +
			"&group_by=" + rapid.SampledFrom(dimensions).Draw(t, "dimension")
		result, err := s.Lifecycle(t.Context(), scenario.Workspace, draw(t, text))
		if err != nil {
			t.Fatal(err)
		}
		var sum report.Summary
		for _, g := range result.Groups {
			add(&sum, g.Summary)
		}
		sameCounts(t, "groups", *result.Summary, sum)
		sameCounts(t, "periods", *result.Summary, trendSum(t, s, draw(t, base+"&interval=week")))
		for _, stage := range result.Stages {
			explain(t, s, base+"&reached="+stage.Stage.Key, stage.Reached)
			explain(t, s, base+"&not_reached="+stage.Stage.Key, result.Summary.Entered-stage.Reached)
			explain(t, s, base+"&visited="+stage.Stage.Key, stage.Visited)
			if stage.Flow == nil {
				continue
			}
			explain(t, s, base+"&outcome=lost&origin="+stage.Stage.Key, *stage.LostHere)
			explain(t, s, base+"&outcome=left&origin="+stage.Stage.ID, *stage.LeftHere)
			explain(t, s, base+"&in_stage="+stage.Stage.Key, *stage.InStageNow)
			explain(t, s, base+"&flow="+stage.Stage.Key+":still_there", stage.Flow.StillThere)
		}
		for _, lost := range result.Lost {
			explain(t, s, base+"&lost_stage="+lost.Stage.Key, lost.Count)
		}
		for _, g := range result.Groups {
			group := g.Kind
			if g.Value != nil {
				group = "value:" + *g.Value
			}
			explain(t, s, text+"&group="+url.QueryEscape(group), g.Summary.Entered)
			if value, ok := strings.CutPrefix(group, "value:"); ok {
				explain(t, s, text+"&group="+url.QueryEscape(value), g.Summary.Entered)
			}
		}
	})
}

func draw(t *rapid.T, text string) report.Query {
	values, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	q, err := report.ParseQuery(values)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func add(sum *report.Summary, s *report.Summary) {
	sum.Entered += s.Entered
	sum.Won += s.Won
	sum.Lost += s.Lost
	sum.Left += s.Left
	sum.Open += s.Open
	sum.TimeToConversion.Journeys += s.TimeToConversion.Journeys
	sum.TimeToDropOff.Journeys += s.TimeToDropOff.Journeys
}

func sameCounts(t *rapid.T, parts string, whole, sum report.Summary) {
	var want report.Summary
	add(&want, &whole)
	if parts == "periods" { // which do not show how many have a time
		want.TimeToConversion.Journeys, want.TimeToDropOff.Journeys = 0, 0
	}
	if d := cmp.Diff(want, sum); d != "" {
		t.Fatalf("%s do not add up:\n%s", parts, d)
	}
}

func trendSum(t *rapid.T, s *report.Service, q report.Query) (sum report.Summary) {
	table, err := s.Table(t.Context(), scenario.Workspace, report.TableTrend, q)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table.Rows {
		sum.Entered += row[2].(int64)
		sum.Won += row[3].(int64)
		sum.Lost += row[4].(int64)
		sum.Left += row[5].(int64)
		sum.Open += row[6].(int64)
	}
	return sum
}

// explain pages through the journeys behind a number and counts them.
func explain(t *rapid.T, s *report.Service, text string, want int64) {
	q := draw(t, text+"&limit=2")
	got, last := int64(0), lifecycle.Millis(1<<62)
	for {
		table, err := s.Table(t.Context(), scenario.Workspace, report.TableJourneys, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range table.Rows {
			if entered := row[4].(lifecycle.Millis); entered > last {
				t.Fatalf("%s: pages are not in order", text)
			} else {
				last = entered
			}
			got++
		}
		if q.Cursor = table.Next; q.Cursor == "" {
			break
		}
	}
	if got != want {
		t.Fatalf("%d journeys behind the number %d: %s", got, want, text)
	}
}
