package report_test

import (
	"net/url"
	"testing"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

func opportunities(t *testing.T, s *report.Service, text string) report.Opportunities {
	t.Helper()
	values, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	q, err := report.ParseOpportunities(values)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Opportunities(t.Context(), scenario.Workspace, q)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestOpportunitiesGolden(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	golden(t, "testdata/opportunities.json", opportunities(t, s, "group_by=source&compare_at=2026-11-03"))
	table := opportunities(t, s, "group_by=source&at=2026-11-03")
	checkCells(t, table.Table())
	golden(t, "testdata/table_opportunities.json", table.Table())
}

// The stages of a past day are those of that day: the journeys that ended since
// were open, and those that began since were not.
func TestOpportunitiesOfAPastDay(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	for day, want := range map[string][3]int64{ // open in new, hot, payment
		"2026-10-31": {0, 0, 0},
		"2026-11-02": {1, 1, 0}, // ann and bob (hot by the evening)
		"2026-11-03": {0, 4, 0}, // ann, bob, cid, and dee, who was imported before; ivy was never moved
		"2026-11-10": {1, 0, 0}, // fay; bob comes back on the 11th
		"2026-11-11": {1, 0, 0}, // bob
	} {
		out := opportunities(t, s, "at="+day)
		got := [3]int64{out.Stages[0].Count, out.Stages[1].Count, out.Stages[2].Count}
		if got != want || out.Totals.Count != want[0]+want[1]+want[2] {
			t.Errorf("%s: %v and %d in all, want %v", day, got, out.Totals.Count, want)
		}
	}
}

// valued is three open deals of a stage where two of three ended ones were won.
const valued = `
start 2026-11-02T08:00:00Z
now t+20d
zone UTC
stages
  progress new hot
  won customer
  lost budget
scenario valued
contact won1 source=Email
  hot t, customer t+1d
contact won2 source=Email
  hot t, customer t+1d
contact lost source=Email
  hot t, budget t+1d
contact ann source=Email value=10000
  hot t+10d
contact bob source=Audio value=10100
  hot t+10d
contact cid source=Audio
  hot t+18d
contact dee source=Audio value="500 JPY"
  new t+19d
`

func TestOpportunitiesWeighValues(t *testing.T) {
	t.Parallel()
	log := parseLog(t, valued)
	out := opportunities(t, service(log), "group_by=source")
	hot := out.Stages[1]
	if hot.Count != 3 || hot.WithoutValue != 1 || hot.Value != 20100 || hot.Conversion.Journeys != 3 || *hot.WeightedValue != 13400 {
		t.Errorf("got %+v", hot)
	}
	if age := *hot.Age; age != (10+10+2)*24*60*60/3.0 {
		t.Errorf("they are open for %g s", age)
	}
	var sum int64
	for _, g := range hot.Groups {
		sum += *g.WeightedValue
	}
	if sum != *hot.WeightedValue || len(hot.Groups) != 2 || hot.Groups[0].Label != "Audio" || hot.Groups[0].Count != 2 {
		t.Errorf("groups %+v", hot.Groups)
	}
	if *out.Totals.WeightedValue != 13400 || len(out.Notices) != 2 || out.Notices[0].Kind != "unrated_values" || out.Notices[1].Kind != "few_ended" {
		t.Errorf("totals %+v, notices %+v", out.Totals, out.Notices)
	}
}

// Values in other currencies are those of the day, if its rate is known.
func TestOpportunitiesConvertValues(t *testing.T) {
	t.Parallel()
	log := parseLog(t, valued)
	for i := range log.Entries {
		if c := log.Entries[i].Configuration; c != nil {
			day := int32(log.Now / (24 * 60 * 60 * 1000))
			c.Rates = append(c.Rates,
				journal.Rate{Currency: "JPY", Into: c.Currency, Day: day - 5, Factor: 0.6}, journal.Rate{Currency: "JPY", Into: c.Currency, Day: day + 1, Factor: 7})
		}
	}
	out := opportunities(t, service(log), "")
	if out.Totals.Value != 20400 || out.Totals.WithoutValue != 1 || out.Stages[0].Value != 300 {
		t.Errorf("totals %+v, the first stage %+v", out.Totals, out.Stages[0].OpenFigures)
	}
	for _, n := range out.Notices {
		if n.Kind == "unrated_values" {
			t.Errorf("got %+v", n)
		}
	}
}

// The range and what it is compared with are those of the other reports: of each
// its last day.
func TestOpportunitiesCompare(t *testing.T) {
	t.Parallel()
	s := service(parseLog(t, worked))
	for text, want := range map[string]string{
		"at=2026-11-10": "", "at=2026-11-10&compare=none": "", "at=2026-11-10&compare_at=2026-11-02": "2026-11-02",
		"at=2026-11-10&compare=previous": "2026-11-09", "at=2026-11-10&compare=year": "2025-11-10",
		"from=2026-11-04&to=2026-11-10&compare=previous": "2026-11-03", "from=2026-11-04&to=2026-11-10&compare=year": "2025-11-10",
		"from=2026-11-04&to=2026-11-10&compare_from=2026-10-01&compare_to=2026-11-02": "2026-11-02",
	} {
		got := ""
		if c := opportunities(t, s, text).Compare; c != nil {
			got = c.At.String()
			if alone := opportunities(t, s, "at="+got); c.Totals.Count != alone.Totals.Count {
				t.Errorf("%s: %d, want %d", text, c.Totals.Count, alone.Totals.Count)
			}
		}
		if got != want {
			t.Errorf("%s: compared with %q, want %q", text, got, want)
		}
	}
}

func TestOpportunitiesRefuse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"at=x": "at", "at=2026-11-01&at=2026-11-02": "at", "window=3": "window", "outcome=won": "outcome", "compare=week": "compare", "compare=year&compare_at=2026-11-01": "compare_at",
	} {
		values, _ := url.ParseQuery(text)
		if _, err := report.ParseOpportunities(values); len(locations(err)) != 1 || locations(err)[0] != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	s := service(parseLog(t, worked))
	for _, text := range []string{"at=2027-01-01", "compare_at=2027-01-01"} {
		values, _ := url.ParseQuery(text)
		q, err := report.ParseOpportunities(values)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Opportunities(t.Context(), scenario.Workspace, q); len(locations(err)) != 1 {
			t.Errorf("%s: %v", text, err)
		}
	}
}
