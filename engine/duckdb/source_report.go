package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// narrowContacts resolves which contacts a plan means, over rows of contacts.
func (r *reading) narrowContacts(ctx context.Context, p *report.SourcePlan) (narrowed, error) {
	n, err := r.narrow(ctx, &report.Plan{Filters: p.Filters, Segment: p.Segment, AsOf: p.AsOf})
	n.span = "true"
	return n, err
}

// visitsIn writes the rows of visits, or of what was seen in them, that began in
// the range of a plan.
func (r *reading) visitsIn(ctx context.Context, p *report.SourcePlan, table, begun string) (string, error) {
	where := fmt.Sprintf("FROM %[1]s WHERE %[2]s >= %[3]d AND %[2]s < %[4]d", r.table(table), begun, p.From, p.To)
	if !everybody(p) {
		n, err := r.narrowContacts(ctx, p)
		if err != nil {
			return "", err
		}
		where += fmt.Sprintf(" AND contact IN (SELECT f.contact%s GROUP BY f.contact HAVING sum(f.sign) > 0)", n.from(r.table("contact")))
	}
	return where, nil
}

// Sights implements report.SourceReading.
func (r *reading) Sights(ctx context.Context, p report.SourcePlan) ([]report.SightCount, error) {
	where, err := r.visitsIn(ctx, &p, "sight", "begun")
	if err != nil {
		return nil, err
	}
	const by = "sight, landing, source, utm"
	query := fmt.Sprintf("SELECT %s, sum(sign)::BIGINT %s GROUP BY %[1]s HAVING sum(sign) > 0 ORDER BY %[1]s", by, where)
	return collect(ctx, r.q, query, func(rows *sql.Rows) (c report.SightCount, err error) {
		err = rows.Scan(&c.Sight, &c.Landing, &c.Source, &c.UTM, &c.Visits)
		return c, err
	})
}

// Visits implements report.SourceReading.
func (r *reading) Visits(ctx context.Context, p report.SourcePlan) (out report.VisitCounts, err error) {
	if everybody(&p) {
		s, err := r.paths(ctx)
		if err != nil {
			return out, err
		}
		if s != nil {
			return r.heldVisits(s, &p)
		}
	}
	where, err := r.visitsIn(ctx, &p, "visit", "happened")
	if err != nil {
		return out, err
	}
	out.Rows, err = collect(ctx, r.q, "SELECT source, utm, sum(sign)::BIGINT "+where+" GROUP BY source, utm HAVING sum(sign) > 0 ORDER BY source, utm",
		func(rows *sql.Rows) (c report.VisitCount, err error) {
			err = rows.Scan(&c.Source, &c.UTM, &c.Visits)
			return c, err
		})
	if err != nil {
		return out, err
	}
	visitors, err := collect(ctx, r.q, fmt.Sprintf(`
		WITH came AS (SELECT visitor, source, utm %s GROUP BY visitor, source, utm HAVING sum(sign) > 0),
			place AS (SELECT source, utm, row_number() OVER (ORDER BY source, utm) - 1 AS place FROM (SELECT DISTINCT source, utm FROM came))
		SELECT places, count(*) FROM (
			SELECT string_agg(place::VARCHAR, ',' ORDER BY place) AS places FROM came JOIN place USING (source, utm) GROUP BY visitor)
		GROUP BY places`, where), scanVisitors)
	out.Visitors = func(groups []int) (ofGroups []int64, all int64, err error) {
		c := newVisitorCount(report.CountGroups(groups))
		groupOf := c.of(groups)
		for i, v := range visitors {
			for _, row := range v.rows {
				c.met(groupOf[row], int32(i+1), v.n)
			}
		}
		ofGroups, all = c.counts()
		return ofGroups, all, nil
	}
	return out, err
}

// visitors are so many who came by exactly these rows.
type visitors struct {
	rows []int
	n    int64
}

func scanVisitors(rows *sql.Rows) (v visitors, err error) {
	var places string
	if err := rows.Scan(&places, &v.n); err != nil {
		return v, err
	}
	for _, digits := range strings.Split(places, ",") {
		place, err := strconv.Atoi(digits)
		if err != nil {
			return v, err
		}
		v.rows = append(v.rows, place)
	}
	return v, nil
}

