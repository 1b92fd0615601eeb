package report_test

import (
	"strings"
	"testing"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

// recomputing says that a generation is being replaced.
type recomputing report.Recomputation

func (r recomputing) Recomputing(journal.WorkspaceID) (report.Recomputation, bool) {
	return report.Recomputation(r), r.Since != 0
}

func TestAnswersSayThatTheyAreOfAnOlderConfiguration(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		under recomputing
		says  string // "" = nothing
	}{
		{"current", recomputing{}, ""},
		{"being replaced", recomputing{Since: 9, Done: 30, Total: 120}, "25 % done"},
		{"not begun", recomputing{Since: 9}, "computed anew"},
		{"another generation", recomputing{Generation: 4, Since: 9}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := service(parseLog(t, worked))
			s.Recomputing = test.under
			for range 2 { // the second from what was kept
				result, err := s.Lifecycle(t.Context(), 1, report.Query{Preset: "last_30_days"})
				if err != nil {
					t.Fatal(err)
				}
				said := ""
				for _, n := range result.Notices {
					if n.Kind == "recomputing" {
						said += n.Text
					}
				}
				if (said == "") != (test.says == "") || !strings.Contains(said, test.says) {
					t.Errorf("it says %q, want %q", said, test.says)
				}
			}
		})
	}
}
