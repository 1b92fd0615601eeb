package duckdb

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/segment"
	"github.com/tidemark/tidemark/subject"
)

// tenThousandths is the unit in which amounts of money are summed: no currency
// has more decimals, and whole numbers cancel exactly.
const tenThousandths = 10_000

// OpenAt implements report.OpenReading. A journey was open while one of its
// stays in a progress stage went on; each has at most one at a time.
func (r *reading) OpenAt(ctx context.Context, p report.Plan, at lifecycle.Millis) ([]report.OpenCount, error) {
	p.Window = 0
	n, err := r.narrow(ctx, &p)
	if err != nil {
		return nil, err
	}
	values, err := r.values(ctx)
	if err != nil {
		return nil, err
	}
	n.join += " LEFT JOIN (" + values + ") money ON money.contact = f.contact"
	query := fmt.Sprintf(`SELECT %s AS grp, f.stage, coalesce(money.currency, '') AS currency, sum(f.sign)::BIGINT,
			coalesce(sum(f.sign * money.amount), 0)::DOUBLE, sum(f.sign * greatest(0, %d - f.entered_at))::BIGINT%s
		GROUP BY grp, f.stage, currency HAVING sum(f.sign) <> 0`, n.group, min(at, p.AsOf), n.from(r.table("stay"), r.stoodAt(at)))
	return collect(ctx, r.q, query, func(rows *sql.Rows) (c report.OpenCount, err error) {
		var sum float64
		err = rows.Scan(&c.Group, &c.Stage, &c.Currency, &c.N, &sum, &c.Age)
		c.Value = subject.Minor(sum/tenThousandths, c.Currency)
		return c, err
	})
}

// stoodAt writes that a stay in a progress stage went on at an instant, in a
// journey that had begun.
func (r *reading) stoodAt(at lifecycle.Millis) string {
	var progress []int64
	for _, s := range r.cursor.Configuration.Lifecycle.Ordered(lifecycle.Progress) {
		progress = append(progress, int64(s.ID))
	}
	return fmt.Sprintf(`f.entered_at <= %d AND f.entered_at + f.begin_at <= %[1]d AND f.stage IN (%s)
		AND (f.length < 0 OR f.entered_at + f.begin_at + f.length > %[1]d)`, at, integers(progress))
}

// values writes a query of (contact, currency, amount): the value of each
// contact that has one.
func (r *reading) values(ctx context.Context) (string, error) {
	field, err := r.field(ctx, report.Dimension(segment.Plain(journal.FieldValue).String()))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`SELECT contact, text AS currency, round(number * %d)::HUGEINT AS amount FROM %s
		WHERE field = %d AND number IS NOT NULL GROUP BY contact, text, number HAVING sum(sign) > 0`, tenThousandths, r.table("fact"), field), nil
}
