package workspace_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// shared finds the folder with real data, by TIDEMARK_SHARED or beside the
// module. Tests on it skip aloud without.
func shared(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("TIDEMARK_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		found := filepath.Join(dir, "shared")
		if _, err := os.Stat(filepath.Join(found, "data")); err == nil {
			return found
		}
	}
	t.Skip("no real data: set TIDEMARK_SHARED to the folder that has data/")
	return ""
}

// importReal imports a file as docs/import.md says, and its truth.
func importReal(t *testing.T, o *office, folder, file string, truth any) workspace.Import {
	t.Helper()
	data := filepath.Join(shared(t), "data", folder)
	mapping, err := os.ReadFile(filepath.Join("..", "testdata", "imports", folder+".json"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(data, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, truth); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(data, file))
	if err != nil {
		t.Fatal(err)
	}
	return o.run(string(content), string(mapping))
}

// rename makes the stages of the template fit, as docs/import.md says: "old
// new kind", the kind only where it changes.
func (o *office) rename(edits ...string) {
	o.t.Helper()
	for _, edit := range edits {
		words := strings.Fields(edit)
		name := strings.ToUpper(words[1][:1]) + words[1][1:]
		in := workspace.EditStageInput{Stage: words[0], Key: &words[1], Name: &name, Actor: journal.Actor{Kind: journal.ActorUser}}
		if len(words) > 2 {
			kind, _ := lifecycle.ParseKind(words[2])
			in.Kind = &kind
		}
		if _, err := o.EditStage(o.t.Context(), o.w, in); err != nil {
			o.t.Fatal(err)
		}
	}
}

// TestImportDocument: the mappings that docs/import.md shows are the ones that
// are tested here.
func TestImportDocument(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile(filepath.Join("..", "docs", "import.md"))
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "imports", "*.json"))
	if err != nil || len(paths) != 3 {
		t.Fatalf("mappings: %q, %v", paths, err)
	}
	for _, path := range paths {
		mapping, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(document), "```json\n"+string(mapping)+"```") {
			t.Errorf("docs/import.md does not show %s as it is", path)
		}
	}
}

// figures are the numbers that the lifecycle report shows.
type figures struct {
	Contacts, Entered, Won, Lost, Left, Open int
	Reached                                  []int // by position
}

// figures folds all contacts, and adds up the seconds to won and to lost.
func (o *office) figures() (f figures, toWon, toLost []float64) {
	o.t.Helper()
	c := o.configuration()
	positions := c.Lifecycle.Positions()
	f.Reached = make([]int, len(c.Lifecycle.MainStages()))
	for _, p := range o.contacts() {
		if len(p.journeys) > 0 {
			f.Contacts++
		}
		for _, j := range p.journeys {
			f.Entered++
			for k := range positions[j.Furthest] {
				f.Reached[k]++
			}
			d, timed := j.Duration()
			switch j.Outcome {
			case lifecycle.OutcomeWon:
				f.Won++
				toWon = appendIf(toWon, timed, d)
			case lifecycle.OutcomeLost:
				f.Lost++
				toLost = appendIf(toLost, timed, d)
			case lifecycle.OutcomeLeft:
				f.Left++
			default:
				f.Open++
			}
		}
	}
	return f, toWon, toLost
}

