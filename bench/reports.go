package bench

import (
	"context"
	"strconv"
	"time"

	"github.com/tidemark/tidemark/report"
)

// The parts that targets name.
var counted = []report.Part{report.PartSummary, report.PartStages, report.PartLost, report.PartFlow}

// wholeRange asks for all journeys, with a comparison that counts nearly as
// many: the range before the business began would cost nothing.
func wholeRange() report.Query {
	from, to := report.Date(firstDay), report.Date(firstDay+days-1)
	until := to - 1
	return report.Query{From: &from, To: &to, CompareFrom: &from, CompareTo: &until, Parts: counted}
}

// alone is wholeRange without the comparison.
func alone(parts ...report.Part) report.Query {
	q := wholeRange()
	q.CompareFrom, q.CompareTo, q.Compare = nil, nil, report.CompareNone
	q.Parts = append([]report.Part{report.PartSummary}, parts...)
	return q
}

// month asks for 30 days in the middle, compared with the 30 before.
func month(q report.Query) report.Query {
	from, to := report.Date(firstDay+400), report.Date(firstDay+429)
	q.From, q.To, q.CompareFrom, q.CompareTo, q.Compare = &from, &to, nil, nil, report.ComparePrevious
	return q
}

func ofCampaign(q report.Query) report.Query {
	q.Filters = []report.Filter{{Dimension: "campaign", Values: []string{campaignName(250)}}}
	return q
}

func ofTier(q report.Query) report.Query {
	q.Filters = []report.Filter{{Dimension: "property." + tierProperty, Values: []string{tierNames[2]}}}
	return q
}

func by(d report.Dimension, q report.Query) report.Query {
	q.GroupBy, q.Parts = d, append([]report.Part{report.PartGroups}, q.Parts...)
	return q
}

// question is a report and its target in multiples of F2.
type question struct {
	name  string
	bound float64
	query report.Query
	table report.TableName // "" = the report itself
	note  string
}

// questions are the rows of reports.
func questions() []question {
	rest := alone(report.PartStages, report.PartLost, report.PartFlow)
	const single = "without comparison: there is nothing before the range"
	return []question{
		{"lifecycle report, whole range, with comparison", 1, wholeRange(), "", "the comparison counts all days but one; parts=summary,stages,lost,flow"},
		{"one campaign of 500, whole range", 3, ofCampaign(rest), "", single},
		{"by campaign (top ten and Other), whole range", 10, by("campaign", rest), "", single},
		{"lifecycle report, 30 days, with comparison", 1.5, month(wholeRange()), "", ""},
		{"one campaign, 30 days, with comparison", 1.5, month(ofCampaign(rest)), "", ""},
		{"by campaign, 30 days, with comparison", 1.5, month(by("campaign", rest)), "", ""},
		{"median and p90 of the two durations", 15, alone(report.PartQuantiles), "", "with the counts of the summary"},
		{"cumulative incidence", 15, alone(), report.TableIncidence, ""},
		{"median and p90 of every stage", 40, alone(report.PartStages, report.PartQuantiles), "", "with the two durations and all counts of the stages"},
		{"filter by a property as it is now", 30, ofTier(rest), "", single},
		{"group by a property as it is now", 230, by("property."+tierProperty, rest), "", single},
	}
}

// measureReports asks every question.
func measureReports(ctx context.Context, r *run) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	for _, q := range questions() {
		r.Tell("measuring "+q.name, 0, 0)
		values, floors, err := r.ask(ctx, func(ctx context.Context) error { return r.answer(ctx, q) })
		if err != nil {
			return err
		}
		r.add(timesF2(q.name, q.bound, values, floors, q.note))
	}
	return nil
}

// timesF2 is a row of a report in multiples of F2, by the clock and by processor
// time.
func timesF2(name string, bound float64, values, floors []spent, note string) Row {
	row := times(name, "<= "+strconv.FormatFloat(bound, 'g', -1, 64)+" x F2", sampleBy(values, clockOf), "F2", sampleBy(floors, clockOf).Median, bound)
	row.Note = note
	if floor := sampleBy(floors, processorOf).Median; floor > 0 {
		row.Processor = sampleBy(values, processorOf).Median / floor
	}
	return row
}

// sampleBy sums up one side of what was spent, in milliseconds.
func sampleBy(all []spent, side func(spent) time.Duration) Sample {
	values := make([]float64, len(all))
	for i, s := range all {
		values[i] = millis(side(s))
	}
	return sampleOf(values)
}

// ask times one question, and F2 before each run of it: on a machine that is
// not quiet, both suffer alike. Both also by the processor time they take, which
// depends less on who else wants the processors.
func (r *run) ask(ctx context.Context, answer func(context.Context) error) (values, floors []spent, err error) {
	const warm = 3
	for i := range warm + 2*r.runs() + 1 {
		stop := stopwatch()
		if _, err := r.ground.sum(ctx); err != nil {
			return nil, nil, err
		}
		floor := stop()
		stop = stopwatch()
		if err := answer(ctx); err != nil {
			return nil, nil, err
		}
		if value := stop(); i >= warm {
			floors, values = append(floors, floor), append(values, value)
		}
	}
	return values, floors, nil
}

// answer asks one question.
func (r *run) answer(ctx context.Context, q question) (err error) {
	if q.table != "" {
		_, err = r.house.reports.Table(ctx, r.workspace(), q.table, q.query)
		return err
	}
	_, err = r.house.reports.Lifecycle(ctx, r.workspace(), q.query)
	return err
}
