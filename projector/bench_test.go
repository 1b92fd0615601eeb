package projector

import (
	"context"
	"testing"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
)

// BenchmarkFollow measures what one more change of a contact costs between the
// log and the engine: from its packed entries to the rows that differ.
func BenchmarkFollow(b *testing.B) {
	configuration := testConfiguration()
	chain := history(1, 2, 5, 1, 2, 1, 2, 3)
	before, last := chain[:len(chain)-1], chain[len(chain)-1]
	last.Prev = before[len(before)-1].Seq
	always := same{packed: string(journal.PackChain(before, 1<<10)), given: new(int64)}
	f := &follower{
		journal: always, numbers: newNumbering(always, always, 1, 1),
		cursor: Cursor{Configuration: configuration, Seq: last.Prev},
	}
	contacts := 0
	b.ReportAllocs()
	for b.Loop() {
		n := news{cursor: f.cursor}
		n.cursor.Seq = last.Seq
		for c := range journal.ContactID(256) {
			last.Contact = c + 1
			n.touched = append(n.touched, touched{contact: last.Contact, entries: []journal.Entry{last}})
		}
		batch, err := f.differences(b.Context(), n)
		if err != nil {
			b.Fatal(err)
		}
		if contacts += len(batch.Contacts) / 2; len(batch.Journeys) != 2*256 || len(batch.Stays) != 5*256 {
			b.Fatalf("%d rows of journeys and %d of stays differ", len(batch.Journeys), len(batch.Stays))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(contacts), "ns/contact")
}

// same is a log in which every contact has the same entries, and dictionaries
// that number whatever they are asked for: what is measured is on this side of
// them.
type same struct {
	Journal
	packed string
	given  *int64
}

func (s same) Chains(_ context.Context, _ journal.WorkspaceID, wanted []Chain) ([][]journal.Entry, error) {
	chains := make([][]journal.Entry, len(wanted))
	for i, c := range wanted {
		var err error
		if chains[i], err = journal.UnpackChain(c.Contact, s.packed); err != nil {
			return nil, err
		}
	}
	return chains, nil
}

func (s same) JourneyCells(_ context.Context, _ journal.WorkspaceID, _ int64, cells []funnel.JourneyCell) ([]int32, error) {
	return give[int32](s, len(cells)), nil
}

func (s same) StayCells(_ context.Context, _ journal.WorkspaceID, _ int64, cells []funnel.StayCell) ([]int32, error) {
	return give[int32](s, len(cells)), nil
}

func (s same) Intern(_ context.Context, _ journal.WorkspaceID, texts []string) ([]int64, error) {
	return give[int64](s, len(texts)), nil
}

func (s same) InternSources(_ context.Context, _ journal.WorkspaceID, sources [][8]string) ([]int64, error) {
	return give[int64](s, len(sources)), nil
}

func give[N int32 | int64](s same, count int) []N {
	numbers := make([]N, count)
	for i := range numbers {
		*s.given++
		numbers[i] = N(*s.given)
	}
	return numbers
}
