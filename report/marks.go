package report

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Past knows what happened to a workspace as a whole.
type Past interface {
	// Marks returns what happened with from <= at < to and may show in the
	// numbers, in order of time. The days are left to the caller.
	Marks(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis) ([]Mark, error)
}

// Mark is something to know at a place of a time chart.
type Mark struct {
	At    lifecycle.Millis `json:"at"`
	Day   Date             `json:"day" doc:"in the workspace's time zone"`
	Kind  MarkKind         `json:"kind" enum:"stages,settings,import,note"`
	ID    string           `json:"id" doc:"the seq of an edit, the id of an import or a note"`
	Text  string           `json:"text" doc:"a note as it was written, of the rest what says says, in English"`
	Says  []journal.Saying `json:"says" doc:"what happened, for programs that say it in another language; of a note nothing"`
	Count *int64           `json:"count" doc:"of an import: the stage changes that it made"`
}

// MarkKind says what happened.
type MarkKind string

// The kinds of marks.
const (
	MarkStages   MarkKind = "stages"   // an edit of the stages
	MarkSettings MarkKind = "settings" // an edit of a setting that the numbers depend on
	MarkImport   MarkKind = "import"
	MarkNote     MarkKind = "note" // what a person marked
)

// MarkList is the marks of a range.
type MarkList struct {
	Range Range            `json:"range"`
	Seq   int64            `json:"seq" doc:"the last log entry included"`
	AsOf  lifecycle.Millis `json:"as_of"`
	Items []Mark           `json:"items" doc:"in order of time"`
}

// Marks answers what to mark on a time chart of the query's range. Without a
// Past there is nothing. It fails like Lifecycle.
func (s *Service) Marks(ctx context.Context, w journal.WorkspaceID, q Query) (MarkList, error) {
	if err := q.refuseSelection("marks"); err != nil {
		return MarkList{}, err
	}
	return ask(ctx, s, w, q, "marks", func(ctx context.Context, v *view) (MarkList, error) {
		items, err := v.marks(ctx)
		return MarkList{Range: v.asked.reportRange(v.asked.days), Seq: v.seq, AsOf: v.asked.asOf, Items: items}, err
	})
}

// marks reads the marks of the range.
func (v *view) marks(ctx context.Context) ([]Mark, error) {
	if v.service.Past == nil {
		return []Mark{}, nil
	}
	p := v.asked.plan(v.asked.days)
	marks, err := v.service.Past.Marks(ctx, v.workspace, p.From, p.To)
	for i := range marks {
		marks[i].Day = DateIn(marks[i].At, v.asked.zone)
	}
	return append([]Mark{}, marks...), err
}
