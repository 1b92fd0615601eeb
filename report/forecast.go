package report

import (
	"context"
	"fmt"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/stats"
)

// Forecast is how many of the journeys that are open now will be won, if they
// go on like the others of the range.
type Forecast struct {
	Range   Range            `json:"range"`
	Seq     int64            `json:"seq" doc:"the last log entry included"`
	AsOf    lifecycle.Millis `json:"as_of"`
	Outlook Outlook          `json:"outlook" doc:"of all journeys of the range"`
	Groups  []GroupOutlook   `json:"groups" nullable:"true" doc:"each from its own curve, so they need not add up"`
	Notices []Notice         `json:"notices"`
}

// Outlook is the forecast of one set of journeys. What takes at least 30
// journeys and an open one is null else.
type Outlook struct {
	Entered        int64       `json:"entered"`
	Won            int64       `json:"won" doc:"by now"`
	Open           int64       `json:"open" doc:"now"`
	ExpectedWins   *float64    `json:"expected_wins" doc:"among the open ones, by the age of horizon_seconds"`
	Band           *[2]float64 `json:"expected_wins_interval" doc:"95 %, for the number of wins itself: bootstrap with a fixed seed"`
	ConversionRate *float64    `json:"conversion_rate" doc:"(won + expected_wins) / entered"`
	Horizon        *float64    `json:"horizon_seconds" doc:"since entry: the longest follow-up, beyond which nothing is known"`
}

// GroupOutlook is the forecast of one group.
type GroupOutlook struct {
	Kind    string  `json:"kind" enum:"value,other,none"`
	Value   *string `json:"value"`
	Label   string  `json:"label"`
	Outlook Outlook `json:"outlook"`
}

// forecastLeast is how many journeys a forecast takes.
const forecastLeast = 30

// Forecast answers how many open journeys will be won. It fails like
// Lifecycle.
func (s *Service) Forecast(ctx context.Context, w journal.WorkspaceID, q Query) (Forecast, error) {
	if err := q.refuseSelection("forecast"); err != nil {
		return Forecast{}, err
	}
	return ask(ctx, s, w, q, "forecast", func(ctx context.Context, v *view) (Forecast, error) {
		return v.forecast(ctx)
	})
}

func (v *view) forecast(ctx context.Context) (Forecast, error) {
	a := v.asked
	p := a.plan(a.days)
	p.Window = 0 // what is open is open now
	out := Forecast{Range: a.reportRange(a.days), Seq: v.seq, AsOf: a.asOf, Notices: []Notice{}}
	var groups []Group
	if a.GroupBy != "" {
		var err error
		if groups, err = v.group(ctx, &p); err != nil {
			return Forecast{}, err
		}
	}
	follow, err := v.reading.Follow(ctx, p)
	if err != nil {
		return Forecast{}, err
	}
	byGroup := make([][]FollowCount, p.groups())
	for _, f := range follow {
		byGroup[f.Group] = append(byGroup[f.Group], f)
	}
	out.Outlook = outlook(follow)
	for i, g := range groups {
		if len(byGroup[i]) > 0 {
			out.Groups = append(out.Groups, GroupOutlook{g.Kind, g.Value, g.Label, outlook(byGroup[i])})
		}
	}
	if a.Window > 0 {
		out.Notices = append(out.Notices, Notice{Kind: "window_ignored", Text: "The forecast is as of now, whatever the window."})
	}
	if n := out.Outlook.Entered; n < forecastLeast {
		out.Notices = append(out.Notices, Notice{
			Kind: "few_journeys", Count: &n, Text: fmt.Sprintf("With fewer than %d journeys nothing is forecast.", forecastLeast),
		})
	}
	return out, nil
}

// outlook forecasts one set of journeys from what it is made of.
func outlook(follow []FollowCount) Outlook {
	var history, open []stats.Observation
	var out Outlook
	for _, f := range follow {
		o := stats.Observation{Hours: f.Hours, Exit: exitFor(f.Outcome), Count: f.N}
		history = append(history, o)
		out.Entered += f.N
		switch f.Outcome {
		case lifecycle.OutcomeWon:
			out.Won += f.N
		case lifecycle.Open:
			out.Open += f.N
			open = append(open, o)
		}
	}
	if e, ok := stats.Forecast(history, open); ok && out.Entered >= forecastLeast {
		rate, horizon := (float64(out.Won)+e.Wins)/float64(out.Entered), float64(e.Hours)*60*60
		out.ExpectedWins, out.Band = &e.Wins, &[2]float64{e.Lower, e.Upper}
		out.ConversionRate, out.Horizon = &rate, &horizon
	}
	return out
}
