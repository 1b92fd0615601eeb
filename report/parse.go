package report

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// ParseQuery reads the parameters of the lifecycle report and its tables. The
// error names every parameter that is at fault, as query.NAME. It takes
// `format` without reading it: how an answer is written is the caller's.
func ParseQuery(values url.Values) (Query, error) {
	p := parser{values: values}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		p.read(name, values[name])
	}
	if len(p.faults) == 0 {
		p.faults = p.query.faults()
	}
	if err := p.faults.Err(); err != nil {
		return Query{}, err
	}
	return p.query, nil
}

// Validate checks a query that was made by hand; ParseQuery has done it.
func (q *Query) Validate() error {
	return q.faults().Err()
}

// parser reads parameters into a query and collects what is wrong.
type parser struct {
	values url.Values
	query  Query
	faults fault.Details
}

func (p *parser) refuse(name, format string, args ...any) {
	p.faults.Add("query."+name, format, args...)
}

// read takes one parameter.
func (p *parser) read(name string, values []string) {
	longest := maxText
	if name == "segment" {
		longest = maxSegment
	}
	for _, v := range values {
		if len(v) > longest || !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
			p.refuse(name, "must be valid text of at most %d bytes", longest)
			return
		}
	}
	if isDimension(Dimension(name)) {
		p.filter(Dimension(name), values)
		return
	}
	switch name {
	case "parts":
		p.parts(values)
	case "outcome":
		p.outcomes(values)
	default:
		if len(values) != 1 {
			p.refuse(name, "is given %d times, not once", len(values))
			return
		}
		p.single(name, values[0])
	}
}

// single takes a parameter that has one value.
func (p *parser) single(name, value string) {
	q := &p.query
	switch name {
	case "format": // read by whoever writes the answer
	case "from":
		q.From = p.date(name, value)
	case "to":
		q.To = p.date(name, value)
	case "compare_from":
		q.CompareFrom = p.date(name, value)
	case "compare_to":
		q.CompareTo = p.date(name, value)
	case "around":
		q.Around = p.date(name, value)
	case "days":
		q.AroundDays = int(p.integer(name, value, 1, MaxDays))
	case "preset":
		q.Preset = Preset(p.oneOf(name, value, presetNames[:]...))
	case "compare":
		q.Compare = Compare(p.oneOf(name, value, "previous", "year", "none"))
	case "segment":
		q.Segment = value
	case "group_by":
		q.GroupBy = p.dimension(name, value)
	case "top":
		q.Top = int(p.integer(name, value, 1, MaxTop))
	case "min_age":
		q.MinAge = int(p.integer(name, value, 0, MaxDays))
	case "window":
		q.Window = int(p.integer(name, value, 1, MaxDays))
	case "model":
		q.Model = Model(p.oneOf(name, value, "entry", "first", "last"))
	case "stuck_below":
		q.StuckBelow = p.fraction(name, value)
	case "stuck_min":
		q.StuckMin = p.integer(name, value, 1, 1<<53)
	case "interval":
		q.Interval = Interval(p.oneOf(name, value, "day", "week", "month"))
	case "cursor":
		q.Cursor = value
	case "limit":
		q.Limit = int(p.integer(name, value, 1, MaxLimit))
	case "min_seq":
		q.MinSeq = p.integer(name, value, 0, 1<<53)
	case "flow":
		q.Select.Flow = value
	case "group":
		q.Select.Group = groupNamed(value)
	default:
		p.stage(name, value)
	}
}

// groupNamed is a group as Select has it: a value may stand for itself, unless
// it is called as the two groups beside the values are.
func groupNamed(text string) string {
	if text == "" || text == "other" || text == "none" || strings.HasPrefix(text, "value:") {
		return text
	}
	return "value:" + text
}

// stage takes a parameter whose value is a stage, or refuses an unknown one.
func (p *parser) stage(name, value string) {
	for _, s := range p.query.Select.stages() {
		if s.name != name {
			continue
		}
		if value == "" {
			p.refuse(name, "names no stage")
		}
		*s.value = value
		return
	}
	p.refuse(name, "is not a parameter of this report")
}

// filter takes the values of a dimension; the empty one is "has none".
func (p *parser) filter(d Dimension, values []string) {
	if len(values) > maxValues {
		p.refuse(string(d), "has more than %d values", maxValues)
		return
	}
	f := Filter{Dimension: d}
	for _, v := range values {
		if v == "" {
			f.None = true
			continue
		}
		f.Values = append(f.Values, p.dimensionValue(d, v))
	}
	slices.Sort(f.Values)
	f.Values = slices.Compact(f.Values)
	p.query.Filters = append(p.query.Filters, f)
}

