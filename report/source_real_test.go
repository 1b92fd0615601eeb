package report_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// playbookFile opens a file of the playbook, or skips aloud: it is not in this
// repository.
func playbookFile(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open("../../shared/data/attribution_playbook/" + name)
	if err != nil {
		f, err = os.Open("../../../shared/data/attribution_playbook/" + name)
	}
	if err != nil {
		t.Skipf("SKIPPED: ../shared/data/attribution_playbook/%s is not there", name)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// playbookRows reads a file of the playbook by column.
func playbookRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	f := playbookFile(t, name)
	reader := csv.NewReader(f)
	reader.FieldsPerRecord = -1
	all, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, value := range record {
			row[all[0][i]] = value
		}
		out = append(out, row)
	}
	return out
}

func playbookTime(t *testing.T, text string) lifecycle.Millis {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 3:04:05", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return lifecycle.MillisOf(at)
		}
	}
	t.Fatalf("no time %q", text)
	return 0
}

// playbookLog is the playbook as entries: visits as touches, sales, a won stage
// for whoever buys, and the costs.
func playbookLog(t *testing.T) scenario.Log {
	t.Helper()
	var log scenario.Log
	add := func(e journal.Entry) {
		e.Seq, e.Workspace = int64(len(log)+1), scenario.Workspace
		log = append(log, e)
	}
	add(journal.Entry{Kind: journal.KindConfiguration, Configuration: &journal.Configuration{
		TimeZone: "UTC", Currency: "USD", LifecycleEnabled: true,
		Lifecycle: lifecycle.Configuration{Stages: []lifecycle.Stage{{ID: 1, Key: "lead", Kind: lifecycle.Progress}, {ID: 2, Key: "won", Kind: lifecycle.Won}}},
	}})
	contacts := map[string]journal.ContactID{}
	contact := func(id string) journal.ContactID {
		if contacts[id] == 0 {
			contacts[id] = journal.ContactID(len(contacts) + 1)
			add(journal.Entry{Kind: journal.KindContact, Contact: contacts[id], Edit: &journal.ContactEdit{CreatedBy: "api"}})
		}
		return contacts[id]
	}
	classifier := touch.NewClassifier(touch.NewLists(), touch.Rules{})
	for _, row := range playbookRows(t, "sessions.csv") {
		utm := touch.UTM{Source: row["utm_source"], Medium: row["utm_medium"], Campaign: row["utm_campaign"]}
		arrival := classifier.Classify(touch.View{Page: "https://shop.example/", UTM: utm})
		add(journal.Entry{
			Kind: journal.KindTouch, Contact: contact(row["customer_id"]), At: playbookTime(t, row["started_at"]),
			Touch: &journal.Touch{Kind: touch.KindVisit, Source: arrival.Source, UTM: utm},
		})
	}
	for i, row := range playbookRows(t, "customer_conversions.csv") {
		amount, err := strconv.ParseInt(row["revenue"], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		who, at := contact(row["customer_id"]), playbookTime(t, row["converted_at"])
		add(journal.Entry{Kind: journal.KindChange, Contact: who, At: at, Stage: 2})
		add(journal.Entry{Kind: journal.KindRevenue, Contact: who, At: at, Revenue: &journal.Revenue{ID: strconv.Itoa(i), Amount: amount * 100, Currency: "USD"}})
	}
	for _, row := range playbookRows(t, "ad_spend.csv") {
		spend, err := strconv.ParseFloat(row["spend"], 64)
		if err != nil {
			t.Fatal(err)
		}
		add(journal.Entry{Kind: journal.KindCost, Cost: &journal.Cost{
			Day:    int32(playbookTime(t, row["date_day"]) / (24 * 60 * 60 * 1000)),
			Source: touch.Source{Source: "Paid social", SubSource: row["utm_source"], Medium: row["utm_medium"], Campaign: row["utm_campaign"]},
			To:     &journal.Spend{Amount: int64(math.Round(spend * 100)), Currency: "USD"},
		}})
	}
	return log
}

// The report says what the playbook's own solution says, by every model that it
// has, and what a customer of Facebook costs.
func TestAttributionPlaybookSourcesRealInput(t *testing.T) {
	t.Parallel()
	var truth struct {
		By map[string]map[string]struct{ Conversions, Value map[string]float64 }
	}
	if err := json.NewDecoder(playbookFile(t, "truth.json")).Decode(&truth); err != nil {
		t.Fatal(err)
	}
	at := playbookTime(t, "2020-12-31")
	s := &report.Service{Engine: memory.New(playbookLog(t)), Clock: clock(at)}
	for name, model := range map[string]string{"first": "first", "last": "last", "linear": "linear", "u_shape_40_20_40": "position"} {
		for _, level := range []string{"utm_source", "utm_medium", "utm_campaign"} {
			out := sourcesOf(t, s, "from=2020-01-01&to=2020-12-31&compare=none&direct=keep&lookback=30&model="+model+"&level="+level)
			want, known := truth.By[level][name]
			if !known {
				t.Errorf("the truth has no %s by %s", name, level)
			}
			if out.Totals.Revenue != 27500 || out.Totals.Sales != 21 || out.Totals.NewCustomers != 21 {
				t.Errorf("%s by %s: totals %+v", name, level, out.Totals.SourceFigures)
			}
			for _, row := range out.Rows {
				label := row.Label
				if row.Value == nil {
					label = "(blank)"
				}
				if math.Abs(row.Sales-want.Conversions[label]) > 2e-6 || math.Abs(float64(row.Revenue)/100-want.Value[label]) > 0.105 {
					t.Errorf("%s by %s: %s has %g sales and %d, want %g and %g", name, level, label, row.Sales, row.Revenue, want.Conversions[label], want.Value[label])
				}
			}
		}
	}
	for _, row := range sourcesOf(t, s, "from=2020-01-01&to=2020-12-31&compare=none&direct=keep&level=utm_source").Rows {
		if row.Label == "facebook_ads" && (row.CAC == nil || math.Abs(*row.CAC-31200.0/7) > 1e-9) {
			t.Errorf("Facebook costs %d for %g customers, want 312/7 each", row.Cost, row.NewCustomers)
		}
	}
}
