package workspace

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// StoredDelivery is a message to one place as the record keeps it.
type StoredDelivery struct {
	Number    int64
	Workspace journal.WorkspaceID
	Of        string // what it tells of: the id of a digest or an alert
	Channel   Channel
	To        string // an address
	Secret    string // signs a webhook's call
	Subject   string
	Body      []byte // JSON, its writer's own
	State     DeliveryState
	Attempts  int64
	Error     string // of the last attempt
	Created   lifecycle.Millis
	Due       lifecycle.Millis // of waiting: the next attempt
	Ended     lifecycle.Millis // of the others
}

// Channel is how a message travels.
type Channel string

// The channels.
const (
	ChannelEmail   Channel = "email"
	ChannelWebhook Channel = "webhook"
)

// DeliveryState says what became of a message.
type DeliveryState string

// The states.
const (
	DeliveryWaiting DeliveryState = "waiting"
	DeliverySent    DeliveryState = "sent"
	DeliveryFailed  DeliveryState = "failed"
)

// DeliveryReader reads messages.
type DeliveryReader interface {
	// List lists up to limit messages of a workspace with a number below one,
	// newest first, without bodies and secrets.
	List(w journal.WorkspaceID, before int64, limit int) ([]StoredDelivery, error)
	// Due lists up to limit waiting messages of all workspaces whose time has
	// come, the longest due first.
	Due(now lifecycle.Millis, limit int) ([]StoredDelivery, error)
}

// DeliveryWriter writes messages.
type DeliveryWriter interface {
	// Add keeps a new message, and forgets those that ended before the last
	// thousand of the workspace.
	Add(d StoredDelivery) error
	// Save writes state, attempts, error and times. Of one that ended, body
	// and secret are forgotten.
	Save(d StoredDelivery) error
}
