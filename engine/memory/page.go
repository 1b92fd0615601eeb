package memory

import (
	"cmp"
	"context"
	"slices"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// Page implements report.Reading. Rows have no source number: this engine has
// no dictionary.
func (r *reading) Page(_ context.Context, p report.Plan, where report.Selection, after *report.PageKey, limit int) ([]report.PageRow, error) {
	var rows []report.PageRow
	list, groups := r.of(&p)
	for i, j := range list {
		key := report.PageKey{EnteredAt: j.EnteredAt, Contact: j.contact, Number: j.Number}
		now := r.asOf(&p, j)
		chosen := where.Group == nil || *where.Group == groups[i]
		if chosen && r.selects(where, &now) && (after == nil || newer(*after, key) < 0) {
			d, _ := j.Duration()
			rows = append(rows, report.PageRow{PageKey: key, Cell: funnel.CellOf(&j.Journey), Duration: d})
		}
	}
	slices.SortFunc(rows, func(a, b report.PageRow) int { return newer(a.PageKey, b.PageKey) })
	return rows[:min(limit, len(rows))], nil
}

// newer orders keys as pages do, newest first.
func newer(a, b report.PageKey) int {
	return cmp.Or(cmp.Compare(b.EnteredAt, a.EnteredAt), cmp.Compare(b.Contact, a.Contact), cmp.Compare(b.Number, a.Number))
}

// selects reports whether a journey, as of its deadline, is behind the number
// that a selection stands for.
func (r *reading) selects(s report.Selection, j *lifecycle.Journey) bool {
	reached := func(stage lifecycle.StageID) bool {
		return r.positions[stage] > 0 && r.positions[j.Furthest] >= r.positions[stage]
	}
	atOrigin := func(stage lifecycle.StageID) bool {
		ended := j.Outcome == lifecycle.OutcomeLost || j.Outcome == lifecycle.OutcomeLeft
		return ended && r.positions[stage] > 0 && r.positions[j.Origin] == r.positions[stage]
	}
	tests := []struct {
		stage lifecycle.StageID
		holds func(lifecycle.StageID) bool
	}{
		{s.Reached, reached},
		{s.NotReached, func(stage lifecycle.StageID) bool { return !reached(stage) }},
		{s.Visited, func(stage lifecycle.StageID) bool { return slices.Contains(j.Visited, stage) }},
		{s.Origin, atOrigin},
		{s.LostStage, func(stage lifecycle.StageID) bool { return j.LostStage == stage }},
		{s.InStage, func(stage lifecycle.StageID) bool { return j.Present == stage }},
	}
	for _, t := range tests {
		if t.stage != lifecycle.NoStage && !t.holds(t.stage) {
			return false
		}
	}
	flows := func(stay lifecycle.Stay) bool { return stay.Stage == s.Flow.Stage && stay.Exit == s.Flow.Exit }
	return (len(s.Outcomes) == 0 || slices.Contains(s.Outcomes, j.Outcome)) &&
		(s.Flow == nil || slices.ContainsFunc(j.Stays, flows))
}
