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

// grouping writes the join that a grouping needs and the index of a row's
// group.
func (r *reading) grouping(ctx context.Context, model report.Model, g report.Grouping) (join, index string, err error) {
	switch g.Dimension {
	case report.DimensionCreatedBy:
		return "", groupCreatedBy(g), nil
	case report.DimensionJourney:
		return "", fmt.Sprintf("CASE WHEN f.number = 1 THEN %d ELSE %d END", groupOf(g, journeyFirst), groupOf(g, journeyReturn)), nil
	}
	top, err := r.dict.Numbers(ctx, r.g.key.workspace, g.Top)
	if err != nil {
		return "", "", fmt.Errorf("duckdb: look up groups: %w", err)
	}
	if field := touch.Field(g.Dimension); slices.Contains(touch.Fields[:], field) {
		// A join to the small table of sources, whose numbers are dense, costs
		// less than a condition over many numbers.
		join = fmt.Sprintf(" JOIN (SELECT number, %s AS grp FROM %s) s ON s.number = f.%s",
			indexCase(string(field), top, g), r.table("source"), sourceColumn(model))
		return join, "s.grp", nil
	}
	attribute, err := r.field(ctx, g.Dimension)
	if err != nil {
		return "", "", err
	}
	// A contact has one value of a field, so the sum of the signed values is it.
	join = fmt.Sprintf(` LEFT JOIN (SELECT contact, %s AS grp FROM (
			SELECT contact, sum(sign * value)::BIGINT AS value FROM %s WHERE field = %d GROUP BY contact HAVING sum(sign) > 0)
		) a ON a.contact = f.contact`, indexCase("value", top, g), r.table("attribute"), attribute)
	return join, fmt.Sprintf("coalesce(a.grp, %d)", g.None()), nil
}

// indexCase writes the index of the group of a dictionary number.
func indexCase(column string, top []int64, g report.Grouping) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CASE %s WHEN 0 THEN %d", column, g.None())
	for i, n := range top {
		if n > 0 {
			fmt.Fprintf(&b, " WHEN %d THEN %d", n, i)
		}
	}
	fmt.Fprintf(&b, " ELSE %d END", g.Other())
	return b.String()
}

func groupCreatedBy(g report.Grouping) string {
	var b strings.Builder
	b.WriteString("CASE f.created_by")
	for i, name := range projector.CreatedBys {
		index := g.None()
		if name != "" {
			index = groupOf(g, name)
		}
		fmt.Fprintf(&b, " WHEN %d THEN %d", i, index)
	}
	fmt.Fprintf(&b, " ELSE %d END", g.None())
	return b.String()
}

// groupOf is the index of a value's group.
func groupOf(g report.Grouping, value string) int {
	if i := slices.Index(g.Top, value); i >= 0 {
		return i
	}
	return g.Other()
}
