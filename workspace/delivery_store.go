package workspace

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// StoredDelivery is something that leaves the house, as the record keeps it: a
// message to one place, or an event that a destination is told of.
type StoredDelivery struct {
	Number    int64
	Workspace journal.WorkspaceID
	Of        string // what it tells of: the id of a digest or an alert; or the destination that is told
	Channel   Channel
	State     DeliveryState
	Attempts  int64
	Error     string // of the last attempt, or why it was not sent
	Created   lifecycle.Millis
	Since     lifecycle.Millis // when it was queued, or queued again
	Due       lifecycle.Millis // of waiting: the next attempt
	Ended     lifecycle.Millis // of the others

	// Of a message:
	To      string // an address
	Secret  string // signs a webhook's call
	Subject string
	Body    []byte // JSON, its writer's own

	// Of an event; what is sent is made of the log at each attempt:
	Seq     int64             // its log entry
	Event   string            // what of it is told
	Contact journal.ContactID // as it was then
	Request []byte            // JSON of what was sent last, without secrets
	Answer  []byte            // and of what came back
}

// Channel is how a message travels.
type Channel string

// The channels.
const (
	ChannelEmail       Channel = "email"
	ChannelWebhook     Channel = "webhook"
	ChannelDestination Channel = "destination"
)

// DeliveryState says what became of a delivery.
type DeliveryState string

// The states.
const (
	DeliveryWaiting DeliveryState = "waiting"
	DeliverySent    DeliveryState = "sent"
	DeliveryFailed  DeliveryState = "failed"  // nobody tries any more
	DeliverySkipped DeliveryState = "skipped" // there was nothing to send, or it must not be
)

// DeliveryStates lists the states.
var DeliveryStates = [...]DeliveryState{DeliveryWaiting, DeliverySent, DeliveryFailed, DeliverySkipped}

// DeliveryCount is how many deliveries are in a state.
type DeliveryCount struct {
	Count int64
	Last  lifecycle.Millis // when the latest of them ended; 0 = none did
}

// DeliveryReader reads deliveries.
type DeliveryReader interface {
	// List lists up to limit messages of a workspace with a number below one,
	// newest first, without bodies and secrets.
	List(w journal.WorkspaceID, before int64, limit int) ([]StoredDelivery, error)
	// ListOf lists up to limit events that a destination was told of, in a state
	// or, with "", in any, newest first, without requests and answers.
	ListOf(of string, state DeliveryState, before int64, limit int) ([]StoredDelivery, error)
	// OfContact lists what destinations were told of a contact, the oldest first.
	OfContact(w journal.WorkspaceID, c journal.ContactID) ([]StoredDelivery, error)
	// Get returns a delivery with everything there is of it, nil if there is none.
	Get(w journal.WorkspaceID, number int64) (*StoredDelivery, error)
	// Due lists up to limit waiting messages of all workspaces whose time has
	// come, the longest due first.
	Due(now lifecycle.Millis, limit int) ([]StoredDelivery, error)
	// DueOf lists up to limit waiting events of a destination whose time has come,
	// the longest due first.
	DueOf(of string, now lifecycle.Millis, limit int) ([]StoredDelivery, error)
	// Counts counts what a destination was told, by state.
	Counts(of string) (map[DeliveryState]DeliveryCount, error)
	// EachSent visits the requests of what was sent to a destination since, the
	// oldest first.
	EachSent(of string, since lifecycle.Millis, visit func(request []byte) error) error
	// Followed is the last entry of the log that a follower has read; ok is
	// false if it never read any.
	Followed(name string) (seq int64, ok bool, err error)
}

// DeliveryWriter writes deliveries.
type DeliveryWriter interface {
	DeliveryReader
	// Add keeps a new message, and forgets those that ended before the last
	// thousand of the workspace.
	Add(d StoredDelivery) error
	// Queue keeps a new event of a destination, unless it was kept before.
	Queue(d StoredDelivery) error
	// Save writes state, attempts, error, times, request and answer. Of a message
	// that ended, body and secret are forgotten.
	Save(d StoredDelivery) error
	// Forget forgets what a destination was told but the last ones in each state
	// that is no waiting.
	Forget(of string, keep int) error
	// Replay has an event of a destination told again.
	Replay(w journal.WorkspaceID, number int64, at lifecycle.Millis) error
	// ReplayOf has all events told again that failed, and counts them.
	ReplayOf(of string, at lifecycle.Millis) (int64, error)
	// RemoveOf forgets a destination: what it was told, and how far it read.
	RemoveOf(of string) error
	// RemoveContact forgets what was told of a contact.
	RemoveContact(c journal.ContactID) error
	// Follow notes how far a follower has read the log.
	Follow(name string, seq int64) error
}
