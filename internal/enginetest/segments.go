package enginetest

import (
	"encoding/json"
	"fmt"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/segment"
)

// smartList is the id of the one list that is a rule; 1 and 2 have members.
const smartList = "9"

// odd are values of properties that read in more than one way, or in none.
var odd = []string{
	`"Paris"`, `"PARIS and more"`, `"ſ"`, `"S"`, `"10"`, `10`, `9.5`, `"1e1"`, `"true"`, `true`, `false`, `"2026-04-01"`,
	`"2026-04-01T12:00:00+02:00"`, `"2026-04-01T"`, `["a","Paris"]`, `["10",7,"x"]`, `[true,null]`, `[]`, `[[1]]`, `{"a":1}`, `1e400`, `"it's"`,
}

// oddFields are the fields that only filters read.
func oddFields(t *rapid.T, into map[string]journal.FieldEdit) {
	set := func(name, value string) { into[name] = journal.FieldEdit{To: json.RawMessage(value)} }
	if rapid.Bool().Draw(t, "odd") {
		set(journal.PropertyPrefix+"odd", rapid.SampledFrom(odd).Draw(t, "value"))
	}
	switch rapid.IntRange(0, 6).Draw(t, "other field") {
	case 0:
		set(journal.FieldName, rapid.SampledFrom([]string{`"Ann Smith"`, `"anna"`, `"2026-04-01"`, `""`}).Draw(t, "name"))
	case 1:
		set(journal.FieldExternalID, rapid.SampledFrom([]string{`"ab"`, `"AB"`}).Draw(t, "external id"))
	case 2:
		amount, currency := rapid.IntRange(0, 3).Draw(t, "amount"), rapid.SampledFrom([]string{"EUR", "JPY"}).Draw(t, "currency")
		set(journal.FieldValue, fmt.Sprintf(`{"amount":%d,"currency":%q}`, amount*50, currency))
	case 3:
		set(fmt.Sprintf("%s%d", journal.ListPrefix, rapid.IntRange(1, 2).Draw(t, "list")), "true")
	case 4:
		into[fmt.Sprintf("%s%d", journal.ListPrefix, rapid.IntRange(1, 2).Draw(t, "list"))] = journal.FieldEdit{}
	}
}

var (
	filterTexts = []string{
		"paris", "Ann", "ann", "S", "ab", "10", "true", "2026-04-01", "2026-04-01T10:00:00Z", "a", "it's", "spring", "email", "Nobody", "42", "pro",
	}
	filterTimes   = []string{"2026-03-25", "2026-04-01", "2026-04-01T10:00:00Z", "7 days ago", "1 month ago", "2 days from now"}
	filterSpans   = []string{"7 days", "20 days", "next 7 days", "1 month"}
	filterNumbers = []float64{0, 0.5, 1, 2, 3.5, 7, 10, 42, 50, 100}
)

// segmentOf draws a filter with every field that contacts have.
func segmentOf(t *rapid.T, c *journal.Configuration) *segment.Resolved {
	if rapid.IntRange(0, 3).Draw(t, "everybody") == 0 {
		return nil
	}
	catalogue := segment.Catalogue{Lists: []string{"1", "2", smartList}}
	for _, s := range c.Lifecycle.Stages {
		catalogue.Stages = append(catalogue.Stages, segment.Choice{Key: s.Key})
	}
	rule := exprOf(t, segment.Catalogue{Lists: []string{"1", "2"}, Stages: catalogue.Stages}, 2)
	return &segment.Resolved{Where: exprOf(t, catalogue, 3), Rules: map[string]segment.Expr{smartList: rule}}
}

func exprOf(t *rapid.T, c segment.Catalogue, height int) segment.Expr {
	kind := rapid.IntRange(0, 4).Draw(t, "sort")
	if height > 1 && kind < 3 {
		part := rapid.Custom(func(t *rapid.T) segment.Expr { return exprOf(t, c, height-1) })
		switch kind {
		case 0:
			return segment.All(rapid.SliceOfN(part, 0, 3).Draw(t, "all"))
		case 1:
			return segment.Any(rapid.SliceOfN(part, 0, 3).Draw(t, "any"))
		}
		return segment.Not{Expr: part.Draw(t, "not")}
	}
	return termOf(t, c)
}

