package api_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

// panicking is a report that fails in the worst way.
type panicking struct{}

func (panicking) Lifecycle(context.Context, journal.WorkspaceID, report.Query) (report.Result, error) {
	panic("teapot")
}

func (panicking) Table(context.Context, journal.WorkspaceID, report.TableName, report.Query) (report.Table, error) {
	panic("teapot")
}

// history is ten journeys of March, four of them won.
const history = `[
	{"contact":{"external_id":"a","source":{"campaign":"Spring"}},"stage":"new_lead","at":"2026-03-01T10:00:00Z"},
	{"contact":{"external_id":"a"},"stage":"customer","at":"2026-03-03T10:00:00Z"},
	{"contact":{"external_id":"b","source":{"campaign":"Spring"}},"stage":"new_lead","at":"2026-03-02T10:00:00Z"},
	{"contact":{"external_id":"b"},"stage":"cold_lead","at":"2026-03-03T10:00:00Z"},
	{"contact":{"external_id":"c","name":"=HYPERLINK(\"http://evil.example\")"},"stage":"new_lead","at":"2026-03-04T10:00:00Z"},
	{"contact":{"external_id":"c"},"stage":"hot_lead","at":"2026-03-05T10:00:00Z"}]`

const march = "from=2026-03-01&to=2026-03-31&compare=none"

func withHistory(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	if got := o.do(t, scenario{path: "/v1/changes", body: history}); got.status != 200 || !strings.Contains(got.body, `"accepted":6`) {
		t.Fatal(got.body)
	}
	return o
}

func TestLifecycleReport(t *testing.T) {
	t.Parallel()
	o := withHistory(t)
	at := "/v1/reports/lifecycle?"
	o.play(t,
		scenario{name: "whole", path: at + march, status: 200, has: []string{`"entered":3`, `"won":1`, `"lost":1`, `"open":1`, `"conversion_rate":0.3333`, `"mean":172800`, `"stages":[`, `"seq":`, `"notices":`}},
		scenario{name: "filter", path: at + march + "&campaign=Spring", status: 200, has: []string{`"entered":2`}},
		scenario{name: "without a value", path: at + march + "&campaign=", status: 200, has: []string{`"entered":1`}},
		scenario{name: "groups", path: at + march + "&group_by=campaign", status: 200, has: []string{`"label":"Spring"`, `"kind":"none"`, `"values":null`, `"archived":false`}},
		scenario{name: "less", path: at + march + "&parts=summary", status: 200, has: []string{`"summary"`}, lacks: []string{`"stages"`}},
		scenario{name: "preset", path: at + "preset=last_90_days", status: 200, has: []string{`"kind":"range_has_today","count":null`}},
		scenario{name: "a file of the whole report", path: at + "format=csv", status: 422, has: []string{"query.format"}},
		scenario{name: "a file of the forecast", path: "/v1/reports/lifecycle/forecast?format=parquet", status: 422, has: []string{"query.format"}},
		scenario{name: "a format by its name", path: at + "format=json", status: 200},
		scenario{name: "half a range", path: at + "from=2026-03-01", status: 422, has: []string{"query.to"}},
		scenario{name: "no date", path: at + "from=2026-02-30&to=2026-03-01", status: 422, has: []string{"query.from"}},
		scenario{name: "unknown preset", path: at + "preset=someday", status: 422, has: []string{"query.preset"}},
		scenario{name: "unknown parameter", path: at + "campain=Spring", status: 422, has: []string{"query.campain"}},
		scenario{name: "unreadable query", path: at + "campaign=%zz", status: 400},
		scenario{name: "NUL", path: at + "campaign=%00", status: 422},
		scenario{name: "beyond the log", path: at + "min_seq=999999", status: 503, has: []string{"Retry-After"}},
		scenario{name: "switch off", method: "PATCH", path: "/v1/workspace", body: `{"lifecycle_enabled":false}`, status: 200, has: []string{`"lifecycle_enabled":false`, `"seq":`}},
		scenario{name: "off", path: at + march, status: 409, has: []string{"lifecycle_disabled"}},
		scenario{name: "changes are still logged", path: "/v1/changes", body: `[{"contact":{"external_id":"d"},"stage":"new_lead","at":"2026-03-05T10:00:00Z"}]`, status: 200, has: []string{`"accepted":1`}},
	)
}

