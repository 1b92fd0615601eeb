package report

import (
	"strings"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

// Plan is a query after all passes: absolute instants, texts as they are
// stored, nothing left to decide. It holds no SQL; every engine reads it.
type Plan struct {
	Workspace journal.WorkspaceID

	// Journeys with From <= entered_at < To. Where the range is whole local
	// days, FromDay <= day < ToDay says the same; a cut by MaxEntered makes it
	// not whole.
	From, To       lifecycle.Millis
	FromDay, ToDay int32 // local days, counted from 1970-01-01

	MaxEntered lifecycle.Millis // min_age: entered_at <= MaxEntered; 0 = no cut
	Window     lifecycle.Millis // window: each journey as of entered_at + Window; 0 = as of now
	AsOf       lifecycle.Millis // now, cut to the second
	Model      Model
	Filters    []Filter
	Segment    *segment.Resolved // only journeys of contacts that are in it as of AsOf; nil = all
	Group      *Grouping         // nil = one group, index 0
	ByDay      bool              // also split the counts by local day of entry
	Want       Want
}

// Want says which counts are wanted.
type Want struct {
	Stays    bool // Counts.Stays
	Contacts bool // Counts.Contacts
}

// Model says which source a journey has.
type Model string

// The models.
const (
	ModelEntry Model = "entry"
	ModelFirst Model = "first"
	ModelLast  Model = "last"
)

// Dimension names what journeys are filtered and grouped by: a source field
// (touch.Field), "owner", "created_by", "journey" or "property.NAME".
type Dimension string

// The dimensions that are not source fields or properties.
const (
	DimensionOwner     Dimension = "owner"
	DimensionCreatedBy Dimension = "created_by"
	DimensionJourney   Dimension = "journey" // values "first" and "return"
)

// Property returns the name of the contact property that the dimension is.
func (d Dimension) Property() (name string, ok bool) {
	return strings.CutPrefix(string(d), journal.PropertyPrefix)
}

// Filter keeps journeys whose value is one of Values, or none where None.
// Several filters must all hold.
type Filter struct {
	Dimension Dimension
	Values    []string
	None      bool
}

// Grouping splits journeys into len(Top) groups of one value each, then index
// len(Top) = every other value, then len(Top)+1 = no value.
type Grouping struct {
	Dimension Dimension
	Top       []string
}

// Other and None are the indexes of the two last groups.
func (g Grouping) Other() int { return len(g.Top) }

// None is the index of the journeys without a value.
func (g Grouping) None() int { return len(g.Top) + 1 }

// ValueCount is how many journeys of a plan have a value of a dimension.
type ValueCount struct {
	Value string
	N     int64
}

// Ranking is what Reading.Values returns.
type Ranking struct {
	Largest []ValueCount // in no order: all values with at least as many journeys as the limit-th has
	Values  int64        // distinct values with journeys, without "none"
	None    int64        // journeys without a value
}

// FollowCount counts journeys by how long they were followed, for incidence
// curves. A journey that is open (as of the window) is censored at as_of or at
// the window, whichever is earlier; a left one at its end.
type FollowCount struct {
	Group   int
	Outcome lifecycle.Outcome // won and lost are exits; open and left are censored
	Hours   int64             // since entry, cut to the hour
	N       int64
}

// Selection narrows a page to the journeys behind one number. Zero fields do
// not narrow. All are read as of the window, like the counts.
type Selection struct {
	Outcomes   []lifecycle.Outcome
	Reached    lifecycle.StageID
	NotReached lifecycle.StageID
	Visited    lifecycle.StageID
	Flow       *FlowSelection
	Origin     lifecycle.StageID // lost or left there
	LostStage  lifecycle.StageID
	InStage    lifecycle.StageID // open and there now
	Group      *int              // index in the plan's Grouping
}

// FlowSelection selects journeys with a stay that ended so.
type FlowSelection struct {
	Stage lifecycle.StageID
	Exit  lifecycle.Exit
}

// PageKey is the position after which a page begins.
type PageKey struct {
	EnteredAt lifecycle.Millis
	Contact   journal.ContactID
	Number    int
}

// PageRow is one journey of a page, in order of PageKey, newest entry first.
type PageRow struct {
	PageKey
	Cell     funnel.JourneyCell // as now
	Duration lifecycle.Millis   // ended - entered, 0 where open or instant
	Source   int64              // dictionary number of the source by the plan's model
}
