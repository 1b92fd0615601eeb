package destination_test

import (
	"slices"
	"testing"
	"time"

	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// sales are two progress stages, the second one an opportunity, won and lost.
var sales = &journal.Configuration{TimeZone: "UTC", Currency: "EUR", Lifecycle: lifecycle.Configuration{Stages: []lifecycle.Stage{
	{ID: 1, Key: "new", Kind: lifecycle.Progress},
	{ID: 2, Key: "hot", Kind: lifecycle.Progress, Role: lifecycle.RoleOpportunity},
	{ID: 3, Key: "won", Kind: lifecycle.Won},
	{ID: 4, Key: "lost", Kind: lifecycle.Lost},
}}}

// chain makes entries of contact 7 in order of arrival, after its creation.
func chain(entries ...journal.Entry) []journal.Entry {
	all := append([]journal.Entry{{Kind: journal.KindContact, Edit: &journal.ContactEdit{CreatedBy: "api"}}}, entries...)
	for i := range all {
		e := &all[i]
		e.Seq, e.Prev, e.Contact, e.Arrived = int64(i+1), int64(i), 7, now
		if e.At == 0 {
			e.At = now + lifecycle.Millis(i)
		}
	}
	return all
}

func moved(to lifecycle.StageID, at lifecycle.Millis) journal.Entry {
	return journal.Entry{Kind: journal.KindChange, Stage: to, At: at}
}

// tells lists what each entry of a chain tells, in order.
func tells(entries []journal.Entry) (out []string) {
	r := destination.NewReading(sales, time.UTC)
	for i := range entries {
		if !destination.Tells(&entries[i], 7*day) {
			continue
		}
		for _, what := range r.Of(&entries[i], entries) {
			out = append(out, string(what))
		}
	}
	return out
}

func TestWhatEntriesTell(t *testing.T) {
	t.Parallel()
	form := journal.Entry{Kind: journal.KindTouch, Touch: &journal.Touch{Kind: touch.KindForm}}
	silent, imported, old := moved(3, now+1), moved(3, now+1), moved(3, now-8*day)
	silent.Silent, imported.Import = true, 9
	for name, c := range map[string]struct {
		entries []journal.Entry
		want    []string
	}{
		"a way to won":               {chain(moved(1, now+1), moved(2, now+2), moved(3, now+3)), []string{"stage", "stage", "opportunity", "stage", "won"}},
		"skipped stages are reached": {chain(moved(3, now+1)), []string{"stage", "opportunity", "won"}},
		"lost":                       {chain(moved(1, now+1), moved(4, now+2)), []string{"stage", "stage", "lost"}},
		"the same stage again":       {chain(moved(1, now+1), moved(1, now+2)), []string{"stage"}},
		"cleared":                    {chain(moved(1, now+1), moved(0, now+2)), []string{"stage"}},
		"won twice":                  {chain(moved(3, now+1), moved(1, now+2), moved(3, now+3)), []string{"stage", "opportunity", "won", "stage", "stage", "opportunity", "won"}},
		"a first form is a lead":     {chain(form, form), []string{"lead"}},
		"late news in the past adds what it adds": {
			chain(moved(3, now+9), moved(2, now+1)), []string{"stage", "opportunity", "won", "stage"},
		},
		"late news of an earlier journey": {
			chain(moved(3, now+9), moved(4, now+1)), []string{"stage", "opportunity", "won", "stage", "lost"},
		},
		"silent, imported, long ago": {chain(silent, imported, old), nil},
		"revenue": {chain(
			journal.Entry{Kind: journal.KindRevenue, Revenue: &journal.Revenue{ID: "a", Amount: 5}},
			journal.Entry{Kind: journal.KindRevenue, Revenue: &journal.Revenue{ID: "b", Amount: -5, Refund: true}},
		), []string{"sale", "refund"}},
	} {
		if got := tells(c.entries); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestEventsOfWhoIsGone(t *testing.T) {
	t.Parallel()
	r := destination.NewReading(sales, time.UTC)
	all := chain(moved(3, now+1), journal.Entry{Kind: journal.KindErasure})
	for _, entries := range [][]journal.Entry{all, nil} {
		if _, err := r.Event(7, entries, destination.Told{Seq: 2, What: destination.Won}); err == nil {
			t.Errorf("%d entries tell of somebody who is gone", len(entries))
		}
	}
}
