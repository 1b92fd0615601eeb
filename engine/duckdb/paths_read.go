package duckdb

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// everInstant is later than all instants, and as much earlier than them.
const everInstant = lifecycle.Millis(1 << 62)

// readPaths reads the tables, unless they hold too much.
func (r *reading) readPaths(ctx context.Context) (*paths, error) {
	var rows int64
	for _, table := range []string{"visit", "contact", "touch", "conversion"} {
		counted, err := collect(ctx, r.q, "SELECT count(*) FROM "+r.table(table), scanOne[int64])
		if err != nil {
			return nil, err
		}
		rows += counted[0]
	}
	if rows > int64(r.bounds.rows) {
		return nil, nil
	}
	s := &paths{bounds: r.bounds, seq: r.cursor.Seq, index: &originIndex{places: map[origin]int32{}}}
	if err := r.readVisits(ctx, s); err != nil {
		return nil, err
	}
	all := report.SourcePlan{From: -everInstant, To: everInstant, All: true}
	err := r.readTrails(ctx, &all, func(t *report.Trail) error {
		s.trails = addTrail(s.trails, s.bounds.trails, *t)
		return nil
	})
	for _, chunk := range s.trails {
		pack(chunk)
	}
	s.origins = s.index.origins
	s.count()
	return s, err
}

// readVisits reads the visits of all visitors.
func (r *reading) readVisits(ctx context.Context, s *paths) error {
	taken, err := r.touched(ctx, "visit")
	if err != nil {
		return err
	}
	const columns = "visitor, happened, source, utm"
	query := fmt.Sprintf("SELECT %s, 1::BIGINT FROM %s ORDER BY %[1]s", columns, r.table("visit"))
	if taken {
		query = fmt.Sprintf("SELECT %s, sum(sign)::BIGINT FROM %s GROUP BY %[1]s HAVING sum(sign) > 0 ORDER BY %[1]s", columns, r.table("visit"))
	}
	rows, err := r.q.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("duckdb: query: %w", err)
	}
	defer rows.Close()
	var of int64
	var at []lifecycle.Millis
	var origins []int32
	for rows.Next() {
		var visitor int64
		var happened lifecycle.Millis
		var from origin
		var n int
		if err := rows.Scan(&visitor, &happened, &from.source, &from.utm, &n); err != nil {
			return fmt.Errorf("duckdb: scan: %w", err)
		}
		if visitor != of {
			s.visits = addVisits(s.visits, s.bounds.visitors, of, at, origins)
			of, at, origins = visitor, at[:0], origins[:0]
		}
		for range n {
			at, origins = append(at, happened), append(origins, s.index.place(from))
		}
	}
	s.visits = addVisits(s.visits, s.bounds.visitors, of, at, origins)
	return rows.Err()
}

// heldVisits counts the visits that began in the range of a plan.
func (r *reading) heldVisits(s *paths, p *report.SourcePlan) (report.VisitCounts, error) {
	v := visitCount{paths: s, reading: r, from: p.From, until: p.To}
	counts, err := v.byOrigin()
	if err != nil {
		return report.VisitCounts{}, err
	}
	for place, n := range counts {
		if n > 0 {
			v.came = append(v.came, place)
		}
	}
	slices.SortFunc(v.came, func(a, b int) int {
		one, other := s.origins[a], s.origins[b]
		return cmp.Or(cmp.Compare(one.source, other.source), cmp.Compare(one.utm, other.utm))
	})
	out := report.VisitCounts{Visitors: v.visitors}
	for _, place := range v.came {
		from := s.origins[place]
		out.Rows = append(out.Rows, report.VisitCount{Source: from.source, UTM: from.utm, Visits: counts[place]})
	}
	return out, nil
}

// visitCount counts visits of a span of time, chunk by chunk.
type visitCount struct {
	*paths
	reading     *reading
	from, until lifecycle.Millis
	came        []int // places of origins, in order of these
}

// share works on all chunks of visits.
func (v *visitCount) share(begin func() (count func(*visitChunk))) error {
	return v.reading.share(len(v.visits), func() func(int) error {
		count := begin()
		return func(chunk int) error {
			count(&v.visits[chunk])
			return nil
		}
	})
}

// byOrigin counts visits by the places of their origins.
func (v *visitCount) byOrigin() ([]int64, error) {
	var parts [][]int64
	err := v.share(func() func(*visitChunk) {
		counts := make([]int64, len(v.origins))
		parts = append(parts, counts)
		return func(c *visitChunk) {
			for i, at := range c.at {
				if at >= v.from && at < v.until {
					counts[c.origins[i]]++
				}
			}
		}
	})
	for _, part := range parts[1:] {
		for place, n := range part {
			parts[0][place] += n
		}
	}
	return parts[0], err
}

// visitors counts distinct visitors by groups of those who came. A visitor is in
// one chunk.
func (v *visitCount) visitors(groups []int) (ofGroups []int64, all int64, err error) {
	byPlace := make([]int, len(v.origins)) // of the origin
	for row, place := range v.came {
		byPlace[place] = groups[row]
	}
	var parts []*visitorCount
	err = v.share(func() func(*visitChunk) {
		n := newVisitorCount(report.CountGroups(groups))
		parts = append(parts, n)
		groupOf := n.of(byPlace)
		return func(c *visitChunk) { n.chunk(c, v.from, v.until, groupOf) }
	})
	for _, other := range parts[1:] {
		parts[0].merge(other)
	}
	ofGroups, all = parts[0].counts()
	return ofGroups, all, err
}

