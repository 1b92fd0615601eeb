package report_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// sources is a log with 40 journeys of Email that are won in 1 to 40 hours, so
// many of Ads of which every third is, and one of Post.
func sources(ads int) string {
	var b strings.Builder
	b.WriteString("start 2026-11-02T08:00:00Z\nnow t+10d\nzone UTC\nstages\n  progress new hot\n  won customer\n  lost budget\nscenario sources\n")
	for i := 1; i <= 40; i++ {
		fmt.Fprintf(&b, "contact e%d source=Email\n  new t, customer t+%dh\n", i, i)
	}
	for i := 1; i <= ads; i++ {
		fmt.Fprintf(&b, "contact a%d source=Ads\n  new t, %s t+%dh\n", i, map[bool]string{true: "customer", false: "budget"}[i%3 == 0], i)
	}
	b.WriteString("contact p source=Post\n  new t\n")
	return b.String()
}

func TestCurvesOfGroupsAreTested(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, sources(45)))
	table, err := s.Table(t.Context(), scenario.Workspace, report.TableIncidence, query(t, "group_by=source"))
	if err != nil {
		t.Fatal(err)
	}
	claims := map[string]bool{}
	for _, test := range table.Tests {
		claims[test.Exit+" "+test.Method] = test.Claim
		if test.Groups != 2 || test.LeftOut != 1 || test.Freedom != 1 || test.Claim != (test.P <= 0.05) {
			t.Errorf("%+v", test)
		}
	}
	if len(claims) != 3 || !claims["won gray"] || !claims["lost gray"] || claims["either log_rank"] {
		t.Errorf("claims %v of %+v", claims, table.Tests)
	}
}

func TestFewJourneysAreNotTested(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, sources(29)))
	for text, want := range map[string]bool{"group_by=source": true, "": false} {
		table, err := s.Table(t.Context(), scenario.Workspace, report.TableIncidence, query(t, text))
		if err != nil || len(table.Tests) != 0 || (table.Tests != nil) != want {
			t.Errorf("%q: tests %+v, %v", text, table.Tests, err)
		}
	}
}

// TestHistogramAddsUp checks on random logs that the buckets hold exactly the
// journeys that the averages are of.
func TestHistogramAddsUp(t *testing.T) {
	t.Parallel()
	const start = lifecycle.Millis(1_767_600_000_000) // 2026-01-05
	rapid.Check(t, func(t *rapid.T) {
		s := service(scenario.Scenario{Entries: scenario.DrawLog(t, start), Now: start + 30*24*60*60*1000})
		text := "from=2026-01-05&to=2026-01-31&compare=none" + rapid.SampledFrom([]string{"", "&window=3"}).Draw(t, "window")
		result, err := s.Lifecycle(t.Context(), scenario.Workspace, draw(t, text))
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range []string{"", "&group_by=campaign"} {
			table, err := s.Table(t.Context(), scenario.Workspace, report.TableHistogram, draw(t, text+group))
			if err != nil {
				t.Fatal(err)
			}
			won, lost := int64(0), int64(0)
			for _, row := range table.Rows {
				row = row[len(table.Columns)-6:]
				won, lost = won+row[2].(int64), lost+row[4].(int64)
				if row[2].(int64) < 0 || row[4].(int64) < 0 {
					t.Fatalf("row %v", row)
				}
			}
			if won != result.Summary.TimeToConversion.Journeys || lost != result.Summary.TimeToDropOff.Journeys {
				t.Fatalf("%s: %d won and %d lost in the histogram, %+v", group, won, lost, result.Summary)
			}
		}
	})
}
