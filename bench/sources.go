package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// sourcesDir is where the site's record and engine are, in the run's folder:
// the other sections' journeys stay as they are.
const sourcesDir = "sources"

// site is a house with the visits of a site.
type site struct {
	*house
	traffic *traffic
	visits  int64
}

// measureSources asks the reports on where contacts come from, of as many visits
// as the run has journeys.
func measureSources(ctx context.Context, r *run) (err error) {
	s, err := r.openSite(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	start := time.Now()
	seen, err := s.reports.Sources(ctx, s.workspace, everySource())
	if err != nil {
		return err
	}
	first := time.Since(start)
	s.visits = seen.Totals.Visits
	r.remark("sources: %s visits of %s visitors, %s leads, %s sales; the first report after the engine was opened took %s ms",
		thousands(s.visits), thousands(seen.Totals.Visitors), thousands(int64(seen.Totals.Leads.All)), thousands(int64(seen.Totals.Sales)), figure(millis(first)))
	for _, q := range sourceQuestions() {
		r.Tell("measuring "+q.name, 0, 0)
		values, floors, err := r.ask(ctx, func(ctx context.Context) error { return q.ask(ctx, s) })
		if err != nil {
			return err
		}
		r.add(q.row(values, floors))
	}
	return nil
}

// sourceQuestion is a report on sources and its target: multiples of F2, else
// seconds.
type sourceQuestion struct {
	name    string
	bound   float64
	seconds float64
	ask     func(context.Context, *site) error
	note    string
}

func (q *sourceQuestion) row(values, floors []spent) Row {
	if q.seconds > 0 {
		value := sampleBy(values, clockOf)
		for _, v := range [...]*float64{&value.Median, &value.Min, &value.Max} {
			*v /= 1000
		}
		return Row{Name: q.name, Target: fmt.Sprintf("< %g s", q.seconds), Value: value, Unit: "s", Bound: q.seconds, Note: q.note}.judge()
	}
	return timesF2(q.name, q.bound, values, floors, q.note)
}

// sourceQuestions are the rows: each of the whole range, without comparison, as
// there is nothing before it.
func sourceQuestions() []sourceQuestion {
	sources := func(q report.SourceQuery) func(context.Context, *site) error {
		return func(ctx context.Context, s *site) error {
			_, err := s.reports.Sources(ctx, s.workspace, q)
			return err
		}
	}
	var all []sourceQuestion
	for _, m := range touch.Models {
		q := sourceQuestion{name: fmt.Sprintf("source report, whole range, %s", m), bound: 30, ask: sources(credited(m))}
		switch m {
		case touch.ModelFirst:
			q.name, q.bound = q.name+" (the default)", 15
		case touch.ModelMarkov, touch.ModelShapley:
			q.seconds = 2
		}
		all = append(all, q)
	}
	return append(
		all,
		sourceQuestion{name: "source report by campaign", bound: 15, ask: sources(byCampaign()), note: "all sources, 500 campaigns; by the default model"},
		sourceQuestion{name: "source report, campaigns within a source", bound: 15, ask: sources(within(byCampaign())), note: "drill-down of Paid search"},
		sourceQuestion{name: "report on pages, whole range", seconds: 2, ask: askPages, note: "its default model is Shapley's"},
		sourceQuestion{name: "opportunity report, a past day", bound: 15, ask: askOpportunities},
	)
}

// everySource asks for the whole range by the default model.
func everySource() report.SourceQuery { return credited(touch.Models[0]) }

func credited(m touch.Model) report.SourceQuery {
	q := report.SourceQuery{Query: alone(), Credit: m}
	q.Parts = nil
	return q
}

func byCampaign() report.SourceQuery {
	q := everySource()
	q.Level = touch.Level(touch.FieldCampaign)
	return q
}

func within(q report.SourceQuery) report.SourceQuery {
	q.Filters = []report.Filter{{Dimension: report.Dimension(touch.FieldSource), Values: []string{tagged[0].channel}}}
	return q
}

func askPages(ctx context.Context, s *site) error {
	q := report.SitePageQuery{SourceQuery: everySource()}
	q.Credit = ""
	_, err := s.reports.SitePages(ctx, s.workspace, q)
	return err
}

func askOpportunities(ctx context.Context, s *site) error {
	day := report.Date(firstDay + 400)
	_, err := s.reports.Opportunities(ctx, s.workspace, report.OpportunityQuery{At: &day})
	return err
}

// openSite opens the site's house, makes the visits unless a kept folder has
// them, and follows the log.
func (r *run) openSite(ctx context.Context) (*site, error) {
	dir := filepath.Join(r.Dir, sourcesDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	h, err := openHouse(ctx, dir)
	if err != nil {
		return nil, err
	}
	s := &site{house: h, traffic: newTraffic(r.business.seed, r.Journeys)}
	if err := errors.Join(r.visit(ctx, s), s.openEngine(engineFile)); err != nil {
		return nil, errors.Join(err, s.close())
	}
	r.Tell("building the engine of the visits", 0, 0)
	if err := s.current(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// visit makes the visits by the use cases that beacons and batches of history
// come to.
func (r *run) visit(ctx context.Context, s *site) error {
	return r.once(s.dir, "visits", func() error {
		for costs := range slices.Chunk(s.traffic.costs(), batchSize) {
			out, err := s.uses.SaveCosts(ctx, s.workspace, workspace.SaveCostsInput{Items: costs})
			if err := firstRefused(out.Rejected, err); err != nil {
				return err
			}
		}
		return r.observe(ctx, s)
	})
}

// observe records the days, some at a time.
func (r *run) observe(ctx context.Context, s *site) error {
	var waiting trafficDay
	done, start := int64(0), time.Now()
	flush := func() error {
		for seen := range slices.Chunk(waiting.seen, batchSize) {
			out, err := s.uses.Observe(ctx, s.workspace, workspace.ObserveInput{Observations: seen})
			if err := firstRefused(out.Refused, err); err != nil {
				return err
			}
		}
		out, err := s.uses.RecordChanges(ctx, s.workspace, workspace.RecordChangesInput{Items: waiting.changes})
		waiting = trafficDay{}
		return firstRefused(out.Rejected, err)
	}
	for day := range s.traffic.days() {
		done += int64(len(day.seen) + len(day.changes))
		waiting.seen, waiting.changes = append(waiting.seen, day.seen...), append(waiting.changes, day.changes...)
		if len(waiting.seen) >= batchSize {
			if err := flush(); err != nil {
				return err
			}
		}
		r.Tell("recording visits", done, int64(2*r.Journeys)) // a view and a half each, changes, forms
	}
	if err := flush(); err != nil {
		return err
	}
	r.remark("sources: %s views, forms and changes were recorded at %s a second", thousands(done), figure(rate(int(done), time.Since(start))))
	return nil
}

func firstRefused(refused []workspace.Rejected, err error) error {
	if err == nil && len(refused) > 0 {
		err = fmt.Errorf("bench: something was refused: %s", refused[0].Error)
	}
	return err
}
