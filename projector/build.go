package projector

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tidemark/tidemark/journal"
)

// Sizes of the work of a bulk build.
const (
	scanEntries  = 20_000 // of one read of the log
	foldContacts = 4_000  // of one batch
)

// build is the making of one generation from the whole log.
type build struct {
	follower *follower
	upTo     int64
	temp     string
	done     *atomic.Int64 // of upTo, for those who wait
}

// newBuild prepares a generation as of a seq.
func newBuild(ctx context.Context, j Journal, t Tables, w journal.WorkspaceID, number, upTo int64, temp string) (*build, error) {
	configuration, err := j.ConfigurationAt(ctx, w, upTo)
	if err != nil {
		return nil, fmt.Errorf("projector: read configuration: %w", err)
	}
	incarnation, err := j.Incarnation(ctx)
	if err != nil {
		return nil, fmt.Errorf("projector: read incarnation: %w", err)
	}
	cursor := Cursor{Seq: upTo, Incarnation: incarnation, Configuration: configuration}
	return &build{newFollower(j, t, w, number, cursor), upTo, temp, new(atomic.Int64)}, nil
}

// run loads the generation; afterwards its follower can go on.
func (b *build) run(ctx context.Context) error {
	rules, err := rulesOf(&b.follower.cursor.Configuration)
	if err != nil {
		return err
	}
	f := b.follower
	if err := f.tables.Load(ctx, f.workspace, f.number, b.batches(ctx, rules)); err != nil {
		return fmt.Errorf("projector: build generation: %w", err)
	}
	return nil
}

// batches yields the rows of all contacts. The cursor is right only in the
// last one, as the latest time is known when the log was read.
func (b *build) batches(ctx context.Context, r rules) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		s := newSorter(b.temp)
		defer s.close()
		if err := b.scan(ctx, s); err != nil {
			yield(Batch{}, err)
			return
		}
		for contacts, err := range byContact(s) {
			if err != nil {
				yield(Batch{}, err)
				return
			}
			batch, err := b.rows(ctx, r, contacts)
			if !yield(batch, err) || err != nil {
				return
			}
			b.done.Add(int64(float64(b.upTo) * 0.7 * float64(entriesOf(contacts)) / float64(s.count)))
		}
		yield(Batch{Cursor: b.follower.cursor}, nil)
	}
}

// scan reads the log into the sorter.
func (b *build) scan(ctx context.Context, s *sorter) error {
	f := b.follower
	for at := int64(0); at < b.upTo; {
		read := 0
		err := f.journal.Scan(ctx, f.workspace, at, b.upTo, scanEntries, func(e journal.Entry) error {
			read++
			at = e.Seq
			if e.Kind == journal.KindChange {
				f.cursor.Latest = max(f.cursor.Latest, e.At)
			}
			if e.Contact == 0 {
				return nil
			}
			return s.add(&e)
		})
		if err != nil {
			return fmt.Errorf("projector: scan: %w", err)
		}
		if read < scanEntries {
			return nil
		}
		b.done.Store(at * 3 / 10)
	}
	return nil
}

// byContact groups sorted entries into batches of whole contacts.
func byContact(s *sorter) iter.Seq2[[][]journal.Entry, error] {
	return func(yield func([][]journal.Entry, error) bool) {
		var contacts [][]journal.Entry
		var one []journal.Entry
		for e, err := range s.sorted() {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(one) > 0 && one[0].Contact != e.Contact {
				contacts, one = append(contacts, one), nil
			}
			if len(contacts) == foldContacts {
				if !yield(contacts, nil) {
					return
				}
				contacts = nil
			}
			one = append(one, e)
		}
		if len(one) > 0 {
			yield(append(contacts, one), nil)
		}
	}
}

func entriesOf(contacts [][]journal.Entry) int {
	n := 0
	for _, c := range contacts {
		n += len(c)
	}
	return n
}

// rows folds contacts on all processors, numbers what is new, and makes the
// rows on all processors again.
func (b *build) rows(ctx context.Context, r rules, contacts [][]journal.Entry) (Batch, error) {
	if err := ctx.Err(); err != nil {
		return Batch{}, err
	}
	whole, err := b.unite(ctx, contacts)
	if err != nil {
		return Batch{}, err
	}
	folded := make([]Folded, len(contacts))
	parallel(len(contacts), func(i int) { folded[i] = r.fold(contacts[i][0].Contact, whole[i]) })
	numbers, err := b.follower.numbers.resolve(ctx, folded)
	if err != nil {
		return Batch{}, err
	}
	made := make([]ContactRows, len(folded))
	parallel(len(folded), func(i int) { made[i] = Rows(folded[i], r.zone, numbers) })
	batch := Batch{Cursor: b.follower.cursor}
	for _, rows := range made {
		batch.Journeys = append(batch.Journeys, rows.Journeys...)
		batch.Stays = append(batch.Stays, rows.Stays...)
		batch.Attributes = append(batch.Attributes, rows.Attributes...)
		batch.Contacts = append(batch.Contacts, rows.Contacts...)
		batch.Facts = append(batch.Facts, rows.Facts...)
	}
	return batch, nil
}

// unite reads the entries of contacts with merges among them from the log: those
// of the other one were sorted elsewhere.
func (b *build) unite(ctx context.Context, contacts [][]journal.Entry) ([][]journal.Entry, error) {
	whole := slices.Clone(contacts)
	for i, entries := range contacts {
		if !merges(entries) {
			continue
		}
		var err error
		if whole[i], err = b.follower.journal.History(ctx, b.follower.workspace, entries[0].Contact, b.upTo); err != nil {
			return nil, fmt.Errorf("projector: read history: %w", err)
		}
	}
	return whole, nil
}

func merges(entries []journal.Entry) bool {
	for i := range entries {
		if entries[i].Kind == journal.KindMerge {
			return true
		}
	}
	return false
}

// parallel calls work for 0..n-1 on all processors.
func parallel(n int, work func(i int)) {
	workers := runtime.GOMAXPROCS(0)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w * n / workers; i < (w+1)*n/workers; i++ {
				work(i)
			}
		})
	}
	group.Wait()
}
