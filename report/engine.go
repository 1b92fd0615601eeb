package report

import (
	"context"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
)

// Engine answers plans. Implementations: engine/memory folds the log itself
// and is the oracle; engine/duckdb reads projected rows.
type Engine interface {
	// View opens one consistent reading of a workspace: everything read
	// through it is of one generation and one seq, whatever is written
	// meanwhile. The reading must not be used after read returns. It fails
	// with fault.Unavailable "recomputing" while there is no generation yet.
	View(ctx context.Context, workspace journal.WorkspaceID, read func(Reading) error) error
}

// Reading is one consistent view of a workspace's journeys.
type Reading interface {
	// Cursor says what the view includes.
	Cursor() Cursor

	// Count returns counts and sums by group and cell. Groups, cells and days
	// without journeys are left out; the order of rows means nothing.
	Count(ctx context.Context, p Plan) (funnel.Counts, error)

	// Values returns the values of a dimension with the most journeys of the
	// plan: the limit largest and all ties of the last, so that the caller
	// can break ties by label.
	Values(ctx context.Context, p Plan, d Dimension, limit int) (Ranking, error)

	// Rank returns quantiles for each probability: with durations, of won and
	// of lost journeys (all, and by lost stage); else of the times in each
	// progress stage, summed per journey. Only timed values count.
	Rank(ctx context.Context, p Plan, of RankOf, probabilities []float64) ([]funnel.Quantiles, error)

	// Follow returns what incidence curves are made of.
	Follow(ctx context.Context, p Plan) ([]FollowCount, error)

	// Page returns up to limit journeys after a key (nil = from the newest),
	// in descending order of (EnteredAt, Contact, Number).
	Page(ctx context.Context, p Plan, where Selection, after *PageKey, limit int) ([]PageRow, error)

	ContactReading
	PaceReading
	OpenReading
	SourceReading
	OriginReading
}

// RankOf says what Rank ranks.
type RankOf uint8

// What can be ranked.
const (
	RankDurations RankOf = iota + 1
	RankStageTimes
)

// Cursor says how far a reading goes.
type Cursor struct {
	Seq           int64 // the last log entry included
	Generation    int64
	Configuration journal.Configuration // the one in force: positions, names and labels come from it
}
