package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/funnel"
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
	{"conversion_rate_lower", "Conversion, lower", ColumnRate},
	{"conversion_rate_upper", "Conversion, upper", ColumnRate},
	{"drop_off_rate", "Drop-off", ColumnRate},
	{"drop_off_rate_lower", "Drop-off, lower", ColumnRate},
	{"drop_off_rate_upper", "Drop-off, upper", ColumnRate},
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
	conversion, dropOff := ends(s.ConversionBand()), ends(s.DropOffBand())
	return []any{
		period.from, period.to, s.Entered, s.Won, s.Lost, s.Left, s.Open,
		number(s.ConversionRate()), conversion[0], conversion[1], number(s.DropOffRate()), dropOff[0], dropOff[1],
		number(seconds(s.ToConversion.Mean())), number(seconds(s.ToDropOff.Mean())),
		v.asked.immature(period),
	}
}

// ends are the cells of an interval that may be absent.
func ends(band *[2]float64) [2]any {
	if band == nil {
		return [2]any{}
	}
	return [2]any{band[0], band[1]}
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
