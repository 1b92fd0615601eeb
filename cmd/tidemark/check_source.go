package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// checkSourcePlan is the whole history of sources.
func checkSourcePlan(w journal.WorkspaceID) report.SourcePlan {
	return report.SourcePlan{
		Workspace: w, FromDay: -farDays, ToDay: farDays, From: -farDays * dayMillis, To: farDays * dayMillis,
		AsOf: lifecycle.MillisOf(time.Now().Truncate(time.Second)), All: true,
	}
}

// facts add up what is known of sources, some of it negatively: what differs
// does not cancel.
type facts struct {
	sums map[string]int64
	// trails are sums of what is known of contacts, in so many parts that those
	// that differ are hardly ever in the same one, whatever the number of contacts.
	trails [1 << 12]uint64
}

func (f *facts) add(ctx context.Context, from report.Reading, plan report.SourcePlan, sign int64) error {
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
	return f.addCosts(ctx, from, plan, sign)
}

func (f *facts) addTrail(t *report.Trail, sign int64) {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%v %v %v %v %v %v %v", t.Contact, t.FirstSeen, t.Customer, t.Own, t.Touches, t.Sights, t.Conversions) // a hash takes all
	f.trails[int64(t.Contact)%int64(len(f.trails))] += uint64(sign) * h.Sum64()
}

func (f *facts) addCosts(ctx context.Context, from report.Reading, plan report.SourcePlan, sign int64) error {
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
