package workspace

import "github.com/tidemark/tidemark/journal"

// CreateWorkspaceInput makes a workspace with the template "respond".
type CreateWorkspaceInput struct {
	Name     string // "" = "My workspace"
	TimeZone string // IANA name; "" = UTC
	Currency string // ISO 4217; "" = EUR
	Actor    journal.Actor
}

// CreateWorkspaceOutput is its answer.
type CreateWorkspaceOutput struct {
	Workspace journal.WorkspaceID
	Settings  Settings
	Seq       int64
}

// WorkspaceName is a workspace in a list.
type WorkspaceName struct {
	ID   journal.WorkspaceID
	Name string
}

// Settings are what a workspace is set to, besides its stages.
type Settings struct {
	Name             string `json:"name"`
	TimeZone         string `json:"time_zone" doc:"IANA name"`
	Currency         string `json:"currency" doc:"ISO 4217"`
	LifecycleEnabled bool   `json:"lifecycle_enabled"`
	CountBulk        bool   `json:"count_bulk"`
	ForwardOnly      bool   `json:"forward_only"`

	DefaultStages map[string]string `json:"default_stages"` // keys, by way of creation

	Edit int64 `json:"-"` // the ETag
}

// SettingsOutput is the answer of an edit of the settings.
type SettingsOutput struct {
	Settings
	Seq int64 `json:"seq"`
}

// StageOutput is the answer of a write to one stage.
type StageOutput struct {
	StageView
	Seq int64 `json:"seq"`
}

// StagesOutput is the answer of a write to many.
type StagesOutput struct {
	Items []StageView `json:"items"`
	Seq   int64       `json:"seq"`
}

// ApplyTemplateInput replaces the stages of a workspace without journeys.
type ApplyTemplateInput struct {
	Name  string // respond, hubspot, ruler or aarrr
	Actor journal.Actor
	Once  Idempotency
}

// ChangePage is a page of the log; Next is "" at the end.
type ChangePage struct {
	Items []LoggedChange
	Next  string
}

// DeleteMode is how a stage is taken out of use.
type DeleteMode string

// The three ways.
const (
	DeleteArchive DeleteMode = "archive" // no changes into it any more; all else stays
	DeleteErase   DeleteMode = "erase"   // its changes vanish from view, who is in it goes on
	DeleteMerge   DeleteMode = "merge"   // another stage is read in its place, from the beginning
)

// DeleteStageInput takes a stage out of use.
type DeleteStageInput struct {
	Stage   string     // id or key
	Mode    DeleteMode // "" = archive
	Into    string     // id or key: the target of a merge, or where an erasure sends who is in it; "" = none
	IfMatch *int64
	Actor   journal.Actor
}

// RestoreStageInput takes a stage back into use.
type RestoreStageInput struct {
	Stage   string // id or key
	IfMatch *int64
	Actor   journal.Actor
	Once    Idempotency
}

// UndoEditInput takes back one edit of the configuration.
type UndoEditInput struct {
	Seq   int64 // of the edit, as the history has it
	Actor journal.Actor
	Once  Idempotency
}

// StagePreview is what an edit of the stages would do to the numbers of all
// journeys.
type StagePreview struct {
	EditEffect
	ContactsInStage int64    `json:"contacts_in_stage" doc:"in the stage that is edited, now"`
	Text            []string `json:"text" doc:"the same in plain sentences"`
}

// EditEffect is what an edit of the stages does to the numbers.
type EditEffect struct {
	JourneysChanged int64    `json:"journeys_changed" doc:"journeys that are read differently, or only before or after"`
	ContactsChanged int64    `json:"contacts_changed" doc:"who have such a journey"`
	Before          Headline `json:"before"`
	After           Headline `json:"after"`
}

// Headline is the numbers at the top of the report, over all journeys.
type Headline struct {
	Entered          int64    `json:"entered"`
	Won              int64    `json:"won"`
	Lost             int64    `json:"lost"`
	Left             int64    `json:"left"`
	Open             int64    `json:"open"`
	ConversionRate   *float64 `json:"conversion_rate"`
	DropOffRate      *float64 `json:"drop_off_rate"`
	TimeToConversion MeanTime `json:"time_to_conversion_seconds"`
	TimeToDropOff    MeanTime `json:"time_to_drop_off_seconds"`
}

// MeanTime is an average over the journeys that have the time.
type MeanTime struct {
	Mean     *float64 `json:"mean"`
	Journeys int64    `json:"journeys"`
}
