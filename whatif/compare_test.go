package whatif

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// changeLog is a log in memory.
type changeLog []logged

type logged struct {
	contact journal.ContactID
	change  lifecycle.Change
}

func (l changeLog) EachChange(_ context.Context, visit func(journal.ContactID, lifecycle.Change) error) error {
	for _, c := range l {
		if err := visit(c.contact, c.change); err != nil {
			return err
		}
	}
	return nil
}

// The effect is that of folding every contact under both configurations,
// however many parts the contacts are compared in.
func TestCompareCountsWhatDiffers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := scenario.DrawConfiguration(t, 0)
		after := before
		after.Stages = slices.Clone(before.Stages)
		edit(t, &after)
		var log changeLog
		byContact := map[journal.ContactID][]lifecycle.Change{}
		for n := range rapid.IntRange(0, 12).Draw(t, "contacts") {
			contact := journal.ContactID(n*3 + 1)
			for _, c := range scenario.DrawChanges(t, &before, 0) {
				log = append(log, logged{contact, c})
				byContact[contact] = append(byContact[contact], c)
			}
		}
		c := comparison{
			before: lifecycle.NewFolder(&before), after: lifecycle.NewFolder(&after), touched: touchedBy(&before, &after),
			limit: rapid.IntRange(3, 100).Draw(t, "held"),
		}
		got, err := c.run(t.Context(), log)
		if err != nil {
			t.Fatal(err)
		}
		var want Effect
		for _, changes := range byContact {
			was, is := c.before.Fold(slices.Clone(changes)), c.after.Fold(changes)
			count(&want.Before, was)
			count(&want.After, is)
			n := int64(0)
			for i := range max(len(was), len(is)) {
				if i >= len(was) || i >= len(is) || !cmp.Equal(was[i], is[i]) {
					n++
				}
			}
			want.Journeys += n
			want.Contacts += min(n, 1)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("(-want +got):\n%s", d)
		}
	})
}

// edit makes one of the edits that people make, or none.
func edit(t *rapid.T, c *lifecycle.Configuration) {
	i := rapid.IntRange(0, len(c.Stages)-1).Draw(t, "stage")
	s := &c.Stages[i]
	switch rapid.IntRange(0, 5).Draw(t, "edit") {
	case 0:
		s.Erase(10*24*3_600_000, c.Stages[0].ID)
	case 1:
		s.Restore()
	case 2:
		k := rapid.IntRange(0, len(c.Stages)-1).Draw(t, "swapped with")
		c.Stages[i], c.Stages[k] = c.Stages[k], c.Stages[i]
	case 3:
		if s.Kind != lifecycle.Won {
			s.Kind = lifecycle.Lost
		}
	case 4:
		c.CountBulk = !c.CountBulk
	default:
		s.Name += "!"
	}
}

func TestCompareStopsWhenAsked(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := lifecycle.Configuration{}
	if _, err := Compare(ctx, &c, &c, changeLog{{1, lifecycle.Change{To: 1}}}); err == nil {
		t.Error("it goes on")
	}
}

func BenchmarkCompare(b *testing.B) {
	c := lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 1, Kind: lifecycle.Progress}, {ID: 2, Kind: lifecycle.Progress}, {ID: 3, Kind: lifecycle.Won}, {ID: 4, Kind: lifecycle.Lost},
	}}
	after := c
	after.Stages = slices.Clone(c.Stages)
	after.Stages[1].Erase(1, 0)
	var log changeLog
	for i := range 1_000_000 {
		log = append(log, logged{journal.ContactID(i / 4), lifecycle.Change{At: lifecycle.Millis(i), To: lifecycle.StageID(i%4 + 1)}})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compare(b.Context(), &c, &after, log); err != nil {
			b.Fatal(err)
		}
	}
}
