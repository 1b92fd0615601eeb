package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// Page implements report.Reading. Netting a whole range for one page of it
// would be waste: only the newest rows are, as many as are likely to hold a
// page, and more of them when they do not. Rows that cancel have the same
// entry, so a cut by entry never parts them.
func (r *reading) Page(ctx context.Context, p report.Plan, where report.Selection, after *report.PageKey, limit int) ([]report.PageRow, error) {
	n, err := r.narrow(ctx, &p)
	if err != nil {
		return nil, err
	}
	conditions := r.selection(&p, where, n)
	if after != nil {
		conditions = append(conditions, fmt.Sprintf("f.entered_at <= %d AND (f.entered_at, f.contact, f.number) < (%[1]d, %d, %d)",
			after.EnteredAt, after.Contact, after.Number))
	}
	for newest := 4 * (limit + 1); ; newest *= 16 {
		cut, err := collect(ctx, r.q, fmt.Sprintf("SELECT f.entered_at%s ORDER BY f.entered_at DESC LIMIT 1 OFFSET %d",
			n.from(r.table("journey"), conditions...), newest), scanOne[int64])
		if err != nil {
			return nil, err
		}
		within := conditions
		if len(cut) > 0 {
			within = append(within[:len(within):len(within)], fmt.Sprintf("f.entered_at >= %d", cut[0]))
		}
		rows, err := r.page(ctx, &p, n, within, limit)
		if err != nil || len(rows) == limit || len(cut) == 0 {
			return rows, err
		}
	}
}

// page nets the journeys under conditions and returns the first of them.
func (r *reading) page(ctx context.Context, p *report.Plan, n narrowed, conditions []string, limit int) ([]report.PageRow, error) {
	source := "f." + sourceColumn(p.Model)
	query := fmt.Sprintf(`SELECT f.entered_at, f.contact, f.number, f.cell, f.duration, %[1]s%[2]s
		GROUP BY f.entered_at, f.contact, f.number, f.cell, f.duration, %[1]s HAVING sum(f.sign) > 0
		ORDER BY f.entered_at DESC, f.contact DESC, f.number DESC LIMIT %[3]d`,
		source, n.from(r.table("journey"), conditions...), limit)
	return collect(ctx, r.q, query, func(rows *sql.Rows) (row report.PageRow, err error) {
		var cell int
		if err := rows.Scan(&row.EnteredAt, &row.Contact, &row.Number, &cell, &row.Duration, &row.Source); err != nil {
			return row, err
		}
		row.Cell = r.journeyCells[cell]
		return row, nil
	})
}

// selection writes the conditions of a selection over journeys. With a window
// a journey is what its stays had made of it by then.
func (r *reading) selection(p *report.Plan, s report.Selection, n narrowed) []string {
	conditions := r.shapeConditions(p, s)
	if s.Group != nil {
		conditions = append(conditions, fmt.Sprintf("%s = %d", n.group, *s.Group))
	}
	if s.Flow != nil {
		conditions = append(conditions, r.withStay(p, flowCondition(r, p, *s.Flow)))
	}
	if p.Window == 0 {
		return append(conditions, r.selectByCell(s)...)
	}
	return append(conditions, r.selectByStays(p, s)...)
}

// shapeConditions are those that a window only changes by whether the journey
// had ended: then it ended as its cell says.
func (r *reading) shapeConditions(p *report.Plan, s report.Selection) []string {
	var conditions []string
	ended := fmt.Sprintf("f.duration <= %d", windowOf(p))
	if len(s.Outcomes) > 0 {
		var any []string
		for _, outcome := range s.Outcomes {
			condition := fmt.Sprintf("(f.cell IN (%s) AND %s)", r.cellsOf(outcome), ended)
			if outcome == lifecycle.Open {
				condition = fmt.Sprintf("(f.cell IN (%s) OR NOT %s)", r.cellsOf(outcome), ended)
			}
			any = append(any, condition)
		}
		conditions = append(conditions, "("+strings.Join(any, " OR ")+")")
	}
	if s.Origin != lifecycle.NoStage {
		first := r.positions()[s.Origin] == 1
		conditions = append(conditions, ended, r.inCells(func(c funnel.JourneyCell) bool {
			ended := c.Outcome == lifecycle.OutcomeLost || c.Outcome == lifecycle.OutcomeLeft
			return ended && (c.Origin == s.Origin || c.Origin == lifecycle.NoStage && first)
		}))
	}
	if s.LostStage != lifecycle.NoStage {
		conditions = append(conditions, ended, r.inCells(func(c funnel.JourneyCell) bool {
			return c.Outcome == lifecycle.OutcomeLost && c.LostStage == s.LostStage
		}))
	}
	return conditions
}

// selectByCell writes what only cells say, for journeys as of now.
func (r *reading) selectByCell(s report.Selection) []string {
	positions := r.positions()
	var conditions []string
	add := func(stage lifecycle.StageID, test func(funnel.JourneyCell) bool) {
		if stage != lifecycle.NoStage {
			conditions = append(conditions, r.inCells(test))
		}
	}
	reached := func(c funnel.JourneyCell, stage lifecycle.StageID) bool {
		return positions[stage] > 0 && positions[c.Furthest] >= positions[stage]
	}
	add(s.Reached, func(c funnel.JourneyCell) bool { return reached(c, s.Reached) })
	add(s.NotReached, func(c funnel.JourneyCell) bool { return !reached(c, s.NotReached) })
	add(s.Visited, func(c funnel.JourneyCell) bool { return contains(c.Visited, s.Visited) })
	add(s.InStage, func(c funnel.JourneyCell) bool { return c.Outcome == lifecycle.Open && c.Present == s.InStage })
	return conditions
}

