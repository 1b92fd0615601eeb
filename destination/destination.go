// Package destination says what other services are told of what contacts do,
// and in which shape: an Event and the Setup of a destination become a
// Request, and the Answer to it a Verdict. It mirrors package hook, which reads
// what services tell us, and is pure: it sends nothing and keeps nothing.
//
//	What      what can be told: a lead, a stage, a sale ...
//	Event     one such thing that a contact did, with all that is known of it
//	Setup     a service, its settings and secrets, which events, which fields
//	Request   exactly what is sent; Masked without secrets
//	Verdict   what an answer means: done, again, never
//
// Every service is one file with the documentation that it follows. Which
// entries of the log are events is in detect.go.
package destination

import (
	"encoding/json"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Kind is a service.
type Kind string

// The services.
const (
	Webhook    Kind = "webhook"
	GA4        Kind = "ga4"
	Meta       Kind = "meta"
	GoogleAds  Kind = "google_ads"
	HubSpot    Kind = "hubspot"
	Salesforce Kind = "salesforce"
)

// Kinds lists the services.
var Kinds = [...]Kind{Webhook, GA4, Meta, GoogleAds, HubSpot, Salesforce}

// What is something that a contact did that can be told.
type What string

// What can be told. A sale and a refund are records of revenue; the value of a
// won journey goes with Won, so that whoever tells both does not tell the same
// money twice.
const (
	Lead        What = "lead"        // the contact's first lead event
	StageIn     What = "stage"       // it came into a stage
	Opportunity What = "opportunity" // a journey reached the stage with that role
	Won         What = "won"         // a journey was won
	Lost        What = "lost"        // a journey was lost
	Sale        What = "sale"        // it paid
	Refund      What = "refund"      // it was paid back
)

// Whats lists what can be told.
var Whats = [...]What{Lead, StageIn, Opportunity, Won, Lost, Sale, Refund}

// Event is one thing that a contact did, with what is known of the contact.
type Event struct {
	ID       string // of this event at this destination: the same at every attempt
	What     What
	Name     string // as the destination calls it
	At       lifecycle.Millis
	Test     bool
	Stage    Stage  // that it came into; of revenue, the one where it is
	Amount   int64  // minor units; negative of a refund
	Currency string // "" = there is no value
	Sale     string // the id of the record of revenue
	RefundOf string // the id of the sale that was paid back

	Contact Contact
	First   *Click                  // the touch that is credited by first click; nil = none is known
	Last    *Click                  // and by last click
	IDs     map[string]journal.AdID // by which others know the contact, by name: ga_client_id, gclid, fbp ...
}

// Stage is a stage as others are told of it.
type Stage struct {
	ID   lifecycle.StageID
	Key  string
	Name string
	Kind lifecycle.Kind
}

// Contact is whom an event is about.
type Contact struct {
	ID         string
	ExternalID string
	Email      string
	Phone      string
	Name       string
	Owner      string
	CreatedBy  string
	CreatedAt  lifecycle.Millis
	Properties map[string]json.RawMessage
	Source     touch.Source // its own
	Agreed     journal.Agreement
}

// Click is a touch with the id that an ad network gave it, if any.
type Click struct {
	touch.Touch
	Click touch.Click
}

// Use is what a service does with what it is told of a person, which the person
// can refuse.
type Use string

// The uses; "" = the business's own.
const (
	Analytics Use = "analytics"
	Ads       Use = "ads"
)

// refuses reports whether the contact said no to a use.
func (c *Contact) refuses(u Use) bool {
	return u == Analytics && c.Agreed.Analytics == journal.No || u == Ads && c.Agreed.Ads == journal.No
}

// Unfit says why a service cannot be told of an event: trying again is of no
// use.
type Unfit string

// Error implements error.
func (u Unfit) Error() string { return string(u) }
