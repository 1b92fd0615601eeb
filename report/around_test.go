package report_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/report"
)

// The log is worked; now is 2026-11-14 11:00 in Paris.
func TestAround(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	for text, want := range map[string]struct {
		same  string // the range and comparison that it stands for
		kind  string
		count int64
	}{
		"around=2026-11-02&days=10":  {"from=2026-11-02&to=2026-11-11&compare_from=2026-10-23&compare_to=2026-11-01", "spans_complete", 10},
		"around=2026-11-02":          {"from=2026-11-02&to=2026-11-15&compare_from=2026-10-19&compare_to=2026-11-01", "spans_incomplete", 12},
		"around=2026-11-14&days=1":   {"from=2026-11-14&to=2026-11-14&compare_from=2026-11-13&compare_to=2026-11-13", "spans_incomplete", 0},
		"around=2027-01-01&days=300": {"from=2027-01-01&to=2027-10-27&compare_from=2026-03-07&compare_to=2026-12-31", "spans_incomplete", 0},
	} {
		got, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, text))
		if err != nil {
			t.Fatal(err)
		}
		if n := got.Notices[0]; n.Kind != want.kind || *n.Count != want.count {
			t.Errorf("%s: notice %+v", text, n)
		}
		same, err := s.Lifecycle(t.Context(), scenario.Workspace, query(t, want.same))
		if err != nil {
			t.Fatal(err)
		}
		got.Notices, same.Notices = nil, nil
		if diff := cmp.Diff(same, got); diff != "" {
			t.Errorf("%s (-%s +got):\n%s", text, want.same, diff)
		}
	}
}

func TestAroundStandsAlone(t *testing.T) {
	t.Parallel()
	around := query(t, "around=2026-11-02").Around
	for location, q := range map[string]report.Query{
		"query.days":         {AroundDays: 7},
		"query.preset":       {Around: around, Preset: "today"},
		"query.compare":      {Around: around, Compare: report.CompareYear},
		"query.to":           {Around: around, From: around, To: around},
		"query.compare_from": {Around: around, CompareFrom: around, CompareTo: around},
	} {
		err := q.Validate()
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid {
			t.Errorf("%s: %v", location, err)
			continue
		}
		found := false
		for _, d := range f.Details {
			found = found || d.Location == location
		}
		if !found {
			t.Errorf("%s is not among %+v", location, f.Details)
		}
	}
}
