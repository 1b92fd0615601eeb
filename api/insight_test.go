package api_test

import "testing"

func TestInsight(t *testing.T) {
	t.Parallel()
	o := withHistory(t)
	at := "/v1/reports/lifecycle/"
	o.play(t,
		scenario{name: "check", path: at + "check?" + march, status: 200, has: []string{`"kind":"time_zone"`, `"kind":"no_source"`, `"count":3`, `"seq":`}},
		scenario{name: "check of a filter", path: at + "check?" + march + "&campaign=Spring", status: 200, has: []string{`"kind":"outside_filters","count":1`}},
		scenario{name: "marks", path: at + "marks?" + march, status: 200, has: []string{`"items":[]`, `"from":"2026-03-01"`}},
		scenario{name: "forecast", path: at + "forecast?" + march, status: 200, has: []string{`"open":1`, `"expected_wins":null`, `"kind":"few_journeys"`}},
		scenario{name: "no such parameter", path: at + "check?sauce=Email", status: 422, has: []string{"query.sauce"}},
		scenario{name: "a selection narrows journeys", path: at + "marks?outcome=won", status: 422, has: []string{"query.outcome"}},
	)
}
