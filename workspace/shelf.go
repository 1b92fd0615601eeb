package workspace

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Shelf keeps things of one kind that people save in a workspace: as JSON,
// with an edit number. B is what is saved.
type Shelf[B any] struct {
	Kind SavedKind
	Noun string // in codes and messages: "note"
	Most int    // in one workspace
}

// Kept is one thing on a shelf.
type Kept[B any] struct {
	ID      string
	Body    B
	Created lifecycle.Millis
	Edit    int64

	stored StoredSaved
}

func (h Shelf[B]) show(number int64) string { return h.Noun + "_" + strconv.FormatInt(number, 10) }

// savedNumber is the number in an id of what was saved, 0 of another text.
func savedNumber(prefix, id string) int64 {
	digits, ok := strings.CutPrefix(id, prefix)
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || n < 1 {
		return 0
	}
	return n
}

// NotFound says that there is nothing with the id.
func (h Shelf[B]) NotFound(id string) error {
	return fault.New(fault.NotFound, h.Noun+"_not_found", "There is no %s %s.", h.Noun, quote(id))
}

func (h Shelf[B]) read(s StoredSaved) (k Kept[B], err error) {
	k = Kept[B]{ID: h.show(s.Number), Created: s.Created, Edit: s.Edit, stored: s}
	if err := json.Unmarshal(s.Body, &k.Body); err != nil {
		return k, fmt.Errorf("decode %s: %w", k.ID, err)
	}
	return k, nil
}

// All lists what is kept, in order of creation.
func (h Shelf[B]) All(r SavedReader, w journal.WorkspaceID) ([]Kept[B], error) {
	stored, err := r.All(w, h.Kind)
	out := make([]Kept[B], 0, len(stored))
	for _, s := range stored {
		k, err := h.read(s)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, err
}

// Get finds one by its id; ifMatch, unless nil, is the edit that the caller saw.
func (h Shelf[B]) Get(r SavedReader, w journal.WorkspaceID, id string, ifMatch *int64) (Kept[B], error) {
	return h.get(r, w, savedNumber(h.Noun+"_", id), id, ifMatch)
}

func (h Shelf[B]) get(r SavedReader, w journal.WorkspaceID, number int64, id string, ifMatch *int64) (Kept[B], error) {
	stored, err := r.Get(w, h.Kind, number)
	switch {
	case err != nil:
		return Kept[B]{}, err
	case stored == nil:
		return Kept[B]{}, h.NotFound(id)
	case ifMatch != nil && *ifMatch != stored.Edit:
		return Kept[B]{}, errEdited()
	}
	return h.read(*stored)
}

// full is the code of a full shelf. too_many_reports is taken: the engine says
// it while too many are being computed.
func (h Shelf[B]) full() string {
	if h.Kind == SavedReport {
		return "too_many_saved_reports"
	}
	return "too_many_" + h.Noun + "s"
}

// Add keeps a new one, unless there are too many.
func (h Shelf[B]) Add(tx SavedWriter, w journal.WorkspaceID, body B, at lifecycle.Millis) (Kept[B], error) {
	all, err := tx.All(w, h.Kind)
	if err != nil {
		return Kept[B]{}, err
	}
	if len(all) >= h.Most {
		return Kept[B]{}, fault.New(fault.Conflict, h.full(), "A workspace has at most %d of these. Remove one first.", fault.Named("max", h.Most))
	}
	stored := StoredSaved{Workspace: w, Kind: h.Kind, Created: at, Edit: 1, Body: toJSON(body)}
	if stored.Number, err = tx.Add(stored); err != nil {
		return Kept[B]{}, err
	}
	return h.read(stored)
}

// Remove forgets one.
func (h Shelf[B]) Remove(tx SavedWriter, w journal.WorkspaceID, id string) error {
	k, err := h.Get(tx, w, id, nil)
	if err != nil {
		return err
	}
	return k.Remove(tx)
}

// Save writes the body and counts the edit.
func (k *Kept[B]) Save(tx SavedWriter) error {
	k.stored.Body = toJSON(k.Body)
	err := tx.Save(&k.stored)
	k.Edit = k.stored.Edit
	return err
}

// Note writes the body alone: what the program notes by itself is no edit.
func (k *Kept[B]) Note(tx SavedWriter) error {
	k.stored.Body = toJSON(k.Body)
	return tx.Note(&k.stored)
}

// Remove forgets it.
func (k *Kept[B]) Remove(tx SavedWriter) error { return tx.Remove(&k.stored) }
