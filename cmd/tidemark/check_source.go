package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// checkSources compares what the engine knows of visits, touches, conversions
// and costs with a fresh reading of the log up to the same entry.
func (a *App) checkSources(ctx context.Context, engine report.Reading, w workspace.WorkspaceName, all parts) (finding string, err error) {
	plan := report.SourcePlan{
		Workspace: w.ID, FromDay: -farDays, ToDay: farDays, From: -farDays * dayMillis, To: farDays * dayMillis,
		AsOf: lifecycle.MillisOf(time.Now().Truncate(time.Second)), All: true,
	}
	diff := facts{sums: map[string]int64{}}
	if err := diff.read(ctx, engine, plan, 1); err != nil {
		return "", err
	}
	if err := diff.readCosts(ctx, engine, plan, 1); err != nil {
		return "", err
	}
	if err := diff.readLog(ctx, partLog{a.record, all, 0, engine.Cursor().Seq}, plan, -1); err != nil {
		return "", err
	}
	if n := diff.different(); n > 0 {
		finding = fmt.Sprintf("%s: what is known of sources differs from the log in %d counts; tidemark rebuild makes it anew", w.Name, n)
	}
	return finding, nil
}

// facts add up what is known of sources, some of it negatively: what differs
// does not cancel.
type facts struct {
	sums map[string]int64
	// trails are sums of what is known of contacts, in so many parts that those
	// that differ are hardly ever in the same one, whatever the number of contacts.
	trails [1 << 12]uint64
}

// readLog reads all parts of a log, which begin with the one given.
func (f *facts) readLog(ctx context.Context, log partLog, plan report.SourcePlan, sign int64) error {
	for ; log.part < log.parts.n; log.part++ {
		err := memory.New(log).View(ctx, plan.Workspace, func(r report.Reading) error {
			if err := f.read(ctx, r, plan, sign); err != nil || log.part > 0 {
				return err
			}
			// What was paid is nobody's: every part has all of it.
			return f.readCosts(ctx, r, plan, sign)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *facts) read(ctx context.Context, from report.Reading, plan report.SourcePlan, sign int64) error {
	visits, err := from.Visits(ctx, plan)
	if err != nil {
		return err
	}
	for _, v := range visits.Rows {
		f.sums[fmt.Sprint("visits ", v.Source, v.UTM)] += sign * v.Visits
	}
	// A visitor is in one part of the log, as are its visits.
	_, came, err := visits.Visitors(make([]int, len(visits.Rows)))
	if err != nil {
		return err
	}
	f.sums["visitors"] += sign * came
	sights, err := from.Sights(ctx, plan)
	if err != nil {
		return err
	}
	for _, s := range sights {
		f.sums[fmt.Sprint("sights ", s.Sight, s.Landing, s.Source, s.UTM)] += sign * s.Visits
	}
	for _, pages := range []bool{false, true} {
		plan.Pages = pages
		if err := from.Trails(ctx, plan, func(t *report.Trail) error { f.addTrail(t, sign); return nil }); err != nil {
			return err
		}
	}
	return nil
}

func (f *facts) addTrail(t *report.Trail, sign int64) {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%v %v %v %v %v %v %v", t.Contact, t.FirstSeen, t.Customer, t.Own, t.Touches, t.Sights, t.Conversions) // a hash takes all
	f.trails[int64(t.Contact)%int64(len(f.trails))] += uint64(sign) * h.Sum64()
}

func (f *facts) readCosts(ctx context.Context, from report.Reading, plan report.SourcePlan, sign int64) error {
	costs, err := from.Costs(ctx, plan)
	for _, c := range costs {
		for name, n := range map[string]int64{"cost": c.Amount, "clicks": c.Clicks, "impressions": c.Impressions, "unrated": c.Unrated} {
			f.sums[fmt.Sprint(name, " ", c.Source)] += sign * n
		}
	}
	return err
}

// different counts the sums that did not cancel.
func (f *facts) different() int {
	n := nonZero(f.sums)
	for _, sum := range f.trails {
		if sum != 0 {
			n++
		}
	}
	return n
}

// Every time and day that can be written is within so many days of 1970.
const (
	farDays   = 2_000_000
	dayMillis = lifecycle.Millis(24 * 60 * 60 * 1000)
)
