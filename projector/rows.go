package projector

import (
	"context"
	"time"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Never is the relative time of what has not happened: a stay that has not
// ended, a next timed stay that there is none of.
const Never = lifecycle.Millis(1<<63 - 1)

// JourneyRow is a journey as engines store it. Sign is +1 for a row that
// holds and -1 for one that is taken back, byte for byte the same otherwise.
type JourneyRow struct {
	Sign      int8
	Contact   journal.ContactID
	Number    int32
	EnteredAt lifecycle.Millis
	Day       int32            // local day of the entry, counted from 1970-01-01
	Cell      int32            // dictionary number of the funnel.JourneyCell
	Duration  lifecycle.Millis // ended - entered of every ended journey (0 for instant ones); Never while open
	Sources   Sources
	CreatedBy int16            // index in CreatedBys
	Previous  lifecycle.Millis // entry of the contact's journey before; minimal int64 for the first
	More      bool             // the contact has other journeys
}

// Sources are the dictionary numbers of a journey's source by each model.
type Sources struct{ Entry, First, Last int64 }

// StayRow is a stay as engines store it, with the keys of its journey
// repeated. Begin, End, Total and Next are relative to the journey's entry.
type StayRow struct {
	Sign      int8
	Contact   journal.ContactID
	Number    int32
	Index     int16 // of the stay in its journey
	EnteredAt lifecycle.Millis
	Day       int32
	Cell      int32 // dictionary number of the funnel.StayCell
	Journey   int32 // dictionary number of the journey's funnel.JourneyCell
	Sources   Sources
	CreatedBy int16
	Begin     lifecycle.Millis // negative for an imported stay before the entry
	End       lifecycle.Millis // Never while the contact is still there
	Total     lifecycle.Millis // of timed stays: time in this stage up to and including this stay; else 0
	Next      lifecycle.Millis // of timed stays: end of the journey's next timed stay in this stage, or Never
}

// AttributeRow is a value that a contact has now: owner or property.
type AttributeRow struct {
	Sign    int8
	Contact journal.ContactID
	Field   int64 // dictionary number of the dimension's name
	Value   int64 // dictionary number of the label
}

// CreatedBys lists the ways of creation; JourneyRow.CreatedBy is an index of it.
var CreatedBys = [...]string{"", "import", "api", "manual", "form", "call", "chat", "ad"}

// Batch is what one pass over the log adds to an engine. It is applied in one
// commit together with its cursor, or not at all.
type Batch struct {
	Journeys   []JourneyRow
	Stays      []StayRow
	Attributes []AttributeRow
	Cursor     Cursor
}

// Cursor is how far a generation has read the log.
type Cursor struct {
	Seq           int64
	Incarnation   string           // of the record; rows of another one are foreign
	Latest        lifecycle.Millis // the latest time of any change: after as_of, sums of waits must be clamped row by row
	Configuration journal.Configuration
}

// Journal is what the projector reads of the record.
type Journal interface {
	// Incarnation is the identity of the record's log, new at every restore.
	Incarnation(ctx context.Context) (string, error)
	// Workspaces lists all workspaces.
	Workspaces(ctx context.Context) ([]journal.WorkspaceID, error)
	// Head returns the seq of the workspace's latest entry, 0 of an empty log.
	Head(ctx context.Context, w journal.WorkspaceID) (int64, error)
	// Scan calls visit with the entries after < seq <= upTo in order, at most limit.
	Scan(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error
	// History returns all entries of a contact with seq <= upTo, in order of arrival.
	History(ctx context.Context, w journal.WorkspaceID, c journal.ContactID, upTo int64) ([]journal.Entry, error)
	// ConfigurationAt returns the configuration as of a seq.
	ConfigurationAt(ctx context.Context, w journal.WorkspaceID, seq int64) (journal.Configuration, error)
	// Changed returns a channel that receives whenever something was committed;
	// it is never closed and coalesces.
	Changed() <-chan struct{}
	Dictionary
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

// Tables is what the projector writes: one engine's storage. Rows and cursor
// of a batch are one commit. Append-only: no keys, no updates, no deletes.
type Tables interface {
	// Generations lists the generations of a workspace that are on disk.
	Generations(ctx context.Context, w journal.WorkspaceID) ([]Generation, error)
	// Create makes an empty generation; it replaces one of the same number.
	Create(ctx context.Context, w journal.WorkspaceID, generation int64, c Cursor) error
	// Append adds a batch. Cells numbers the cells of the batch first.
	Append(ctx context.Context, w journal.WorkspaceID, generation int64, b Batch) error
	// Switch puts a generation in force and drops all others, in one step.
	Switch(ctx context.Context, w journal.WorkspaceID, generation int64) error
	// JourneyCells and StayCells number cells within a generation, once for ever.
	JourneyCells(ctx context.Context, w journal.WorkspaceID, generation int64, cells []funnel.JourneyCell) ([]int32, error)
	StayCells(ctx context.Context, w journal.WorkspaceID, generation int64, cells []funnel.StayCell) ([]int32, error)
	// Compact nets rows that cancel each other, if it is worth it.
	Compact(ctx context.Context, w journal.WorkspaceID, generation int64) error
}

// Generation is one set of tables.
type Generation struct {
	Number  int64
	InForce bool
	Cursor  Cursor
}

// Progress tells how a long piece of work goes.
type Progress struct {
	Done, Total int64
	Started     time.Time
}
