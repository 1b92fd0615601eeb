package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// worked is the log of the golden report: two weeks and the two before.
const worked = `
start 2026-11-02T08:00:00Z
now t+12d2h
zone Europe/Paris
stages
  progress new hot payment
  won customer
  beyond fan
  lost budget spam
  aside other
scenario worked
contact ann source=Email campaign=Spring owner=Olga
  new t, hot t+1d, payment t+2d, customer t+4d, fan t+6d
contact bob source=Email campaign=Spring
  new t, hot t+12h, budget t+2d, new t+9d
contact cid source="Paid search" campaign=Autumn owner=Olga created_by=form
  hot t+1d, new t+2d, spam t+5d
contact dee source="Paid search" campaign=Autumn
  new(i) t, hot t+1d, payment(i) t+2d, customer t+3d
contact eve
  budget t+3d
contact fay source=Email campaign=Winter
  new t+8d, other t+9d
contact gus source=Direct
  new t-10d, customer t-4d
contact hal source=Direct
  new t-9d, hot t-8d, budget t-7d
contact ivy source=Direct
  new(i) t-9d, hot(i) t+1d
archive spam
`

func parseLog(t testing.TB, text string) scenario.Scenario {
	t.Helper()
	scenarios, err := scenario.Parse("worked", text)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios[0]
}

type clock lifecycle.Millis

func (c clock) Now() time.Time { return lifecycle.Millis(c).Time() }

func service(s scenario.Scenario) *report.Service {
	return &report.Service{Engine: memory.New(scenario.Log(s.Entries)), Clock: clock(s.Now)}
}

func query(t testing.TB, text string) report.Query {
	t.Helper()
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

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a value as JSON with a file.
func golden(t *testing.T, file string, value any) {
	t.Helper()
	got, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s (-want +got):\n%s", file, cmp.Diff(string(want), string(got)))
	}
}

func TestLifecycleGolden(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	for file, text := range map[string]string{
		"default.json": "",
		"grouped.json": "group_by=campaign&top=1&parts=summary,groups&window=7&compare=none",
		"all.json":     "from=2026-10-01&to=2026-11-30&compare=year&group_by=source&stuck_min=1",
	} {
		result, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, text))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "testdata/"+file, result)
	}
}

func TestTablesGolden(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	for _, name := range report.TableNames {
		text := ""
		if name == report.TableTrend {
			text = "interval=week"
		}
		table, err := s.Table(t.Context(), scenario.Workspace, name, query(t, text))
		if err != nil {
			t.Fatal(err)
		}
		checkCells(t, table)
		golden(t, "testdata/table_"+string(name)+".json", table)
		table, err = s.Table(t.Context(), scenario.Workspace, name, query(t, text+"&group_by=source"))
		if err != nil {
			t.Fatal(err)
		}
		checkCells(t, table)
	}
}

// checkCells checks that every cell is of the type that its column promises.
func checkCells(t *testing.T, table report.Table) {
	t.Helper()
	if len(table.Rows) == 0 {
		t.Errorf("%s has no rows", table.Name)
	}
	for _, row := range table.Rows {
		if len(row) != len(table.Columns) {
			t.Fatalf("%s: %d cells for %d columns", table.Name, len(row), len(table.Columns))
		}
		for i, cell := range row {
			if cell != nil && !ofKind(cell, table.Columns[i].Kind) {
				t.Errorf("%s.%s: %T in a column of kind %s", table.Name, table.Columns[i].Key, cell, table.Columns[i].Kind)
			}
		}
	}
}

func ofKind(cell any, kind report.ColumnKind) (ok bool) {
	switch kind {
	case report.ColumnText:
		_, ok = cell.(string)
	case report.ColumnInteger:
		_, ok = cell.(int64)
	case report.ColumnRate, report.ColumnSeconds:
		_, ok = cell.(float64)
	case report.ColumnTime:
		_, ok = cell.(lifecycle.Millis)
	case report.ColumnDate:
		_, ok = cell.(report.Date)
	case report.ColumnBoolean:
		_, ok = cell.(bool)
	}
	return ok
}

func TestDisabledLifecycleIsAConflict(t *testing.T) {
	t.Parallel()
	log := parseLog(t, worked)
	log.Entries[len(log.Entries)-1].Configuration.LifecycleEnabled = false
	_, err := service(log).Lifecycle(t.Context(), scenario.Workspace, report.Query{})
	if fault.KindOf(err) != fault.Conflict || fault.CodeOf(err) != "lifecycle_disabled" {
		t.Errorf("got %v", err)
	}
}

func TestQueriesAgainstTheStages(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	for text, want := range map[string]string{
		"reached=nowhere":      "reached",
		"flow=nowhere:forward": "flow",
		"cursor=x":             "cursor",
		"lost_stage=stg_99":    "lost_stage",
		"in_stage=stg_x":       "in_stage",
	} {
		_, err := s.Table(t.Context(), scenario.Workspace, report.TableJourneys, query(t, text))
		if got := locations(err); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, "outcome=won")); len(locations(err)) != 1 {
		t.Errorf("a selection on the report: %v", err)
	}
	if _, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, "min_seq=9999")); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("min_seq beyond the log: %v", err)
	}
}

// waiter records what was waited for.
type waiter struct {
	seq int64
	err error
}

func (w *waiter) Wait(_ context.Context, _ journal.WorkspaceID, seq int64) error {
	w.seq = seq
	return w.err
}

func TestMinSeqWaits(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	wait := &waiter{}
	s.Waiter = wait
	if _, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, "min_seq=3")); err != nil || wait.seq != 3 {
		t.Errorf("waited for %d, err %v", wait.seq, err)
	}
	wait.err = errors.New("late")
	if _, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, "min_seq=4")); !errors.Is(err, wait.err) {
		t.Errorf("got %v", err)
	}
}

// people names contacts, and unrecorded counts changes, as the record does.
type people struct{}

func (people) Names(_ context.Context, _ journal.WorkspaceID, contacts []journal.ContactID) ([]report.Name, error) {
	names := make([]report.Name, len(contacts))
	for i, c := range contacts {
		names[i] = report.Name{ID: "c_" + string(rune('0'+c)), Name: "Contact"}
	}
	return names, nil
}

type unrecorded int64

func (n unrecorded) CountUnrecorded(context.Context, journal.WorkspaceID, lifecycle.Millis, lifecycle.Millis) (int64, error) {
	return int64(n), nil
}

func TestNamesAndUnrecordedChanges(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	s.People, s.Log = people{}, unrecorded(12)
	table, err := s.Table(t.Context(), scenario.Workspace, report.TableJourneys, query(t, "outcome=won&limit=1"))
	if err != nil || len(table.Rows) != 1 || table.Rows[0][0] != "c_4" || table.Rows[0][1] != "Contact" || table.Next == "" {
		t.Errorf("got %+v, err %v", table, err)
	}
	result, err := s.Lifecycle(t.Context(), scenario.Workspace, report.Query{})
	if err != nil || len(result.Notices) != 3 || result.Notices[1].Kind != "bulk_not_counted" || result.Notices[1].Count != 12 {
		t.Errorf("got %+v, err %v", result.Notices, err)
	}
}

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
			if entered := row[3].(lifecycle.Millis); entered > last {
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
