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
		if name == report.TableStuck {
			continue // nobody is, among so few: see TestStuck
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
	case report.ColumnNumber, report.ColumnRate, report.ColumnSeconds:
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
	long := query(t, "from=1990-01-01&to=2020-01-01")
	if _, err := s.Table(t.Context(), scenario.Workspace, report.TableTrend, long); len(locations(err)) != 1 {
		t.Errorf("thirty years by day: %v", err)
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
		names[i] = report.Name{ExternalID: string(rune(48 + c)), ID: "c_" + string(rune('0'+c)), Name: "Contact"}
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
	if err != nil || len(table.Rows) != 1 || table.Rows[0][0] != "c_4" || table.Rows[0][1] != "4" || table.Rows[0][2] != "Contact" || table.Next == "" {
		t.Errorf("got %+v, err %v", table, err)
	}
	result, err := s.Lifecycle(t.Context(), scenario.Workspace, report.Query{})
	if err != nil || len(result.Notices) != 3 || result.Notices[1].Kind != "bulk_not_counted" || *result.Notices[1].Count != 12 {
		t.Errorf("got %+v, err %v", result.Notices, err)
	}
}

type switched bool

func (s switched) LifecycleEnabled(context.Context, journal.WorkspaceID) (bool, error) {
	return bool(s), nil
}

// The latest edit decides, not the configuration that the engine has reached.
func TestSwitchIsAsOfTheLatestEdit(t *testing.T) {
	t.Parallel()
	for _, on := range []switched{true, false} {
		s := service(parseLog(t, worked))
		s.Switch = on
		_, err := s.Lifecycle(t.Context(), scenario.Workspace, report.Query{})
		if disabled := fault.CodeOf(err) == "lifecycle_disabled"; disabled == bool(on) {
			t.Errorf("switched on %v: got %v", on, err)
		}
	}
}
