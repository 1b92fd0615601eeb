package bench

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestSample(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []float64
		want   Sample
	}{
		{nil, Sample{}},
		{[]float64{4}, Sample{1, 4, 4, 4}},
		{[]float64{9, 1, 5}, Sample{3, 5, 1, 9}},
		{[]float64{4, 1, 2, 3}, Sample{4, 2.5, 1, 4}},
	} {
		if diff := cmp.Diff(c.want, sampleOf(c.values)); diff != "" {
			t.Errorf("sample of %v:\n%s", c.values, diff)
		}
	}
	sorted := []float64{0, 10, 20, 30, 40}
	if got := quantile(sorted, 0.9); got != 36 {
		t.Errorf("p90 is %v, want 36", got)
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		row  Row
		want string
	}{
		{times("a", "", Sample{1, 20, 20, 20}, "F2", 10, 3), "ok"},
		{times("a", "", Sample{1, 60, 60, 60}, "F2", 10, 3), "short by 2.0x"},
		{share("a", "", Sample{1, 50, 50, 50}, "bare", 100, 0.5), "ok"},
		{share("a", "", Sample{1, 10, 10, 10}, "bare", 100, 0.5), "short by 5.0x"},
		{Row{Value: Sample{1, 299, 299, 299}, Unit: "ms", Bound: 300}.judge(), "ok"},
		{Row{Value: Sample{1, 600, 600, 600}, Unit: "ms", Bound: 300}.judge(), "short by 2.0x"},
		{Row{Verdict: NotBuilt}.judge(), "not built"},
	} {
		if got := c.row.says(); got != c.want {
			t.Errorf("%+v says %q, want %q", c.row, got, c.want)
		}
	}
}

func TestReportPrintsEveryRowAndRemark(t *testing.T) {
	t.Parallel()
	r := Report{
		Journeys: 1234567,
		Rows: []Row{
			times("a report", "<= 3 x F2", Sample{5, 60, 40, 80}, "F2", 10, 3),
			{Name: "tracking script", Target: "< 2 kB", Verdict: NotBuilt},
			{Name: "skipped", Verdict: Skipped, Note: "no program"},
		},
		Remarks: []string{"not quiet"},
	}
	var out bytes.Buffer
	if err := r.Print(&out); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"1,234,567 journeys", "6.00 x F2", "short by 2.0x", "(40.0..80.0, 5 runs); F2 = 10.0", "not built", "skipped: no program", "! not quiet"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("the table lacks %q:\n%s", part, &out)
		}
	}
}

func TestDrift(t *testing.T) {
	t.Parallel()
	at := func(ms float64) floors { return floors{f2: Sample{Median: ms}} }
	for _, c := range []struct{ start, end, want float64 }{{10, 10, 0}, {10, 15, 0.5}, {15, 10, 0.5}, {0, 10, 0}} {
		if got := drift(at(c.start), at(c.end)); got < c.want-1e-9 || got > c.want+1e-9 {
			t.Errorf("drift from %v to %v is %v, want %v", c.start, c.end, got, c.want)
		}
	}
}

func TestOptionsAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{Journeys: -1}, {Journeys: 1e9}, {Only: "nothing"}} {
		if _, err := Run(t.Context(), o); err == nil {
			t.Errorf("%+v were accepted", o)
		}
	}
}

func TestFirstLoadWeighsTheScriptsOfThePage(t *testing.T) {
	t.Parallel()
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	noise := strings.Repeat("abcdefgh", 1000) // compresses well
	site := fstest.MapFS{
		"index.html":      text(`<script src="/assets/main.js"></script><link rel="modulepreload" href="/assets/b.js"><link href="/a.css">`),
		"assets/main.js":  text(noise),
		"assets/b.js":     text("b"),
		"assets/later.js": text(noise),
	}
	kilobytes, names, err := firstLoad(site)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"assets/main.js", "assets/b.js"}, names); diff != "" {
		t.Error(diff)
	}
	if kilobytes <= 0 || kilobytes > 1 {
		t.Errorf("%v kB, want them compressed", kilobytes)
	}
}
