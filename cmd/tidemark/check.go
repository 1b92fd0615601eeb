package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/tidemark/tidemark/engine/memory"
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
const entriesAtOnce = 200_000

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
	comparing := func(done, total int64) error {
		return out.write(line{What: "comparing the reports of " + w.Name, Done: done, Total: total})
	}
	if err := comparing(0, head); err != nil {
		return err
	}
	var c *comparison
	err = a.engine.View(ctx, w.ID, func(engine report.Reading) error {
		head, c = engine.Cursor().Seq, newComparison(ctx, engine, w.ID)
		return c.add(ctx, engine, 1)
	})
	if err != nil {
		return err
	}
	parts, err := partsOf(ctx, a.record, w.ID, head, entriesAtOnce)
	if err != nil {
		return err
	}
	done := int64(0)
	for _, part := range parts {
		if err := c.addLog(ctx, part, w.ID, -1); err != nil {
			return err
		}
		done += part.entries
		if err := comparing(done, entriesOf(parts)); err != nil {
			return err
		}
	}
	for _, finding := range c.findings(w) {
		if err := out.write(line{Finding: finding}); err != nil {
			return err
		}
	}
	return nil
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

// comparison adds up what several readings tell, some of it negatively.
type comparison struct {
	plans   []report.Plan
	counts  []tally // by plan
	sources report.SourcePlan
	facts   facts
}

// newComparison asks for the whole history, as of now.
func newComparison(ctx context.Context, engine report.Reading, w journal.WorkspaceID) *comparison {
	plans := checkPlans(ctx, engine, w)
	return &comparison{plans: plans, counts: make([]tally, len(plans)), sources: checkSourcePlan(w), facts: facts{sums: map[string]int64{}}}
}

func (c *comparison) add(ctx context.Context, r report.Reading, sign int64) error {
	for i, plan := range c.plans {
		counts, err := r.Count(ctx, plan)
		if err != nil {
			return err
		}
		c.counts[i].add(counts, sign)
	}
	return c.facts.add(ctx, r, c.sources, sign)
}

// addLog adds what a fold of a log tells.
func (c *comparison) addLog(ctx context.Context, log memory.Log, w journal.WorkspaceID, sign int64) error {
	return memory.New(log).View(ctx, w, func(r report.Reading) error { return c.add(ctx, r, sign) })
}

// findings tell what did not cancel.
func (c *comparison) findings(w workspace.WorkspaceName) (all []string) {
	for i, plan := range c.plans {
		if n := c.counts[i].different(); n > 0 {
			all = append(all, differenceFound(w, plan, n))
		}
	}
	if n := c.facts.different(); n > 0 {
		all = append(all, fmt.Sprintf("%s: what is known of sources differs from the log in %d counts; tidemark rebuild makes it anew", w.Name, n))
	}
	return all
}

func differenceFound(w workspace.WorkspaceName, plan report.Plan, n int) string {
	by := "day"
	if plan.Group != nil {
		by = string(plan.Group.Dimension)
	}
	return fmt.Sprintf("%s: the reports differ from the log in %d counts by %s; tidemark rebuild makes them anew", w.Name, n, by)
}

// checkPlans is the whole history, by day and by each dimension that every
// contact has.
func checkPlans(ctx context.Context, engine report.Reading, w journal.WorkspaceID) []report.Plan {
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
