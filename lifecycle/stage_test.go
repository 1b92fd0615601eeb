package lifecycle_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/lifecycle"
)

func TestPositionsSkipWhatIsGone(t *testing.T) {
	t.Parallel()
	c := lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 7, Kind: lifecycle.Won},
		{ID: 1, Kind: lifecycle.Progress},
		{ID: 2, Kind: lifecycle.Progress, Erased: true},
		{ID: 3, Kind: lifecycle.Lost},
		{ID: 4, Kind: lifecycle.Progress, MergedInto: 1},
		{ID: 5, Kind: lifecycle.Progress, ArchivedAt: 9},
		{ID: 8, Kind: lifecycle.Beyond},
	}}
	want := map[lifecycle.StageID]int{lifecycle.NoStage: 1, 1: 1, 5: 2, 7: 3, 8: 4}
	if d := cmp.Diff(want, c.Positions()); d != "" {
		t.Error(d)
	}
}

// TestMergeCirclesEnd folds under merges that no edit can make.
func TestMergeCirclesEnd(t *testing.T) {
	t.Parallel()
	c := lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 1, Kind: lifecycle.Progress, MergedInto: 2}, {ID: 2, Kind: lifecycle.Progress, MergedInto: 1},
	}}
	lifecycle.NewFolder(&c).Fold([]lifecycle.Change{{To: 1}, {At: 1, To: 2}})
}

func TestStagesOutsideTheConfigurationAreOutOfView(t *testing.T) {
	t.Parallel()
	c := lifecycle.Configuration{Stages: []lifecycle.Stage{{ID: 1, Kind: lifecycle.Progress}}}
	journeys := lifecycle.NewFolder(&c).Fold([]lifecycle.Change{{To: 1}, {At: 1, To: 40}, {At: 2, To: 1}})
	if len(journeys) != 1 || journeys[0].Outcome != lifecycle.Open || len(journeys[0].Stays) != 1 {
		t.Errorf("got %+v", journeys)
	}
}

func TestNamesAreReadBack(t *testing.T) {
	t.Parallel()
	for kind := lifecycle.Progress; kind <= lifecycle.Aside; kind++ {
		var again lifecycle.Kind
		text, _ := kind.MarshalText()
		if err := again.UnmarshalText(text); err != nil || again != kind {
			t.Errorf("%s became %s, %v", kind, again, err)
		}
	}
	var kind lifecycle.Kind
	for _, bad := range []string{"", "Progress", "main"} {
		if kind.UnmarshalText([]byte(bad)) == nil {
			t.Errorf("%q is a kind", bad)
		}
	}
	if lifecycle.Kind(9).String() != "" || lifecycle.Outcome(9).String() != "" || lifecycle.Exit(9).String() != "" {
		t.Error("a number without a name has one")
	}
}

func TestMillis(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`"2026-11-14T11:00:00+01:00"`:   `"2026-11-14T10:00:00.000Z"`,
		`"2026-11-14T10:00:00.123999Z"`: `"2026-11-14T10:00:00.123Z"`,
		`"1969-12-31T23:59:59.9995Z"`:   `"1969-12-31T23:59:59.999Z"`,
	} {
		var m lifecycle.Millis
		if err := json.Unmarshal([]byte(in), &m); err != nil {
			t.Fatal(err)
		}
		if got, _ := json.Marshal(m); string(got) != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
	var m lifecycle.Millis
	if err := m.UnmarshalText([]byte("yesterday")); err == nil {
		t.Error("yesterday is an instant")
	}
}
