package report

import (
	"context"

	"github.com/tidemark/tidemark/lifecycle"
)

// OpenReading reads the journeys that were open at an instant.
type OpenReading interface {
	// OpenAt counts the plan's journeys that were open at an instant, with the
	// changes up to it, by group, by the stage where they were, and by the
	// currency of the contact's value as it is now. Ages are those at that instant,
	// or as of the plan's AsOf if that is earlier. A window means nothing; the order
	// of rows means nothing.
	OpenAt(ctx context.Context, p Plan, at lifecycle.Millis) ([]OpenCount, error)
}

// OpenCount counts open journeys of a group in a stage.
type OpenCount struct {
	Group    int
	Stage    lifecycle.StageID
	Currency string // of the values; "" = contacts without a value
	N        int64
	Value    int64            // summed, in minor units
	Age      lifecycle.Millis // since their entry, summed
}
