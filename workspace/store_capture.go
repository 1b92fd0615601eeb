package workspace

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Visitor is a browser as the store keeps it: a number and a chain of entries
// as a contact has, and nothing else of one.
type Visitor struct {
	Number     journal.ContactID
	Cookie     string // its random id
	Last       int64  // seq of its last entry
	Entries    int
	Contact    journal.ContactID // whom it was last identified as; 0 = nobody
	Identified lifecycle.Millis  // when
	Agreement  journal.Agreement // what it agreed to last
	Agreed     lifecycle.Millis  // when; 0 = it is to be said again
	Fresh      bool              // not stored yet
}

// VisitorReader reads visitors.
type VisitorReader interface {
	// Visitor returns the one with a random id, nil if there is none.
	Visitor(w journal.WorkspaceID, cookie string) (*Visitor, error)
	// Numbered returns the one with a number, nil if there is none.
	Numbered(w journal.WorkspaceID, number journal.ContactID) (*Visitor, error)
	// ArrivedBefore returns the last entry of all workspaces that arrived before
	// an instant, 0 if there is none.
	ArrivedBefore(at lifecycle.Millis) (int64, error)
	// Seen returns who saw a page or did something in the entries after < seq <=
	// upTo, each once, looking at no more entries than limit; and the last one
	// that was looked at.
	Seen(w journal.WorkspaceID, after, upTo int64, limit int) (visitors []journal.ContactID, last int64, err error)
	// Forgotten returns up to which entry old visits were taken out.
	Forgotten(w journal.WorkspaceID) (int64, error)
	// Forgetting lists the visitors of all workspaces of whom a part was taken
	// out and waits to be removed.
	Forgetting() ([]StoredErasure, error)
}

// VisitorWriter writes visitors.
type VisitorWriter interface {
	VisitorReader
	// Add numbers a new visitor. Nothing is written before Save.
	Add(w journal.WorkspaceID, cookie string) *Visitor
	// Append adds an entry of a visitor to the log. It fills Seq and Prev and
	// moves v.Last.
	Append(v *Visitor, e *journal.Entry) error
	// Save writes what there is of a visitor besides its log.
	Save(w journal.WorkspaceID, v *Visitor) error
	// Drop takes a visitor out; its log waits to be removed for good.
	Drop(w journal.WorkspaceID, v *Visitor) error
	// Forget notes up to which entry old visits were taken out.
	Forget(w journal.WorkspaceID, upTo int64) error
	// Part notes that a part of a visitor that stays waits to be removed, or no
	// longer does.
	Part(w journal.WorkspaceID, visitor journal.ContactID, waits bool) error
}

// CostPlace is a place in the list of costs.
type CostPlace struct {
	Day    int32
	Fields string
}

// MoneyReader reads revenue and costs.
type MoneyReader interface {
	// HasRevenue reports whether there is a record with an id.
	HasRevenue(w journal.WorkspaceID, id string) (bool, error)
	// Revenue returns the records before a seq, the latest first.
	Revenue(w journal.WorkspaceID, before int64, limit int) ([]journal.Entry, error)
	// Cost returns what was last said of a day and source, nil for nothing.
	Cost(w journal.WorkspaceID, day int32, source string) (*journal.Spend, error)
	// Costs returns those of a range of days after a place, in order.
	Costs(w journal.WorkspaceID, from, to int32, after CostPlace, limit int) ([]journal.Cost, error)
}

// MoneyWriter writes revenue and costs.
type MoneyWriter interface {
	MoneyReader
	// NoteRevenue makes a record that was appended found by its id.
	NoteRevenue(e *journal.Entry) error
	// ForgetRevenue takes a record out of the list.
	ForgetRevenue(seq int64) error
	// AppendCost adds an entry of no contact to the log. It fills Seq.
	AppendCost(e *journal.Entry, source string) error
}
