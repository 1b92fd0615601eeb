package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestMetricsCountReports reads a report, which /metrics then counts.
func TestMetricsCountReports(t *testing.T) {
	t.Parallel()
	a := startApp(t, Config{})
	before := a.engine.Readers().Admitted
	var out struct{ Seq int64 }
	a.get(t, "/v1/reports/lifecycle", &out)
	if got := a.engine.Readers().Admitted; got <= before {
		t.Errorf("%d reports were read before and %d after one more", before, got)
	}
	response, err := http.Get(a.url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`tidemark_report_readers{state="reading"} 0`,
		`tidemark_report_readers{state="waiting"} 0`,
		`tidemark_report_views_total{result="refused"} 0`,
		`tidemark_report_views_total{result="read"} `,
		`tidemark_report_wait_seconds_total `,
	} {
		if !strings.Contains(string(text), "\n"+line) {
			t.Errorf("/metrics has no line %q", line)
		}
	}
}
