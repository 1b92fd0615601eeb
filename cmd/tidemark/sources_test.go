package main

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// playbook reads a file of the attribution playbook by column.
func playbook(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	f, err := os.Open(filepath.Join(realData(t), "attribution_playbook", name))
	if err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	defer f.Close()
	reader := csv.NewReader(f)
	reader.FieldsPerRecord = -1
	all, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, value := range record {
			row[all[0][i]] = value
		}
		rows = append(rows, row)
	}
	return rows
}

func playbookMoment(t *testing.T, text string) string {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 3:04:05"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.Format(time.RFC3339)
		}
	}
	t.Fatalf("no time %q", text)
	return ""
}

// TestAttributionPlaybookRealInput tells a running server of the playbook's
// visits and sales, as a site and a CRM would, and reads what its own solution
// says from the source report.
func TestAttributionPlaybookRealInput(t *testing.T) {
	if testing.Short() {
		t.Skip("not in short mode")
	}
	var truth struct {
		By map[string]map[string]struct{ Conversions, Value map[string]float64 }
	}
	text, err := os.ReadFile(filepath.Join(realData(t), "attribution_playbook", "truth.json"))
	if err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	if err := json.Unmarshal(text, &truth); err != nil {
		t.Fatal(err)
	}
	data, key := newData(t)
	p := startServer(t, data, key)
	seq := tellPlaybook(t, p)
	for name, model := range map[string]string{"first": "first", "last": "last", "linear": "linear"} {
		var out struct {
			Rows []struct {
				Label   string
				Sales   float64
				Revenue int64
			}
			Totals struct {
				Revenue      int64
				NewCustomers float64 `json:"new_customers"`
			}
		}
		path := "/v1/reports/sources?from=2020-01-01&to=2020-12-31&compare=none&direct=keep&lookback=30&level=utm_source&model=" + model +
			"&min_seq=" + strconv.FormatInt(seq, 10)
		if _, err := p.call(http.MethodGet, path, nil, &out); err != nil {
			t.Fatal(err)
		}
		if out.Totals.Revenue != 27500 || out.Totals.NewCustomers != 21 {
			t.Errorf("%s: totals %+v", model, out.Totals)
		}
		for _, row := range out.Rows {
			want := truth.By["utm_source"][name]
			if math.Abs(row.Sales-want.Conversions[row.Label]) > 2e-6 || math.Abs(float64(row.Revenue)/100-want.Value[row.Label]) > 0.105 {
				t.Errorf("%s: %s has %g sales and %d, want %g and %g", model, row.Label, row.Sales, row.Revenue, want.Conversions[row.Label], want.Value[row.Label])
			}
		}
	}
}

// tellPlaybook tells of all visits, then of all sales: a won stage with its value.
func tellPlaybook(t *testing.T, p *program) (seq int64) {
	t.Helper()
	var said struct{ Seq int64 }
	sessions, sales := playbook(t, "sessions.csv"), playbook(t, "customer_conversions.csv")
	if len(sessions) != 90 || len(sales) != 21 {
		t.Fatalf("%d sessions and %d sales", len(sessions), len(sales))
	}
	for _, row := range sessions {
		hook := map[string]any{
			"kind": "visit", "contact": map[string]string{"external_id": row["customer_id"]}, "at": playbookMoment(t, row["started_at"]),
			"id":  "session-" + row["session_id"],
			"utm": map[string]string{"utm_source": row["utm_source"], "utm_medium": row["utm_medium"], "utm_campaign": row["utm_campaign"]},
		}
		if _, err := p.call(http.MethodPost, "/v1/hooks/generic", hook, &said); err != nil {
			t.Fatal(err)
		}
	}
	var changes []map[string]any
	for _, row := range sales {
		amount, err := strconv.ParseInt(row["revenue"], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, map[string]any{
			"contact": map[string]any{"external_id": row["customer_id"], "value": map[string]any{"amount": amount * 100, "currency": "EUR"}},
			"stage":   "customer", "at": playbookMoment(t, row["converted_at"]),
		})
	}
	if _, err := p.call(http.MethodPost, "/v1/changes", changes, &said); err != nil {
		t.Fatal(err)
	}
	return said.Seq
}
