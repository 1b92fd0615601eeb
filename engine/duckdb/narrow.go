package duckdb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// inlineSources is how many source numbers a filter lists itself: a short list
// is pushed down into the scan, a long one is better joined.
const inlineSources = 64

// narrowed is a plan as SQL over a table of facts with the alias f.
type narrowed struct {
	holders []string // queries of signed rows (contact, sign): only contacts with rows that remain
	grouped string   // one more such query, of (contact, sign, grp)
	join    string   // after FROM ... f
	span    string   // the range
	where   []string // all other conditions
	group   string   // the index of the group
}

// from writes FROM and WHERE over a table, with more conditions.
func (n narrowed) from(table string, more ...string) string {
	return fmt.Sprintf(" FROM %s f%s WHERE %s", n.held(table), n.join, strings.Join(slices.Concat([]string{n.span}, n.where, more), " AND "))
}

// held writes the rows of a table whose contacts are among the holders. Sums
// are linear in the sign, so nothing is netted: the signs of rows that meet are
// multiplied, and what cancels on either side cancels in the product.
func (n narrowed) held(table string) string {
	if len(n.holders) == 0 && n.grouped == "" {
		return table
	}
	sign, group, joins := "t.sign", "", ""
	for i, query := range n.holders {
		sign += fmt.Sprintf(" * h%d.sign", i)
		joins += fmt.Sprintf(" JOIN (%s) h%d ON h%[2]d.contact = t.contact", query, i)
	}
	if n.grouped != "" {
		sign, group = sign+" * g.sign", ", g.grp"
		joins += fmt.Sprintf(" JOIN (%s) g ON g.contact = t.contact", n.grouped)
	}
	return fmt.Sprintf("(SELECT t.* REPLACE (%s AS sign)%s FROM %s t%s)", sign, group, table, joins)
}

// narrow resolves the texts of a plan and writes its range, filters and
// groups.
func (r *reading) narrow(ctx context.Context, p *report.Plan) (narrowed, error) {
	n := narrowed{group: "0", span: fmt.Sprintf("f.entered_at >= %d AND f.entered_at < %d", p.From, p.To)}
	if p.MaxEntered != 0 {
		n.span += fmt.Sprintf(" AND f.entered_at <= %d", p.MaxEntered)
	}
	for _, filter := range p.Filters {
		condition, err := r.filter(ctx, p.Model, filter, &n)
		if err != nil {
			return narrowed{}, err
		}
		if condition != "" {
			n.where = append(n.where, condition)
		}
	}
	if p.Segment != nil && p.Segment.Where != nil {
		members, err := r.members(ctx, p.Segment, p.AsOf)
		if err != nil {
			return narrowed{}, err
		}
		n.where = append(n.where, "f.contact IN ("+members+")")
	}
	if p.Group == nil {
		return n, nil
	}
	var err error
	n.join, n.group, err = r.grouping(ctx, p.Model, *p.Group)
	return n, err
}

// filter writes the condition of a filter, or adds holders.
func (r *reading) filter(ctx context.Context, model report.Model, f report.Filter, n *narrowed) (string, error) {
	none := f.None
	switch f.Dimension {
	case report.DimensionCreatedBy:
		return filterCreatedBy(f.Values, none), nil
	case report.DimensionJourney:
		return filterJourney(f.Values), nil
	}
	values, err := r.numbers(ctx, f.Values)
	if err != nil {
		return "", err
	}
	if field := touch.Field(f.Dimension); slices.Contains(touch.Fields[:], field) {
		if none {
			values = append(values, 0)
		}
		return r.filterSource(ctx, model, field, values)
	}
	return r.filterAttribute(ctx, f.Dimension, values, none, n)
}

func filterCreatedBy(values []string, none bool) string {
	var list []int64
	for i, name := range projector.CreatedBys {
		if name == "" && none || name != "" && slices.Contains(values, name) {
			list = append(list, int64(i))
		}
	}
	return "f.created_by IN (" + integers(list) + ")"
}

// filterJourney uses that the first journey is the one with number 1.
func filterJourney(values []string) string {
	first, again := slices.Contains(values, journeyFirst), slices.Contains(values, journeyReturn)
	switch {
	case first && again:
		return "true"
	case first:
		return "f.number = 1"
	case again:
		return "f.number > 1"
	}
	return "false"
}

// The values of report.DimensionJourney.
const (
	journeyFirst  = "first"
	journeyReturn = "return"
)

func (r *reading) filterSource(ctx context.Context, model report.Model, field touch.Field, values []int64) (string, error) {
	query := fmt.Sprintf("SELECT number FROM %s WHERE %s IN (%s)", r.table("source"), field, integers(values))
	sources, err := collect(ctx, r.q, fmt.Sprintf("%s LIMIT %d", query, inlineSources+1), scanOne[int64])
	if err != nil {
		return "", err
	}
	column := sourceColumn(model)
	switch {
	case len(sources) == 1:
		return fmt.Sprintf("f.%s = %d", column, sources[0]), nil
	case len(sources) <= inlineSources:
		return fmt.Sprintf("f.%s IN (%s)", column, integers(sources)), nil
	}
	return fmt.Sprintf("f.%s IN (%s)", column, query), nil
}

// sourceColumn is where a model's source is; the model is checked here, as it
// becomes part of SQL.
func sourceColumn(m report.Model) string {
	switch m {
	case report.ModelFirst:
		return "source_first"
	case report.ModelLast:
		return "source_last"
	}
	return "source_entry"
}

// filterAttribute keeps contacts by a value that they have now. Those without
// one have no rows to join, so they are found by netting all others.
func (r *reading) filterAttribute(ctx context.Context, d report.Dimension, values []int64, none bool, n *narrowed) (string, error) {
	field, err := r.field(ctx, d)
	if err != nil {
		return "", err
	}
	where := fmt.Sprintf("FROM %s WHERE field = %d", r.table("attribute"), field)
	if !none {
		n.holders = append(n.holders, fmt.Sprintf("SELECT contact, sign %s AND value IN (%s)", where, integers(values)))
		return "", nil
	}
	return fmt.Sprintf(`(f.contact IN (SELECT contact %[1]s AND value IN (%[2]s) GROUP BY contact HAVING sum(sign) > 0)
		OR f.contact NOT IN (SELECT contact %[1]s GROUP BY contact HAVING sum(sign) > 0))`, where, integers(values)), nil
}

// field is the dictionary number of a dimension's name, -1 if it has none.
func (r *reading) field(ctx context.Context, d report.Dimension) (int64, error) {
	numbers, err := r.numbers(ctx, []string{string(d)})
	if err != nil || len(numbers) == 0 {
		return -1, err
	}
	return numbers[0], nil
}
