package api_test

import "testing"

func TestOpportunityReport(t *testing.T) {
	t.Parallel()
	o := withHistory(t)
	at := "/v1/reports/opportunities"
	o.play(t,
		scenario{name: "now", path: at, status: 200, has: []string{`"key":"hot_lead"`, `"count":1`, `"weighted_value":0`, `"currency":"EUR"`, `"compare":null`}},
		scenario{name: "a past day", path: at + "?at=2026-03-02&group_by=campaign", status: 200, has: []string{`"at":"2026-03-02"`, `"as_of":"2026-03-02T23:59:59.999Z"`, `"label":"Spring","count":2`, `"kind":"present_values"`}},
		scenario{name: "the end of a range", path: at + "?from=2026-03-01&to=2026-03-02", status: 200, has: []string{`"at":"2026-03-02"`}},
		scenario{name: "a filter and another day", path: at + "?at=2026-03-02&campaign=Spring&compare_at=2026-03-01", status: 200, has: []string{`"compare":{"at":"2026-03-01","totals":{"count":1`}},
		scenario{name: "csv", path: at + "?at=2026-03-02&format=csv", status: 200, has: []string{"attachment; filename=\"opportunities-2026-03-02.csv\"", "1,new_lead,"}},
		scenario{name: "parquet", path: at + "?format=parquet", status: 200, has: []string{"PAR1"}},
		scenario{name: "the future", path: at + "?at=2999-01-01", status: 422, has: []string{"query.at"}},
		scenario{name: "no day", path: at + "?at=soon", status: 422, has: []string{"query.at"}},
		scenario{name: "no such parameter", path: at + "?stuck_min=3", status: 422, has: []string{"query.stuck_min"}},
		scenario{name: "no such format", path: at + "?format=xls", status: 422, has: []string{"query.format"}},
		scenario{name: "without a key", path: at, key: nobody, status: 401},
	)
}
