package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Store is the record as the use cases need it.
type Store interface {
	// Write runs do inside the single writer, and returns once what it wrote
	// is durable, or do's error after rolling back what it wrote. Nothing else
	// writes meanwhile, so do must be short and must not wait for anything. It
	// may run more than once, each time as if for the first.
	// When the queue or the disk is full it returns fault.Unavailable.
	Write(ctx context.Context, do func(Tx) error) error
	// Read runs do on one moment of the record.
	Read(ctx context.Context, do func(Reader) error) error
}

// Reader reads the record at one moment.
type Reader interface {
	ConfigurationReader
	ContactReader
	ChangeReader
	ChangeCounter
	PageReader
	LogReader
	ErasureReader
	// Accounts reads who may come in.
	Accounts() AccountReader
	// Imports reads imports.
	Imports() ImportReader
	// Saved reads what people saved.
	Saved() SavedReader
	// Deliveries reads what leaves the house.
	Deliveries() DeliveryReader
	// Visitors reads visitors.
	Visitors() VisitorReader
	// Money reads revenue and costs.
	Money() MoneyReader
}

// ConfigurationReader reads workspaces and their configurations.
type ConfigurationReader interface {
	// Workspaces lists all workspaces in order of creation.
	Workspaces() ([]journal.WorkspaceID, error)
	// Configuration returns the latest configuration; fault.NotFound
	// "workspace_not_found" of an unknown workspace. It must not be changed.
	Configuration(w journal.WorkspaceID) (*Configured, error)
	// StageCounts returns how many contacts there are by the stage that their
	// last change was to: merges and erasures are not followed.
	StageCounts(w journal.WorkspaceID) (map[lifecycle.StageID]int64, error)
	// Effects returns what SaveEffect kept, by the seq of the edit.
	Effects(w journal.WorkspaceID) (map[int64]EditEffect, error)
}

// ChangeReader reads the stage changes of all contacts.
type ChangeReader interface {
	// EachChange visits those up to a seq in order of arrival, without notes
	// and actors, until visit fails.
	EachChange(w journal.WorkspaceID, upTo int64, visit func(journal.ContactID, lifecycle.Change) error) error
}

// ContactReader reads contacts.
type ContactReader interface {
	// Find returns the contact that an identity names, 0 if none.
	Find(w journal.WorkspaceID, i Identity) (journal.ContactID, error)
	// Load returns a contact with its head, nil if there is none. Its Profile
	// is read by LoadProfile only.
	Load(w journal.WorkspaceID, id journal.ContactID) (*Held, error)
	// LoadBy returns the contact that an identity names, nil if none.
	LoadBy(w journal.WorkspaceID, i Identity) (*Held, error)
	// LoadProfile fills h.Profile if it is not there yet.
	LoadProfile(w journal.WorkspaceID, h *Held) error
	// Chain returns the entries that end with this one and are chained by
	// Prev, in order of arrival: all of a contact, or all configurations.
	Chain(last int64) ([]journal.Entry, error)
}

// PageReader reads parts of long lists.
type PageReader interface {
	// ListContacts returns the contacts after a key in the order asked for.
	ListContacts(w journal.WorkspaceID, after ContactKey, limit int) ([]ContactKey, error)
	// SearchContacts returns the contacts that have a name, e-mail, phone or
	// external id which begins with one of the folded texts; complete is false
	// when limit cut it off.
	// Each comes once, in no order.
	SearchContacts(w journal.WorkspaceID, p Prefix, limit int) (found []journal.ContactID, complete bool, err error)
	// ListChanges visits the change entries with seq < before, newest first,
	// until visit returns false or span entries of any kind were passed over.
	// It returns the seq to go on before, 0 at the beginning of the log.
	ListChanges(w journal.WorkspaceID, before, span int64, visit func(journal.Entry) bool) (int64, error)
}

// LogReader reads the log of a workspace as it came.
type LogReader interface {
	// EachEntry visits up to limit entries after one, in order of arrival.
	EachEntry(w journal.WorkspaceID, after int64, limit int, visit func(journal.Entry) error) error
}

// Tx is one request inside the writer. Reading sees its own writes.
type Tx interface {
	ConfigurationReader
	ContactReader
	// LastSeq is an entry that none of the workspace is after.
	LastSeq(w journal.WorkspaceID) int64
	ConfigurationWriter
	ContactWriter
	GoneWriter
	ErasureWriter
	// Accounts changes who may come in.
	Accounts() AccountEditor
	// Imports writes imports.
	Imports() ImportWriter
	// Saved writes what people save.
	Saved() SavedWriter
	// Deliveries writes what leaves the house.
	Deliveries() DeliveryWriter
	// Visitors writes visitors.
	Visitors() VisitorWriter
	// Money writes revenue and costs.
	Money() MoneyWriter
}

