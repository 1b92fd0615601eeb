package workspace

import (
	"context"
	"errors"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// StoredErasure is a contact that was erased, as the record keeps it.
type StoredErasure struct {
	Workspace journal.WorkspaceID
	Contact   journal.ContactID
	Last      int64 // its last entry: the erasure, or of who was merged into another one that merge
	At        lifecycle.Millis
	Actor     journal.Actor
	Pending   bool // its rows wait to be removed
	Visitor   bool // it is a visitor who was nobody
}

// ErasureReader reads who was erased.
type ErasureReader interface {
	// EachErasure visits them, the latest first.
	EachErasure(w journal.WorkspaceID, visit func(StoredErasure)) error
	// PendingErasures lists those of all workspaces whose rows wait.
	PendingErasures() ([]StoredErasure, error)
	// UsedTexts returns which of some texts anybody but the entries named says: a contact as its owner, as a
	// property or in its source, and up to which entry that was looked at.
	UsedTexts(w journal.WorkspaceID, texts []string, but []int64) (used map[string]bool, upTo int64, err error)
}

// ErasureWriter removes rows for good.
type ErasureWriter interface {
	// Purge removes what there is of contacts. Their last entries stay, as
	// erasures without anything in them.
	// It fails with ErrPurgeLater when it cannot tell yet that nobody else
	// needs a text.
	Purge(p Purge) error
	// Purged notes that nothing is left of contacts, nor of what was taken out of
	// visitors that stay.
	Purged(p Purge) error
}

// Purge is what is to be removed of a workspace.
type Purge struct {
	Workspace  journal.WorkspaceID
	Contacts   []journal.ContactID
	Parts      []journal.ContactID // visitors that stay without a part of theirs
	Entries    []int64             // of the log, to remove
	Tombstones []int64             // entries that stay as bare erasures
	Relinks    []Relink            // of chains that stay
	Marks      []string            // texts that an answer or a reason about the contacts has in it
	Texts      []string            // of the dictionary, unless entries after Seen say them
	Seen       int64               // the last entry up to which it is known that nobody else has the texts
	Rejected   []RejectedAt        // rows of import files
}

// RejectedAt is a rejected row of an import.
type RejectedAt struct {
	Import int64
	Line   int
}

// ErrPurgeLater says that rows cannot be removed yet. Nothing was removed.
var ErrPurgeLater = errors.New("workspace: erased rows cannot be removed yet")

// Tombstones is a file beside the record that names who was erased, for a
// restore of an older record to obey.
type Tombstones interface {
	// Bury adds contacts; they are durable when it returns.
	Bury(list []StoredErasure) error
}

// Copies is what reports are made of besides the record.
type Copies interface {
	// Still runs do while nothing new is copied, once everything up to a seq
	// was; seen is how far the copies are. They forget all texts afterwards.
	Still(ctx context.Context, w journal.WorkspaceID, seq int64, do func(seen int64) error) error
	// Rewrite writes them anew without what they do not hold any more.
	Rewrite(ctx context.Context) error
}
