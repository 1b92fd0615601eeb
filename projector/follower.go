package projector

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/subject"
)

// batchEntries is how many entries of the log one commit takes at most.
const batchEntries = 5_000

// follower keeps one generation in step with the log.
type follower struct {
	journal   Journal
	tables    Tables
	workspace journal.WorkspaceID
	number    int64
	cursor    Cursor
	numbers   *numbering

	// stale is the seq of the first edit of the configuration that these rows
	// are not right under; 0 = none. From there on they go on under the old
	// one, until another generation takes over.
	stale int64
}

func newFollower(j Journal, t Tables, w journal.WorkspaceID, number int64, c Cursor) *follower {
	return &follower{
		journal: j, tables: t, workspace: w, number: number, cursor: c,
		numbers: newNumbering(j, t, w, number),
	}
}

// rules are how rows are made under a configuration.
type rules struct {
	lifecycle *lifecycle.Configuration
	folder    *lifecycle.Folder
	zone      *time.Location
}

func rulesOf(c *journal.Configuration) (rules, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return rules{}, fmt.Errorf("projector: load time zone: %w", err)
	}
	return rules{&c.Lifecycle, lifecycle.NewFolder(&c.Lifecycle), zone}, nil
}

func (r rules) fold(c journal.ContactID, entries []journal.Entry) Folded {
	f := Folded{Contact: c, Person: journal.ReadOf(c, entries)}
	f.There = len(entries) > 0 && !f.Person.Gone
	var state lifecycle.State
	f.Journeys, state = r.folder.FoldAll(f.Person.Changes)
	if f.Stage = subject.Present(r.lifecycle, state.Present); f.Stage != lifecycle.NoStage {
		f.Since = state.Since
	}
	return f
}

// news is what one batch of the log says.
type news struct {
	cursor   Cursor
	stale    int64
	contacts []journal.ContactID // touched, each once
}

// advance takes the next batch of the log, up to a seq.
func (f *follower) advance(ctx context.Context, upTo int64) error {
	n, err := f.read(ctx, upTo)
	if err != nil {
		return err
	}
	batch, err := f.differences(ctx, n)
	if err != nil {
		return err
	}
	batch.Cursor = n.cursor
	if err := f.tables.Append(ctx, f.workspace, f.number, batch); err != nil {
		return fmt.Errorf("projector: append: %w", err)
	}
	f.cursor, f.stale = n.cursor, n.stale
	return nil
}

func (f *follower) read(ctx context.Context, upTo int64) (news, error) {
	n := news{cursor: f.cursor, stale: f.stale}
	touched := map[journal.ContactID]bool{}
	read := 0
	err := f.journal.Scan(ctx, f.workspace, f.cursor.Seq, upTo, batchEntries, func(e journal.Entry) error {
		read++
		n.take(&e)
		if e.Contact != 0 && !touched[e.Contact] {
			touched[e.Contact] = true
			n.contacts = append(n.contacts, e.Contact)
		}
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("projector: scan: %w", err)
	}
	if read < batchEntries {
		n.cursor.Seq = upTo
	}
	return n, nil
}

// take moves the cursor over an entry. A configuration under which the same
// rows are right is carried along; under another one these rows are stale.
func (n *news) take(e *journal.Entry) {
	n.cursor.Seq = e.Seq
	switch {
	case e.Kind == journal.KindChange:
		n.cursor.Latest = max(n.cursor.Latest, e.At)
	case e.Kind != journal.KindConfiguration || n.stale != 0:
	case e.Configuration.ProjectsLike(&n.cursor.Configuration):
		n.cursor.Configuration = *e.Configuration
	default:
		n.stale = e.Seq
	}
}

// differences folds the touched contacts before and after the news.
func (f *follower) differences(ctx context.Context, n news) (Batch, error) {
	before, err := rulesOf(&f.cursor.Configuration)
	if err != nil {
		return Batch{}, err
	}
	after, err := rulesOf(&n.cursor.Configuration)
	if err != nil {
		return Batch{}, err
	}
	old := make([]Folded, len(n.contacts))
	now := make([]Folded, len(n.contacts))
	for i, c := range n.contacts {
		entries, err := f.journal.History(ctx, f.workspace, c, n.cursor.Seq)
		if err != nil {
			return Batch{}, fmt.Errorf("projector: read history: %w", err)
		}
		old[i] = before.fold(c, entries[:seen(entries, f.cursor.Seq)])
		now[i] = after.fold(c, entries)
	}
	numbers, err := f.numbers.resolve(ctx, old, now)
	if err != nil {
		return Batch{}, err
	}
	var batch Batch
	for i := range n.contacts {
		batch.add(Rows(old[i], before.zone, numbers), Rows(now[i], after.zone, numbers))
	}
	return batch, nil
}

// seen counts the entries up to a seq.
func seen(entries []journal.Entry, seq int64) int {
	i := slices.IndexFunc(entries, func(e journal.Entry) bool { return e.Seq > seq })
	if i < 0 {
		return len(entries)
	}
	return i
}
