package enginetest

import (
	"context"
	"fmt"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// paceQuestions are what one view is asked about how long things take.
type paceQuestions struct {
	lengths     []report.Length
	after, upTo lifecycle.Millis
	early       map[lifecycle.StageID]lifecycle.Millis
}

// paceAnswers are the answers to them.
type paceAnswers struct {
	Spreads [][]funnel.Spread
	Ended   []funnel.Quantiles
	Waiting []report.WaitRow // all pages one after the other
}

func paceQuestionsOf(t *rapid.T, c *journal.Configuration) paceQuestions {
	stage := lifecycle.StageID(rapid.IntRange(1, 3).Draw(t, "paced stage"))
	q := paceQuestions{
		lengths: []report.Length{
			{Kind: report.LengthUntil, Stage: stage}, {Kind: report.LengthIn, Stage: stage}, {Kind: report.LengthKnowing},
		},
		after: moment(t), upTo: moment(t), early: map[lifecycle.StageID]lifecycle.Millis{},
	}
	for _, s := range c.Lifecycle.Stages {
		if rapid.IntRange(0, 3).Draw(t, "early") > 0 {
			q.early[s.ID] = moment(t)
		}
	}
	return q
}

func (a *paceAnswers) ask(ctx context.Context, r report.Reading, q questions) error {
	for _, length := range q.pace.lengths {
		spreads, err := r.Spread(ctx, q.plan, length, probabilities)
		if err != nil {
			return fmt.Errorf("spread %d: %w", length.Kind, err)
		}
		byText(spreads)
		a.Spreads = append(a.Spreads, spreads)
	}
	var err error
	if a.Ended, err = r.Ended(ctx, q.pace.after, q.pace.upTo, probabilities); err != nil {
		return fmt.Errorf("ended: %w", err)
	}
	byText(a.Ended)
	var after *report.WaitKey
	for {
		rows, err := r.Waiting(ctx, q.plan, q.pace.early, after, q.page)
		if err != nil {
			return fmt.Errorf("waiting: %w", err)
		}
		a.Waiting = append(a.Waiting, rows...)
		if len(rows) < q.page {
			return nil
		}
		after = &rows[len(rows)-1].WaitKey
	}
}
