package workspace

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// SavedKind says what was saved.
type SavedKind int64

// The kinds.
const (
	SavedView   SavedKind = 1
	SavedList   SavedKind = 2
	SavedReport SavedKind = 3
	SavedShare  SavedKind = 4
	SavedNote   SavedKind = 5
	SavedDigest SavedKind = 6
	SavedAlert  SavedKind = 7

	SavedTracking    SavedKind = 11
	SavedForm        SavedKind = 12
	SavedProvider    SavedKind = 13
	SavedDestination SavedKind = 14
)

// StoredSaved is what was saved as the record keeps it.
type StoredSaved struct {
	Number    int64
	Workspace journal.WorkspaceID
	Kind      SavedKind
	Created   lifecycle.Millis
	Edit      int64 // counts edits, from 1
	Members   int64 // of a list
	Body      []byte
}

// StoredMembership is a contact coming to a list, or leaving it.
type StoredMembership struct {
	Number  int64
	Contact journal.ContactID
	Entered bool
	At      lifecycle.Millis
}

// SavedReader reads what was saved, and who is on lists.
type SavedReader interface {
	// Get returns one of a kind, nil if there is none.
	Get(w journal.WorkspaceID, kind SavedKind, number int64) (*StoredSaved, error)
	// All lists all of a kind, in order of creation.
	All(w journal.WorkspaceID, kind SavedKind) ([]StoredSaved, error)
	// Members lists up to limit members of a list after one, in order.
	Members(list int64, after journal.ContactID, limit int) ([]journal.ContactID, error)
	// Events lists up to limit changes of membership with a number below one,
	// newest first.
	Events(list, before int64, limit int) ([]StoredMembership, error)
	// Properties lists up to limit names of properties that contacts have had.
	Properties(w journal.WorkspaceID, limit int) ([]string, error)
}

// SavedWriter writes what is saved, and who is on lists.
type SavedWriter interface {
	SavedReader
	// Add numbers a new one.
	Add(v StoredSaved) (int64, error)
	// Save writes the body and counts the edit.
	Save(v *StoredSaved) error
	// Note writes the body alone: what the service notes by itself is no edit.
	Note(v *StoredSaved) error
	// Remove forgets one, with the members of a list.
	Remove(v *StoredSaved) error
	// SetMember makes a contact a member of a list, or none, and notes when;
	// changed is false if it was so before.
	SetMember(list int64, c journal.ContactID, member bool, at lifecycle.Millis) (changed bool, err error)
}