// selectByStays writes the same for journeys as of the window.
func (r *reading) selectByStays(p *report.Plan, s report.Selection) []string {
	var conditions []string
	if s.Reached != lifecycle.NoStage {
		conditions = append(conditions, r.reachedBy(p, s.Reached))
	}
	if s.NotReached != lifecycle.NoStage {
		conditions = append(conditions, "NOT "+r.reachedBy(p, s.NotReached))
	}
	begun, ended := beganBy(p), endedBy(p)
	if s.Visited != lifecycle.NoStage {
		conditions = append(conditions, r.withStay(p, fmt.Sprintf("(%s AND %s OR %s AND %s)",
			begun, r.inStayCells(func(c funnel.StayCell) bool { return c.Stage == s.Visited && c.Visit == lifecycle.VisitBegin }),
			ended, r.inStayCells(func(c funnel.StayCell) bool { return c.Stage == s.Visited && c.Visit == lifecycle.VisitEnd }))))
	}
	if s.InStage != lifecycle.NoStage {
		open := fmt.Sprintf("(f.cell IN (%s) OR f.duration > %d)", r.cellsOf(lifecycle.Open), p.Window)
		conditions = append(conditions, open, r.withStay(p, fmt.Sprintf("%s AND NOT (%s) AND f.stage = %d", begun, ended, s.InStage)))
	}
	return conditions
}

// reachedBy writes the condition that a journey had reached a stage by the
// window: by the stays that had begun and those that had ended. A journey that
// was lost or left by then has reached what its cell says; one opened by a loss
// may have no stay.
func (r *reading) reachedBy(p *report.Plan, stage lifecycle.StageID) string {
	positions := r.positions()
	position := positions[stage]
	switch position {
	case 0:
		return "false"
	case 1:
		return "true"
	}
	over := r.inCells(func(c funnel.JourneyCell) bool {
		return (c.Outcome == lifecycle.OutcomeLost || c.Outcome == lifecycle.OutcomeLeft) && positions[c.Furthest] >= position
	})
	stay := r.withStay(p, fmt.Sprintf("(%s AND %s OR %s AND %s)",
		beganBy(p), r.inStayCells(func(c funnel.StayCell) bool { return positions[c.Begun] >= position }),
		endedBy(p), r.inStayCells(func(c funnel.StayCell) bool { return positions[c.After] >= position })))
	return fmt.Sprintf("(%s OR %s AND f.duration <= %d)", stay, over, p.Window)
}

// flowCondition selects the stays behind a number of the flow.
func flowCondition(r *reading, p *report.Plan, s report.FlowSelection) string {
	of := func(exit lifecycle.Exit) string {
		return r.inStayCells(func(c funnel.StayCell) bool { return c.Stage == s.Stage && c.Exit == exit })
	}
	if p.Window == 0 {
		return of(s.Exit)
	}
	if s.Exit == lifecycle.StillThere {
		return fmt.Sprintf("%s AND NOT (%s) AND f.stage = %d", beganBy(p), endedBy(p), s.Stage)
	}
	return fmt.Sprintf("%s AND %s", endedBy(p), of(s.Exit))
}

// beganBy and endedBy are conditions on stays as of the window.
func beganBy(p *report.Plan) string { return fmt.Sprintf("f.begin_at <= %d", p.Window) }

func endedBy(p *report.Plan) string {
	return fmt.Sprintf("f.length >= 0 AND f.begin_at + f.length <= %d", p.Window)
}

// withStay writes the condition that a journey has a stay. Its range is that
// of the journeys, so that few stays are read.
func (r *reading) withStay(p *report.Plan, condition string) string {
	return fmt.Sprintf(`(f.contact, f.number) IN (SELECT f.contact, f.number FROM %s f
		WHERE f.entered_at >= %d AND f.entered_at < %d AND (%s) GROUP BY f.contact, f.number HAVING sum(f.sign) > 0)`,
		r.table("stay"), p.From, p.To, condition)
}

// positions are those of the configuration that the view is under.
func (r *reading) positions() map[lifecycle.StageID]int {
	return r.cursor.Configuration.Lifecycle.Positions()
}

func (r *reading) inCells(test func(funnel.JourneyCell) bool) string {
	return "f.cell IN (" + within(r.g.journeys, test) + ")"
}

func (r *reading) inStayCells(test func(funnel.StayCell) bool) string {
	return "f.cell IN (" + within(r.g.stays, test) + ")"
}

// cellsOf lists the cells of an outcome.
func (r *reading) cellsOf(outcome lifecycle.Outcome) string {
	return within(r.g.journeys, func(c funnel.JourneyCell) bool { return c.Outcome == outcome })
}

func contains(set funnel.StageSet, stage lifecycle.StageID) bool {
	for _, id := range set.Stages() {
		if id == stage {
			return true
		}
	}
	return false
}