// Costs implements report.SourceReading.
func (r *reading) Costs(ctx context.Context, p report.SourcePlan) ([]report.CostCount, error) {
	query := fmt.Sprintf(`SELECT source, coalesce(sum(sign * amount), 0)::BIGINT,
			sum(sign * clicks)::BIGINT, sum(sign * impressions)::BIGINT, coalesce(sum(sign) FILTER (unrated), 0)::BIGINT
		FROM %s WHERE day >= %d AND day < %d GROUP BY source HAVING sum(sign) > 0 ORDER BY source`, r.table("cost"), p.FromDay, p.ToDay)
	return collect(ctx, r.q, query, func(rows *sql.Rows) (c report.CostCount, err error) {
		err = rows.Scan(&c.Source, &c.Amount, &c.Clicks, &c.Impressions, &c.Unrated)
		return c, err
	})
}

// Trails implements report.SourceReading.
func (r *reading) Trails(ctx context.Context, p report.SourcePlan, visit func(*report.Trail) error) error {
	s, err := r.paths(ctx)
	switch {
	case err != nil:
		return err
	case s != nil:
		return r.heldTrails(ctx, s, &p, visit)
	}
	return r.readTrails(ctx, &p, visit)
}

// TrailsAtOnce implements report.SourceReading.
func (r *reading) TrailsAtOnce(ctx context.Context, p report.SourcePlan, begin func() func(*report.Trail) error) error {
	s, err := r.paths(ctx)
	if err != nil {
		return err
	}
	if s == nil || p.Pages {
		return r.Trails(ctx, p, begin())
	}
	only, err := r.chosen(ctx, &p)
	if err != nil {
		return err
	}
	return r.share(len(s.trails), func() func(int) error {
		visit := begin()
		return func(chunk int) error { return eachTrail(s.trails[chunk], &p, only, visit) }
	})
}

// readTrails is Trails from the tables. Contacts and conversions are few beside
// touches, which are read as they come.
func (r *reading) readTrails(ctx context.Context, p *report.SourcePlan, visit func(*report.Trail) error) error {
	n, err := r.narrowContacts(ctx, p)
	if err != nil {
		return err
	}
	conversions, err := r.conversions(ctx, p)
	if err != nil {
		return err
	}
	trails, err := r.trails(ctx, p, n)
	if err != nil {
		return err
	}
	t := walk{trails: trails, conversions: conversions, all: p.All || p.Cohort, visit: visit}
	if p.Pages {
		err = eachStep(ctx, r, p, sightSteps, &t)
	} else {
		err = eachStep(ctx, r, p, touchSteps, &t)
	}
	if err != nil {
		return err
	}
	return t.upTo(1<<63 - 1)
}

// trails are the contacts of a plan without anything that they did.
func (r *reading) trails(ctx context.Context, p *report.SourcePlan, n narrowed) ([]report.Trail, error) {
	if p.Cohort {
		n.span = fmt.Sprintf("f.known >= %d AND f.known < %d", p.From, p.To)
	}
	query := "SELECT f.contact, f.known, f.customer, f.source" + n.from(r.table("contact")) +
		" GROUP BY f.contact, f.known, f.customer, f.source HAVING sum(f.sign) > 0 ORDER BY f.contact"
	return collect(ctx, r.q, query, func(rows *sql.Rows) (t report.Trail, err error) {
		err = rows.Scan(&t.Contact, &t.FirstSeen, &t.Customer, &t.Own)
		return t, err
	})
}

// did is a conversion and whose it is.
type did struct {
	contact journal.ContactID
	report.ConversionFact
}

// conversionSpan is the range of a plan's conversions.
type conversionSpan struct{ *report.SourcePlan }

func (p conversionSpan) where() string {
	if p.Cohort {
		return "true"
	}
	return fmt.Sprintf("happened >= %d AND happened < %d", p.From, p.To)
}

func (r *reading) conversions(ctx context.Context, p *report.SourcePlan) ([]did, error) {
	const columns = "contact, happened, kind, journey, amount, path_at, unrated"
	query := fmt.Sprintf("SELECT %[1]s, sum(sign)::BIGINT FROM %[2]s WHERE %[3]s GROUP BY %[1]s HAVING sum(sign) > 0 ORDER BY %[1]s",
		columns, r.table("conversion"), conversionSpan{p}.where())
	copies, err := collect(ctx, r.q, query, func(rows *sql.Rows) (out []did, err error) {
		var d did
		var kind uint8
		var n int
		if err := rows.Scan(&d.contact, &d.At, &kind, &d.Journey, &d.Amount, &d.PathAt, &d.Unrated, &n); err != nil {
			return nil, err
		}
		d.Kind = conversion.Kind(kind)
		for range n {
			out = append(out, d)
		}
		return out, nil
	})
	var all []did
	for _, of := range copies {
		all = append(all, of...)
	}
	return all, err
}

