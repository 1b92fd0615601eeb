package report

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/touch"
)

// SourceQuery is a question about where contacts come from, and what of it
// pays. Its zero value is the default report.
type SourceQuery struct {
	Query // range, comparison, filters of contacts and of sources, segment, interval, min_seq

	By         By            // "" = activity
	Credit     touch.Model   // "" = first
	Also       []touch.Model // beside it
	LookBack   int           // days; 0 = none
	KeepDirect bool
	Level      touch.Level // "" = source
	Tags       []TagFilter // of raw utm values
	Cell       SourceCell  // of the contacts behind a number
}

// By says which things a source report is about.
type By string

// The ways.
const (
	ByActivity By = "activity" // what happened in the range, credited to touches whenever they were
	ByCohort   By = "cohort"   // contacts first seen in the range, what became of them until now
)

// TagFilter keeps what has one of some values at a level.
type TagFilter struct {
	Level  touch.Level
	Values []string
	None   bool // or none
}

// keeps reports whether a value, "" = none, passes the filter.
func (f *TagFilter) keeps(value string) bool {
	return value == "" && f.None || value != "" && slices.Contains(f.Values, value)
}

// SourceCell is a number of a source report: a row and a column.
type SourceCell struct {
	Value  string // of the row
	None   bool   // the row without a value
	Total  bool   // all rows
	Column string // one of SourceColumns
}

// sourceParameters are those of the lifecycle report that mean something here.
var sourceParameters = [...]string{
	"preset", "from", "to", "compare", "compare_from", "compare_to", "around", "days",
	"segment", "interval", "cursor", "limit", "min_seq", "format",
}

// ParseSources reads the parameters of the source report and its tables.
func ParseSources(values url.Values) (SourceQuery, error) {
	p := sourceParser{rest: url.Values{}}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		p.read(name, values[name])
	}
	if err := p.faults.Err(); err != nil {
		return SourceQuery{}, err
	}
	var err error
	p.sources.Query, err = ParseQuery(p.rest)
	return p.sources, err
}

// sourceParser reads what only the source report has, and leaves the rest.
type sourceParser struct {
	parser
	sources SourceQuery
	rest    url.Values
}

func (p *sourceParser) read(name string, list []string) {
	switch {
	case touch.IsLevel(name) && !isDimension(Dimension(name)):
		p.tags(touch.Level(name), list)
	case isDimension(Dimension(name)) && Dimension(name) != DimensionJourney, slices.Contains(sourceParameters[:], name):
		p.rest[name] = list
	case len(list) != 1:
		p.refuse(name, "is given %d times, not once", len(list))
	case len(list[0]) > maxText:
		p.refuse(name, "is longer than %d bytes", maxText)
	default:
		p.own(name, list[0])
	}
}

// own takes a parameter that only this report has.
func (p *sourceParser) own(name, value string) {
	q := &p.sources
	switch name {
	case "by":
		q.By = By(p.oneOf(name, value, string(ByActivity), string(ByCohort)))
	case "model":
		q.Credit = p.model(name, value)
	case "also":
		for _, one := range strings.Split(value, ",") {
			if m := p.model(name, one); !slices.Contains(q.Also, m) {
				q.Also = append(q.Also, m)
			}
		}
	case "lookback":
		q.LookBack = int(p.integer(name, value, 1, MaxDays))
	case "direct":
		q.KeepDirect = p.oneOf(name, value, "pass_over", "keep") == "keep"
	case "level":
		if !touch.IsLevel(value) {
			p.refuse(name, "%q is not a level of sources", value)
		}
		q.Level = touch.Level(value)
	case "column":
		q.Cell.Column = p.oneOf(name, value, SourceColumns[:]...)
	case "row":
		p.row(value)
	default:
		p.refuse(name, "is not a parameter of this report")
	}
}

func (p *sourceParser) model(name, value string) touch.Model {
	return touch.Model(p.oneOf(name, value, texts(touch.Models[:])...))
}

// row reads which row a cell is of: value:VALUE, none or total.
func (p *sourceParser) row(value string) {
	c := &p.sources.Cell
	switch named := groupNamed(value); named {
	case "none":
		c.None = true
	case "value:total":
		c.Total = true
	default:
		c.Value = strings.TrimPrefix(named, "value:")
	}
}

func (p *sourceParser) tags(l touch.Level, list []string) {
	if len(list) > maxValues {
		p.refuse(string(l), "has more than %d values", maxValues)
		return
	}
	f := TagFilter{Level: l}
	for _, v := range list {
		switch {
		case len(v) > maxText:
			p.refuse(string(l), "must be text of at most %d bytes", maxText)
		case v == "":
			f.None = true
		default:
			f.Values = append(f.Values, v)
		}
	}
	p.sources.Tags = append(p.sources.Tags, f)
}

// models are all models that are asked for, each once.
func (q *SourceQuery) models() []touch.Model {
	out := []touch.Model{q.Credit}
	for _, m := range q.Also {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// withDefaults fills in what the query leaves out.
func (q SourceQuery) withDefaults() SourceQuery {
	q.By = cmp.Or(q.By, ByActivity)
	q.Credit = cmp.Or(q.Credit, touch.ModelFirst)
	q.Level = cmp.Or(q.Level, touch.Levels[0])
	return q
}

// split parts the filters: those of sources say which rows are shown, within
// which the level is; all others are of contacts.
func (q *SourceQuery) split() (ofSources []TagFilter, ofContacts []Filter) {
	ofSources = slices.Clone(q.Tags)
	for _, f := range q.Filters {
		if touch.IsLevel(string(f.Dimension)) {
			ofSources = append(ofSources, TagFilter{touch.Level(f.Dimension), f.Values, f.None})
			continue
		}
		ofContacts = append(ofContacts, f)
	}
	return ofSources, ofContacts
}
