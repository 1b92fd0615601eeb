package projector

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidemark/tidemark/conversion"
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
	lifecycle   *lifecycle.Configuration
	folder      *lifecycle.Folder
	conversions *conversion.Rules
	zone        *time.Location
}

func rulesOf(c *journal.Configuration) (rules, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return rules{}, fmt.Errorf("projector: load time zone: %w", err)
	}
	return rules{&c.Lifecycle, lifecycle.NewFolder(&c.Lifecycle), conversion.NewRules(c, zone), zone}, nil
}

func (r rules) fold(c journal.ContactID, entries []journal.Entry) Folded {
	f := Folded{Contact: c, Person: journal.ReadOf(c, entries)}
	f.There = len(entries) > 0 && !f.Person.Gone
	var state lifecycle.State
	f.Journeys, state = r.folder.FoldAll(f.Person.Changes)
	if f.Stage = subject.Present(r.lifecycle, state.Present); f.Stage != lifecycle.NoStage {
		f.Since = state.Since
	}
	if f.There {
		f.Conversions = r.conversions.Of(&f.Person, f.Journeys)
		f.Customer = conversion.IsCustomer(r.lifecycle, f.Stage, f.Journeys)
	}
	return f
}

// news is what one batch of the log says.
type news struct {
	cursor  Cursor
	stale   int64
	costs   []journal.Cost
	touched []touched
	index   map[journal.ContactID]int // of touched
}

// touched is a contact or a visitor with the entries of a batch that are its
// own. A contact that only its visitors touch has none.
type touched struct {
	contact journal.ContactID
	entries []journal.Entry
	last    int64 // without entries: its last one as of now
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
	n := news{cursor: f.cursor, stale: f.stale, index: map[journal.ContactID]int{}}
	read := 0
	err := f.journal.Skim(ctx, f.workspace, f.cursor.Seq, upTo, batchEntries, func(e journal.Entry) error {
		read++
		n.take(&e)
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
	if e.Contact != 0 {
		i, ok := n.index[e.Contact]
		if !ok {
			i = len(n.touched)
			n.index[e.Contact] = i
			n.touched = append(n.touched, touched{contact: e.Contact})
		}
		n.touched[i].entries = append(n.touched[i].entries, *e)
	}
	switch {
	case e.Kind == journal.KindChange:
		n.cursor.Latest = max(n.cursor.Latest, e.At)
	case e.Kind == journal.KindCost:
		n.costs = append(n.costs, *e.Cost)
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
	if err := f.follow(ctx, &n); err != nil {
		return Batch{}, err
	}
	changed := make([]change, len(n.touched))
	err = parallel(len(changed), func(from, to int) error {
		return f.fold(ctx, n.touched[from:to], changed[from:to], n.cursor.Seq, before, after)
	})
	if err != nil {
		return Batch{}, err
	}
	numbers, err := f.numbers.resolve(ctx, changed, n.costs)
	if err != nil {
		return Batch{}, err
	}
	batch := Batch{Costs: costs(n.costs, &f.cursor.Configuration, numbers)}
	for i := range changed {
		batch.add(Rows(&changed[i].old, before.zone, numbers), Rows(&changed[i].now, after.zone, numbers))
	}
	return batch, nil
}

// change is a contact before and after a batch.
type change struct{ old, now Folded }

// fold folds touched contacts before and after the batch, which ends with a seq.
func (f *follower) fold(ctx context.Context, all []touched, into []change, seq int64, before, after rules) error {
	chains, err := f.chains(ctx, all)
	if err != nil {
		return err
	}
	for i := range all {
		t, entries := &all[i], chains[i]
		if !merges(t.entries) {
			entries = append(entries, t.entries...)
		}
		if entries, err = widen(ctx, f.journal, f.workspace, entries, seq); err != nil {
			return err
		}
		known := seen(entries, f.cursor.Seq)
		c := change{before.fold(t.contact, entries[:known]), after.fold(t.contact, entries)}
		if c.old.There && c.now.There && moves(t.entries) {
			same := sameJourneys(&c.old, &c.now)
			c.old.Moved, c.now.Moved, c.old.Same, c.now.Same = true, true, same, same
		}
		into[i] = c
	}
	return nil
}

// chains returns the entries of touched contacts before the batch.
func (f *follower) chains(ctx context.Context, all []touched) ([][]journal.Entry, error) {
	wanted := make([]Chain, len(all))
	for i := range all {
		wanted[i] = Chain{all[i].contact, all[i].chain()}
	}
	chains, err := f.journal.Chains(ctx, f.workspace, wanted)
	if err != nil {
		return nil, fmt.Errorf("projector: read chains: %w", err)
	}
	return chains, nil
}

// chain is the entry up to which the contact's chain must be read: that before
// the batch, or the last one where a merge in the batch brings in another chain.
func (t *touched) chain() int64 {
	if len(t.entries) == 0 {
		return t.last
	}
	if merges(t.entries) {
		return t.entries[len(t.entries)-1].Seq
	}
	return t.entries[0].Prev
}

// moves reports whether entries are stage changes only, which leave the values
// of a contact as they are.
func moves(entries []journal.Entry) bool {
	for i := range entries {
		if entries[i].Kind != journal.KindChange {
			return false
		}
	}
	return true
}

// seen counts the entries up to a seq.
func seen(entries []journal.Entry, seq int64) int {
	i := slices.IndexFunc(entries, func(e journal.Entry) bool { return e.Seq > seq })
	if i < 0 {
		return len(entries)
	}
	return i
}
