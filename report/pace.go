package report

import (
	"context"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// PaceReading reads how long things take that no count by cell tells.
type PaceReading interface {
	// Spread returns how a length is spread over the plan's journeys, by
	// group. Journeys without it do not count; groups without any are left
	// out; the order of rows means nothing.
	Spread(ctx context.Context, p Plan, of Length, probabilities []float64) ([]funnel.Spread, error)

	// Ended returns quantiles of the durations of the timed stays that ended
	// with after < end <= upTo, by stage: those of all journeys there are.
	Ended(ctx context.Context, after, upTo lifecycle.Millis, probabilities []float64) ([]funnel.Quantiles, error)

	// Waiting returns up to limit of the plan's journeys that are open and
	// entered the stage where they are by a transition, before the instant
	// that early has for it; stages that it lacks do not count. A window means
	// nothing. They come after a key (nil = from the beginning) in ascending
	// order of (Since, Contact, Number): the longest wait first.
	Waiting(ctx context.Context, p Plan, early map[lifecycle.StageID]lifecycle.Millis, after *WaitKey, limit int) ([]WaitRow, error)
}

// Length is something of a journey that takes time.
type Length struct {
	Kind  LengthKind
	Stage lifecycle.StageID // a progress stage; of LengthUntil and LengthIn
}

// LengthKind is a kind of length.
type LengthKind uint8

// The lengths.
const (
	LengthUntil   LengthKind = iota + 1 // from the entry to the first visit of a stage, if that began by a transition
	LengthIn                            // in a stage, summed as in RankStageTimes
	LengthKnowing                       // from the creation of the contact to won, of won journeys with a duration; never negative
)

// WaitKey is the position after which a page of waiting journeys begins.
type WaitKey struct {
	Since   lifecycle.Millis
	Contact journal.ContactID
	Number  int
}

// WaitRow is an open journey and where it waits.
type WaitRow struct {
	WaitKey
	EnteredAt lifecycle.Millis
	Stage     lifecycle.StageID
}
