package enginetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// questions are what one view is asked.
type questions struct {
	plan       report.Plan
	ranked     report.Dimension
	limit      int
	selections []report.Selection
	page       int // rows
	contacts   []report.ContactQuery
	counted    []report.ContactQuery
	pace       paceQuestions
	open       lifecycle.Millis // an instant
	sources    report.SourcePlan
}

// answers are all answers of one view, in a canonical order.
type answers struct {
	Counts    funnel.Counts
	Ranking   report.Ranking
	Durations []funnel.Quantiles
	Times     []funnel.Quantiles
	Follow    []report.FollowCount
	Pages     [][]report.PageRow // by selection, all pages one after the other
	Contacts  [][]report.ContactKey
	InStages  []map[lifecycle.StageID]int64
	Pace      paceAnswers
	Open      []report.OpenCount
	Sources   sourceAnswers
}

var probabilities = []float64{0, 0.5, 0.9, 1}

// answer asks a reading everything.
func answer(ctx context.Context, r report.Reading, q questions) (a answers, err error) {
	if a.Counts, err = r.Count(ctx, q.plan); err != nil {
		return a, fmt.Errorf("count: %w", err)
	}
	if a.Ranking, err = r.Values(ctx, q.plan, q.ranked, q.limit); err != nil {
		return a, fmt.Errorf("values: %w", err)
	}
	if a.Durations, err = r.Rank(ctx, q.plan, report.RankDurations, probabilities); err != nil {
		return a, fmt.Errorf("rank durations: %w", err)
	}
	if a.Times, err = r.Rank(ctx, q.plan, report.RankStageTimes, probabilities); err != nil {
		return a, fmt.Errorf("rank stage times: %w", err)
	}
	if a.Follow, err = r.Follow(ctx, q.plan); err != nil {
		return a, fmt.Errorf("follow: %w", err)
	}
	for _, where := range q.selections {
		rows, err := pages(ctx, r, q, where)
		if err != nil {
			return a, fmt.Errorf("page: %w", err)
		}
		a.Pages = append(a.Pages, rows)
	}
	for _, of := range q.contacts {
		if err := a.ask(ctx, r, of); err != nil {
			return a, fmt.Errorf("contacts: %w", err)
		}
	}
	for _, of := range q.counted {
		counts, err := r.CountContacts(ctx, of)
		if err != nil {
			return a, fmt.Errorf("count contacts: %w", err)
		}
		a.InStages = append(a.InStages, counts)
	}
	if err := a.Pace.ask(ctx, r, q); err != nil {
		return a, err
	}
	if a.Open, err = r.OpenAt(ctx, q.plan, q.open); err != nil {
		return a, fmt.Errorf("open: %w", err)
	}
	if err := a.Sources.ask(ctx, r, q.sources); err != nil {
		return a, err
	}
	a.order()
	return a, nil
}

// pages walks through all pages of a selection.
func pages(ctx context.Context, r report.Reading, q questions, where report.Selection) ([]report.PageRow, error) {
	var all []report.PageRow
	var after *report.PageKey
	for {
		rows, err := r.Page(ctx, q.plan, where, after, q.page)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		if len(rows) < q.page {
			return all, nil
		}
		after = &rows[len(rows)-1].PageKey
	}
}

// ask walks through all pages of contacts, and counts them.
func (a *answers) ask(ctx context.Context, r report.Reading, q report.ContactQuery) error {
	counts, err := r.CountContacts(ctx, q)
	if err != nil {
		return err
	}
	var all []report.ContactKey
	for {
		keys, err := r.Contacts(ctx, q)
		if err != nil {
			return err
		}
		all = append(all, keys...)
		if len(keys) < q.Limit {
			break
		}
		q.After = &keys[len(keys)-1]
	}
	a.Contacts, a.InStages = append(a.Contacts, all), append(a.InStages, counts)
	return nil
}

// order sorts what has no order of its own.
func (a *answers) order() {
	// Without a window, Open only repeats the cell.
	for i := range a.Counts.Journeys {
		c := &a.Counts.Journeys[i]
		c.Open = c.Open || c.Cell.Outcome == lifecycle.Open
	}
	// The oracle has no dictionary of sources.
	for _, page := range a.Pages {
		for i := range page {
			page[i].Source = 0
		}
	}
	byText(a.Counts.Journeys)
	byText(a.Counts.Stays)
	byText(a.Counts.Contacts)
	byText(a.Ranking.Largest)
	a.Durations, a.Times = filled(a.Durations), filled(a.Times)
	byText(a.Durations)
	byText(a.Times)
	byText(a.Follow)
	byText(a.Open)
}

func byText[T any](list []T) {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b)) })
}

// filled leaves out series without values, which engines may list.
func filled(list []funnel.Quantiles) []funnel.Quantiles {
	return slices.DeleteFunc(list, func(q funnel.Quantiles) bool { return q.N == 0 })
}