// stepsOf is a table of what contacts met on their trails.
type stepsOf[F any] struct {
	table, columns string // after the contact, in the order of the trail
	scan           func(rows *sql.Rows, contact *journal.ContactID, n *int) (F, error)
	put            func(*report.Trail, F)
}

var (
	touchSteps = stepsOf[report.TouchFact]{
		"touch", "happened, kind, source, utm", scanTouch, func(t *report.Trail, f report.TouchFact) { t.Touches = append(t.Touches, f) },
	}
	sightSteps = stepsOf[report.SightFact]{
		"sight", "happened, sight, landing, source, utm", scanSight, func(t *report.Trail, f report.SightFact) { t.Sights = append(t.Sights, f) },
	}
)

func scanTouch(rows *sql.Rows, contact *journal.ContactID, n *int) (f report.TouchFact, err error) {
	var kind int
	err = rows.Scan(contact, &f.At, &kind, &f.Source, &f.UTM, n)
	f.Kind = touch.Kinds[kind]
	return f, err
}

func scanSight(rows *sql.Rows, contact *journal.ContactID, n *int) (f report.SightFact, err error) {
	err = rows.Scan(contact, &f.At, &f.Sight, &f.Landing, &f.Source, &f.UTM, n)
	return f, err
}

// eachStep puts what contacts met to their trails, of contacts that have a
// conversion that is asked for, or of all, in order of contact and time.
func eachStep[F any](ctx context.Context, r *reading, p *report.SourcePlan, of stepsOf[F], to *walk) error {
	taken, err := r.touched(ctx, of.table)
	if err != nil {
		return err
	}
	where := " WHERE contact <> 0"
	if !p.All && !p.Cohort {
		where = fmt.Sprintf(" WHERE contact IN (SELECT contact FROM %s WHERE %s)", r.table("conversion"), conversionSpan{p}.where())
	}
	columns := "contact, " + of.columns
	query := fmt.Sprintf("SELECT %s, 1::BIGINT FROM %s%s ORDER BY %[1]s", columns, r.table(of.table), where)
	if taken {
		query = fmt.Sprintf("SELECT %[1]s, sum(sign)::BIGINT FROM %[2]s%[3]s GROUP BY %[1]s HAVING sum(sign) > 0 ORDER BY %[1]s", columns, r.table(of.table), where)
	}
	rows, err := r.q.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("duckdb: query: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var contact journal.ContactID
		var n int
		fact, err := of.scan(rows, &contact, &n)
		if err != nil {
			return fmt.Errorf("duckdb: scan: %w", err)
		}
		trail, err := to.at(contact)
		if err != nil {
			return err
		}
		for range n {
			if trail != nil {
				of.put(trail, fact)
			}
		}
	}
	return rows.Err()
}

// walk puts steps and conversions, both in order of contact, to their trails.
type walk struct {
	trails      []report.Trail // the first is the one that waits for its steps
	conversions []did
	all         bool // also those without conversions
	visit       func(*report.Trail) error
}

// at is the trail of a contact, nil if it is not asked for; those before it are
// told of.
func (w *walk) at(contact journal.ContactID) (*report.Trail, error) {
	if err := w.upTo(contact); err != nil {
		return nil, err
	}
	if len(w.trails) > 0 && w.trails[0].Contact == contact {
		return &w.trails[0], nil
	}
	return nil, nil
}

// upTo tells of the trails before a contact.
func (w *walk) upTo(contact journal.ContactID) error {
	for len(w.trails) > 0 && w.trails[0].Contact < contact {
		t := w.trails[0]
		w.trails = w.trails[1:]
		for len(w.conversions) > 0 && w.conversions[0].contact <= t.Contact {
			if w.conversions[0].contact == t.Contact {
				t.Conversions = append(t.Conversions, w.conversions[0].ConversionFact)
			}
			w.conversions = w.conversions[1:]
		}
		if !w.all && len(t.Conversions) == 0 {
			continue
		}
		if err := w.visit(&t); err != nil {
			return err
		}
	}
	return nil
}
