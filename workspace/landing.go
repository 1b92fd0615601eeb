package workspace

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// item is one thing that is said of one contact: fields, a move, or both.
// Texts in it are clean; what depends on the workspace is checked on landing.
type item struct {
	ref      *ContactRef      // names a contact that must be there; nil = by the identifiers of fields, made if new
	fields   ContactFields    // cleaned by cleanFields
	patch    bool             // fields replace what is there: the source too, empty identifiers are removed
	asOf     lifecycle.Millis // when the fields were so, for senders whose news may come late; 0 = now
	ifMatch  *int64           // refuse unless the contact's edit number is this
	move     *move            // nil = the stage was not said
	touch    *touched         // nil = none was told
	id       string           // of the edit: the same one for the same contact lands once; "" = none
	actor    journal.Actor
	way      string // how a contact that is made came to be; "" = as the actor says
	imported int64  // the import that this is part of; 0 = none

	createdAt lifecycle.Millis // of a contact that is made: when it really was; 0 = now
}

// move is a stage change that is asked for.
type move struct {
	stage       *string          // id or key; nil clears
	at          lifecycle.Millis // if own
	own         bool             // the time was given: late news is possible, and a change without effect is logged
	silent      bool
	forwardOnly bool // keep out a move that is not to a later stage
	note        string
	id          string // "" = none
}

// landed is what became of an item.
type landed struct {
	subject   *subject
	created   bool // the contact
	edited    bool // fields of it
	duplicate bool // the change id was there: nothing was done
	kept      bool // the move was kept out by forwardOnly
	logged    bool // the move is in the log
	changed   bool // the move had an effect at its time; of late moves known after finish
	recorded  bool // and is a transition
}

// landing brings items into a workspace inside one write. Entries are
// appended at once, in order of the items; caches are written by finish, each
// contact once however many items it has.
type landing struct {
	tx    Tx
	w     journal.WorkspaceID
	c     *Configured
	now   lifecycle.Millis
	pasts *pasts

	subjects map[journal.ContactID]*subject
	names    map[Identity]naming
	last     int64 // seq of the last entry appended
	erased   journal.ContactID
}

// naming is whom an identity names; 0 = nobody.
type naming struct {
	now    journal.ContactID
	stored journal.ContactID // as the store has it until finish
}

// subject is a contact in a landing.
type subject struct {
	*Held
	before  int64    // Head.Last when it was loaded
	touched bool     // finish must save it
	chain   *history // read when needed
	late    bool     // the state lacks changes: finish folds them all
	news    []novelty
}

// novelty is a change that this landing appended.
type novelty struct {
	change lifecycle.Change
	id     string
	result *landed
}

// land runs work inside one write. When work needs a long chain, which would
// keep the writer busy, it starts over with the chain read outside.
func (s *Service) land(ctx context.Context, w journal.WorkspaceID, work func(*landing) error) error {
	pasts := &pasts{}
	for {
		err := s.store.Write(ctx, func(tx Tx) error {
			l, err := newLanding(tx, w, s.now(), pasts)
			if err != nil {
				return err
			}
			err = work(l)
			return cmp.Or(pasts.wanted(), err)
		})
		if !errors.Is(err, errPastMissing) {
			return err
		}
		if err := s.readPasts(ctx, pasts); err != nil {
			return err
		}
	}
}

func newLanding(tx Tx, w journal.WorkspaceID, now lifecycle.Millis, p *pasts) (*landing, error) {
	c, err := tx.Configuration(w)
	if err != nil {
		return nil, err
	}
	return &landing{
		tx: tx, w: w, c: c, now: now, pasts: p,
		subjects: map[journal.ContactID]*subject{},
		names:    map[Identity]naming{},
	}, nil
}

// land brings in one item. An error that is a fault refuses the item and has
// written nothing of it; any other ends the landing.
func (l *landing) land(it *item) (*landed, error) {
	out := &landed{}
	to, err := l.target(it.move)
	if err != nil {
		return nil, err
	}
	sub, err := l.resolve(it)
	if err != nil {
		return nil, err
	}
	if sub != nil {
		if out.duplicate, err = l.admit(sub, it); err != nil || out.duplicate {
			out.subject = sub
			return out, err
		}
	}
	if sub, err = l.edit(sub, it, out); err != nil {
		return nil, err
	}
	out.subject = sub
	if err := l.touch(sub, it); err != nil {
		return out, err
	}
	switch {
	case it.move != nil:
		return out, l.move(sub, it, to, out)
	case out.created:
		return out, l.begin(sub, it, out)
	}
	return out, nil
}

