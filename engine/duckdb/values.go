package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// valueRow is a value of a dimension by number, and how many journeys have it.
type valueRow struct{ value, n int64 }

func scanValue(rows *sql.Rows) (v valueRow, err error) {
	err = rows.Scan(&v.value, &v.n)
	return v, err
}

// Values implements report.Reading.
func (r *reading) Values(ctx context.Context, p report.Plan, d report.Dimension, limit int) (report.Ranking, error) {
	p.Group = nil // a ranking is of the whole plan
	n, err := r.narrow(ctx, &p)
	if err != nil {
		return report.Ranking{}, err
	}
	switch d {
	case report.DimensionCreatedBy:
		rows, err := collect(ctx, r.q, "SELECT f.created_by, sum(f.sign)::BIGINT"+n.from(r.table("journey"))+
			" GROUP BY f.created_by HAVING sum(f.sign) <> 0", scanValue)
		return rankFew(rows, projector.CreatedBys[:], limit), err
	case report.DimensionJourney:
		rows, err := collect(ctx, r.q, "SELECT CASE WHEN f.number = 1 THEN 1 ELSE 2 END AS v, sum(f.sign)::BIGINT"+
			n.from(r.table("journey"))+" GROUP BY v HAVING sum(f.sign) <> 0", scanValue)
		return rankFew(rows, []string{"", journeyFirst, journeyReturn}, limit), err
	}
	byValue, err := r.byValue(ctx, &p, d, n)
	if err != nil {
		return report.Ranking{}, err
	}
	return r.rankValues(ctx, byValue, limit)
}

// byValue writes a query of (v, n): journeys by the number of their value, 0
// for those without one.
func (r *reading) byValue(ctx context.Context, p *report.Plan, d report.Dimension, n narrowed) (string, error) {
	journey := r.table("journey")
	if field := touch.Field(d); slices.Contains(touch.Fields[:], field) {
		column := sourceColumn(p.Model)
		if r.bySource(p) {
			where := strings.Join(append([]string{"true"}, n.where...), " AND ")
			return fmt.Sprintf(`SELECT s.%s AS v, sum(t.n) AS n FROM (
				SELECT f.%s AS number, sum(f.n) AS n FROM %s f WHERE %s GROUP BY f.%[2]s HAVING sum(f.n) <> 0
			) t JOIN %[5]s s USING (number) GROUP BY v`, field, column, r.rolled(&sourceMonth, p), where, r.table("source")), nil
		}
		return fmt.Sprintf(`SELECT s.%s AS v, sum(t.n) AS n FROM (
				SELECT f.%s AS number, sum(f.sign) AS n%s GROUP BY f.%[2]s HAVING sum(f.sign) <> 0
			) t JOIN %[4]s s USING (number) GROUP BY v`, field, column, n.from(journey), r.table("source")), nil
	}
	number, err := r.field(ctx, d)
	if err != nil {
		return "", err
	}
	all := "SELECT sum(f.sign)" + n.from(journey)
	n.join += fmt.Sprintf(" JOIN (SELECT contact, sign, value FROM %s WHERE field = %d) a ON a.contact = f.contact", r.table("attribute"), number)
	// Whoever has no value has no row: they are all but the rest.
	return fmt.Sprintf(`WITH had AS MATERIALIZED (SELECT a.value AS v, sum(f.sign * a.sign) AS n%s GROUP BY v HAVING sum(f.sign * a.sign) <> 0)
		SELECT v, n FROM had UNION ALL SELECT 0, coalesce((%s), 0) - coalesce((SELECT sum(n) FROM had), 0)`, n.from(journey), all), nil
}

// rankValues reads the largest values with their ties and the totals, in one
// query: first rows are the largest, the last one of value -1 is how many
// values there are.
func (r *reading) rankValues(ctx context.Context, byValue string, limit int) (report.Ranking, error) {
	query := fmt.Sprintf(`WITH t AS MATERIALIZED (%s), ranked AS (SELECT v, n FROM t WHERE v <> 0 ORDER BY n DESC LIMIT %d)
		SELECT v, n::BIGINT FROM t WHERE v <> 0 AND n >= (SELECT min(n) FROM ranked)
		UNION ALL SELECT 0, coalesce(sum(n), 0)::BIGINT FROM t WHERE v = 0
		UNION ALL SELECT -1, count(*) FROM t WHERE v <> 0`, byValue, max(limit, 0))
	rows, err := collect(ctx, r.q, query, scanValue)
	if err != nil {
		return report.Ranking{}, err
	}
	var ranking report.Ranking
	var numbers []int64
	for _, row := range rows {
		switch row.value {
		case -1:
			ranking.Values = row.n
		case 0:
			ranking.None = row.n
		default:
			numbers = append(numbers, row.value)
			ranking.Largest = append(ranking.Largest, report.ValueCount{N: row.n})
		}
	}
	texts, err := r.dict.Texts(ctx, r.g.key.workspace, numbers)
	if err != nil {
		return report.Ranking{}, fmt.Errorf("duckdb: look up values: %w", err)
	}
	for i, text := range texts {
		ranking.Largest[i].Value = text
	}
	return ranking, nil
}

// rankFew ranks a dimension whose values are known beforehand.
func rankFew(rows []valueRow, names []string, limit int) report.Ranking {
	var ranking report.Ranking
	for _, row := range rows {
		if name := names[row.value]; name != "" {
			ranking.Largest = append(ranking.Largest, report.ValueCount{Value: name, N: row.n})
			continue
		}
		ranking.None += row.n
	}
	ranking.Values = int64(len(ranking.Largest))
	ranking.Largest = cutTies(ranking.Largest, limit)
	return ranking
}

// cutTies keeps the limit largest and all ties of the last.
func cutTies(values []report.ValueCount, limit int) []report.ValueCount {
	if limit <= 0 {
		return nil
	}
	if len(values) <= limit {
		return values
	}
	slices.SortFunc(values, func(a, b report.ValueCount) int { return int(b.N - a.N) })
	least := values[limit-1].N
	end := slices.IndexFunc(values, func(v report.ValueCount) bool { return v.N < least })
	if end < 0 {
		return values
	}
	return values[:end]
}
