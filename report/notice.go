package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
)

// notices lists what to know when reading a report of a plan with so many
// journeys.
func (v *view) notices(ctx context.Context, p Plan, entered int64) ([]Notice, error) {
	out := []Notice{}
	out = append(out, v.spans()...)
	out = append(out, v.rangeHasToday()...)
	younger, err := v.youngerThanWindow(ctx, p, entered)
	if err != nil {
		return nil, err
	}
	out = append(out, younger...)
	unrecorded, err := v.unrecorded(ctx, p)
	if err != nil {
		return nil, err
	}
	out = append(out, unrecorded...)
	return append(out, v.archivedStages()...), nil
}

// rangeHasToday warns that a day under way is compared with whole ones.
func (v *view) rangeHasToday() []Notice {
	a := v.asked
	if a.Around != nil || a.today < a.days.from || a.today > a.days.to {
		return nil
	}
	text := "The range holds today, which is not over yet."
	if a.before != nil {
		text = "The range holds today, which is not over yet, and is compared with whole days."
	}
	return []Notice{{Kind: "range_has_today", Text: text}}
}

// youngerThanWindow counts the journeys that had less time than the window.
func (v *view) youngerThanWindow(ctx context.Context, p Plan, entered int64) ([]Notice, error) {
	if p.Window == 0 {
		return nil, nil
	}
	old := p
	old.Group, old.Want, old.MaxEntered = nil, Want{}, p.AsOf-p.Window
	if p.MaxEntered != 0 {
		old.MaxEntered = min(old.MaxEntered, p.MaxEntered)
	}
	counts, err := v.reading.Count(ctx, old)
	if err != nil {
		return nil, err
	}
	younger := entered - journeys(counts)
	if younger == 0 {
		return nil, nil
	}
	text := fmt.Sprintf("%s younger than %d days and may still change.", plural(younger, "journey is", "journeys are"), v.asked.Window)
	return []Notice{{Kind: "younger_than_window", Count: &younger, Text: text}}, nil
}

// journeys adds up counts.
func journeys(c funnel.Counts) (n int64) {
	for _, j := range c.Journeys {
		n += j.N
	}
	return n
}

// unrecorded counts the changes in the range that no journey counts.
func (v *view) unrecorded(ctx context.Context, p Plan) ([]Notice, error) {
	if v.service.Log == nil || v.asked.configuration.Lifecycle.CountBulk {
		return nil, nil
	}
	n, err := v.service.Log.CountUnrecorded(ctx, v.workspace, p.From, p.To)
	if err != nil || n == 0 {
		return nil, err
	}
	text := plural(n, "change by import or bulk edit", "changes by import or bulk edit") + " in the range: not counted as moves."
	return []Notice{{Kind: "bulk_not_counted", Count: &n, Text: text}}, nil
}

// archivedStages names the stages that stay in reports though out of use.
func (v *view) archivedStages() []Notice {
	var names []string
	for _, s := range v.asked.configuration.Lifecycle.Stages {
		if s.ArchivedAt != 0 && !s.Gone() {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	text := "Archived, and kept in reports: " + strings.Join(names, ", ") + "."
	return []Notice{{Kind: "archived_stages", Count: new(int64(len(names))), Text: text}}
}

func (s *Service) recomputing(w journal.WorkspaceID) (out Recomputation) {
	if s.Recomputing != nil {
		out, _ = s.Recomputing.Recomputing(w)
	}
	return out
}

// of says that an answer is of an older configuration, if it is of the
// generation that one of the recomputations replaces. Answers are kept and
// shared, so this one is not changed.
func (r Result) of(generation int64, under ...Recomputation) Result {
	for _, u := range under {
		if u.Since == 0 || u.Generation != generation {
			continue
		}
		text := "These numbers are of the stages and settings before the latest edit. They are being computed anew and switch all at once"
		if u.Total > 0 {
			text += fmt.Sprintf(": %d %% done", min(u.Done*100/u.Total, 100))
		}
		r.Notices = append(slices.Clone(r.Notices), Notice{Kind: "recomputing", Text: text + "."})
		return r
	}
	return r
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
