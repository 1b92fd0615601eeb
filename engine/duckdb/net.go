package duckdb

import (
	"context"
	"fmt"
)

// touched reports whether rows of a table were taken back since it was last
// compacted. Blocks without such rows are passed over by their statistics.
func (r *reading) touched(ctx context.Context, table string) (bool, error) {
	if known, ok := r.taken[table]; ok {
		return known, nil
	}
	rows, err := collect(ctx, r.q, fmt.Sprintf("SELECT 1 FROM %s WHERE sign < 0 LIMIT 1", r.table(table)), scanOne[int64])
	if err != nil {
		return false, err
	}
	if r.taken == nil {
		r.taken = map[string]bool{}
	}
	r.taken[table] = len(rows) > 0
	return len(rows) > 0, nil
}

// withFact writes a query of the contacts that have a fact of a field under a
// condition. Grouping a whole table costs more than all else, so only contacts
// of which a row was taken back are netted.
func (r *reading) withFact(ctx context.Context, field int64, condition string) (string, error) {
	taken, err := r.touched(ctx, "fact")
	if err != nil {
		return "", err
	}
	query := fmt.Sprintf("SELECT contact FROM %s WHERE field = %d AND %s", r.table("fact"), field, condition)
	if !taken {
		return query, nil
	}
	back := fmt.Sprintf("SELECT contact FROM %s WHERE field = %d AND sign < 0", r.table("fact"), field)
	return fmt.Sprintf("%[1]s AND contact NOT IN (%[2]s) UNION ALL %[1]s AND contact IN (%[2]s) GROUP BY contact HAVING sum(sign) > 0", query, back), nil
}

// netContacts writes the head and the body of a query of the contacts under a
// condition, with their place, each once. The condition is evaluated once,
// however it is netted.
func (r *reading) netContacts(ctx context.Context, place, condition string) (with, from string, err error) {
	taken, err := r.touched(ctx, "contact")
	if err != nil {
		return "", "", err
	}
	query := fmt.Sprintf("SELECT c.sign, c.contact, %s AS place FROM %s c WHERE %s", place, r.table("contact"), condition)
	if !taken {
		return "", "(" + query + ")", nil
	}
	back := fmt.Sprintf("SELECT contact FROM %s WHERE sign < 0", r.table("contact"))
	return "WITH m AS MATERIALIZED (" + query + ") ",
		fmt.Sprintf(`(SELECT place, contact FROM m WHERE contact NOT IN (%[1]s)
			UNION ALL SELECT place, contact FROM m WHERE contact IN (%[1]s) GROUP BY place, contact HAVING sum(sign) > 0)`, back), nil
}
