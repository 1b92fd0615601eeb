package bench

import (
	"fmt"
	"strings"
)

// Row is one line of the table of targets. Its Measured is what the bound is
// about: a ratio where there is a floor, else the value itself.
type Row struct {
	Name    string `json:"name"`
	Target  string `json:"target"`
	Section string `json:"section"`

	Value      Sample  `json:"value"` // of what was measured, in Unit
	Unit       string  `json:"unit"`
	Floor      string  `json:"floor,omitempty"` // what it is divided by
	FloorValue float64 `json:"floor_value,omitempty"`
	Measured   float64 `json:"measured"`
	MeasuredIn string  `json:"measured_in"`
	Processor  float64 `json:"processor,omitempty"` // the same ratio of processor times, where known

	Bound   float64 `json:"bound,omitempty"`
	AtLeast bool    `json:"at_least,omitempty"` // the bound is a least, not a most
	Verdict Verdict `json:"verdict"`
	Note    string  `json:"note,omitempty"`
}

// Verdict says whether a target is reached.
type Verdict string

// The verdicts.
const (
	Reached  Verdict = "ok"
	Short    Verdict = "short"
	NotBuilt Verdict = "not built"
	Skipped  Verdict = "not measured"
)

// judge fills in what the bound is about and the verdict.
func (r Row) judge() Row {
	if r.Verdict != "" {
		return r
	}
	if r.Floor == "" {
		r.Measured, r.MeasuredIn = r.Value.Median, r.Unit
	}
	r.Verdict = Reached
	if r.AtLeast && r.Measured < r.Bound || !r.AtLeast && r.Measured > r.Bound {
		r.Verdict = Short
	}
	return r
}

// times is a row of a time in multiples of a floor's.
func times(name, target string, value Sample, floor string, floorValue, bound float64) Row {
	return Row{
		Name: name, Target: target, Value: value, Unit: "ms", Floor: floor, FloorValue: floorValue,
		Measured: value.Median / floorValue, MeasuredIn: "x " + floor, Bound: bound,
	}.judge()
}

// share is a row of a rate as a share of a floor's.
func share(name, target string, value Sample, floor string, floorValue, bound float64) Row {
	return Row{
		Name: name, Target: target, Value: value, Unit: "/s", Floor: floor, FloorValue: floorValue,
		Measured: value.Median / floorValue, MeasuredIn: "of " + floor, Bound: bound, AtLeast: true,
	}.judge()
}

// says is the verdict in words.
func (r Row) says() string {
	if r.Verdict != Short {
		return string(r.Verdict)
	}
	by := r.Measured / r.Bound
	if r.AtLeast {
		by = r.Bound / r.Measured
	}
	return fmt.Sprintf("short by %.1fx", by)
}

// figures write what was measured for the table.
func (r Row) figures() (measured, value string) {
	if r.Verdict == NotBuilt || r.Verdict == Skipped {
		return "-", "-"
	}
	value = fmt.Sprintf("%s %s", figure(r.Value.Median), r.Unit)
	if r.Value.Runs > 1 {
		value += fmt.Sprintf(" (%s..%s, %d runs)", figure(r.Value.Min), figure(r.Value.Max), r.Value.Runs)
	}
	if r.Floor != "" {
		value += fmt.Sprintf("; %s = %s", r.Floor, figure(r.FloorValue))
	}
	if r.Processor > 0 {
		value += fmt.Sprintf("; by processor time %s x", figure(r.Processor))
	}
	return figure(r.Measured) + " " + r.MeasuredIn, value
}

// figure writes a number with about three digits.
func figure(v float64) string {
	switch {
	case v >= 1000:
		return thousands(int64(v))
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// thousands writes 1234567 as 1,234,567.
func thousands(n int64) string {
	text := fmt.Sprint(n)
	var b strings.Builder
	for i, digit := range text {
		if i > 0 && (len(text)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return b.String()
}
