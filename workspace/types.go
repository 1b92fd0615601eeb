package workspace

import (
	"encoding/json"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// ContactRef names a contact by one of the ways it can be known. Exactly one
// field is set.
type ContactRef struct {
	ID         journal.ContactID
	ExternalID string
	Email      string
	Phone      string
}

// Money is an amount in minor units of a currency.
type Money struct {
	Amount   int64  `json:"amount" doc:"minor units, for example cents"`
	Currency string `json:"currency,omitempty" doc:"ISO 4217; the workspace's own when absent"`
}

// ContactFields is what a caller may say of a contact. Nil means "not said";
// a property of JSON null is removed.
type ContactFields struct {
	ExternalID *string                    `json:"external_id,omitempty"`
	Email      *string                    `json:"email,omitempty"`
	Phone      *string                    `json:"phone,omitempty"`
	Name       *string                    `json:"name,omitempty"`
	Owner      *string                    `json:"owner,omitempty"`
	Value      *Money                     `json:"value,omitempty"`
	Source     *touch.Source              `json:"source,omitempty"`
	Properties map[string]json.RawMessage `json:"properties,omitempty"`
}

// Contact is a contact as answers show it.
type Contact struct {
	ID         string                     `json:"id"`
	ExternalID *string                    `json:"external_id"`
	Email      *string                    `json:"email"`
	Phone      *string                    `json:"phone"`
	Name       *string                    `json:"name"`
	Owner      *string                    `json:"owner"`
	Value      *Money                     `json:"value"`
	Properties map[string]json.RawMessage `json:"properties"`
	Source     journal.SourceView         `json:"source"`
	CreatedBy  string                     `json:"created_by"`
	CreatedAt  lifecycle.Millis           `json:"created_at"`
	Stage      *StageRef                  `json:"stage"`
	StageSince *lifecycle.Millis          `json:"stage_since"`
	Edit       int64                      `json:"-"` // the ETag
}

// StageRef names a stage in answers.
type StageRef struct {
	ID       string         `json:"id"`
	Key      string         `json:"key"`
	Name     string         `json:"name"`
	Emoji    *string        `json:"emoji"`
	Kind     lifecycle.Kind `json:"kind"`
	Position *int           `json:"position"` // from 1; null of lost and aside
}

// Journey is a journey as answers show it; fields named by stage key.
type Journey struct {
	Number          int                `json:"n"`
	EnteredAt       lifecycle.Millis   `json:"entered_at"`
	EndedAt         *lifecycle.Millis  `json:"ended_at"`
	Outcome         string             `json:"outcome" enum:"open,won,lost,left"`
	Furthest        int                `json:"furthest" doc:"highest position reached, from 1"`
	Origin          *string            `json:"origin"`
	LostStage       *string            `json:"lost_stage"`
	DurationSeconds *float64           `json:"duration_seconds"`
	Reached         []string           `json:"reached"`
	Visited         []string           `json:"visited"`
	Visits          []Visit            `json:"visits"`
	Times           map[string]float64 `json:"times"`
}

// Visit is a stay in a main stage as answers show it.
type Visit struct {
	Stage     string            `json:"stage"`
	EnteredAt lifecycle.Millis  `json:"entered_at"`
	LeftAt    *lifecycle.Millis `json:"left_at"`
	Seconds   *float64          `json:"seconds"`
}

// Idempotency makes a write answer a repeated request with its first answer.
// The zero value does not.
type Idempotency struct {
	Key  string
	Hash [32]byte // of everything that must be the same: method, path, body
}

// UpsertContactInput creates a contact or updates the one that its
// identifiers name.
type UpsertContactInput struct {
	Fields ContactFields
	Stage  *string           // id or key; nil = not said
	At     *lifecycle.Millis // of the stage change; nil = now
	ID     string            // the same one for the same contact counts once; "" = none
	AsOf   lifecycle.Millis  // when Fields were so: what is known for later stays; 0 = now
	Actor  journal.Actor
	Once   Idempotency
}

// ContactOutput is the answer of a write to one contact.
type ContactOutput struct {
	Contact Contact  `json:"contact"`
	Journey *Journey `json:"journey"` // the latest, or null
	Created bool     `json:"created"`
	Seq     int64    `json:"seq"`
}

// EditContactInput changes fields of one contact, the source too.
type EditContactInput struct {
	Ref     ContactRef
	Fields  ContactFields
	IfMatch *int64 // the edit number the caller saw; nil = do not check
	Actor   journal.Actor
	Once    Idempotency
}

// SetStageInput moves one contact.
type SetStageInput struct {
	Ref     ContactRef
	Stage   *string           // id or key; nil clears
	At      *lifecycle.Millis // nil = now
	Note    string
	Value   *Money
	IfMatch *int64 // the edit number the caller saw; nil = do not check
	Actor   journal.Actor
	Once    Idempotency
}

// SetStageOutput is its answer.
type SetStageOutput struct {
	Changed  bool     `json:"changed"`
	Recorded bool     `json:"recorded"`
	Contact  Contact  `json:"contact"`
	Journey  *Journey `json:"journey"`
	Seq      int64    `json:"seq"`
}

// ChangeItem is one change of a batch: history with dates.
type ChangeItem struct {
	Contact  ContactFields
	Stage    *string // id or key; nil clears
	HasStage bool    // the item said "stage", be it null
	At       lifecycle.Millis
	Actor    journal.Actor
	ID       string           // counts once within its contact; "" = none
	AsOf     lifecycle.Millis // when Contact was so: what is known for later stays; 0 = now
	Note     string
	Err      error // the item could not be read: rejected with this
}

// RecordChangesInput appends a batch of changes.
type RecordChangesInput struct {
	Items []ChangeItem
	Once  Idempotency
}

// RecordChangesOutput is its answer. Accepted + Duplicate + len(Rejected) is
// the number of items.
type RecordChangesOutput struct {
	Accepted  int        `json:"accepted"`
	Duplicate int        `json:"duplicate"`
	Rejected  []Rejected `json:"rejected"`
	Seq       int64      `json:"seq"`
}

// Rejected is an item of a batch that was not taken.
type Rejected struct {
	Index int    `json:"index"`
	Error string `json:"error"`
}

// ListContactsInput asks for a page of contacts.
type ListContactsInput struct {
	Query  string // matches the beginning of name, e-mail, phone or external id, whatever the case
	Stage  string // id or key; "" = any
	Filter string // text, JSON, view:ID or list:ID; "" = everybody
	Sort   string // created_at, -created_at (default), name; stage_since, days_in_stage and their reverse
	Cursor string
	Limit  int   // 1..200, default 50
	MinSeq int64 // of a filter: wait until it sees this write
}

// ContactPage is a page of contacts; Next is "" at the end.
type ContactPage struct {
	Items []Contact
	Next  string
}

// TimelineItem is one thing that happened to a contact.
type TimelineItem struct {
	Seq       int64              `json:"seq"`
	Kind      string             `json:"kind" enum:"created,edited,change,touch,visit,event,identified,revenue,erasure,merge,withdrawal" doc:"touch: an ad click, a call, a chat, a form, or a visit that was told of; visit: pages seen; event: something done that has a name; identified: a visitor turned out to be the contact; revenue: a sale or a refund; erasure: the contact was in a stage that was erased, and went on; merge: another contact became part of this one; withdrawal: an import was undone"`
	At        lifecycle.Millis   `json:"at"`
	ArrivedAt lifecycle.Millis   `json:"arrived_at"`
	Actor     *journal.ActorView `json:"actor" doc:"null of a visit and of an erasure"`
	From      *StageRef          `json:"from"`
	To        *StageRef          `json:"to"`
	Recorded  *bool              `json:"recorded"`
	Note      *string            `json:"note"`
	Fields    []string           `json:"fields" doc:"names of the fields that changed"`
	Touch     *journal.TouchView `json:"touch" doc:"of a touch: what it was and where it came from"`
	Pages     []PageView         `json:"pages" nullable:"true" doc:"of a visit, in order"`
	Visitor   *string            `json:"visitor" doc:"the number of the browser"`
	Event     *journal.EventView `json:"event"`
	Revenue   *journal.SaleView  `json:"revenue"`
	Contact   *string            `json:"contact" doc:"of a merge: the other one"`
	Import    *string            `json:"import" doc:"the import that brought it, or that was undone"`
}

// ListChangesInput asks for a page of the log, newest first.
type ListChangesInput struct {
	From, To *lifecycle.Millis // of at; From <= at < To
	Actor    string            // an actor kind; "" = any
	Stage    string            // id or key of the target; "" = any
	Contact  *ContactRef
	Import   string // the import that brought it; "" = any
	Counted  *bool  // transitions only, or all others; nil = both
	Query    string // part of the contact's name or identifiers, of the note or of the actor's name, whatever the case
	Cursor   string
	Limit    int // 1..200, 0 = 50, or MaxExportPage
}

// MaxExportPage is the limit of a page of the log that is part of a file.
const MaxExportPage = 2_000

// LoggedChange is a change in the log.
type LoggedChange struct {
	Seq        int64             `json:"seq"`
	ContactID  string            `json:"contact_id"`
	ExternalID *string           `json:"external_id" doc:"of the contact"`
	Name       *string           `json:"name" doc:"what the contact is called: its name, or else its e-mail address, telephone number or external_id"`
	ID         *string           `json:"id" doc:"as it was sent"`
	At         lifecycle.Millis  `json:"at"`
	ArrivedAt  lifecycle.Millis  `json:"arrived_at"`
	From       *StageRef         `json:"from"`
	To         *StageRef         `json:"to"`
	Recorded   bool              `json:"recorded" doc:"it counts as a move"`
	Import     *string           `json:"import" doc:"the import that brought it"`
	Actor      journal.ActorView `json:"actor"`
	Note       *string           `json:"note"`
}

// StageView is a stage as answers show it.
type StageView struct {
	ID          string          `json:"id"`
	Key         string          `json:"key"`
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Emoji       *string         `json:"emoji"`
	Kind        lifecycle.Kind  `json:"kind"`
	Role        *lifecycle.Role `json:"role"`
	Position    *int            `json:"position"`
	Archived    bool            `json:"archived"`
	Erased      bool            `json:"erased" doc:"its changes are out of view; it can be restored"`
	Merged      bool            `json:"merged" doc:"into is read in its place; it can be restored"`
	Into        *StageRef       `json:"into" doc:"where a merge or an erasure led its contacts"`
	Contacts    int64           `json:"contacts"` // in it now
	Edit        int64           `json:"-"`
}

// AddStageInput adds a stage. A progress stage lands before Won.
type AddStageInput struct {
	Name, Key, Description, Emoji string // Key "" = made of the name
	Kind                          lifecycle.Kind
	Role                          lifecycle.Role
	Position                      *int // among main stages, from 1; nil = last of its kind
	Actor                         journal.Actor
	Once                          Idempotency
}

// EditStageInput renames, describes or changes the kind of a stage.
type EditStageInput struct {
	Stage                         string // id or key
	Name, Key, Description, Emoji *string
	Kind                          *lifecycle.Kind
	Role                          *lifecycle.Role
	IfMatch                       *int64
	Actor                         journal.Actor
}

// OrderStagesInput orders all stages of one kind.
type OrderStagesInput struct {
	Kind  lifecycle.Kind // 0 = progress
	IDs   []string       // all of that kind, each once; ids or keys
	Actor journal.Actor
}

// EditSettingsInput changes settings of the workspace; nil is left as it is.
type EditSettingsInput struct {
	Name, TimeZone, Currency                 *string
	LifecycleEnabled, CountBulk, ForwardOnly *bool
	DefaultStages                            map[string]*string // by way of creation: id or key, nil = none
	IfMatch                                  *int64
	Actor                                    journal.Actor
}

// ConfigurationEdit is one line of the configuration's history.
type ConfigurationEdit struct {
	Seq           int64                 `json:"seq"`
	At            lifecycle.Millis      `json:"at"`
	Actor         journal.ActorView     `json:"actor"`
	Summary       []string              `json:"summary"` // what changed, a plain sentence each
	Changes       []journal.Saying      `json:"changes" doc:"the same, for programs that say it in another language"`
	Recomputes    bool                  `json:"recomputes" doc:"it changed how the log is read, so reports were computed anew"`
	Effect        *EditEffect           `json:"effect" doc:"what it did to the numbers; null if it recomputes nothing, or until that is counted"`
	CanUndo       bool                  `json:"can_undo"`
	CannotUndo    *string               `json:"cannot_undo" doc:"why not"`
	WhyNot        *journal.Saying       `json:"why_not" doc:"the same, for programs that say it in another language"`
	Configuration journal.Configuration `json:"-"`
}
