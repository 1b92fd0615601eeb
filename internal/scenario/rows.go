package scenario

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/report"
)

// checkRow compares one expected row with a report.
func checkRow(result *report.Result, row Row) []string {
	values, ok := rowValues(result, row)
	if !ok {
		return []string{fmt.Sprintf("the report has no %s %q", row.Kind, row.Name)}
	}
	var faults []string
	for _, f := range row.Fields {
		got, known := values[f.Name]
		if !known {
			faults = append(faults, fmt.Sprintf("%s has no number %q", row.Kind, f.Name))
			continue
		}
		if !sameValue(f.Value, got) {
			faults = append(faults, fmt.Sprintf("%s %s %s: want %s, got %s", row.Kind, row.Name, f.Name, f.Value, got))
		}
	}
	return faults
}

// sameValue compares what was written with a number as text; a length stands
// for its seconds.
func sameValue(want, got string) bool {
	if want == got {
		return true
	}
	g, err := strconv.ParseFloat(got, 64)
	if err != nil {
		return false
	}
	w, err := strconv.ParseFloat(want, 64)
	if err != nil {
		length, err := span(want)
		if err != nil {
			return false
		}
		w = float64(length) / 1000
	}
	return math.Abs(w-g) < 1e-9
}

// rowValues finds the row of a report and its numbers by name.
func rowValues(result *report.Result, row Row) (map[string]string, bool) {
	switch row.Kind {
	case "stage":
		i := slices.IndexFunc(result.Stages, func(s report.Stage) bool { return s.Stage.Key == row.Name })
		if i < 0 {
			return nil, false
		}
		return stageValues(&result.Stages[i]), true
	case "lost":
		i := slices.IndexFunc(result.Lost, func(l report.Lost) bool { return l.Stage.Key == row.Name })
		if i < 0 {
			return nil, false
		}
		return lostValues(&result.Lost[i]), true
	case "group":
		i := slices.IndexFunc(result.Groups, func(g report.Group) bool { return g.Label == row.Name })
		if i < 0 {
			return nil, false
		}
		return summaryValues(result.Groups[i].Summary), true
	}
	return summaryValues(result.Summary), true
}

func summaryValues(s *report.Summary) map[string]string {
	values := map[string]string{
		"entered": count(s.Entered), "contacts": optional(s.Contacts),
		"won": count(s.Won), "lost": count(s.Lost), "left": count(s.Left), "open": count(s.Open),
		"conversion_rate": number(s.ConversionRate), "drop_off_rate": number(s.DropOffRate),
		"time_to_conversion": number(s.TimeToConversion.Mean), "time_to_drop_off": number(s.TimeToDropOff.Mean),
	}
	if s.StrangerToCustomer != nil {
		values["stranger_to_customer"] = number(s.StrangerToCustomer.Mean)
	}
	return values
}

func stageValues(s *report.Stage) map[string]string {
	values := map[string]string{
		"reached": count(s.Reached), "visited": count(s.Visited), "share_of_entered": number(s.ShareOfEntered),
		"conversion_rate": number(s.ConversionRate), "won_later_rate": number(s.WonLaterRate),
		"drop_off_rate": number(s.DropOffRate), "lost_here": optional(s.LostHere), "left_here": optional(s.LeftHere),
		"in_stage_now": optional(s.InStageNow), "waiting": number(s.WaitingMean), "top_reasons": places(s.TopReasons),
	}
	if s.TimeInStage != nil {
		values["time"], values["median"] = number(s.TimeInStage.Mean), number(s.TimeInStage.Median)
		values["timed"] = count(s.TimeInStage.Journeys)
	}
	if s.Flow != nil {
		values["entries"], values["forward"], values["back"] = count(s.Flow.Entries), count(s.Flow.Forward), count(s.Flow.Back)
		values["lost"], values["left"], values["still_there"] = count(s.Flow.Lost), count(s.Flow.Left), count(s.Flow.StillThere)
	}
	return values
}

func lostValues(l *report.Lost) map[string]string {
	return map[string]string{
		"count": count(l.Count), "share": number(l.Share),
		"time_to_drop_off": number(l.TimeToDropOff.Mean), "origins": places(l.Origins),
	}
}

func count(n int64) string { return strconv.FormatInt(n, 10) }

func optional(n *int64) string {
	if n == nil {
		return "none"
	}
	return count(*n)
}

func number(f *float64) string {
	if f == nil {
		return "none"
	}
	return strconv.FormatFloat(*f, 'g', -1, 64)
}

func places(counts []report.StageCount) string {
	parts := make([]string, len(counts))
	for i, c := range counts {
		parts[i] = fmt.Sprintf("%s:%d", c.Stage.Key, c.Count)
	}
	return strings.Join(parts, ",")
}
