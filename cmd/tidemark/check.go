package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// check tells whether the caches of the record say what its log says, and
// whether reports count what a fresh fold of the log counts.
func (a *App) check(out *lineWriter, r *http.Request) error {
	all, err := a.chosen(r)
	if err != nil {
		return err
	}
	if err := a.checkChains(r.Context(), out); err != nil {
		return err
	}
	for _, w := range all {
		if err := a.checkRecord(r.Context(), out, w); err != nil {
			return err
		}
		if err := a.checkEngine(r.Context(), out, w); err != nil {
			return err
		}
	}
	return out.write(line{What: "checked", Done: int64(len(all)), Total: int64(len(all))})
}

// entriesAtOnce bounds the memory of a check: contacts are folded in as many
// parts as it takes.
const entriesAtOnce = 4_000_000

// checkEngine compares the engine with a fresh fold of the log up to the
// same entry.
func (a *App) checkEngine(ctx context.Context, out *lineWriter, w workspace.WorkspaceName) error {
	head, err := a.record.Head(ctx, w.ID)
	if err != nil {
		return err
	}
	if err := a.awaitReports(ctx, out, w, head); err != nil {
		return err
	}
	parts, err := partsOf(ctx, a.record, w.ID, head, head/entriesAtOnce+1)
	if err != nil {
		return err
	}
	return a.engine.View(ctx, w.ID, func(engine report.Reading) error {
		for i, plan := range a.checkPlans(ctx, engine, w.ID) {
			if err := out.write(line{What: "comparing the reports of " + w.Name, Done: int64(i), Total: checkPlanCount}); err != nil {
				return err
			}
			n, err := a.differences(ctx, engine, plan, parts)
			if err != nil {
				return err
			}
			if n > 0 {
				if err := out.write(line{Finding: differenceFound(w, plan, n)}); err != nil {
					return err
				}
			}
		}
		if err := out.write(line{What: "comparing the sources of " + w.Name, Done: checkPlanCount - 1, Total: checkPlanCount}); err != nil {
			return err
		}
		finding, err := a.checkSources(ctx, engine, w, parts)
		if err != nil || finding == "" {
			return err
		}
		return out.write(line{Finding: finding})
	})
}

// awaitReports waits until reports include an entry, however long a rebuild
// takes that is under way.
func (a *App) awaitReports(ctx context.Context, out *lineWriter, w workspace.WorkspaceName, seq int64) error {
	for {
		err := a.projector.Wait(ctx, w.ID, seq)
		if fault.KindOf(err) != fault.Unavailable {
			return err
		}
		p, _ := a.projector.Progress(w.ID)
		if err := out.write(line{What: "waiting for the reports of " + w.Name, Done: p.Done, Total: p.Total}); err != nil {
			return err
		}
	}
}

// differences counts the sums of a plan that engine and log do not agree on.
func (a *App) differences(ctx context.Context, engine report.Reading, plan report.Plan, parts parts) (int, error) {
	got, err := engine.Count(ctx, plan)
	if err != nil {
		return 0, err
	}
	diff := tally{}
	diff.add(got, 1)
	for part := range parts.n {
		want, err := foldedCount(ctx, plan, partLog{a.record, parts, part, engine.Cursor().Seq})
		if err != nil {
			return 0, err
		}
		diff.add(want, -1)
	}
	return diff.different(), nil
}

func differenceFound(w workspace.WorkspaceName, plan report.Plan, n int) string {
	by := "day"
	if plan.Group != nil {
		by = string(plan.Group.Dimension)
	}
	return fmt.Sprintf("%s: the reports differ from the log in %d counts by %s; tidemark rebuild makes them anew", w.Name, n, by)
}

// checkPlanCount is how many plans are compared: everything by day, grouped by
// each dimension, and sources.
const checkPlanCount = int64(len(touch.Fields)) + 5

// checkPlans is the whole history, by day and by each dimension that every
// contact has.
func (a *App) checkPlans(ctx context.Context, engine report.Reading, w journal.WorkspaceID) []report.Plan {
	base := report.Plan{
		Workspace: w, FromDay: -farDays, ToDay: farDays, From: -farDays * dayMillis, To: farDays * dayMillis,
		AsOf: lifecycle.MillisOf(time.Now().Truncate(time.Second)), Model: report.ModelEntry,
		Want: report.Want{Stays: true, Contacts: true},
	}
	daily := base
	daily.ByDay = true
	plans := []report.Plan{daily}
	dimensions := []report.Dimension{report.DimensionOwner, report.DimensionCreatedBy, report.DimensionJourney}
	for _, field := range touch.Fields {
		dimensions = append(dimensions, report.Dimension(field))
	}
	for _, d := range dimensions {
		grouped := base
		grouped.Group = &report.Grouping{Dimension: d}
		// Without the largest values the groups are coarser, not wrong.
		if ranking, err := engine.Values(ctx, base, d, 10); err == nil {
			for _, v := range ranking.Largest[:min(10, len(ranking.Largest))] {
				grouped.Group.Top = append(grouped.Group.Top, v.Value)
			}
		}
		plans = append(plans, grouped)
	}
	return plans
}

// tally adds up counts, some of them negatively: what differs does not cancel.
type tally struct {
	journeys map[journeyKey][2]int64
	stays    map[stayKey][4]int64
	contacts map[int]int64
}

type journeyKey struct {
	group int
	day   int32
	cell  funnel.JourneyCell
	open  bool
}

type stayKey struct {
	group int
	day   int32
	cell  funnel.StayCell
}

func (t *tally) add(c funnel.Counts, sign int64) {
	if t.journeys == nil {
		*t = tally{map[journeyKey][2]int64{}, map[stayKey][4]int64{}, map[int]int64{}}
	}
	for _, j := range c.Journeys {
		k := journeyKey{j.Group, j.Day, j.Cell, j.Open}
		v := t.journeys[k]
		t.journeys[k] = [2]int64{v[0] + sign*j.N, v[1] + sign*j.Duration}
	}
	for _, s := range c.Stays {
		k := stayKey{s.Group, s.Day, s.Cell}
		v := t.stays[k]
		t.stays[k] = [4]int64{v[0] + sign*s.Begun, v[1] + sign*s.Ended, v[2] + sign*s.Duration, v[3] + sign*s.Wait}
	}
	for _, n := range c.Contacts {
		t.contacts[n.Group] += sign * n.N
	}
}

// different counts the sums that did not cancel.
func (t *tally) different() int {
	return nonZero(t.journeys) + nonZero(t.stays) + nonZero(t.contacts)
}

func nonZero[K, V comparable](sums map[K]V) int {
	var zero V
	n := 0
	for _, v := range sums {
		if v != zero {
			n++
		}
	}
	return n
}