func termOf(t *rapid.T, c segment.Catalogue) segment.Expr {
	fields := c.Fields()
	if rapid.Bool().Draw(t, "of a property") { // the values that read in most ways
		fields = []segment.Entry{entry(c, "odd"), entry(c, "odd"), entry(c, "odd"), entry(c, "plan"), entry(c, "none")}
	}
	e := rapid.SampledFrom(fields).Draw(t, "field")
	term := segment.Term{Field: e.Field, Op: rapid.SampledFrom(e.Ops).Draw(t, "op")}
	switch term.Op {
	case segment.Exists:
		if e.Field == segment.Plain(segment.FieldList) && len(c.Lists) == 2 { // a rule must not ask for every list
			return segment.Term{Field: e.Field, Op: segment.In, Value: segment.Texts("1")}
		}
	case segment.In:
		term.Value = segment.List(wanted(t, e, term.Op), wanted(t, e, term.Op))
	default:
		term.Value = wanted(t, e, term.Op)
	}
	if len(segment.Check(term, c)) > 0 {
		return segment.Term{Field: e.Field, Op: segment.Exists}
	}
	return term
}

func entry(c segment.Catalogue, property string) segment.Entry {
	e, _ := c.Entry(segment.Property(property))
	return e
}

// wanted draws a value that probably fits an operator.
func wanted(t *rapid.T, e segment.Entry, op segment.Op) segment.Value {
	switch {
	case e.Type == segment.TypeEnum && len(e.Choices) > 0:
		return segment.Text(rapid.SampledFrom(e.Choices).Draw(t, "choice").Key)
	case e.Type == segment.TypeNumber:
		return segment.Number(rapid.SampledFrom(filterNumbers).Draw(t, "number"))
	case op == segment.Within:
		return segment.Text(rapid.SampledFrom(filterSpans).Draw(t, "span"))
	case e.Type == segment.TypeTime || op == segment.Before || op == segment.After:
		return segment.Text(rapid.SampledFrom(filterTimes).Draw(t, "time"))
	case e.Type == segment.TypeText:
		return segment.Text(rapid.SampledFrom(filterTexts).Draw(t, "text"))
	}
	switch rapid.IntRange(0, 3).Draw(t, "kind of value") {
	case 0:
		return segment.Number(rapid.SampledFrom(filterNumbers).Draw(t, "number"))
	case 1:
		return segment.Flag(rapid.Bool().Draw(t, "flag"))
	case 2:
		return segment.Text(rapid.SampledFrom(filterTimes).Draw(t, "time"))
	}
	return segment.Text(rapid.SampledFrom(filterTexts).Draw(t, "text"))
}

// denied are a term and its denial: what is unknown is in neither.
func denied(t *rapid.T, c *journal.Configuration) [2]*segment.Resolved {
	catalogue := segment.Catalogue{Lists: []string{"1", "2"}}
	for _, s := range c.Lifecycle.Stages {
		catalogue.Stages = append(catalogue.Stages, segment.Choice{Key: s.Key})
	}
	term := termOf(t, catalogue)
	return [2]*segment.Resolved{{Where: term}, {Where: segment.Not{Expr: term}}}
}

// contactQueryOf draws a question about contacts.
func contactQueryOf(t *rapid.T, p *report.Plan, c *journal.Configuration) report.ContactQuery {
	q := report.ContactQuery{
		Segment: segmentOf(t, c), AsOf: p.AsOf, Limit: rapid.IntRange(1, 10).Draw(t, "limit"),
		Order: report.ContactOrder(rapid.IntRange(0, int(report.OrderLatestStage)).Draw(t, "order")),
	}
	if rapid.Bool().Draw(t, "of a stage") {
		stage := lifecycle.StageID(rapid.IntRange(0, int(c.NextStage)-1).Draw(t, "stage"))
		q.InStage = &stage
	}
	return q
}
