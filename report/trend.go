package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/stats"
)

// reasonsText writes counts in one cell: "No budget (7), Spam (2)".
func reasonsText(counts []funnel.StageCount) string {
	parts := make([]string, len(counts))
	for i, c := range counts {
		parts[i] = fmt.Sprintf("%s (%d)", c.Stage.Name, c.Count)
	}
	return strings.Join(parts, ", ")
}

var trendColumns = [...]Column{
	{"from", "From", ColumnDate},
	{"to", "To", ColumnDate},
	{"entered", "Entered", ColumnInteger},
	{"won", "Won", ColumnInteger},
	{"lost", "Lost", ColumnInteger},
	{"left", "Left", ColumnInteger},
	{"open", "Open", ColumnInteger},
	{"conversion_rate", "Conversion", ColumnRate},
	{"drop_off_rate", "Drop-off", ColumnRate},
	{"time_to_conversion_seconds_mean", "Time to conversion, mean", ColumnSeconds},
	{"time_to_drop_off_seconds_mean", "Time to drop-off, mean", ColumnSeconds},
	{"immature", "Not over yet", ColumnBoolean},
}

// maxPeriods is how many rows a group has at most: ten years of days.
const maxPeriods = 4000

// trend answers a row for each period of the range, empty ones too: periods of
// entry, cut at the ends of the range.
func (v *view) trend(ctx context.Context, t *Table) error {
	periods := v.asked.periods()
	if len(periods) > maxPeriods {
		return fault.At("query.interval", "makes more than %d periods of this range; choose a longer one", maxPeriods)
	}
	p := v.asked.plan(v.asked.days)
	labels, err := v.grouped(ctx, &p)
	if err != nil {
		return err
	}
	p.ByDay = true
	counts, err := v.reading.Count(ctx, p)
	if err != nil {
		return err
	}
	tallies := make([]*funnel.Tally, len(labels)*len(periods))
	for i := range tallies {
		tallies[i] = v.order().NewTally(p.Window > 0)
	}
	filled := make([]bool, len(labels))
	for _, c := range counts.Journeys {
		period, _ := slices.BinarySearchFunc(periods, Date(c.Day), func(s span, d Date) int { return int(s.to - d) })
		tallies[c.Group*len(periods)+period].AddJourneys(c)
		filled[c.Group] = true
	}
	t.Columns = v.columns(trendColumns[:])
	for i, tally := range tallies {
		group := i / len(periods)
		if v.asked.GroupBy == "" || filled[group] {
			t.Rows = append(t.Rows, labels[group].row(v.trendRow(periods[i%len(periods)], tally.Breakdown().Summary)...))
		}
	}
	t.Notices, err = v.notices(ctx, v.asked.plan(v.asked.days), journeys(counts))
	return err
}

func (v *view) trendRow(period span, s funnel.Summary) []any {
	return []any{
		period.from, period.to, s.Entered, s.Won, s.Lost, s.Left, s.Open,
		number(s.ConversionRate()), number(s.DropOffRate()),
		number(seconds(s.ToConversion.Mean())), number(seconds(s.ToDropOff.Mean())),
		v.asked.immature(period),
	}
}

// immature reports whether journeys may still enter a period or, with a
// window, have had less time than it.
func (a *asked) immature(period span) bool {
	return StartOf(period.to+1, a.zone)+a.base.Window > a.asOf
}

// periods cuts the range at the borders of the query's interval.
func (a *asked) periods() []span {
	var out []span
	for from := a.days.from; from <= a.days.to; {
		next := from + 1
		switch a.Interval {
		case IntervalWeek:
			next = from.Monday() + 7
		case IntervalMonth:
			next = from.monthStart(1)
		}
		out = append(out, span{from, min(next-1, a.days.to)})
		from = next
	}
	return out
}

var incidenceColumns = [...]Column{
	{"day", "Days since entry", ColumnInteger},
	{"won", "Won", ColumnRate},
	{"won_lower", "Won, lower", ColumnRate},
	{"won_upper", "Won, upper", ColumnRate},
	{"lost", "Lost", ColumnRate},
	{"lost_lower", "Lost, lower", ColumnRate},
	{"lost_upper", "Lost, upper", ColumnRate},
	{"at_risk", "Followed so long", ColumnInteger},
}

// incidence answers the cumulative incidence of won and lost by day since entry.
func (v *view) incidence(ctx context.Context, t *Table) error {
	p := v.asked.plan(v.asked.days)
	labels, err := v.grouped(ctx, &p)
	if err != nil {
		return err
	}
	follow, err := v.reading.Follow(ctx, p)
	if err != nil {
		return err
	}
	observed := make([][]stats.Observation, len(labels))
	total := int64(0)
	for _, f := range follow {
		observed[f.Group] = append(observed[f.Group], stats.Observation{Hours: f.Hours, Exit: exitFor(f.Outcome), Count: f.N})
		total += f.N
	}
	t.Columns = v.columns(incidenceColumns[:])
	for i, label := range labels {
		for _, point := range stats.AalenJohansen(observed[i]) {
			t.Rows = append(t.Rows, label.row(
				int64(point.Day), point.Won.Value, point.Won.Lower, point.Won.Upper,
				point.Lost.Value, point.Lost.Lower, point.Lost.Upper, point.AtRisk,
			))
		}
	}
	t.Notices, err = v.notices(ctx, v.asked.plan(v.asked.days), total)
	return err
}

// exitFor is how an outcome ends a journey's follow-up: only won and lost are
// exits.
func exitFor(o lifecycle.Outcome) stats.Exit {
	switch o {
	case lifecycle.OutcomeWon:
		return stats.Won
	case lifecycle.OutcomeLost:
		return stats.Lost
	}
	return stats.Censored
}
