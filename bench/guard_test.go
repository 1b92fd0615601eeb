package bench

import "testing"

// TestGuard fails on gross regressions only: every ratio may be about five
// times worse than it was on a quiet machine when its bound was written. Runs
// are few and machines of tests are not quiet, so the best run of each is
// looked at.
func TestGuard(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for some seconds; not with -short")
	}
	const journeys = 10_000
	bounds := map[string]float64{
		"history batches, head and identity included":    0.04,
		"rebuild of the engine from the record":          0.03,
		"lifecycle report, whole range, with comparison": 60,
		"one campaign of 500, whole range":               80,
		"by campaign (top ten and Other), whole range":   200,
		"lifecycle report, 30 days, with comparison":     60,
		"median and p90 of the two durations":            300,
		"median and p90 of every stage":                  500,
		"cumulative incidence":                           300,
		"filter by a property as it is now":              150,
		"group by a property as it is now":               400,
	}
	out, err := Run(t.Context(), Options{Journeys: journeys, Quick: true, Only: "history,rebuild,report"})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range out.Rows {
		bound, ok := bounds[row.Name]
		if !ok {
			continue
		}
		delete(bounds, row.Name)
		best := row.best()
		if row.Floor == "" { // a rate without a floor of its own
			best /= out.Rows[0].FloorValue // bare inserts
		}
		t.Logf("%-50s best %8.2f, bound %8.2f", row.Name, best, bound)
		if row.AtLeast && best < bound || !row.AtLeast && best > bound {
			t.Errorf("%s: at best %.3f %s, worse than %.3f", row.Name, best, row.MeasuredIn, bound)
		}
	}
	for name := range bounds {
		t.Errorf("%s was not measured", name)
	}
}

// best is the row's best run, by its floor if it has one.
func (r Row) best() float64 {
	best := r.Value.Min
	if r.AtLeast {
		best = r.Value.Max
	}
	if r.Floor != "" {
		best /= r.FloorValue
	}
	return best
}
