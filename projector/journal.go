package projector

import (
	"context"

	"github.com/tidemark/tidemark/journal"
)

// Journal is what the projector reads of the record.
type Journal interface {
	// Incarnation is the identity of the record's log, new at every restore.
	Incarnation(ctx context.Context) (string, error)
	// Workspaces lists all workspaces.
	Workspaces(ctx context.Context) ([]journal.WorkspaceID, error)
	// Head returns the seq of the workspace's latest entry, 0 of an empty log.
	Head(ctx context.Context, w journal.WorkspaceID) (int64, error)
	// Skim calls visit with the entries after < seq <= upTo in order, at most
	// limit. They may lack workspace, actor, note, change id, and when a change
	// arrived.
	Skim(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error
	// Chains returns the entries of each chain in order of arrival, with those
	// of contacts merged into its own among them. They lack what those of Skim
	// lack, and may not say which entry is before.
	Chains(ctx context.Context, w journal.WorkspaceID, chains []Chain) ([][]journal.Entry, error)
	// Latest returns the last entry of each contact or visitor as of now, also of
	// who is gone; 0 of who never was.
	Latest(ctx context.Context, w journal.WorkspaceID, contacts []journal.ContactID) ([]int64, error)
	// ConfigurationAt returns the configuration as of a seq.
	ConfigurationAt(ctx context.Context, w journal.WorkspaceID, seq int64) (journal.Configuration, error)
	// Changed returns a channel that receives whenever something was committed;
	// it is never closed and coalesces.
	Changed() <-chan struct{}
	Dictionary
}

// Chain names the entries of a contact, or of a visitor, up to one of them. One
// that ends with 0 has none.
type Chain struct {
	Contact journal.ContactID
	Last    int64
}

// Dictionary numbers texts, once for ever, so that engines hold numbers only.
// Number 0 is the empty text.
type Dictionary interface {
	// Intern returns the numbers of texts, giving new ones where needed.
	Intern(ctx context.Context, w journal.WorkspaceID, texts []string) ([]int64, error)
	// Numbers returns the numbers of texts, -1 for unknown ones.
	Numbers(ctx context.Context, w journal.WorkspaceID, texts []string) ([]int64, error)
	// Texts is the reverse of Intern; an unknown number is an error.
	Texts(ctx context.Context, w journal.WorkspaceID, numbers []int64) ([]string, error)
	// InternSources returns the numbers of whole sources. SourceFields returns,
	// by source number, the numbers of the eight field texts in the order of
	// touch.Fields.
	InternSources(ctx context.Context, w journal.WorkspaceID, sources [][8]string) ([]int64, error)
	SourceFields(ctx context.Context, w journal.WorkspaceID, numbers []int64) ([][8]int64, error)
}