// admit checks what can refuse an item of a contact that is there.
func (l *landing) admit(sub *subject, it *item) (duplicate bool, err error) {
	if it.ifMatch != nil && *it.ifMatch != sub.Head.Last {
		return false, errEdited()
	}
	if duplicate, err = l.hasID(sub, it.id); err != nil || duplicate {
		return duplicate, err
	}
	if it.touch != nil {
		if duplicate, err = l.hasID(sub, it.touch.changeID()); err != nil || duplicate {
			return duplicate, err
		}
	}
	if it.move == nil {
		return false, nil
	}
	if sub.Head.Changes >= maxChanges {
		return false, fault.New(fault.Conflict, "too_many_changes",
			"Contact %s has %d stage changes, which is the most that one contact can have.", ShowContactID(sub.ID), maxChanges)
	}
	return l.hasID(sub, it.move.id)
}

// maxChanges is how many stage changes a contact can have.
const maxChanges = 100_000

// errEdited says that If-Match does not hold.
func errEdited() error {
	return fault.New(fault.Conflict, "edit_conflict", "It was changed by someone else meanwhile. Load it again and repeat the edit.")
}

// resolve finds the contact that an item is about; nil if it is new.
func (l *landing) resolve(it *item) (*subject, error) {
	if it.ref != nil {
		return l.named(*it.ref)
	}
	var found journal.ContactID
	var by Identity
	for _, i := range it.fields.identities() {
		id, err := l.find(i)
		if err != nil {
			return nil, err
		}
		if id != 0 && found != 0 && id != found {
			return nil, errConflict(by, found, i, id)
		}
		if id != 0 {
			found, by = id, i
		}
	}
	if found == 0 {
		return nil, nil
	}
	return l.load(found)
}

func errConflict(a Identity, first journal.ContactID, b Identity, second journal.ContactID) error {
	return fault.New(fault.Conflict, "identifiers_conflict", "%s %s is contact %s, but %s %s is contact %s.",
		a.Kind, quote(a.Value), ShowContactID(first), b.Kind, quoted("value", b.Value), fault.Named("contact", ShowContactID(second)))
}

// named returns the contact of a reference, which must be there.
func (l *landing) named(ref ContactRef) (*subject, error) {
	id := ref.ID
	if id == 0 {
		var err error
		if id, err = l.find(ref.identity()); err != nil {
			return nil, err
		}
	}
	if id != 0 {
		sub, err := l.load(id)
		if err != nil || sub != nil {
			return sub, err
		}
	}
	return nil, contactNotFound(ref.String())
}

// find returns the contact that an identity names now.
func (l *landing) find(i Identity) (journal.ContactID, error) {
	if known, ok := l.names[i]; ok {
		return known.now, nil
	}
	h, err := l.tx.LoadBy(l.w, i)
	if err != nil {
		return 0, err
	}
	var id journal.ContactID
	if h != nil {
		if id = h.ID; l.subjects[id] == nil {
			l.subjects[id] = &subject{Held: h, before: h.Head.Last}
		}
	}
	l.names[i] = naming{id, id}
	return id, nil
}

func (l *landing) load(id journal.ContactID) (*subject, error) {
	if sub, ok := l.subjects[id]; ok {
		return sub, nil
	}
	h, err := l.tx.Load(l.w, id)
	if err != nil || h == nil {
		return nil, err
	}
	// It may have become another contact.
	if sub, ok := l.subjects[h.ID]; ok {
		return sub, nil
	}
	id = h.ID
	sub := &subject{Held: h, before: h.Head.Last}
	l.subjects[id] = sub
	return sub, nil
}

// append writes an entry of a contact.
func (l *landing) append(sub *subject, e *journal.Entry) error {
	e.Workspace, e.Arrived = l.w, l.now
	if err := l.tx.Append(sub.Held, e); err != nil {
		return err
	}
	sub.touched, l.last = true, e.Seq
	return nil
}

// finish folds what came late and writes the caches of all contacts touched,
// in order of their numbers, because neighbours share a page.
func (l *landing) finish() error {
	for _, id := range slices.Sorted(maps.Keys(l.subjects)) {
		sub := l.subjects[id]
		if !sub.touched {
			continue
		}
		if err := l.refold(sub); err != nil {
			return err
		}
		if err := l.tx.Save(l.w, sub.Held); err != nil {
			return err
		}
	}
	return l.rename()
}

// rename writes the identities that changed: first those that are free now.
func (l *landing) rename() error {
	changed := make([]Identity, 0, len(l.names))
	for i, named := range l.names {
		if named.now != named.stored {
			changed = append(changed, i)
		}
	}
	slices.SortFunc(changed, func(a, b Identity) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Value, b.Value))
	})
	for _, i := range changed {
		if l.names[i].stored != 0 {
			if err := l.tx.Name(l.w, i, 0); err != nil {
				return err
			}
		}
		if now := l.names[i].now; now != 0 {
			if err := l.tx.Name(l.w, i, now); err != nil {
				return err
			}
		}
	}
	return nil
}
