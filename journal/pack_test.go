package journal_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

const noLimit = 1 << 20

func TestChainIsUnpackedAsPacked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Custom(packable), 1, 10).Draw(t, "entries")
		for i := range want {
			want[i].Seq, want[i].Contact = int64(i+1), 9
		}
		packed := journal.PackChain(want[:1], noLimit)
		got, err := journal.UnpackChain(9, string(journal.PackMore(packed, want[1:], noLimit)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("entries differ (-want +got):\n%s", diff)
		}
	})
}

// packable draws an entry with only what is packed of it.
func packable(t *rapid.T) journal.Entry {
	e := journal.Entry{At: lifecycle.Millis(rapid.Int64().Draw(t, "at")), Import: rapid.Int64().Draw(t, "import")}
	text := func(name string) string { return rapid.String().Draw(t, name) }
	switch e.Kind = rapid.SampledFrom([]journal.Kind{journal.KindChange, journal.KindContact, journal.KindTouch, journal.KindRevenue}).Draw(t, "kind"); e.Kind {
	case journal.KindChange:
		e.Stage, e.Silent = lifecycle.StageID(rapid.Uint16().Draw(t, "stage")), rapid.Bool().Draw(t, "silent")
	case journal.KindTouch:
		e.Touch = &journal.Touch{Kind: touch.KindVisit, Source: touch.Source{Campaign: text("campaign")}}
	case journal.KindRevenue:
		e.Revenue = &journal.Revenue{ID: text("id"), Amount: rapid.Int64().Draw(t, "amount"), Currency: "EUR"}
	default:
		e.Arrived = lifecycle.Millis(rapid.Int64().Draw(t, "arrived"))
		e.Edit = &journal.ContactEdit{CreatedBy: text("created by")}
		if rapid.Bool().Draw(t, "sourced") {
			e.Edit.Source = &journal.SourceEdit{To: touch.Source{Campaign: text("campaign")}}
		}
		if rapid.Bool().Draw(t, "owned") {
			e.Edit.Fields = map[string]journal.FieldEdit{"owner": {To: json.RawMessage(text("owner"))}}
		}
	}
	return e
}

func TestChainIsNotPacked(t *testing.T) {
	t.Parallel()
	change := journal.Entry{Seq: 1, Contact: 9, Kind: journal.KindChange, Stage: 1}
	for name, test := range map[string]struct {
		more  journal.Entry
		limit int
	}{
		"with a merge":     {journal.Entry{Seq: 3, Contact: 9, Kind: journal.KindMerge, Merge: &journal.Merge{With: 8, Last: 2}}, noLimit},
		"with a visitor":   {journal.Entry{Seq: 3, Contact: 9, Kind: journal.KindIdentify, Identify: &journal.Identify{Visitor: 7, Contact: 9}}, noLimit},
		"beyond the limit": {change, 10},
	} {
		if packed := journal.PackMore(journal.PackChain([]journal.Entry{change}, test.limit), []journal.Entry{test.more}, test.limit); packed != nil {
			t.Errorf("%s: packed to %d bytes", name, len(packed))
		}
	}
}

func FuzzUnpackChain(f *testing.F) {
	f.Add(string(journal.PackChain([]journal.Entry{
		{Seq: 1, Kind: journal.KindContact, Edit: &journal.ContactEdit{Source: &journal.SourceEdit{}, Fields: map[string]journal.FieldEdit{"a": {To: json.RawMessage("1")}}}},
		{Seq: 2, Kind: journal.KindChange, Stage: 3},
	}, noLimit)))
	f.Fuzz(func(t *testing.T, packed string) {
		entries, err := journal.UnpackChain(9, packed)
		if err != nil || len(entries) == 0 {
			return
		}
		repacked := journal.PackChain(entries, noLimit)
		if repacked == nil {
			return // what no chain is packed with
		}
		again, err := journal.UnpackChain(9, string(repacked))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(entries, again); diff != "" {
			t.Fatalf("entries differ when they are packed again:\n%s", diff)
		}
	})
}

func TestUnpackRefusesWhatIsCutOff(t *testing.T) {
	t.Parallel()
	e := journal.Entry{Kind: journal.KindContact, Edit: &journal.ContactEdit{CreatedBy: "form", Source: &journal.SourceEdit{To: touch.Source{Campaign: "Spring"}}}}
	whole := journal.AppendPacked(nil, &e)
	for cut := range len(whole) {
		if _, err := journal.Unpack(9, 1, string(whole[:cut])); err == nil {
			t.Errorf("%d of %d bytes unpack without an error", cut, len(whole))
		}
	}
}
