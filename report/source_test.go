package report_test

import (
	"cmp"
	"context"
	"errors"
	"math"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// bought is two weeks in which Email closes what Paid search began.
const bought = `
start 2026-11-02T08:00:00Z
now t+12d2h
zone UTC
stages
  progress new hot
  won customer
  lost budget
scenario bought
contact ann value=10000 owner=Olga
  new t+2d, customer t+6d
touch contact ann t+1d visit source="Paid search" sub_source=Google campaign=Spring
touch contact ann t+2d form
touch contact ann t+5d visit source=Email campaign=News
contact bob value=5000
  new t+3d
touch contact bob t+3d call source="Paid search" sub_source=Google campaign=Autumn
contact cid source=Referral
  hot t+4d, customer t+5d
contact dee created_by=form
  new t-20d, customer t-10d
touch contact dee t-20d visit source=Email campaign=News
`

// spent adds what days of sources cost, and sales, to a log.
func spent(s *scenario.Scenario) {
	last := s.Entries[len(s.Entries)-1]
	add := func(e journal.Entry) {
		last.Seq++
		e.Seq, e.Workspace, e.Arrived = last.Seq, scenario.Workspace, s.Now
		s.Entries = append(s.Entries, e)
	}
	day := int32(s.Start / (24 * 60 * 60 * 1000))
	for i, campaign := range []string{"Spring", "Autumn"} {
		add(journal.Entry{Kind: journal.KindCost, Cost: &journal.Cost{
			Day: day + int32(i), Source: touch.Source{Source: "Paid search", SubSource: "Google", Campaign: campaign},
			To: &journal.Spend{Amount: 1000, Currency: "EUR", Clicks: 10},
		}})
	}
	sold := s.Start + 6*24*60*60*1000
	ann := s.Entries[1].Contact
	add(journal.Entry{Kind: journal.KindRevenue, Contact: ann, At: sold, Revenue: &journal.Revenue{ID: "s1", Amount: 9001, Currency: "EUR"}})
	add(journal.Entry{Kind: journal.KindRevenue, Contact: ann, At: sold + 1000, Revenue: &journal.Revenue{ID: "r1", Amount: -1001, Currency: "EUR", Refund: true, RefundOf: "s1"}})
}

func sourceQuery(t testing.TB, text string) report.SourceQuery {
	t.Helper()
	values, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	q, err := report.ParseSources(values)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func boughtService(t testing.TB) *report.Service {
	log := parseLog(t, bought)
	spent(&log)
	return service(log)
}

func sourcesOf(t testing.TB, s *report.Service, text string) report.Sources {
	t.Helper()
	out, err := s.Sources(t.Context(), scenario.Workspace, sourceQuery(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSourcesGolden(t *testing.T) {
	t.Parallel()
	s := boughtService(t)
	golden(t, "testdata/sources.json", sourcesOf(t, s, "also=last"))
	table := sourcesOf(t, s, "model=linear&compare=none&also=last")
	checkCells(t, table.Table())
	trend, err := s.SourceTrend(t.Context(), scenario.Workspace, sourceQuery(t, "interval=week&model=last"))
	if err != nil {
		t.Fatal(err)
	}
	checkCells(t, trend)
	golden(t, "testdata/table_sources_trend.json", trend)
	behind, err := s.SourceContacts(t.Context(), scenario.Workspace, sourceQuery(t, "model=linear&column=revenue&row=Email"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/source_contacts.json", behind)
}

// The rows of a drill-down are exactly the row, in every model.
func TestSourcesAddUp(t *testing.T) {
	t.Parallel()
	s := boughtService(t)
	for _, m := range touch.Models {
		for _, by := range []string{"activity", "cohort"} {
			q := "compare=none&by=" + by + "&model=" + string(m)
			whole := sourcesOf(t, s, q)
			var sum float64
			var revenue, cost int64
			for _, row := range whole.Rows {
				sum, revenue, cost = sum+row.Leads.All, revenue+row.Revenue, cost+row.Cost
				inner := sourcesOf(t, s, q+"&level=campaign&source="+url.QueryEscape(deref(row.Value)))
				if inner.Totals.Revenue != row.Revenue || inner.Totals.Cost != row.Cost || math.Abs(inner.Totals.Leads.All-row.Leads.All) > 1e-9 {
					t.Errorf("%s %s: %s is %+v, within it %+v", m, by, row.Label, row.SourceFigures, inner.Totals.SourceFigures)
				}
			}
			if math.Abs(sum-whole.Totals.Leads.All) > 1e-9 || revenue != whole.Totals.Revenue || cost != whole.Totals.Cost {
				t.Errorf("%s %s: rows are %g leads, %d and %d, the totals %+v", m, by, sum, revenue, cost, whole.Totals.SourceFigures)
			}
		}
	}
}

// What was just told counts: as_of is cut to the second, which must not take away what happened in it, and clocks
// may be up to five minutes ahead. A page is told of news once, and would go on showing what was before it.
func TestSourcesOfThisSecond(t *testing.T) {
	t.Parallel()
	const begun = `
start 2026-11-02T08:00:00Z
now t+700ms
zone UTC
stages
  progress new hot
  won customer
scenario now
`
	s := service(parseLog(t, begun+`
contact ann value=10000
  new t+300ms, customer t+4m
touch contact ann t+200ms visit source=Email
touch contact ann t+300ms form
`))
	for _, by := range []string{"activity", "cohort"} {
		got := sourcesOf(t, s, "compare=none&by="+by).Totals
		if got.Leads.Form != 1 || got.NewCustomers != 1 || got.Revenue != 10000 {
			t.Errorf("by %s: %+v", by, got.SourceFigures)
		}
	}
	if open := opportunities(t, service(parseLog(t, begun+`
contact bob
  new t+300ms, hot t+1m
`)), ""); open.Totals.Count != 1 || open.Stages[1].Count != 1 || *open.Totals.Age != 0 {
		t.Errorf("open: %+v %+v", open.Totals, open.Stages)
	}
}

// A list without anything in it is a list.
func TestSourcesWithoutNotices(t *testing.T) {
	t.Parallel()
	s := boughtService(t)
	const past = "compare=none&from=2026-11-01&to=2026-11-05"
	sources, pages := sourcesOf(t, s, past).Notices, sitePagesOf(t, s, past).Notices
	if sources == nil || pages == nil || len(sources)+len(pages) > 0 {
		t.Errorf("%#v and %#v", sources, pages)
	}
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func TestSourcesFilters(t *testing.T) {
	t.Parallel()
	s := boughtService(t)
	olga := sourcesOf(t, s, "compare=none&owner=Olga")
	if olga.Totals.Leads.All != 1 || olga.Totals.Revenue != 8000 || olga.Totals.NewCustomers != 1 {
		t.Errorf("of Olga's contacts %+v", olga.Totals.SourceFigures)
	}
	campaigns := sourcesOf(t, s, "compare=none&level=utm_campaign")
	i := slices.IndexFunc(campaigns.Rows, func(r report.SourceRow) bool { return r.Label == "Spring" })
	if i < 0 || campaigns.Rows[i].Cost != 1000 {
		t.Errorf("costs by tags: %+v", campaigns.Rows)
	}
	page, err := s.SourceContacts(t.Context(), scenario.Workspace, sourceQuery(t, "column=contacts&row=total&limit=1"))
	if err != nil || len(page.Items) != 1 || page.Next == nil && page.Items[0].Customer {
		t.Errorf("got %+v, err %v", page, err)
	}
}

// viewed counts the views of an engine; open pages were told of its last entry.
type viewed struct {
	report.Engine
	views atomic.Int64
}

func (v *viewed) View(ctx context.Context, w journal.WorkspaceID, read func(report.Reading) error) error {
	v.views.Add(1)
	return v.Engine.View(ctx, w, read)
}

func (v *viewed) Told(journal.WorkspaceID) (generation, seq int64) { return 0, 3 }

// Pages that wait for different entries ask the same.
func TestQuestionsOfSourcesAreOneWhateverTheyWaitFor(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(s *report.Service, q report.SourceQuery) error{
		"sources": func(s *report.Service, q report.SourceQuery) error {
			_, err := s.Sources(t.Context(), scenario.Workspace, q)
			return err
		},
		"pages": func(s *report.Service, q report.SourceQuery) error {
			_, err := s.SitePages(t.Context(), scenario.Workspace, report.SitePageQuery{SourceQuery: q})
			return err
		},
	} {
		s := boughtService(t)
		v := &viewed{Engine: s.Engine}
		s.Engine, s.News = v, v
		for _, text := range []string{"", "min_seq=1", "min_seq=3", "model=last"} {
			if err := ask(s, sourceQuery(t, text)); err != nil {
				t.Fatal(err)
			}
		}
		if n := v.views.Load(); n != 2 {
			t.Errorf("%s: two questions made %d views", name, n)
		}
	}
}

func TestSourcesRefuse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"model=best": "model", "also=first,worst": "also", "by=chance": "by", "lookback=0": "lookback", "direct=maybe": "direct",
		"level=color": "level", "journey=first": "journey", "group_by=source": "group_by", "column=visits": "column", "sauce=x": "sauce",
		"model=first&model=last": "model",
	} {
		values, _ := url.ParseQuery(text)
		if _, err := report.ParseSources(values); len(locations(err)) != 1 || locations(err)[0] != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	s := boughtService(t)
	if _, err := s.SourceContacts(t.Context(), scenario.Workspace, sourceQuery(t, "row=total")); len(locations(err)) != 1 {
		t.Errorf("without a column: %v", err)
	}
	if _, err := s.SourceTrend(t.Context(), scenario.Workspace, sourceQuery(t, "from=2020-01-01&to=2026-01-01")); len(locations(err)) != 1 {
		t.Errorf("six years by day: %v", err)
	}
}

// The same mistakes are told in the same order every time.
func TestRefusalsHaveAnOrder(t *testing.T) {
	t.Parallel()
	values := url.Values{}
	for _, name := range strings.Fields("zeta eta theta iota kappa lambda mu nu") {
		values.Set(name, "x")
	}
	_, sources := report.ParseSources(values)
	_, pages := report.ParseSitePages(values)
	_, opportunities := report.ParseOpportunities(values)
	for _, err := range []error{sources, pages, opportunities} {
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || len(f.Details) != len(values) || !slices.IsSortedFunc(f.Details, func(a, b fault.Detail) int { return cmp.Compare(a.Location, b.Location) }) {
			t.Errorf("refused are %v", err)
		}
	}
}
