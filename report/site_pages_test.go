package report_test

import (
	"math"
	"net/url"
	"testing"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// walkedService is a log in which Ann came twice before her form and once more
// before her sale, Bob read the prices on a phone, and somebody is not known.
func walkedService(t testing.TB) *report.Service {
	t.Helper()
	s := parseLog(t, bought)
	spent(&s)
	add := func(e journal.Entry) {
		e.Seq, e.Workspace, e.Arrived = s.Entries[len(s.Entries)-1].Seq+1, scenario.Workspace, s.Now
		s.Entries = append(s.Entries, e)
	}
	const day = 24 * 60 * 60 * 1000
	view := func(visitor journal.ContactID, at lifecycle.Millis, page, device, source string) {
		add(journal.Entry{Kind: journal.KindView, Contact: visitor, At: at, View: &journal.View{
			Page: "https://example.com" + page, Device: device, Country: "FR",
			Arrival: touch.Arrival{Source: touch.Source{Source: source, LandingPage: page}, Origin: source, Inside: source == ""},
		}})
	}
	ann, bob := s.Entries[1].Contact, journal.ContactID(0)
	for i := range s.Entries {
		if s.Entries[i].Contact > ann && bob == 0 {
			bob = s.Entries[i].Contact
		}
	}
	of := func(visitor, contact journal.ContactID, at lifecycle.Millis) {
		for _, side := range []journal.ContactID{visitor, contact} {
			add(journal.Entry{Kind: journal.KindIdentify, Contact: side, At: at, Identify: &journal.Identify{Visitor: visitor, Contact: contact}})
		}
	}
	view(101, s.Start, "/", "desktop", "Paid search")
	view(101, s.Start+60_000, "/prices?x=1", "desktop", "")
	view(101, s.Start+120_000, "/", "desktop", "")
	view(101, s.Start+day, "/blog", "desktop", "Email")
	of(101, ann, s.Start+2*day)
	view(101, s.Start+5*day, "/prices", "mobile", "Direct")
	view(102, s.Start+2*day, "/prices", "mobile", "Referral")
	view(102, s.Start+2*day+1, "/about", "mobile", "")
	of(102, bob, s.Start+3*day)
	view(103, s.Start+3*day, "/", "", "Direct")
	return service(s)
}

func sitePagesOf(t testing.TB, s *report.Service, text string) report.SitePages {
	t.Helper()
	values, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	q, err := report.ParseSitePages(values)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.SitePages(t.Context(), scenario.Workspace, q)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sitePage(r report.SitePages, label string) report.SitePageFigures {
	for _, row := range r.Rows {
		if row.Label == label {
			return row.SitePageFigures
		}
	}
	return report.SitePageFigures{}
}

func TestSitePagesGolden(t *testing.T) {
	t.Parallel()
	s := walkedService(t)
	golden(t, "testdata/site_pages.json", sitePagesOf(t, s, ""))
	assisting := sitePagesOf(t, s, "role=assisting&compare=none")
	checkCells(t, assisting.Table())
	golden(t, "testdata/table_site_pages.json", assisting.Table())
	q, err := report.ParseSitePages(url.Values{"column": {"revenue"}, "row": {"/prices"}, "role": {"assisting"}})
	if err != nil {
		t.Fatal(err)
	}
	behind, err := s.SitePageContacts(t.Context(), scenario.Workspace, q)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/site_page_contacts.json", behind)
}

// Whatever the rows are by, the credit of leads and the revenue are those of the
// source report.
func TestSitePagesAreThoseOfSources(t *testing.T) {
	t.Parallel()
	s := walkedService(t)
	for _, by := range []string{"activity", "cohort"} {
		totals := sourcesOf(t, s, "compare=none&by="+by).Totals
		for _, q := range []string{"", "&role=assisting", "&level=device", "&level=country", "&model=last", "&model=position&role=assisting"} {
			pages := sitePagesOf(t, s, "compare=none&by="+by+q)
			var leads, sales float64
			var revenue, visits int64
			for _, row := range pages.Rows {
				leads, sales, revenue = leads+row.BeforeLead.Credit, sales+row.BeforeSale.Credit, revenue+row.Revenue
				visits += row.Visits
			}
			if math.Abs(leads-totals.Leads.All) > 1e-8 || math.Abs(sales-totals.Sales) > 1e-8 || revenue != totals.Revenue {
				t.Errorf("%s%s: %g leads, %g sales, %d; sources have %g, %g, %d", by, q, leads, sales, revenue, totals.Leads.All, totals.Sales, totals.Revenue)
			}
			if pages.Totals.Visits != totals.Visits || pages.Role == report.RoleLanding && visits != totals.Visits {
				t.Errorf("%s%s: %d visits in rows, %d in all, sources have %d", by, q, visits, pages.Totals.Visits, totals.Visits)
			}
		}
	}
}

func TestSitePagesFilters(t *testing.T) {
	t.Parallel()
	s := walkedService(t)
	prices := sitePage(sitePagesOf(t, s, "compare=none&role=assisting"), "/prices")
	if prices.Visits != 1 || prices.BeforeLead.Customers != 1 || prices.BeforeLead.Contacts != 0 || prices.Revenue != 8000 {
		t.Errorf("the prices are %+v", prices)
	}
	phones := sitePagesOf(t, s, "compare=none&device=mobile")
	if phones.Totals.Visits != 2 || phones.Totals.BeforeLead.People != 1 || len(phones.Rows) != 1 {
		t.Errorf("of phones %+v", phones)
	}
	email := sitePagesOf(t, s, "compare=none&source=Email")
	if email.Totals.Visits != 1 || sitePage(email, "/blog").BeforeLead.Credit != 0.5 {
		t.Errorf("of Email %+v", email)
	}
	devices := sitePagesOf(t, s, "compare=none&level=device")
	if sitePage(devices, "mobile").Visits != 2 || sitePage(devices, "desktop").Visits != 2 || sitePage(devices, "No value").Visits != 1 {
		t.Errorf("by device %+v", devices.Rows)
	}
}

func TestSitePagesRefuse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"model=markov": "model", "also=last": "also", "direct=keep": "direct", "level=source": "level", "role=exit": "role",
		"role=assisting&level=device": "role", "column=leads": "column", "sauce=x": "sauce", "role=landing&role=assisting": "role",
	} {
		values, _ := url.ParseQuery(text)
		if _, err := report.ParseSitePages(values); len(locations(err)) != 1 || locations(err)[0] != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := walkedService(t).SitePageContacts(t.Context(), scenario.Workspace, report.SitePageQuery{}); len(locations(err)) != 1 {
		t.Errorf("without a column: %v", err)
	}
}