func appendIf(list []float64, ok bool, d lifecycle.Millis) []float64 {
	if !ok {
		return list
	}
	return append(list, float64(d)/1000)
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

func wantNear(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

const day = float64(24 * time.Hour / time.Second)

func TestRealInputCRMOpportunities(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.rename("new_lead prospecting", "hot_lead engaging", "payment lost lost", "customer won")
	type span struct {
		N    int     `json:"n"`
		Mean float64 `json:"mean"`
	}
	var truth struct {
		Total struct {
			Deals    int            `json:"deals"`
			ByStage  map[string]int `json:"by_stage"`
			WonValue int64          `json:"won_value"`
			ToWon    span           `json:"days_to_won"`
			ToLost   span           `json:"days_to_lost"`
		} `json:"total"`
	}
	got := importReal(t, o, "crm_opportunities", "sales_pipeline.csv", &truth)
	counts := workspace.ImportCounts{Created: 8800, Moved: 2*8300 + 4238 + 2473 + 500, Skipped: 1589}
	if diff := cmp.Diff(counts, got.ImportCounts); diff != "" {
		t.Error(diff)
	}
	if n := got.NotInReports; len(n) != 1 || n[0].Reason != "unrecorded" || n[0].Count != 500 || n[0].Text == "" || len(n[0].Offers) == 0 {
		t.Errorf("not in reports: %+v", n)
	}
	f, toWon, toLost := o.figures()
	want := figures{Contacts: 8300, Entered: 8300, Won: 4238, Lost: 2473, Open: 1589, Reached: []int{8300, 8300, 4238}}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
	if total := truth.Total; total.Deals != 8800 || total.ByStage["Won"] != f.Won || total.ByStage["Lost"] != f.Lost ||
		total.ByStage["Engaging"] != f.Open || total.ToWon.N != len(toWon) || total.ToLost.N != len(toLost) {
		t.Errorf("the truth says %+v", total)
	}
	wantNear(t, "mean days to won", mean(toWon)/day, truth.Total.ToWon.Mean, 1e-6)
	wantNear(t, "mean days to won", mean(toWon)/day, 51.78, 0.005)
	wantNear(t, "mean days to lost", mean(toLost)/day, truth.Total.ToLost.Mean, 1e-6)
	wantNear(t, "mean days to lost", mean(toLost)/day, 41.48, 0.005)
	o.wantWonValue(truth.Total.WonValue)
	o.wantProspects(500)
}

// wantWonValue adds up the values of the contacts that were won.
func (o *office) wantWonValue(dollars int64) {
	o.t.Helper()
	sum := int64(0)
	for _, p := range o.contacts() {
		var m workspace.Money
		if len(p.journeys) == 0 || p.journeys[0].Outcome != lifecycle.OutcomeWon {
			continue
		}
		if err := json.Unmarshal(p.Fields["value"], &m); err != nil || m.Currency != "USD" {
			o.t.Fatalf("value %s: %v", p.Fields["value"], err)
		}
		sum += m.Amount
	}
	if sum != 100*dollars {
		o.t.Errorf("won value: got %d cents, want %d dollars", sum, dollars)
	}
}

// wantProspects counts the contacts that stand in the first stage silently.
func (o *office) wantProspects(want int) {
	o.t.Helper()
	got := 0
	c := o.configuration()
	for _, p := range o.contacts() {
		if len(p.journeys) > 0 || len(p.Changes) != 1 || !p.Changes[0].Silent {
			continue
		}
		if stage, _ := c.Lifecycle.Stage(p.Changes[0].To); stage.Key == "prospecting" {
			got++
		}
	}
	if got != want {
		o.t.Errorf("silent prospects: got %d, want %d", got, want)
	}
}

func TestRealInputTravelDeclarations(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.rename("new_lead submitted", "hot_lead approved", "payment requested", "customer paid")
	var truth struct {
		Log struct {
			Cases  int            `json:"cases"`
			Events int            `json:"events"`
			By     map[string]int `json:"events_per_activity"`
		} `json:"log"`
	}
	got := importReal(t, o, "travel_declarations", "events.csv.gz", &truth)
	by := truth.Log.By
	skipped := by["Declaration APPROVED by ADMINISTRATION"] + by["Declaration APPROVED by BUDGET OWNER"] +
		by["Declaration APPROVED by PRE_APPROVER"] + by["Declaration SAVED by EMPLOYEE"]
	if got.RowsDone != int64(truth.Log.Events) || got.RowsDone != 55_628 || got.Created != int64(truth.Log.Cases) || got.Skipped != int64(skipped) || got.Rejected != 0 {
		t.Errorf("%+v", got)
	}
	if n := got.NotInReports; len(n) != 1 || n[0].Reason != "no_stage" || n[0].Count != int64(truth.Log.Cases-10_223) {
		t.Errorf("not in reports: %+v", n)
	}
	f, toWon, _ := o.figures()
	want := figures{Contacts: 10_223, Entered: 10_224, Won: 9_912, Open: 312, Reached: []int{10_224, 9_940, 9_915, 9_912}}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
	wantNear(t, "mean seconds to won", mean(toWon), 970_301.55, 0.005)
}

func TestRealInputPermitReceipt(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.rename("new_lead received", "hot_lead checked", "payment determined", "customer granted")
	for _, name := range []string{"Confirmed", "Advised", "Decided"} {
		if _, err := o.AddStage(t.Context(), o.w, workspace.AddStageInput{Name: name, Kind: lifecycle.Progress, Actor: journal.Actor{Kind: journal.ActorUser}}); err != nil {
			t.Fatal(err)
		}
	}
	var truth struct {
		Log struct {
			Cases  int `json:"cases"`
			Events int `json:"events"`
		} `json:"log"`
	}
	got := importReal(t, o, "permit_receipt", "receipt.csv.gz", &truth)
	if got.RowsDone != int64(truth.Log.Events) || got.Created != int64(truth.Log.Cases) || got.Rejected != 0 || len(got.NotInReports) != 0 {
		t.Errorf("%+v", got)
	}
	f, _, _ := o.figures()
	want := figures{Contacts: 1434, Entered: 1434, Open: 1434, Reached: []int{1434, 1318, 1316, 1316, 1309, 1283, 0}}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
	groups := map[string]int{}
	for _, p := range o.contacts() {
		groups[p.Source.Source]++
	}
	if diff := cmp.Diff(map[string]int{"Internet": 1250, "Desk": 109, "Post": 53, "e-mail": 21, "Intern": 1}, groups); diff != "" {
		t.Error(diff)
	}
}
