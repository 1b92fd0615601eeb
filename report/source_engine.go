package report

import (
	"context"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
	"github.com/tidemark/tidemark/touch"
)

// SourceReading is what the source report asks of an engine: counts and sums by
// source, and the touches that led to each conversion. Credit is Go's, by
// package touch.
type SourceReading interface {
	// Visits counts the visits that began in the range, by source and raw tags.
	Visits(ctx context.Context, p SourcePlan) (VisitCounts, error)
	// Trails calls visit once for each contact that is in the plan's segment and
	// filters and has a conversion in the range, or is asked for anyway (All,
	// Cohort): all its touches in order of time, and its conversions. Contacts
	// come in order of their numbers. A trail holds until the next; its slices may
	// be kept, but not written to: they can be those of other readings too.
	Trails(ctx context.Context, p SourcePlan, visit func(*Trail) error) error
	// TrailsAtOnce is Trails in no order, by as many goroutines as nobody else needs.
	// begin is called for each of them before any begins; what it returns is called
	// by that one alone.
	TrailsAtOnce(ctx context.Context, p SourcePlan, begin func() (visit func(*Trail) error)) error
	// Sights counts the visits that began in the range, by what was seen in them.
	Sights(ctx context.Context, p SourcePlan) ([]SightCount, error)
	// Costs sums what was paid in the range, by source.
	Costs(ctx context.Context, p SourcePlan) ([]CostCount, error)
}

// SourcePlan is a question about sources after all passes: absolute instants,
// texts as they are stored.
type SourcePlan struct {
	Workspace      journal.WorkspaceID
	From, To       lifecycle.Millis // From <= at < To
	FromDay, ToDay int32            // the same in local days, counted from 1970-01-01: costs have days only
	AsOf           lifecycle.Millis // of the segment
	// Cohort asks for the contacts first seen in the range, all of them, and for
	// all their conversions; else conversions of the range are asked for.
	Cohort  bool
	All     bool              // trails of every contact, also of those without a conversion
	Pages   bool              // trails have what was seen in place of touches
	Segment *segment.Resolved // only contacts that are in it as of AsOf, and visits of those; nil = all
	Filters []Filter          // by owner, created_by and properties of the contact; visits too. Sources are filtered by the caller: they are credited
}

// VisitCounts are visits by source and tags, and who came.
type VisitCounts struct {
	Rows []VisitCount
	// Visitors counts distinct visitors: of each group of rows, and of all groups
	// together. groups says the group of each of Rows, from 0 on; touch.NoRow is none.
	// It ends with the reading.
	Visitors func(groups []int) (ofGroups []int64, all int64, err error)
}

// CountGroups is how many groups of visitors are asked for.
func CountGroups(groups []int) (n int) {
	for _, group := range groups {
		n = max(n, group+1)
	}
	return n
}

// VisitCount counts visits of one source with the same raw tags.
type VisitCount struct {
	Source, UTM int64 // dictionary numbers; 0 = nothing. Tags are numbered as sources are: touch.UTMOf of the texts
	Visits      int64
}

// Trail is what became of one contact.
type Trail struct {
	Contact     journal.ContactID
	FirstSeen   lifecycle.Millis // its first touch, else its creation
	Customer    bool             // in won or beyond now, or it ever had a won journey
	Own         int64            // dictionary number of its own source; 0 = none
	Touches     []TouchFact      // all, in order of time
	Sights      []SightFact      // all, in order of time
	Conversions []ConversionFact // those asked for, in order of time
}

// TouchFact is one touch of a contact.
type TouchFact struct {
	At          lifecycle.Millis
	Kind        touch.Kind
	Source, UTM int64
}

// SightFact is a page that a contact saw: once for each visit, with the first
// time in it.
type SightFact struct {
	At          lifecycle.Millis
	Sight       int64 // dictionary number; as touch.SightOf the texts
	Landing     bool  // the visit began with it
	Source, UTM int64 // of the visit
}

// SightCount counts the visits of a source in which a page was seen. Every visit
// is landing in one SightCount.
type SightCount struct {
	Sight       int64
	Landing     bool
	Source, UTM int64
	Visits      int64
}

// ConversionFact is one thing that a contact did.
type ConversionFact = conversion.Conversion

// CostCount sums what was paid for a source. The source has no landing page.
type CostCount struct {
	Source      int64
	Amount      int64 // minor units of the workspace's currency, at each day's rate
	Clicks      int64
	Impressions int64
	Unrated     int64 // how many costs are left out, as no rate is known for their currency
}
