package mcp

import (
	"strings"
	"testing"

	"github.com/tidemark/tidemark/report"
)

func TestArgumentsMeanWhatTheAddressMeans(t *testing.T) {
	t.Parallel()
	below := 0.0
	q, err := queryOf(explainInput{
		Outcome: "lost,left", Origin: "hot_lead", Limit: 7, Cursor: "c",
		reportInput: reportInput{
			From: "2026-01-01", To: "2026-01-31", Compare: "none", Source: []string{"", "Ads"}, Properties: map[string][]string{"plan": {"pro"}},
			GroupBy: "campaign", Top: 3, Window: 30, StuckBelow: &below, MinSeq: 1 << 40,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if q.From.String() != "2026-01-01" || q.Window != 30 || q.Top != 3 || q.Limit != 7 || q.MinSeq != 1<<40 || *q.StuckBelow != 0 ||
		q.Select.Origin != "hot_lead" || len(q.Select.Outcomes) != 2 || len(q.Filters) != 2 || q.Compare != report.CompareNone {
		t.Errorf("%+v", q)
	}
}

func TestArgumentsAreRefusedByName(t *testing.T) {
	t.Parallel()
	_, err := queryOf(tableInput{Table: "trend", Interval: "hour", reportInput: reportInput{Preset: "soon"}})
	for _, name := range []string{"query.interval", "query.preset"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not name %s", err, name)
		}
	}
}
