package projector

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// What was sorted on disk, in many runs, is what sorting in memory gives.
func TestSorterSortsByContactAndArrival(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		s := newSorter(dir, rapid.IntRange(1, 3).Draw(t, "parts"))
		defer s.close()
		for _, p := range s.parts {
			p.limit = rapid.IntRange(10, 500).Draw(t, "bytes in memory")
		}
		var want []journal.Entry
		for seq := range rapid.IntRange(0, 60).Draw(t, "entries") {
			e := entryOf(t, int64(seq+1))
			if err := s.parts[rapid.IntRange(0, len(s.parts)-1).Draw(t, "part")].add(&e); err != nil {
				t.Fatal(err)
			}
			want = append(want, e)
		}
		slices.SortStableFunc(want, func(a, b journal.Entry) int { return cmp.Compare(a.Contact, b.Contact) })
		var got []journal.Entry
		for g, err := range s.groups(rapid.IntRange(1, 4).Draw(t, "contacts in a group")) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range g.contacts {
				entries, err := g.unpack(i)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, entries...)
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("entries differ (-want +got):\n%s", diff)
		}
	})
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("runs were left behind: %v, %v", left, err)
	}
}

// entryOf draws an entry with only what rows are made of.
func entryOf(t *rapid.T, seq int64) journal.Entry {
	e := journal.Entry{
		Seq: seq, Contact: journal.ContactID(rapid.IntRange(1, 6).Draw(t, "contact")),
		At: lifecycle.Millis(rapid.Int64().Draw(t, "at")),
	}
	if rapid.IntRange(0, 3).Draw(t, "touch") == 0 {
		e.Kind = journal.KindTouch
		e.Touch = &journal.Touch{Kind: touch.KindVisit, Source: touch.Source{Campaign: rapid.String().Draw(t, "campaign")}}
		return e
	}
	if rapid.Bool().Draw(t, "change") {
		e.Kind = journal.KindChange
		e.Stage = lifecycle.StageID(rapid.Uint16().Draw(t, "stage"))
		e.Silent = rapid.Bool().Draw(t, "silent")
		return e
	}
	e.Kind = journal.KindContact
	e.Arrived = lifecycle.Millis(rapid.Int64().Draw(t, "arrived"))
	e.Edit = &journal.ContactEdit{CreatedBy: rapid.String().Draw(t, "created by")}
	if rapid.Bool().Draw(t, "sourced") {
		e.Edit.Source = &journal.SourceEdit{To: touch.Source{Campaign: rapid.String().Draw(t, "campaign")}}
	}
	if rapid.Bool().Draw(t, "owned") {
		e.Edit.Fields = map[string]journal.FieldEdit{"owner": {To: json.RawMessage(rapid.String().Draw(t, "owner"))}}
	}
	return e
}
