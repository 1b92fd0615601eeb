package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestChangesReport writes twenty weeks of a steady log with one loud and one
// silent day, and asks which days are out of the ordinary.
func TestChangesReport(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	today := time.Now().UTC().Truncate(24 * time.Hour)
	loud, silent := today.AddDate(0, 0, -3), today.AddDate(0, 0, -5)
	quiet := today.AddDate(0, 0, -1).Weekday() // another than that of the marked days, whatever today is
	var items []string
	for day := 140; day > 0; day-- {
		at := today.AddDate(0, 0, -day)
		n := 25 + day%3
		if at.Weekday() == quiet {
			n = 0 // as every week: no drop
		}
		switch at {
		case loud:
			n = 120
		case silent:
			n = 0
		}
		for i := range n {
			items = append(items, fmt.Sprintf(`{"contact":{"external_id":"c%d-%d"},"stage":"new_lead","at":%q}`,
				day, i, at.Add(time.Duration(i)*time.Minute).Format(time.RFC3339)))
		}
	}
	if got := o.do(t, scenario{path: "/v1/changes", body: "[" + strings.Join(items, ",") + "]"}); got.status != 200 || !strings.Contains(got.body, `"rejected":[]`) {
		t.Fatal(got.body)
	}
	got := o.do(t, scenario{path: "/v1/reports/changes?preset=last_30_days"})
	var report struct {
		Totals, Compare json.RawMessage
		Days            []struct {
			Day, Mark string
			Count     int
			Usual     *float64
		}
	}
	if err := json.Unmarshal([]byte(got.body), &report); err != nil || got.status != 200 {
		t.Fatalf("%v: %s", err, got.body)
	}
	marked := map[string]string{}
	for _, d := range report.Days {
		if d.Mark != "" {
			marked[d.Day] = d.Mark
		}
		if d.Usual == nil {
			t.Errorf("%s is not known to be usual", d.Day)
		}
	}
	if len(report.Days) != 30 || len(marked) != 2 || marked[loud.Format(time.DateOnly)] != "spike" || marked[silent.Format(time.DateOnly)] != "drop" {
		t.Errorf("%d days, marked %v", len(report.Days), marked)
	}
	early := "from=" + today.AddDate(0, 0, -140).Format(time.DateOnly) + "&to=" + today.AddDate(0, 0, -120).Format(time.DateOnly)
	day := loud.Format(time.DateOnly)
	o.play(t,
		scenario{name: "what came first is not compared", path: "/v1/reports/changes?" + early, status: 200, has: []string{`"usual":null`}, lacks: []string{`"mark":"`}},
		scenario{name: "comparison", path: "/v1/reports/changes", status: 200, has: []string{`"compare":{"range"`, `"difference":{"count":`, `"seq":`, `"method":"A day is compared`}},
		scenario{name: "none", path: "/v1/reports/changes?compare=none", status: 200, has: []string{`"compare":null`}},
		scenario{name: "by somebody else", path: "/v1/reports/changes?actor=user", status: 200, has: []string{`"totals":{"count":0`}},
		scenario{name: "CSV", path: "/v1/reports/changes?format=csv", status: 200, has: []string{"day,count,counted,not_counted,actor_user", day + ",120,120,0", "spike"}},
		scenario{name: "Parquet", path: "/v1/reports/changes?format=parquet", status: 200, has: []string{"PAR1"}},
		scenario{name: "to the changes of the day", path: "/v1/changes?from=" + day + "&to=" + day + "&limit=200", status: 200, has: []string{`"next":null`}},
		scenario{name: "wrong actor", path: "/v1/reports/changes?actor=ghost", status: 422, has: []string{"query.actor"}},
		scenario{name: "no source", path: "/v1/reports/changes?source=Email", status: 422, has: []string{"query.source"}},
		scenario{name: "wrong format", path: "/v1/reports/changes?format=xml", status: 422, has: []string{"query.format"}},
		scenario{name: "lifecycle off", method: "PATCH", path: "/v1/workspace", body: `{"lifecycle_enabled":false}`, status: 200},
		scenario{name: "the log goes on", path: "/v1/reports/changes", status: 200},
	)
}

func TestChangesAsFiles(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var items []string
	for i := range 2300 { // more than one page of a file
		items = append(items, fmt.Sprintf(`{"contact":{"external_id":"c%d","name":"=Name"},"stage":"new_lead","at":"2026-01-02T10:00:00Z"}`, i))
	}
	if got := o.do(t, scenario{path: "/v1/changes", body: "[" + strings.Join(items, ",") + "]"}); got.status != 200 {
		t.Fatal(got.body)
	}
	got := o.do(t, scenario{path: "/v1/changes?format=csv"})
	lines := strings.Split(strings.TrimSpace(got.body), "\r\n")
	if got.status != 200 || len(lines) != 2301 || !strings.HasPrefix(lines[0], "seq,at,arrived_at,contact_id,external_id,name,from,to,recorded") {
		t.Fatalf("%d: %d lines, %s", got.status, len(lines), lines[0])
	}
	if !strings.Contains(lines[1], "c2299,'=Name,,new_lead,true,api") {
		t.Errorf("the first line is %s", lines[1])
	}
	o.play(t,
		scenario{name: "filtered", path: "/v1/changes?format=csv&contact=external_id:c7", status: 200, has: []string{",c7,", "attachment; filename=\"changes.csv\""}, lacks: []string{",c8,"}},
		scenario{name: "Parquet", path: "/v1/changes?format=parquet", status: 200, has: []string{"PAR1"}},
		scenario{name: "search", path: "/v1/changes?q=C2299", status: 200, has: []string{`"external_id":"c2299"`}, lacks: []string{"c2298"}},
		scenario{name: "not counted", path: "/v1/changes?counted=no", status: 200, has: []string{`"items":[]`}},
		scenario{name: "unknown import", path: "/v1/changes?import=imp_77", status: 200, has: []string{`"items":[]`}},
		scenario{name: "no import", path: "/v1/changes?import=x", status: 404},
		scenario{name: "wrong", path: "/v1/changes?counted=maybe&format=xml&limit=1000", status: 422, has: []string{"query.counted", "query.format", "query.limit"}},
	)
}
