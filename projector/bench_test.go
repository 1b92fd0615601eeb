package projector

import (
	"context"
	"testing"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
)

// BenchmarkFollow measures what one more change of a contact costs between the
// log and the engine: from its remembered entries to the rows that differ.
func BenchmarkFollow(b *testing.B) {
	configuration := testConfiguration()
	chain := history(1, 2, 5, 1, 2, 1, 2, 3)
	before, last := chain[:len(chain)-1], chain[len(chain)-1]
	last.Prev = before[len(before)-1].Seq
	empty := nothing{given: new(int64)}
	f := &follower{
		journal: empty, numbers: newNumbering(empty, empty, 1, 1), recent: newRecent(recentBytes),
		cursor: Cursor{Configuration: configuration, Seq: last.Prev},
	}
	packed, contacts := packChain(before), 0
	b.ReportAllocs()
	for b.Loop() {
		n := news{cursor: f.cursor}
		n.cursor.Seq = last.Seq
		for c := range journal.ContactID(256) {
			last.Contact = c + 1
			f.recent.put(last.Contact, last.Prev, packed)
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

// nothing is a log without anything in it, and dictionaries that number whatever
// they are asked for: what is measured is on this side of them.
type nothing struct {
	Journal
	given *int64
}

func (nothing) Chains(_ context.Context, _ journal.WorkspaceID, lasts []int64) ([][]journal.Entry, error) {
	return make([][]journal.Entry, len(lasts)), nil
}

func (n nothing) JourneyCells(_ context.Context, _ journal.WorkspaceID, _ int64, cells []funnel.JourneyCell) ([]int32, error) {
	return give[int32](n, len(cells)), nil
}

func (n nothing) StayCells(_ context.Context, _ journal.WorkspaceID, _ int64, cells []funnel.StayCell) ([]int32, error) {
	return give[int32](n, len(cells)), nil
}

func (n nothing) Intern(_ context.Context, _ journal.WorkspaceID, texts []string) ([]int64, error) {
	return give[int64](n, len(texts)), nil
}

func (n nothing) InternSources(_ context.Context, _ journal.WorkspaceID, sources [][8]string) ([]int64, error) {
	return give[int64](n, len(sources)), nil
}

func give[N int32 | int64](n nothing, count int) []N {
	numbers := make([]N, count)
	for i := range numbers {
		*n.given++
		numbers[i] = N(*n.given)
	}
	return numbers
}
