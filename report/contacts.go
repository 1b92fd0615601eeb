package report

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

// ContactReading reads contacts as they are now.
type ContactReading interface {
	// Contacts returns up to Limit contacts after a key, in the order asked.
	Contacts(ctx context.Context, q ContactQuery) ([]ContactKey, error)

	// CountContacts counts contacts by the stage where they are, NoStage of
	// those in none. Stages without contacts are left out; order, key and
	// limit of the query mean nothing.
	CountContacts(ctx context.Context, q ContactQuery) (map[lifecycle.StageID]int64, error)
}

// ContactQuery says which contacts are meant.
type ContactQuery struct {
	Segment *segment.Resolved  // nil = all
	AsOf    lifecycle.Millis   // now, for what is relative to it
	InStage *lifecycle.StageID // only those there; NoStage = in none
	Order   ContactOrder
	After   *ContactKey // nil = from the beginning
	Limit   int
}

// ContactOrder is an order of contacts. Numbers follow the time of creation.
// By stage, those in none come last either way.
type ContactOrder uint8

// The orders.
const (
	OrderNewest       ContactOrder = iota // by number, the latest first
	OrderOldest                           // by number
	OrderLongestStage                     // by the time since when they are in their stage: the longest wait first
	OrderLatestStage                      // the latest arrival first
)

// ContactKey is the place of a contact in an order.
type ContactKey struct {
	Place   int64 // of orders by stage: Place(order, stage, since); else 0
	Contact journal.ContactID
}

// Place is where an order by stage has a contact, least first.
func (o ContactOrder) Place(stage lifecycle.StageID, since lifecycle.Millis) int64 {
	const last = 1<<63 - 1
	switch {
	case o == OrderNewest || o == OrderOldest:
		return 0
	case stage == lifecycle.NoStage:
		return last
	case o == OrderLatestStage:
		return -int64(since)
	}
	return int64(since)
}

// Descending reports whether contacts of the same place come the latest
// number first.
func (o ContactOrder) Descending() bool { return o == OrderNewest || o == OrderLatestStage }
