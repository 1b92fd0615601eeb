package scenario

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// Load puts a log, of Workspace and numbered from 1 without gaps, into an empty
// store and returns an engine that has read all of it.
type Load func(entries []journal.Entry) (report.Engine, error)

// CheckEngine loads the scenario and returns what differs from the expected
// journeys and reports, a text each.
func (s *Scenario) CheckEngine(ctx context.Context, load Load) ([]string, error) {
	engine, err := load(slices.Clone(s.Entries))
	if err != nil {
		return nil, fmt.Errorf("%s: load: %w", s.at(s.Line), err)
	}
	faults, err := s.checkPages(ctx, engine)
	if err != nil {
		return nil, err
	}
	service := &report.Service{Engine: engine, Clock: clock(s.Now)}
	for _, r := range s.Reports {
		query, err := report.ParseQuery(r.Query)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.at(r.Line), err)
		}
		result, err := service.Lifecycle(ctx, Workspace, query)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.at(r.Line), err)
		}
		for _, row := range r.Rows {
			for _, fault := range checkRow(&result, row) {
				faults = append(faults, s.at(row.Line)+": "+fault)
			}
		}
	}
	return faults, nil
}

// clock stands still.
type clock lifecycle.Millis

func (c clock) Now() time.Time { return lifecycle.Millis(c).Time() }

// checkPages compares the engine's journeys, as far as pages tell them, with
// those expected.
func (s *Scenario) checkPages(ctx context.Context, engine report.Engine) ([]string, error) {
	got := map[journal.ContactID][]Journey{}
	configuration := s.Configuration()
	plan := report.Plan{Workspace: Workspace, From: -1 << 53, To: 1 << 53, AsOf: s.Now, Model: report.ModelEntry}
	err := engine.View(ctx, Workspace, func(r report.Reading) error {
		rows, err := r.Page(ctx, plan, report.Selection{}, nil, 1000)
		for _, row := range slices.Backward(rows) {
			got[row.Contact] = append(got[row.Contact], pageJourney(&configuration.Lifecycle, row))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: page: %w", s.at(s.Line), err)
	}
	var faults []string
	for _, want := range s.Journeys {
		pages := comparable(want.Journeys, got[want.Contact])
		for i := range pages {
			pages[i].Times = nil
			slices.Sort(pages[i].Visited)
		}
		if d := cmp.Diff(pages, got[want.Contact], cmpopts.EquateEmpty()); d != "" {
			faults = append(faults, fmt.Sprintf("%s: rows of %s (-want +got):\n%s", s.at(want.Line), s.Contacts[want.Contact-1], d))
		}
	}
	return faults, nil
}

// pageJourney writes a row as scenarios write journeys; visited stages come in
// alphabetical order and without times.
func pageJourney(c *lifecycle.Configuration, row report.PageRow) Journey {
	j := lifecycle.Journey{
		Number: row.Number, EnteredAt: row.EnteredAt, Outcome: row.Cell.Outcome, Instant: !row.Cell.Timed,
		Furthest: row.Cell.Furthest, Origin: row.Cell.Origin, LostStage: row.Cell.LostStage,
		Present: row.Cell.Present, Visited: row.Cell.Visited.Stages(),
	}
	if j.Outcome != lifecycle.Open {
		j.EndedAt = row.EnteredAt + row.Duration
	}
	out := journeyOf(c, &j)
	out.Times = nil
	slices.Sort(out.Visited)
	return out
}
