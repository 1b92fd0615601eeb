package projector

import (
	"context"
	"iter"
	"time"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Batch is what one pass over the log adds to an engine. It is applied in one
// commit together with its cursor, or not at all.
type Batch struct {
	Journeys   []JourneyRow
	Stays      []StayRow
	Attributes []AttributeRow
	Contacts   []ContactRow
	Facts      []FactRow

	Visits      []VisitRow
	Sights      []SightRow
	Touches     []TouchRow
	Conversions []ConversionRow
	Costs       []CostRow

	Cursor Cursor
}

// Cursor is how far a generation has read the log.
type Cursor struct {
	Seq           int64
	Incarnation   string           // of the record; rows of another one are foreign
	Latest        lifecycle.Millis // the latest time of any change: after as_of, sums of waits must be clamped row by row
	Configuration journal.Configuration
}

// Tables is what the projector writes: one engine's storage. Rows and cursor
// of a batch are one commit. Append-only: no keys, no updates, no deletes.
type Tables interface {
	// Generations lists the complete generations of a workspace that are on
	// disk. What a crash left half loaded is not among them.
	Generations(ctx context.Context, w journal.WorkspaceID) ([]Generation, error)
	// Load makes a generation of batches in bulk; it replaces what has the
	// same number. The cursor is that of the last batch. Afterwards the
	// generation is complete, but not in force.
	Load(ctx context.Context, w journal.WorkspaceID, generation int64, batches iter.Seq2[Batch, error]) error
	// Append adds a batch to a complete generation.
	Append(ctx context.Context, w journal.WorkspaceID, generation int64, b Batch) error
	// Switch puts a generation in force and drops all others, in one step.
	// Number 0 puts none in force.
	Switch(ctx context.Context, w journal.WorkspaceID, generation int64) error
	// Compact nets rows that cancel each other, if it is worth it. It may take
	// long; meanwhile the generation is appended to, but not dropped.
	Compact(ctx context.Context, w journal.WorkspaceID, generation int64) error
	Cells
	// Broken receives a workspace whose tables turned out to be unusable: its
	// generations must be asked for anew. It is never closed.
	Broken() <-chan journal.WorkspaceID
}

// Cells numbers cells within a generation, once for ever. While a generation
// is loading, its batches are made with numbers asked for here.
type Cells interface {
	JourneyCells(ctx context.Context, w journal.WorkspaceID, generation int64, cells []funnel.JourneyCell) ([]int32, error)
	StayCells(ctx context.Context, w journal.WorkspaceID, generation int64, cells []funnel.StayCell) ([]int32, error)
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
