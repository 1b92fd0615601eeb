package scenario_test

import (
	"strings"
	"testing"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

func TestFoldMatchesScenarios(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.Files(t) {
		t.Run(s.Title(), func(t *testing.T) {
			t.Parallel()
			for _, fault := range s.CheckFold() {
				t.Error(fault)
			}
		})
	}
}

// TestScenariosCanFail checks the checker: every expected number that is not
// what comes out is found.
func TestScenariosCanFail(t *testing.T) {
	t.Parallel()
	const text = `
stages
  progress New
  won Won
  lost A
scenario wrong in every line
contact c
  New t, A t+1d
journeys c
  lost entered=t ended=t+1d duration=1d furthest=1 origin=New lost=A visited=New times=New:2d
report
  summary entered=2
  stage New reached=2
  stage Nowhere reached=1
  lost A count=none
  summary unheard=1
`
	scenarios, err := scenario.Parse("wrong.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	faults, err := scenarios[0].CheckEngine(t.Context(), func(entries []journal.Entry) (report.Engine, error) {
		return memory.New(scenario.Log(entries)), nil
	})
	if err != nil || len(faults) != 5 {
		t.Errorf("found %d of 5 faults, err %v:\n%s", len(faults), err, strings.Join(faults, "\n"))
	}
	if faults := scenarios[0].CheckFold(); len(faults) != 1 || !strings.Contains(faults[0], "wrong.txt:9") {
		t.Errorf("the fold's fault was not found: %q", faults)
	}
}

func TestParseNamesTheLine(t *testing.T) {
	t.Parallel()
	const stages = "stages\n  progress New\n  won Won\n"
	for text, want := range map[string]string{
		"nonsense": "x.txt:1: ",
		stages + "scenario a\ncontact c\n  New t+":     "x.txt:6: ",
		stages + "scenario a\ncontact c\n  Old t":      "x.txt:6: no stage",
		stages + "scenario a\njourneys c":              "x.txt:5: no contact",
		stages + "scenario a\nerase":                   "x.txt:5: erase",
		stages + "scenario a\nmerge New Won":           "x.txt:5: merge",
		stages + "scenario a\ncount_bulk maybe":        "x.txt:5: count_bulk",
		stages + "scenario a\nreport x":                "x.txt:5: ",
		stages + "scenario a\nreport\n  stage":         "x.txt:6: stage needs",
		"  New t":                                      "x.txt:1: an indented line",
		`contact "`:                                    "x.txt:1: a quote",
		stages + "scenario a\ncontact c\n  New t, New": "x.txt:6: ",
	} {
		_, err := scenario.Parse("x.txt", text)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("Parse(%q) = %v, want %q...", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("stages\n  progress New\n  won Won\nscenario a\ncontact c source=\"x y\"\n  New t, Won(i) t+1d2h\nmerge New into Won\njourneys c\n  none\nreport window=3\n  stage New reached=1\n")
	f.Fuzz(func(t *testing.T, text string) {
		scenarios, err := scenario.Parse("fuzz.txt", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.txt:") {
				t.Errorf("error without a line: %v", err)
			}
			return
		}
		for _, s := range scenarios {
			s.CheckFold()
		}
	})
}
