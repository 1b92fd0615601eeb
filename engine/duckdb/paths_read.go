package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math/bits"
	"sort"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
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
	all := report.SourcePlan{From: -everInstant, To: everInstant, AsOf: everInstant, All: true}
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

// countVisits counts the visits that began in the range of a plan.
func (s *paths) countVisits(p *report.SourcePlan) report.VisitCounts {
	until := min(p.To, p.AsOf+1)
	counts := make([]int64, len(s.origins))
	for c := range s.visits {
		chunk := &s.visits[c]
		for i, at := range chunk.at {
			if at >= p.From && at < until {
				counts[chunk.origins[i]]++
			}
		}
	}
	var came []int // places of origins, in order of these
	for place, n := range counts {
		if n > 0 {
			came = append(came, place)
		}
	}
	sort.Slice(came, func(i, k int) bool {
		a, b := s.origins[came[i]], s.origins[came[k]]
		return a.source < b.source || a.source == b.source && a.utm < b.utm
	})
	out := report.VisitCounts{}
	for _, place := range came {
		from := s.origins[place]
		out.Rows = append(out.Rows, report.VisitCount{Source: from.source, UTM: from.utm, Visits: counts[place]})
	}
	out.Visitors = func(groups []int) iter.Seq2[[]int, int64] {
		groupOf := make([]uint32, len(s.origins)) // by place of the origin
		most := 0
		for row, place := range came {
			groupOf[place] = uint32(groups[row])
			most = max(most, groups[row])
		}
		if most < maxSetGroups {
			return s.visitorsBySet(p.From, until, groupOf)
		}
		return s.visitorsOneByOne(p.From, until, groupOf)
	}
	return out
}

// maxSetGroups is how many groups a set of them, a number, has bits for.
const maxSetGroups = 64

// visitorsBySet counts the visitors that came between two instants by the set of
// groups of their origins: few sets are met again and again.
func (s *paths) visitorsBySet(from, until lifecycle.Millis, groupOf []uint32) iter.Seq2[[]int, int64] {
	return func(yield func([]int, int64) bool) {
		var sets setCounts
		for i := range s.visits {
			c := &s.visits[i]
			k := int32(0)
			for _, end := range c.ends {
				set := uint64(0)
				for ; k < end; k++ {
					if c.at[k] >= from && c.at[k] < until {
						set |= 1 << (groupOf[c.origins[k]] % maxSetGroups)
					}
				}
				if set != 0 {
					sets.add(set)
				}
			}
		}
		var by []int
		for set, n := range sets.all() {
			by = by[:0]
			for ; set != 0; set &= set - 1 {
				by = append(by, bits.TrailingZeros64(set))
			}
			if !yield(by, n) {
				return
			}
		}
	}
}

// setCounts counts sets. Those met lately are counted outside the map, which
// would take most of the time.
type setCounts struct {
	lately [1 << setBits]struct {
		set uint64
		n   int64
	}
	counts map[uint64]int64
}

const setBits = 10

func (s *setCounts) add(set uint64) {
	at := &s.lately[set*0x9e3779b97f4a7c15>>(64-setBits)] // Fibonacci hashing
	if at.set != set {
		s.keep(at.set, at.n)
		at.set, at.n = set, 0
	}
	at.n++
}

func (s *setCounts) keep(set uint64, n int64) {
	if n == 0 {
		return
	}
	if s.counts == nil {
		s.counts = map[uint64]int64{}
	}
	s.counts[set] += n
}

func (s *setCounts) all() map[uint64]int64 {
	for i := range s.lately {
		s.keep(s.lately[i].set, s.lately[i].n)
		s.lately[i].n = 0
	}
	return s.counts
}

// visitorsOneByOne yields every visitor that came between two instants by the
// groups of its origins.
func (s *paths) visitorsOneByOne(from, until lifecycle.Millis, groupOf []uint32) iter.Seq2[[]int, int64] {
	return func(yield func([]int, int64) bool) {
		var by []int
		for i := range s.visits {
			c := &s.visits[i]
			k := int32(0)
			for _, end := range c.ends {
				by = by[:0]
				for ; k < end; k++ {
					if c.at[k] >= from && c.at[k] < until {
						by = append(by, int(groupOf[c.origins[k]]))
					}
				}
				if len(by) > 0 && !yield(by, 1) {
					return
				}
			}
		}
	}
}

// each visits the trails that a plan asks for, of some contacts only if they are
// not nil; these are in order.
func (s *paths) each(p *report.SourcePlan, only []journal.ContactID, visit func(*report.Trail) error) error {
	some := only != nil
	var t report.Trail
	for _, chunk := range s.trails {
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
	}
	return nil
}

// of are those of conversions in order of time that are in the span. Whoever
// appends to them gets a copy.
func (p conversionSpan) of(all []report.ConversionFact) []report.ConversionFact {
	from, to := 0, len(all)
	for to > 0 && (all[to-1].At > p.AsOf || !p.Cohort && all[to-1].At >= p.To) {
		to--
	}
	for from < to && !p.Cohort && all[from].At < p.From {
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