// ConfigurationWriter writes workspaces, configurations and answers.
type ConfigurationWriter interface {
	// AddWorkspace numbers a new workspace.
	AddWorkspace(at lifecycle.Millis) (journal.WorkspaceID, error)
	// HasChanges reports whether any contact of the workspace ever changed stage.
	HasChanges(w journal.WorkspaceID) (bool, error)
	// SaveConfiguration appends the entry and makes its configuration the
	// latest of its workspace. It fills Seq and Prev.
	SaveConfiguration(e *journal.Entry) (*Configured, error)
	// SaveEffect keeps what an edit of the configuration did to the numbers.
	SaveEffect(w journal.WorkspaceID, seq int64, e EditEffect) error
	// Answer returns what Remember kept under a key for less than its time.
	Answer(w journal.WorkspaceID, key string, after lifecycle.Millis) (hash, answer []byte, err error)
	// Remember keeps the answer to a request; it is committed with its writes.
	// Answers from expired or before may be forgotten.
	Remember(w journal.WorkspaceID, key string, hash, answer []byte, at, expired lifecycle.Millis) error
}

// ContactWriter writes contacts.
type ContactWriter interface {
	// Add numbers a new contact. Nothing is written before Save.
	Add(w journal.WorkspaceID) *Held
	// Append adds an entry of a contact to the log. It fills Seq and Prev and
	// moves h.Head.Last.
	Append(h *Held, e *journal.Entry) error
	// Save writes the caches of a contact: its head, and its profile if
	// h.Edited.
	Save(w journal.WorkspaceID, h *Held) error
	// Name makes an identity name a contact, 0 = nobody. One that names
	// another contact must be freed first.
	Name(w journal.WorkspaceID, i Identity, id journal.ContactID) error
}

// Configured is a configuration ready for use. It is shared and immutable.
type Configured struct {
	journal.Configuration
	Seq       int64 // its log entry
	Folds     int64 // the last edit that changed how logs fold; states folded under an older one are stale
	Folder    *lifecycle.Folder
	Positions map[lifecycle.StageID]int

	stages map[string]int            // index in Lifecycle.Stages by shown id and by key
	ends   map[lifecycle.StageID]int // and of the end of its merges by number
}

// Configure makes a configuration ready. Previous is the one before it in the
// log, nil for the first.
func Configure(c journal.Configuration, seq int64, previous *Configured) *Configured {
	out := &Configured{Configuration: c, Seq: seq, Folds: c.Edit}
	if previous != nil && previous.Lifecycle.FoldsLike(&c.Lifecycle) {
		out.Folds = previous.Folds
	}
	out.prepare()
	return out
}

// RestoreConfigured makes one ready that was saved: it keeps the Folds it
// was saved with.
func RestoreConfigured(c journal.Configuration, seq, folds int64) *Configured {
	out := &Configured{Configuration: c, Seq: seq, Folds: folds}
	out.prepare()
	return out
}

func (c *Configured) prepare() {
	c.Folder = lifecycle.NewFolder(&c.Lifecycle)
	c.Positions = c.Lifecycle.Positions()
	c.stages = indexStages(c.Lifecycle.Stages)
	c.ends = make(map[lifecycle.StageID]int, len(c.Lifecycle.Stages))
	for _, s := range c.Lifecycle.Stages {
		end := c.Lifecycle.MergeEnd(s).ID
		c.ends[s.ID] = slices.IndexFunc(c.Lifecycle.Stages, func(s lifecycle.Stage) bool { return s.ID == end })
	}
}

// Held is a contact as the caches of the log hold it.
type Held struct {
	ID      journal.ContactID
	Head    Head
	Profile *Profile          // nil until LoadProfile
	Edited  bool              // Profile differs from what is stored
	Fresh   bool              // not stored yet
	Stored  lifecycle.StageID // the target of the last change as stored; the store's own
	Chain   []byte            // its entries, packed; nil = only in the log; the store's own
}

// Head is where the log of a contact stands.
type Head struct {
	Last    int64            // seq of its last entry
	Latest  lifecycle.Millis // the latest At of its changes
	Changes int              // how many
	IDs     uint64           // Bloom filter of its change ids
	Folds   int64            // Configured.Folds under which State was folded
	Folded  bool             // State is there: it was small enough to be stored
	State   lifecycle.State  // Target and Since are there even if not Folded
}

// Profile is what is known of a contact, as its log tells it.
type Profile struct {
	CreatedAt  lifecycle.Millis
	CreatedBy  string
	ExternalID string
	Email      string
	Phone      string
	Name       string
	Owner      string
	Value      *Money
	Properties map[string]json.RawMessage
	Source     touch.Source
}

// Called is what a list calls the contact: its name or, without one, what else
// it is known by; "" where nothing is known.
func (p *Profile) Called() string {
	return cmp.Or(p.Name, p.Email, p.Phone, p.ExternalID)
}

// ContactKey is a place in a list of contacts.
type ContactKey struct {
	Order    ContactOrder
	Name     string // folded; of OrderName only
	Nameless bool   // of OrderName: among the contacts without a name, which come last
	ID       journal.ContactID
}

// ContactOrder is an order of contacts.
type ContactOrder uint8

// The orders. Numbers follow the time of creation.
const (
	OrderNewest ContactOrder = iota
	OrderOldest
	OrderName
)

// Prefix is the beginning of a name or an identity, folded as each is.
type Prefix struct {
	Text  string // of a name, an external id and an e-mail
	Phone string // "" = not a phone
}