// dimensionValue refuses values that a dimension can never have.
func (p *parser) dimensionValue(d Dimension, value string) string {
	switch d {
	case DimensionJourney:
		return p.oneOf(string(d), value, "first", "return")
	case DimensionCreatedBy:
		return p.oneOf(string(d), value, "import", "api", "manual", "form", "call", "chat", "ad")
	}
	return value
}

func (p *parser) dimension(name, value string) Dimension {
	if !isDimension(Dimension(value)) {
		p.refuse(name, "%q is not a field to group by", value)
	}
	return Dimension(value)
}

// isDimension reports whether journeys can be filtered and grouped by it.
func isDimension(d Dimension) bool {
	if slices.Contains(touch.Fields[:], touch.Field(d)) {
		return true
	}
	property, found := d.Property()
	return d == DimensionOwner || d == DimensionCreatedBy || d == DimensionJourney || found && property != ""
}

func (p *parser) parts(values []string) {
	names := make([]string, len(Parts))
	for i, part := range Parts {
		names[i] = string(part)
	}
	p.query.Parts = []Part{}
	for _, name := range strings.Split(strings.Join(values, ","), ",") {
		p.query.Parts = append(p.query.Parts, Part(p.oneOf("parts", name, names...)))
	}
}

func (p *parser) outcomes(values []string) {
	for _, name := range strings.Split(strings.Join(values, ","), ",") {
		name = p.oneOf("outcome", name, "open", "won", "lost", "left")
		p.query.Select.Outcomes = append(p.query.Select.Outcomes, name)
	}
}

func (p *parser) oneOf(name, value string, choices ...string) string {
	if !slices.Contains(choices, value) {
		p.refuse(name, "%q is not one of %s", value, strings.Join(choices, ", "))
	}
	return value
}

func (p *parser) date(name, value string) *Date {
	d, err := ParseDate(value)
	if err != nil {
		p.refuse(name, "%s", err)
		return nil
	}
	return &d
}

func (p *parser) integer(name, value string, least, most int64) int64 {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < least || n > most {
		p.refuse(name, "%q is not a whole number from %d to %d", value, least, most)
	}
	return n
}

func (p *parser) fraction(name, value string) *float64 {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || !(f >= 0 && f <= 1) {
		p.refuse(name, "%q is not a fraction from 0 to 1", value)
	}
	return &f
}

// faults finds what contradicts itself in a query.
func (q *Query) faults() fault.Details {
	p := parser{query: *q}
	p.checkRange("from", "to", q.From, q.To)
	p.checkRange("compare_from", "compare_to", q.CompareFrom, q.CompareTo)
	p.checkAround()
	if q.Preset != "" && (q.From != nil || q.To != nil) {
		p.refuse("preset", "cannot stand beside from and to")
	}
	if q.Compare != "" && (q.CompareFrom != nil || q.CompareTo != nil) {
		p.refuse("compare", "cannot stand beside compare_from and compare_to")
	}
	if q.Preset != "" && !slices.Contains(presetNames[:], string(q.Preset)) {
		p.refuse("preset", "%q is not a preset", q.Preset)
	}
	if q.GroupBy != "" && !isDimension(q.GroupBy) {
		p.refuse("group_by", "%q is not a field to group by", q.GroupBy)
	}
	if q.Select.Group != "" && q.GroupBy == "" {
		p.refuse("group", "needs group_by")
	}
	if q.Select.Flow != "" && exitOf(q.Select.Flow) == 0 {
		p.refuse("flow", "is STAGE:forward, STAGE:back, STAGE:lost, STAGE:left or STAGE:still_there")
	}
	return p.faults
}

func (p *parser) checkRange(fromName, toName string, from, to *Date) {
	switch {
	case from == nil && to == nil:
	case from == nil:
		p.refuse(fromName, "is missing beside %s", toName)
	case to == nil:
		p.refuse(toName, "is missing beside %s", fromName)
	case *to < *from:
		p.refuse(toName, "is before %s", fromName)
	case *to-*from >= MaxDays:
		p.refuse(toName, "is more than a hundred years after %s", fromName)
	}
}

// exitOf is the exit in "STAGE:EXIT", 0 of none.
func exitOf(flow string) lifecycle.Exit {
	i := strings.LastIndexByte(flow, ':')
	for e := lifecycle.StillThere; e <= lifecycle.ExitLeft; e++ {
		if i > 0 && flow[i+1:] == e.String() {
			return e
		}
	}
	return 0
}
