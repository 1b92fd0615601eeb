package workspace

import (
	"context"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// ImportUndo is how far the undo of an import is, and what it did so far.
type ImportUndo struct {
	Actor      journal.ActorView `json:"actor"`
	StartedAt  lifecycle.Millis  `json:"started_at"`
	FinishedAt *lifecycle.Millis `json:"finished_at"`
	Total      int64             `json:"contacts_total" doc:"contacts that the import wrote to"`
	Done       int64             `json:"contacts_done"`
	Removed    int64             `json:"contacts_removed" doc:"that the import had created"`
	Kept       int64             `json:"contacts_kept" doc:"that the import had created, and that were changed since"`
	Withdrawn  int64             `json:"changes_withdrawn"`
}

// undoAtOnce is how many contacts one write takes back.
const undoAtOnce = 200

// undoable says why an import cannot be undone, nil if it can.
func (i *StoredImport) undoable() error {
	id := showImportID(i.Number)
	switch {
	case i.Plan.DryRun:
		return fault.New(fault.Conflict, "dry_run", "Import %s was a dry run: there is nothing to undo.", id)
	case i.State == ImportRunning:
		return fault.New(fault.Conflict, "import_running", "Import %s is still running. Cancel it first.", id)
	case i.State == ImportUndoing || i.State == ImportUndone:
		return fault.New(fault.Conflict, "already_undone", "Import %s was undone already. To have it back, import the file again.", id)
	}
	return nil
}

// UndoImport takes back what an import did, as if it had never arrived, and
// goes on by itself: see GetImport and WaitImport. Contacts that it created
// vanish unless they were changed since.
func (s *Service) UndoImport(ctx context.Context, w journal.WorkspaceID, id string, by journal.Actor, once Idempotency) (Import, error) {
	var k checker
	by = k.actor(by)
	if err := k.Err(); err != nil {
		return Import{}, err
	}
	if _, err := s.imports.storage(); err != nil {
		return Import{}, err
	}
	var begun *StoredImport // nil of a repeated request
	out, err := writeOnce(ctx, s, w, once, func(tx Tx) (_ Import, err error) {
		if begun, err = beginUndo(tx, w, id, &ImportUndo{Actor: by.View(), StartedAt: s.now()}); err != nil {
			return Import{}, err
		}
		return showImport(begun), nil
	})
	if err == nil && begun != nil {
		s.imports.launch(s, *begun)
	}
	return out, err
}

// beginUndo notes that an import is being undone.
func beginUndo(tx Tx, w journal.WorkspaceID, id string, undo *ImportUndo) (*StoredImport, error) {
	stored, err := tx.Imports().Import(w, importNumber(id))
	if err != nil {
		return nil, err
	}
	if stored == nil {
		return nil, importNotFound(id)
	}
	if err := stored.undoable(); err != nil {
		return nil, err
	}
	if undo.Total, err = tx.Imports().CountWritten(stored.Number); err != nil {
		return nil, err
	}
	stored.State, stored.Progress.Undo = ImportUndoing, undo
	return stored, tx.Imports().SaveImport(stored)
}

// undoRun is an undo under way.
type undoRun struct {
	s      *Service
	stored StoredImport // as committed
}

// run implements errand.
func (r *undoRun) run(ctx context.Context) error {
	for r.stored.State == ImportUndoing {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := patiently(ctx, func() error { return r.commit(ctx) }); err != nil {
			return err
		}
	}
	return nil
}

// fail implements errand: an undo that could not go on does so at the next
// start, because half of one is no state to stay in.
func (r *undoRun) fail(context.Context, error) error { return nil }

// commit takes back what the import did to some more contacts, and writes how
// far it is.
func (r *undoRun) commit(ctx context.Context) error {
	var next StoredImport
	err := r.s.land(ctx, r.stored.Workspace, func(l *landing) error {
		next = r.stored
		undo := *r.stored.Progress.Undo
		next.Progress.Undo = &undo
		imports := l.tx.Imports()
		page, err := imports.Written(next.Number, next.Progress.UndoneTo, undoAtOnce)
		if err != nil {
			return err
		}
		w := withdrawing{l: l, number: next.Number, undo: &undo}
		for _, id := range page {
			if err := w.contact(id); err != nil {
				return err
			}
			next.Progress.UndoneTo = id
			undo.Done++
		}
		if len(page) < undoAtOnce {
			now := r.s.now()
			next.State, undo.FinishedAt = ImportUndone, &now
		}
		next.Progress.Seq = max(next.Progress.Seq, l.last)
		if err := imports.SaveImport(&next); err != nil {
			return err
		}
		return l.finish()
	})
	if err == nil {
		r.stored = next
	}
	return err
}

// withdrawing takes back what an import did to contacts, inside one write.
type withdrawing struct {
	l      *landing
	number int64
	undo   *ImportUndo
}

// contact takes back what the import did to one contact: to whom it became, if
// it was merged since.
func (w *withdrawing) contact(id journal.ContactID) error {
	imports := w.l.tx.Imports()
	if open, err := imports.IsWritten(w.number, id); err != nil || !open {
		return err
	}
	if err := imports.Withdrew(w.number, id); err != nil {
		return err
	}
	sub, err := w.l.load(id)
	if err != nil || sub == nil {
		return err
	}
	entries, ok, err := w.l.whole(sub)
	if err != nil || !ok {
		return err
	}
	return w.from(sub, entries)
}

// from appends the withdrawal and makes the caches what the log then tells.
func (w *withdrawing) from(sub *subject, entries []journal.Entry) error {
	before := journal.InForce(sub.ID, entries)
	if !wroteTo(w.number, before) {
		return nil
	}
	e := journal.Entry{Kind: journal.KindWithdrawal, Contact: sub.ID, Seq: 1 << 62, At: w.l.now, Actor: w.undo.Actor.Actor(), Import: w.number}
	was := journal.ReadOf(sub.ID, entries)
	is := journal.ReadOf(sub.ID, append(entries[:len(entries):len(entries)], e))
	var err error
	if e.Edit, err = w.settle(sub, &was, &is, createdByImport(before, w.number)); err != nil {
		return err
	}
	if err := w.l.append(sub, &e); err != nil {
		return err
	}
	entries = append(entries[:len(entries):len(entries)], e)
	taken := lost(before, journal.InForce(sub.ID, entries))
	w.count(taken, is.Gone)
	if err := w.l.tx.Uncount(taken); err != nil {
		return err
	}
	if is.Gone {
		return w.l.leave(sub, 0, false)
	}
	is = journal.ReadOf(sub.ID, entries)
	w.l.reread(sub, entries, &is)
	return nil
}

func wroteTo(number int64, entries []journal.Entry) bool {
	for i := range entries {
		if entries[i].Import == number && entries[i].Kind <= journal.KindContact {
			return true
		}
	}
	return false
}

func (w *withdrawing) count(taken []journal.Entry, gone bool) {
	created := false
	for i := range taken {
		if taken[i].Kind == journal.KindChange {
			w.undo.Withdrawn++
		}
		created = created || taken[i].Edit != nil && taken[i].Edit.CreatedBy != ""
	}
	switch {
	case gone:
		w.undo.Removed++
	case created:
		w.undo.Kept++
	}
}
