package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// Contacts implements report.ContactReading.
func (r *reading) Contacts(ctx context.Context, q report.ContactQuery) ([]report.ContactKey, error) {
	condition, err := r.contactCondition(ctx, &q)
	if err != nil {
		return nil, err
	}
	o := orderOf(q.Order)
	if q.After != nil {
		condition += " AND " + o.after(*q.After)
	}
	if !strings.Contains(condition, "SELECT") {
		return r.firstContacts(ctx, o, condition, q.Limit)
	}
	with, from, err := r.netContacts(ctx, o.place, condition)
	if err != nil {
		return nil, err
	}
	return collect(ctx, r.q, fmt.Sprintf("%sSELECT place, contact FROM %s ORDER BY %s LIMIT %d", with, from, o.order, q.Limit), scanKey)
}

// firstContacts pages by conditions on the row alone, which cost next to
// nothing: as with Page, only the rows that are likely to hold a page are
// netted, and more of them when they do not.
func (r *reading) firstContacts(ctx context.Context, o contactOrder, condition string, limit int) ([]report.ContactKey, error) {
	from := fmt.Sprintf("FROM (SELECT c.sign, c.contact, %s AS place FROM %s c WHERE %s)", o.place, r.table("contact"), condition)
	for first := 4 * (limit + 1); ; first *= 16 {
		cut, err := collect(ctx, r.q, fmt.Sprintf("SELECT place, contact %s ORDER BY %s LIMIT 1 OFFSET %d", from, o.order, first), scanPair)
		if err != nil {
			return nil, err
		}
		within := ""
		if len(cut) > 0 {
			within = " WHERE " + o.upTo(cut[0])
		}
		keys, err := collect(ctx, r.q, fmt.Sprintf("SELECT place, contact %s%s GROUP BY place, contact HAVING sum(sign) > 0 ORDER BY %s LIMIT %d",
			from, within, o.order, limit), scanKey)
		if err != nil || len(keys) == limit || len(cut) == 0 {
			return keys, err
		}
	}
}

func scanKey(rows *sql.Rows) (k report.ContactKey, err error) {
	err = rows.Scan(&k.Place, &k.Contact)
	return k, err
}

// contactCondition writes which rows c of contacts a query means.
func (r *reading) contactCondition(ctx context.Context, q *report.ContactQuery) (string, error) {
	condition, err := r.condition(ctx, q.Segment, q.AsOf)
	if err != nil {
		return "", err
	}
	if q.InStage != nil {
		condition = fmt.Sprintf("c.stage = %d AND (%s)", *q.InStage, condition)
	}
	return "(" + condition + ")", nil
}

// contactOrder is an order as SQL has it.
type contactOrder struct {
	place string // over c
	order string
	later string // < or >: how a number that comes after compares
}

// orderOf writes an order; places are those of report.ContactOrder.Place.
func orderOf(o report.ContactOrder) contactOrder {
	out := contactOrder{place: "0::BIGINT", order: "place, contact", later: ">"}
	if o.Descending() {
		out.order, out.later = "place, contact DESC", "<"
	}
	none := o.Place(lifecycle.NoStage, 0)
	switch o {
	case report.OrderLongestStage:
		out.place = fmt.Sprintf("CASE WHEN c.stage = 0 THEN %d ELSE c.since END", none)
	case report.OrderLatestStage:
		out.place = fmt.Sprintf("CASE WHEN c.stage = 0 THEN %d ELSE -c.since END", none)
	}
	return out
}

// after writes that a row c comes after a key. Where there is one place only,
// numbers alone let whole blocks be passed over.
func (o contactOrder) after(k report.ContactKey) string {
	if o.place == "0::BIGINT" {
		return fmt.Sprintf("c.contact %s %d", o.later, k.Contact)
	}
	return fmt.Sprintf("(%[1]s > %[2]d OR %[1]s = %[2]d AND c.contact %[3]s %[4]d)", o.place, k.Place, o.later, k.Contact)
}

// upTo writes that a row is not after a place and number. Rows that cancel
// have the same, so the cut never parts them.
func (o contactOrder) upTo(cut [2]int64) string {
	return fmt.Sprintf("(place < %[1]d OR place = %[1]d AND NOT contact %[2]s %[3]d)", cut[0], o.later, cut[1])
}

// CountContacts implements report.ContactReading.
func (r *reading) CountContacts(ctx context.Context, q report.ContactQuery) (map[lifecycle.StageID]int64, error) {
	condition, err := r.contactCondition(ctx, &q)
	if err != nil {
		return nil, err
	}
	rows, err := collect(ctx, r.q, fmt.Sprintf("SELECT c.stage, sum(c.sign)::BIGINT FROM %s c WHERE %s GROUP BY c.stage HAVING sum(c.sign) <> 0",
		r.table("contact"), condition), scanPair)
	if err != nil {
		return nil, err
	}
	counts := map[lifecycle.StageID]int64{}
	for _, row := range rows {
		counts[lifecycle.StageID(row[0])] = row[1]
	}
	return counts, nil
}