func TestLifecycleTables(t *testing.T) {
	t.Parallel()
	o := withHistory(t)
	for _, name := range report.TableNames {
		at := "/v1/reports/lifecycle/" + string(name) + "?" + march
		o.play(t,
			scenario{name: string(name) + " json", path: at, status: 200, has: []string{`"items":[`, `"columns":[`, `"range":`}},
			scenario{name: string(name) + " csv", path: at + "&format=csv", status: 200, has: []string{"Content-Type: text/csv", "attachment; filename=\"lifecycle-" + string(name) + "-2026-03-01-2026-03-31.csv\""}},
			scenario{name: string(name) + " parquet", path: at + "&format=parquet", status: 200, has: []string{"PAR1", ".parquet"}},
		)
	}
	o.play(t,
		scenario{name: "no such table", path: "/v1/reports/lifecycle/tables?" + march, status: 404, has: []string{"table_not_found"}},
		scenario{name: "no such format", path: "/v1/reports/lifecycle/stages?format=xls&" + march, status: 422, has: []string{"query.format"}},
		scenario{name: "errors are no files", path: "/v1/reports/lifecycle/stages?format=csv&from=2026-01-01", status: 422, lacks: []string{"attachment"}},
		scenario{name: "explain a number", path: "/v1/reports/lifecycle/journeys?" + march + "&outcome=lost", status: 200, has: []string{`"outcome":"lost"`}, lacks: []string{`"outcome":"won"`}},
	)
}

func TestCSVDefusesFormulas(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	names := []string{"=1+1", "+cmd", "-cmd", "@SUM(A1)", "\tx", "plain", "-12.5"}
	for i, name := range names {
		if _, err := o.uses.RecordChanges(t.Context(), o.workspace, changeOf(i, name)); err != nil {
			t.Fatal(err)
		}
	}
	body := o.do(t, scenario{path: "/v1/reports/lifecycle?" + march + "&group_by=owner&parts=groups,summary"}).body
	if !strings.Contains(body, `"=1+1"`) {
		t.Fatalf("JSON changes the text: %s", body)
	}
	o.Lifecycle = fixedTable(names)
	got := o.do(t, scenario{path: "/v1/reports/lifecycle/journeys?format=csv"})
	rows, err := csv.NewReader(strings.NewReader(got.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"name", "'=1+1", "'+cmd", "'-cmd", "'@SUM(A1)", "'\tx", "plain", "-12.5"}
	for i, row := range rows {
		if row[0] != want[i] {
			t.Errorf("row %d is %q, want %q", i, row[0], want[i])
		}
	}
	if rows[1][1] != "-1.5" || rows[1][2] != "" {
		t.Errorf("cells are %q, want a plain number and nothing", rows[1])
	}
}

func TestParquetHoldsTheTable(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Lifecycle = fixedTable([]string{"=1+1", "Ada"})
	got := o.do(t, scenario{path: "/v1/reports/lifecycle/journeys?format=parquet"})
	type row struct {
		Name    *string  `parquet:"name,optional"`
		Share   *float64 `parquet:"share,optional"`
		Nothing *int64   `parquet:"nothing,optional"`
	}
	rows, err := parquet.Read[row](bytes.NewReader([]byte(got.body)), int64(len(got.body)))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || *rows[0].Name != "=1+1" || *rows[1].Name != "Ada" || *rows[0].Share != -1.5 || rows[0].Nothing != nil {
		t.Errorf("rows %+v", rows)
	}
}

// TestExportsGoToTheEnd reads a table of several pages.
func TestExportsGoToTheEnd(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Lifecycle = pagedTable{pages: 3, broken: -1}
	got := o.do(t, scenario{path: "/v1/reports/lifecycle/journeys?format=csv"})
	if n := strings.Count(got.body, "\r\n"); n != 4 {
		t.Errorf("%d lines, want a header and three pages of one row: %q", n, got.body)
	}
	one := o.do(t, scenario{path: "/v1/reports/lifecycle/journeys?format=csv&limit=1"})
	if n := strings.Count(one.body, "\r\n"); n != 2 {
		t.Errorf("%d lines, want one page when a limit is given", n)
	}
	o.Lifecycle = pagedTable{pages: 3, broken: 1}
	defer func() {
		if recover() == nil {
			t.Error("an error in the middle of a file did not break the connection")
		}
	}()
	o.do(t, scenario{path: "/v1/reports/lifecycle/journeys?format=csv"})
}
