package main

import (
	"encoding/json"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// realData is the folder of real files for tests; the test is skipped, aloud,
// where it is not.
func realData(t *testing.T) string {
	t.Helper()
	if folder := os.Getenv("TIDEMARK_SHARED"); folder != "" {
		return filepath.Join(folder, "data")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for dir := root; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		data := filepath.Join(dir, "shared", "data")
		if _, err := os.Stat(data); err == nil {
			return data
		}
	}
	t.Skip("no real data here: set TIDEMARK_SHARED to the folder that has data/")
	return ""
}

// recipe is one of the real exports of docs/import.md, as it says to
// import it: what a user reads is what is tested.
type recipe struct {
	stages   [][2]string // id or key, and the body of the edit
	added    []string    // names of progress stages
	mappings []string    // one a file, in their order
}

func recipeOf(t *testing.T, heading string) recipe {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "import.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "### "+heading+"\n")
	if !found {
		t.Fatalf("docs/import.md has no section %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n### ")
	var r recipe
	for _, m := range regexp.MustCompile(`(?m)^ +stage (\S+) +'(.*)'$`).FindAllStringSubmatch(section, -1) {
		r.stages = append(r.stages, [2]string{m[1], m[2]})
	}
	if m := regexp.MustCompile(`for name in (.*?);`).FindStringSubmatch(section); m != nil {
		r.added = strings.Fields(m[1])
	}
	for _, m := range regexp.MustCompile("(?s)```json\n(.*?)```").FindAllStringSubmatch(section, -1) {
		r.mappings = append(r.mappings, m[1])
	}
	if len(r.stages) == 0 || len(r.mappings) == 0 {
		t.Fatalf("the section %q has no stages or no mapping", heading)
	}
	return r
}

// lifecycleReport is what the tests read of the report.
type lifecycleReport struct {
	Summary struct {
		Entered, Won, Lost, Left, Open int64
		TimeToConversion               spread `json:"time_to_conversion_seconds"`
		TimeToDropOff                  spread `json:"time_to_drop_off_seconds"`
	}
	Stages []struct{ Reached int64 }
	Groups []struct {
		Kind, Label string
		Summary     struct{ Entered int64 }
	}
}

type spread struct {
	Mean, Median, P90 float64
	Journeys          int64
}

func (r *lifecycleReport) reached() (out []int64) {
	for _, s := range r.Stages {
		out = append(out, s.Reached)
	}
	return out
}

// imported does what a section of docs/import.md says with one file, and
// returns the report and what the command said.
func imported(t *testing.T, heading, file, parameters string) (report lifecycleReport, said string) {
	t.Helper()
	reports, said := importedAll(t, heading, []string{file}, parameters)
	return reports[0], said
}

// importedAll does what a section says with several files, and returns a
// report for each of the parameters.
func importedAll(t *testing.T, heading string, files []string, parameters ...string) (reports []lifecycleReport, said string) {
	t.Helper()
	if testing.Short() {
		t.Skip("not in short mode")
	}
	r := recipeOf(t, heading)
	data, key := newData(t)
	p := startServer(t, data, key)
	for _, stage := range r.stages {
		if _, err := p.call(http.MethodPatch, "/v1/stages/"+stage[0], json.RawMessage(stage[1]), &struct{}{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range r.added {
		if _, err := p.call(http.MethodPost, "/v1/stages", map[string]string{"name": name, "kind": "progress"}, &struct{}{}); err != nil {
			t.Fatal(err)
		}
	}
	for i, file := range files {
		said += must(t, "import", file, "--data", data, "--mapping", r.mappings[i], "--rejected", filepath.Join(t.TempDir(), "rejected.csv"))
	}
	var list struct{ Items []struct{ Seq int64 } }
	if _, err := p.call(http.MethodGet, "/v1/imports", nil, &list); err != nil {
		t.Fatal(err)
	}
	path := "/v1/reports/lifecycle?from=2005-01-01&to=2025-12-31&compare=none&min_seq=" + jsonText(t, list.Items[0].Seq) + "&"
	reports = make([]lifecycleReport, len(parameters))
	for i, more := range parameters {
		if _, err := p.call(http.MethodGet, path+more, nil, &reports[i]); err != nil {
			t.Fatal(err)
		}
	}
	if out := must(t, "check", "--data", data); !strings.Contains(out, "The record is consistent") {
		t.Error(out)
	}
	return reports, said
}

func jsonText(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// truth reads the numbers beside a file.
func truth(t *testing.T, folder string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestRealInputPipeline(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(realData(t), "crm_opportunities")
	var want struct {
		Total struct {
			ByStage    map[string]int64 `json:"by_stage"`
			DaysToWon  spread           `json:"days_to_won"`
			DaysToLost spread           `json:"days_to_lost"`
		}
	}
	truth(t, folder, &want)
	got, said := imported(t, "A pipeline with one row per deal", filepath.Join(folder, "sales_pipeline.csv"), "parts=summary,stages,quantiles")
	s := got.Summary
	if s.Entered != 8300 || s.Won != want.Total.ByStage["Won"] || s.Lost != want.Total.ByStage["Lost"] || s.Open != want.Total.ByStage["Engaging"] || s.Left != 0 {
		t.Errorf("summary %+v, want 8,300 entered, won, lost and open as in %v", s, want.Total.ByStage)
	}
	const day = 86400
	near(t, "mean days to won", s.TimeToConversion.Mean/day, want.Total.DaysToWon.Mean, 1e-6)
	near(t, "median days to won", s.TimeToConversion.Median/day, want.Total.DaysToWon.Median, 1e-9)
	near(t, "p90 days to won", s.TimeToConversion.P90/day, want.Total.DaysToWon.P90, 1e-9)
	near(t, "mean days to lost", s.TimeToDropOff.Mean/day, want.Total.DaysToLost.Mean, 1e-6)
	near(t, "median days to lost", s.TimeToDropOff.Median/day, want.Total.DaysToLost.Median, 1e-9)
	near(t, "p90 days to lost", s.TimeToDropOff.P90/day, want.Total.DaysToLost.P90, 1e-9)
	for _, text := range []string{"8800  contacts created", "0  rows rejected", "500 contacts"} {
		if !strings.Contains(said, text) {
			t.Errorf("the import does not say %q:\n%s", text, said)
		}
	}
}

func TestRealInputEventLog(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(realData(t), "travel_declarations")
	got, said := imported(t, "An event log with many rows per case", filepath.Join(folder, "events.csv.gz"), "parts=summary,stages")
	s := got.Summary
	if s.Entered != 10224 || s.Won != 9912 || s.Open != 312 || s.Lost != 0 || s.Left != 0 {
		t.Errorf("summary %+v, want 10,224 entered, 9,912 won, 312 open", s)
	}
	if want := []int64{10224, 9940, 9915, 9912}; !slices.Equal(got.reached(), want) {
		t.Errorf("reached %v, want %v", got.reached(), want)
	}
	near(t, "mean seconds to won", s.TimeToConversion.Mean, 970301.55, 0.005)
	if !strings.Contains(said, "Imported 55628 rows") || !strings.Contains(said, "0  rows rejected") {
		t.Errorf("the import says\n%s", said)
	}
}

func TestRealInputProcess(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(realData(t), "permit_receipt")
	var want struct {
		Channels map[string]int64 `json:"cases_by_channel"`
	}
	truth(t, folder, &want)
	got, _ := imported(t, "A process with steps back, by channel", filepath.Join(folder, "receipt.csv.gz"), "parts=summary,stages,groups&group_by=source")
	if s := got.Summary; s.Entered != 1434 || s.Open != 1434 {
		t.Errorf("summary %+v, want 1,434 open", s)
	}
	if want := []int64{1434, 1318, 1316, 1316, 1309, 1283, 0}; !slices.Equal(got.reached(), want) {
		t.Errorf("reached %v, want %v", got.reached(), want)
	}
	groups := map[string]int64{}
	for _, g := range got.Groups {
		if g.Kind == "value" {
			groups[g.Label] = g.Summary.Entered
		}
	}
	if len(groups) != len(want.Channels) {
		t.Errorf("groups %v, want %v", groups, want.Channels)
	}
	for channel, n := range want.Channels {
		if groups[channel] != n {
			t.Errorf("%d journeys by %s, want %d", groups[channel], channel, n)
		}
	}
}

func TestRealInputLeadsAndDeals(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(realData(t), "zoho_crm")
	var want struct {
		Leads     int64
		Converted map[string]int64
		Deals     struct {
			Deals     int64
			ByStage   map[string]int64 `json:"by_stage"`
			DaysToWon spread           `json:"days_created_to_closing_won"`
		}
	}
	truth(t, folder, &want)
	files := []string{filepath.Join(folder, "Leads.csv.gz"), filepath.Join(folder, "Potentials.csv.gz")}
	got, said := importedAll(t, "Leads and deals of a CRM", files,
		"parts=summary", "parts=summary&property.converted=Yes", "parts=summary&property.converted=No", "parts=summary,quantiles&property.converted=")
	all, yes, no, deals := got[0].Summary, got[1].Summary, got[2].Summary, got[3].Summary
	if all.Entered != want.Leads+want.Deals.Deals || yes.Entered != want.Converted["Yes"] || no.Entered != want.Converted["No"] {
		t.Errorf("%d journeys, %d converted and %d not, want %d and %v", all.Entered, yes.Entered, no.Entered, want.Leads+want.Deals.Deals, want.Converted)
	}
	won, lost := want.Deals.ByStage["Closed Won"], want.Deals.ByStage["Closed Lost"]
	if deals.Entered != want.Deals.Deals || deals.Won != won || deals.Lost != lost || deals.Open != want.Deals.Deals-won-lost {
		t.Errorf("deals %+v, want %d, %d won and %d lost", deals, want.Deals.Deals, won, lost)
	}
	const day = 86400
	near(t, "mean days to won", deals.TimeToConversion.Mean/day, want.Deals.DaysToWon.Mean, 1e-6)
	near(t, "median days to won", deals.TimeToConversion.Median/day, want.Deals.DaysToWon.Median, 1e-6)
	near(t, "p90 days to won", deals.TimeToConversion.P90/day, want.Deals.DaysToWon.P90, 1e-6)
	if strings.Count(said, "0  rows rejected") != 2 {
		t.Errorf("the imports say\n%s", said)
	}
}