// visitorCount counts distinct visitors by groups, and those of any.
type visitorCount struct {
	groups    []groupCount // then those of any, then what is of none
	any, none int32        // where those are
	visitor   int32        // the last who came
}

// groupCount is how many visitors came, and who was the last of them.
type groupCount struct {
	n    int64
	last int32
}

func newVisitorCount(groups int) *visitorCount {
	return &visitorCount{groups: make([]groupCount, groups+2), any: int32(groups), none: int32(groups + 1)}
}

// of are groups as they are counted in.
func (c *visitorCount) of(groups []int) []int32 {
	out := make([]int32, len(groups))
	for i, group := range groups {
		out[i] = c.none
		if group != touch.NoRow {
			out[i] = int32(group)
		}
	}
	return out
}

// met counts visitors who are alike in a group. Nothing here branches: whether a
// visitor came before is as good as random, and a wrong guess of the processor
// would cost more than all else.
func (c *visitorCount) met(group, visitor int32, n int64) {
	all := c.any
	if group == c.none {
		all = c.none
	}
	c.groups[group].met(visitor, n)
	c.groups[all].met(visitor, n)
}

// met counts visitors once.
func (g *groupCount) met(visitor int32, n int64) {
	if g.last == visitor {
		n = 0
	}
	g.last = visitor
	g.n += n
}

// merge adds other visitors.
func (c *visitorCount) merge(other *visitorCount) {
	for group := range c.groups {
		c.groups[group].n += other.groups[group].n
	}
}

func (c *visitorCount) counts() (ofGroups []int64, all int64) {
	ofGroups = make([]int64, c.any)
	for group := range ofGroups {
		ofGroups[group] = c.groups[group].n
	}
	return ofGroups, c.groups[c.any].n
}

// chunk counts those who came between two instants.
func (c *visitorCount) chunk(visits *visitChunk, from, until lifecycle.Millis, groupOf []int32) {
	first := c.visitor + 1
	for k, at := range visits.at {
		group := groupOf[visits.origins[k]]
		if at < from || at >= until {
			group = c.none
		}
		c.met(group, first+visits.by[k], 1)
	}
	c.visitor += int32(len(visits.visitors))
}

// each visits the trails that a plan asks for, of some contacts only if they are
// not nil; these are in order.
func (s *paths) each(p *report.SourcePlan, only []journal.ContactID, visit func(*report.Trail) error) error {
	for _, chunk := range s.trails {
		if err := eachTrail(chunk, p, only, visit); err != nil {
			return err
		}
	}
	return nil
}

// eachTrail is each of a chunk.
func eachTrail(chunk []report.Trail, p *report.SourcePlan, only []journal.ContactID, visit func(*report.Trail) error) error {
	some := only != nil
	if some {
		first, _ := slices.BinarySearch(only, chunk[0].Contact)
		only = only[first:]
	}
	var t report.Trail
	for i := range chunk {
		of := &chunk[i]
		for len(only) > 0 && only[0] < of.Contact {
			only = only[1:]
		}
		if some && (len(only) == 0 || only[0] != of.Contact) || p.Cohort && (of.FirstSeen < p.From || of.FirstSeen >= p.To) {
			continue
		}
		did := conversionSpan{p}.of(of.Conversions)
		if len(did) == 0 && !p.All && !p.Cohort {
			continue
		}
		t = *of
		t.Conversions = did
		if err := visit(&t); err != nil {
			return err
		}
	}
	return nil
}

// of are those of conversions in order of time that are in the span. Whoever
// appends to them gets a copy.
func (p conversionSpan) of(all []report.ConversionFact) []report.ConversionFact {
	if p.Cohort {
		return slices.Clip(all)
	}
	from, to := 0, len(all)
	for to > 0 && all[to-1].At >= p.To {
		to--
	}
	for from < to && all[from].At < p.From {
		from++
	}
	return all[from:to:to]
}

// heldTrails is Trails of paths that are held.
func (r *reading) heldTrails(ctx context.Context, s *paths, p *report.SourcePlan, visit func(*report.Trail) error) error {
	only, err := r.chosen(ctx, p)
	if err != nil {
		return err
	}
	if !p.Pages {
		return s.each(p, only, visit)
	}
	t := walk{all: true, visit: visit}
	err = s.each(p, only, func(of *report.Trail) error {
		t.trails = append(t.trails, *of)
		t.trails[len(t.trails)-1].Touches = nil
		return nil
	})
	if err != nil {
		return err
	}
	if err := eachStep(ctx, r, p, sightSteps, &t); err != nil {
		return err
	}
	return t.upTo(1<<63 - 1)
}

// chosen are the contacts that the filters of a plan leave, in order; nil = all.
func (r *reading) chosen(ctx context.Context, p *report.SourcePlan) ([]journal.ContactID, error) {
	if everybody(p) {
		return nil, nil
	}
	n, err := r.narrowContacts(ctx, p)
	if err != nil {
		return nil, err
	}
	only, err := collect(ctx, r.q, "SELECT f.contact"+n.from(r.table("contact"))+
		" GROUP BY f.contact HAVING sum(f.sign) > 0 ORDER BY f.contact", func(rows *sql.Rows) (c journal.ContactID, err error) {
		err = rows.Scan(&c)
		return c, err
	})
	return append([]journal.ContactID{}, only...), err
}

// everybody reports whether a plan leaves out nobody.
func everybody(p *report.SourcePlan) bool {
	return len(p.Filters) == 0 && (p.Segment == nil || p.Segment.Where == nil)
}
