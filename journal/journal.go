// Package journal says what the one log of a workspace is made of: its
// entries, and what a contact and a configuration are when the entries so far
// are read in order. The log is the truth; every table elsewhere is a cache of
// it, and journal.Read is the one way back from entries to a person.
//
// It is pure: the record stores entries, the workspace appends them, the
// projector and the in-memory engine read them, and none of them may read an
// entry in its own way.
package journal

import (
	"encoding/json"
	"slices"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// WorkspaceID numbers the workspaces of one record.
type WorkspaceID int64

// ContactID numbers the contacts of one record. It is never used again.
type ContactID int64

// Kind says what an entry is about.
type Kind uint8

// The kinds of entries.
const (
	KindChange        Kind = 1 // a stage change
	KindContact       Kind = 2 // a contact was created or its fields edited
	KindConfiguration Kind = 3 // the configuration was edited
	KindMerge         Kind = 4 // two contacts became one; each of them has such an entry
	KindErasure       Kind = 5 // a contact was erased for good
	KindWithdrawal    Kind = 6 // what an import did to the contact is taken back; Import says which
	KindTouch         Kind = 7 // the contact and the business met: a visit, an ad click, a call, a chat, a form

	KindView     Kind = 8  // a visitor saw a page; visitors have numbers as contacts have
	KindIdentify Kind = 9  // a visitor turned out to be a contact; each of them has such an entry
	KindRevenue  Kind = 10 // the contact paid or was paid back
	KindCost     Kind = 11 // what a day of a source cost; of no contact
	KindEvent    Kind = 12 // a visitor or contact did something that has a name

	KindAgreement Kind = 13 // what a visitor agreed to, and what other services call it
)

// ActorKind says by what way an entry came.
type ActorKind string

// The actor kinds.
const (
	ActorUser     ActorKind = "user"
	ActorAPI      ActorKind = "api"
	ActorWorkflow ActorKind = "workflow"
	ActorForm     ActorKind = "form"
	ActorImport   ActorKind = "import"
	ActorBulk     ActorKind = "bulk"
)

// ActorKinds lists the actor kinds; the record stores an index of it.
var ActorKinds = [...]ActorKind{ActorUser, ActorAPI, ActorWorkflow, ActorForm, ActorImport, ActorBulk}

// Silent reports whether changes by this kind of actor are unrecorded, unless
// the import ran in mode move or history.
func (k ActorKind) Silent() bool { return k == ActorImport || k == ActorBulk }

// Actor is who made an entry.
type Actor struct {
	Kind ActorKind `json:"kind"`
	ID   string    `json:"id,omitempty"` // user, key, workflow or import; never an address
	Name string    `json:"name,omitempty"`
}

// Entry is one line of the log.
type Entry struct {
	Seq       int64 // commit order = seq order; never used again
	Workspace WorkspaceID
	Kind      Kind
	Contact   ContactID // or visitor; 0 for the configuration and costs
	Prev      int64     // seq of the contact's or the configuration's entry before; 0 for its first, and for costs
	At        lifecycle.Millis
	Arrived   lifecycle.Millis
	Actor     Actor
	Import    int64 // the import that wrote it; 0 = none

	// Of a change:
	Stage  lifecycle.StageID
	Silent bool
	Note   string

	ChangeID string // of a change, a touch or an edit: unique within the contact; "" = none

	Edit          *ContactEdit   // of a contact entry, and of a withdrawal that settles fields
	Merge         *Merge         // of a merge entry
	Touch         *Touch         // of a touch entry; its time is At
	View          *View          // of a view entry; its time is At
	Identify      *Identify      // of an identify entry, and of an erasure that only takes one contact's visits from a visitor or, of contact 0, what was before At
	Revenue       *Revenue       // of a revenue entry; its time is At
	Cost          *Cost          // of a cost entry
	Event         *Event         // of an event entry; its time is At
	Agreement     *Agreement     // of an agreement entry
	Configuration *Configuration // of a configuration entry: the whole, as edited
}

// Change returns a change entry as the fold takes it.
func (e *Entry) Change() lifecycle.Change {
	return lifecycle.Change{At: e.At, Arrival: e.Seq, To: e.Stage, Silent: e.Silent}
}

// Sources returns the sources that an entry says or takes back, and in the
// places of source fields its tags and what was seen.
func (e *Entry) Sources() []touch.Source {
	switch {
	case e.Edit != nil && e.Edit.Source != nil:
		return []touch.Source{e.Edit.Source.From, e.Edit.Source.To}
	case e.Touch != nil:
		return []touch.Source{e.Touch.Source, touch.SourceOf(e.Touch.UTM.Values())}
	case e.View != nil:
		a := &e.View.Arrival
		return []touch.Source{a.Source, touch.SourceOf(a.UTM.Values()), touch.SourceOf(e.view().Sight().Values())}
	case e.Cost != nil:
		return []touch.Source{e.Cost.Source}
	}
	return nil
}

// ContactEdit is a change of a contact's fields, with the values before, so
// that an import can be undone.
type ContactEdit struct {
	CreatedBy string               `json:"created_by,omitempty"` // set on the entry that created the contact
	CreatedAt lifecycle.Millis     `json:"created_at,omitzero"`  // if it was there before it came to us
	Fields    map[string]FieldEdit `json:"fields,omitempty"`     // by name; properties as "property.NAME"
	Source    *SourceEdit          `json:"source,omitempty"`
}

// FieldEdit is the JSON value before and after; nil is absent.
type FieldEdit struct {
	From json.RawMessage `json:"from,omitempty"`
	To   json.RawMessage `json:"to,omitempty"`
}

// SourceEdit is the own source before and after.
type SourceEdit struct {
	From touch.Source `json:"from,omitzero"`
	To   touch.Source `json:"to,omitzero"`
}

// Merge is one side of a merge of two contacts.
type Merge struct {
	With ContactID `json:"with"`           // the other one
	Last int64     `json:"last,omitempty"` // the last entry of the one that was taken in; 0 on the side of that one
}

// Touch is what a touch entry tells besides its time.
type Touch struct {
	Kind   touch.Kind   `json:"kind"`
	Source touch.Source `json:"source,omitzero"`
	UTM    touch.UTM    `json:"utm,omitzero"`
}

// Names of contact fields in ContactEdit.Fields, besides properties.
const (
	FieldExternalID = "external_id"
	FieldEmail      = "email"
	FieldPhone      = "phone"
	FieldName       = "name"
	FieldOwner      = "owner"
	FieldValue      = "value" // {"amount": minor units, "currency": "EUR"}
	PropertyPrefix  = "property."
	ListPrefix      = "list." // and the number of a static list; true for a member
)

// Configuration is everything that a workspace can be set to and that a
// report depends on.
type Configuration struct {
	Name             string `json:"name"`
	TimeZone         string `json:"time_zone"` // IANA name
	Currency         string `json:"currency"`  // ISO 4217
	LifecycleEnabled bool   `json:"lifecycle_enabled"`
	ForwardOnly      bool   `json:"forward_only"`

	// DefaultStages are where new contacts begin of whose stage nothing is
	// said, by way of creation.
	DefaultStages map[string]lifecycle.StageID `json:"default_stages,omitempty"`

	// Rates turn money of other currencies into the workspace's.
	Rates []Rate `json:"rates,omitempty"`

	Lifecycle lifecycle.Configuration `json:"lifecycle"`
	NextStage lifecycle.StageID       `json:"next_stage"` // the id the next stage gets
	Edit      int64                   `json:"edit"`       // counts edits, for If-Match
}

// ProjectsLike reports whether rows projected under one configuration are
// right under the other too: the same fold, the same local days, the same
// money, the same stage of opportunities.
func (c *Configuration) ProjectsLike(other *Configuration) bool {
	return c.TimeZone == other.TimeZone && c.Lifecycle.FoldsLike(&other.Lifecycle) &&
		c.Currency == other.Currency && slices.Equal(c.Rates, other.Rates) && c.opportunity() == other.opportunity()
}

// Opportunity is the stage in which a journey is an opportunity, NoStage if
// there is none.
func (c *Configuration) Opportunity() lifecycle.StageID { return c.opportunity().stage }

type opportunity struct {
	stage lifecycle.StageID
	first bool // which every journey reaches, whatever stage it began in
}

func (c *Configuration) opportunity() opportunity {
	for i, s := range c.Lifecycle.MainStages() {
		if s.Role == lifecycle.RoleOpportunity {
			return opportunity{s.ID, i == 0}
		}
	}
	return opportunity{}
}
