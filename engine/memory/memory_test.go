package memory_test

import (
	"testing"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

func TestScenarios(t *testing.T) {
	t.Parallel()
	scenario.Run(t, func(_ testing.TB, entries []journal.Entry) report.Engine {
		return memory.New(scenario.Log(entries))
	})
}

// TestLongLogsAreReadToTheEnd has more entries than the engine reads at once.
func TestLongLogsAreReadToTheEnd(t *testing.T) {
	t.Parallel()
	configuration := journal.Configuration{TimeZone: "UTC", Lifecycle: lifecycle.Configuration{
		Stages: []lifecycle.Stage{{ID: 1, Kind: lifecycle.Progress}, {ID: 2, Kind: lifecycle.Won}},
	}}
	const contacts = 20_000
	log := scenario.Log{{Seq: 1, Kind: journal.KindConfiguration, Configuration: &configuration}}
	for i := range contacts {
		log = append(log, journal.Entry{
			Seq: int64(i + 2), Kind: journal.KindChange, Contact: journal.ContactID(i + 1), At: lifecycle.Millis(i), Stage: 1,
		})
	}
	err := memory.New(log).View(t.Context(), scenario.Workspace, func(r report.Reading) error {
		if r.Cursor().Seq != contacts+1 {
			t.Errorf("read up to %d", r.Cursor().Seq)
		}
		counts, err := r.Count(t.Context(), report.Plan{To: contacts})
		if len(counts.Journeys) != 1 || counts.Journeys[0].N != contacts {
			t.Errorf("counted %+v", counts.Journeys)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
