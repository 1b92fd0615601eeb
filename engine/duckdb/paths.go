package duckdb

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// paths are the visits of all visitors and the trails of all contacts of a
// generation as of one seq, held in memory. They never change: a batch makes new
// ones that share the chunks that it did not touch.
type paths struct {
	bounds  bounds
	seq     int64
	held    int              // rows
	visits  []visitChunk     // ascending by visitor
	trails  [][]report.Trail // ascending by contact
	index   *originIndex
	origins []origin // by place; those of the index as of then
}

// origin is where a visit came from.
type origin struct{ source, utm int64 }

// originIndex gives origins their places. It only grows, and only in plus, under
// the lock of what is held.
type originIndex struct {
	places  map[origin]int32
	origins []origin
}

func (x *originIndex) place(o origin) int32 {
	n, known := x.places[o]
	if !known {
		n = int32(len(x.origins))
		x.places[o] = n
		x.origins = append(x.origins, o)
	}
	return n
}

// visitChunk is the visits of some visitors, column by column.
type visitChunk struct {
	visitors []int64
	ends     []int32 // of the visits of each
	by       []int32 // by visit: the place of its visitor in the chunk
	at       []lifecycle.Millis
	origins  []int32 // places
}

// span is where the visits of the i-th visitor are.
func (c *visitChunk) span(i int) (from, to int32) {
	if i > 0 {
		from = c.ends[i-1]
	}
	return from, c.ends[i]
}

// add adds a visitor behind all others.
func (c *visitChunk) add(visitor int64, at []lifecycle.Millis, origins []int32) {
	for range at {
		c.by = append(c.by, int32(len(c.visitors)))
	}
	c.at, c.origins = append(c.at, at...), append(c.origins, origins...)
	c.visitors, c.ends = append(c.visitors, visitor), append(c.ends, int32(len(c.at)))
}

// addVisits adds a visitor behind all others, to a new chunk if the last has as
// many as one may.
func addVisits(chunks []visitChunk, limit int, visitor int64, at []lifecycle.Millis, origins []int32) []visitChunk {
	if len(at) == 0 {
		return chunks
	}
	if len(chunks) == 0 || len(chunks[len(chunks)-1].visitors) >= limit {
		chunks = append(chunks, visitChunk{})
	}
	chunks[len(chunks)-1].add(visitor, at, origins)
	return chunks
}

// addTrail is addVisits of trails.
func addTrail(chunks [][]report.Trail, limit int, t report.Trail) [][]report.Trail {
	if len(chunks) == 0 || len(chunks[len(chunks)-1]) >= limit {
		chunks = append(chunks, make([]report.Trail, 0, limit))
	}
	last := len(chunks) - 1
	chunks[last] = append(chunks[last], t)
	return chunks
}

// pack copies what the contacts of a chunk did to one place in memory: readers
// go through all of it, and would wait for each contact's otherwise.
func pack(chunk []report.Trail) {
	touches, conversions := 0, 0
	for i := range chunk {
		touches, conversions = touches+len(chunk[i].Touches), conversions+len(chunk[i].Conversions)
	}
	allTouches, allConversions := make([]report.TouchFact, 0, touches), make([]report.ConversionFact, 0, conversions)
	for i := range chunk {
		t := &chunk[i]
		allTouches, t.Touches = packed(allTouches, t.Touches)
		allConversions, t.Conversions = packed(allConversions, t.Conversions)
	}
}

// packed appends a part, and returns it where it is now.
func packed[E any](all, part []E) (longer, now []E) {
	from := len(all)
	all = append(all, part...)
	return all, all[from:len(all):len(all)]
}

// share is how many of n a chunk gets that may have most of them: chunks that
// are split are as long as each other, and have room.
func share(n, most int) int {
	pieces := (n + most - 1) / most
	return (n + pieces - 1) / pieces
}

// pathDelta is what a batch adds, from one seq to the next.
type pathDelta struct {
	from, to    int64
	visits      []projector.VisitRow
	contacts    []projector.ContactRow
	touches     []projector.TouchRow
	conversions []projector.ConversionRow
}

func pathDeltaOf(from int64, b *projector.Batch) pathDelta {
	return pathDelta{from, b.Cursor.Seq, b.Visits, b.Contacts, b.Touches, b.Conversions}
}

func (d pathDelta) span() (from, to int64) { return d.from, d.to }

func (d pathDelta) size() int {
	return len(d.visits) + len(d.contacts) + len(d.touches) + len(d.conversions)
}

// joined is one delta of several that follow on each other.
func joined(deltas []pathDelta) pathDelta {
	d := pathDelta{from: deltas[0].from}
	for i := range deltas {
		next := &deltas[i]
		d.to = next.to
		d.visits, d.contacts = append(d.visits, next.visits...), append(d.contacts, next.contacts...)
		d.touches, d.conversions = append(d.touches, next.touches...), append(d.conversions, next.conversions...)
	}
	return d
}

func (s *paths) asOf() int64 { return s.seq }

func (s *paths) size() int { return s.held }

// plus are the paths with deltas, the first of which begins at their seq; nil if
// they are too many. Deltas are joined first, as each can touch any chunk.
func (s *paths) plus(deltas []pathDelta) *paths {
	d := joined(deltas)
	out := &paths{bounds: s.bounds, seq: d.to, index: s.index}
	out.visits = s.plusVisits(d.visits)
	out.trails = s.plusTrails(d)
	out.origins = s.index.origins
	if out.count(); out.held > s.bounds.rows {
		return nil
	}
	return out
}

// count counts the rows.
func (s *paths) count() {
	for i := range s.visits {
		s.held += len(s.visits[i].at)
	}
	for _, chunk := range s.trails {
		s.held += len(chunk)
		for i := range chunk {
			s.held += len(chunk[i].Touches) + len(chunk[i].Conversions)
		}
	}
}

// signed is something that comes to hold, or no longer does.
type signed[E any] struct {
	sign int8
	of   E
}

// net is what holds after signed rows, in order.
func net[E any](held []E, rows []signed[E], order func(a, b E) int) []E {
	all := make([]signed[E], 0, len(held)+len(rows))
	for _, e := range held {
		all = append(all, signed[E]{1, e})
	}
	all = append(all, rows...)
	slices.SortStableFunc(all, func(a, b signed[E]) int { return order(a.of, b.of) })
	out := make([]E, 0, len(all))
	for i := 0; i < len(all); {
		sum, first := 0, i
		for ; i < len(all) && order(all[first].of, all[i].of) == 0; i++ {
			sum += int(all[i].sign)
		}
		for range sum {
			out = append(out, all[first].of)
		}
	}
	return out
}

// renew rebuilds the chunks that have some ids, both ascending. New ids are
// behind all or between others.
func renew[C any](chunks []C, ids []int64, last func(*C) int64, rebuild func(c C, ids []int64) []C) []C {
	if len(ids) == 0 {
		return chunks
	}
	if len(chunks) == 0 {
		chunks = make([]C, 1)
	}
	var out []C
	for i := range chunks {
		n := 0
		for n < len(ids) && (i == len(chunks)-1 || ids[n] <= last(&chunks[i])) {
			n++
		}
		if n == 0 {
			out = append(out, chunks[i])
			continue
		}
		out = append(out, rebuild(chunks[i], ids[:n])...)
		ids = ids[n:]
	}
	return out
}

func (s *paths) plusVisits(rows []projector.VisitRow) []visitChunk {
	changed := map[int64][]signed[heldVisit]{}
	for i := range rows {
		r := &rows[i]
		v := heldVisit{r.At, s.index.place(origin{r.Source, r.UTM})}
		changed[r.Visitor] = append(changed[r.Visitor], signed[heldVisit]{r.Sign, v})
	}
	last := func(c *visitChunk) int64 { return c.visitors[len(c.visitors)-1] }
	return renew(s.visits, slices.Sorted(maps.Keys(changed)), last, func(c visitChunk, ids []int64) (out []visitChunk) {
		limit := share(len(c.visitors)+len(ids), s.bounds.visitors)
		i := 0
		copied := func() {
			from, to := c.span(i)
			out = addVisits(out, limit, c.visitors[i], c.at[from:to], c.origins[from:to])
			i++
		}
		for _, id := range ids {
			for i < len(c.visitors) && c.visitors[i] < id {
				copied()
			}
			var had []heldVisit
			if i < len(c.visitors) && c.visitors[i] == id {
				had = c.visitsOf(i)
				i++
			}
			at, origins := columns(net(had, changed[id], compareVisits))
			out = addVisits(out, limit, id, at, origins)
		}
		for i < len(c.visitors) {
			copied()
		}
		return out
	})
}

// heldVisit is one visit.
type heldVisit struct {
	at     lifecycle.Millis
	origin int32
}

// visitsOf are the visits of the i-th visitor.
func (c *visitChunk) visitsOf(i int) (out []heldVisit) {
	from, to := c.span(i)
	for k := from; k < to; k++ {
		out = append(out, heldVisit{c.at[k], c.origins[k]})
	}
	return out
}

// columns are visits as a chunk has them.
func columns(visits []heldVisit) (at []lifecycle.Millis, origins []int32) {
	for _, v := range visits {
		at, origins = append(at, v.at), append(origins, v.origin)
	}
	return at, origins
}

func compareVisits(a, b heldVisit) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.origin, b.origin))
}

// trailChange is what is new of a contact.
type trailChange struct {
	contact     []signed[report.Trail] // without what it did
	touches     []signed[report.TouchFact]
	conversions []signed[report.ConversionFact]
}

func (d *pathDelta) trailChanges() map[int64]*trailChange {
	changed := map[int64]*trailChange{}
	of := func(c journal.ContactID) *trailChange {
		if changed[int64(c)] == nil {
			changed[int64(c)] = &trailChange{}
		}
		return changed[int64(c)]
	}
	for i := range d.contacts {
		r := &d.contacts[i]
		t := report.Trail{Contact: r.Contact, FirstSeen: r.Known, Customer: r.Customer, Own: r.Source}
		of(r.Contact).contact = append(of(r.Contact).contact, signed[report.Trail]{r.Sign, t})
	}
	for i := range d.touches {
		r := &d.touches[i]
		t := report.TouchFact{At: r.At, Kind: touch.Kinds[r.Kind], Source: r.Source, UTM: r.UTM}
		of(r.Contact).touches = append(of(r.Contact).touches, signed[report.TouchFact]{r.Sign, t})
	}
	for i := range d.conversions {
		r := &d.conversions[i]
		of(r.Contact).conversions = append(of(r.Contact).conversions, signed[conversion.Conversion]{r.Sign, r.Conversion})
	}
	return changed
}

func (s *paths) plusTrails(d pathDelta) [][]report.Trail {
	changed := d.trailChanges()
	last := func(c *[]report.Trail) int64 { return int64((*c)[len(*c)-1].Contact) }
	return renew(s.trails, slices.Sorted(maps.Keys(changed)), last, func(c []report.Trail, ids []int64) (out [][]report.Trail) {
		limit := share(len(c)+len(ids), s.bounds.trails)
		for _, id := range ids {
			for len(c) > 0 && int64(c[0].Contact) < id {
				out, c = addTrail(out, limit, c[0]), c[1:]
			}
			var had []report.Trail
			if len(c) > 0 && int64(c[0].Contact) == id {
				had, c = c[:1], c[1:]
			}
			if t, there := changed[id].apply(had); there {
				out = addTrail(out, limit, t)
			}
		}
		for i := range c {
			out = addTrail(out, limit, c[i])
		}
		for _, chunk := range out {
			pack(chunk)
		}
		return out
	})
}

// apply is the trail of a contact that had one or none; it is not there if the
// contact is gone.
func (c *trailChange) apply(had []report.Trail) (t report.Trail, there bool) {
	var before report.Trail
	if len(had) > 0 {
		before = had[0]
	}
	contacts := net(had, c.contact, compareContacts)
	if len(contacts) == 0 {
		return t, false
	}
	t = contacts[0]
	t.Touches, t.Conversions = net(before.Touches, c.touches, compareTouches), net(before.Conversions, c.conversions, compareConversions)
	return t, true
}

func compareContacts(a, b report.Trail) int {
	return cmp.Or(cmp.Compare(a.FirstSeen, b.FirstSeen), report.CompareFlags(a.Customer, b.Customer), cmp.Compare(a.Own, b.Own))
}

func compareTouches(a, b report.TouchFact) int {
	kind := func(f report.TouchFact) int { return slices.Index(touch.Kinds[:], f.Kind) }
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(kind(a), kind(b)), cmp.Compare(a.Source, b.Source), cmp.Compare(a.UTM, b.UTM))
}

func compareConversions(a, b report.ConversionFact) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Journey, b.Journey),
		cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.PathAt, b.PathAt), report.CompareFlags(a.Unrated, b.Unrated))
}

// paths are those of the view, read from the tables if they are not held; nil if
// they are too many to be. Views that ask for them at once wait for the first to
// have read them.
func (r *reading) paths(ctx context.Context) (*paths, error) {
	if r.walked != nil {
		return r.walked, nil
	}
	select {
	case r.g.walks <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-r.g.walks }()
	s := r.g.paths.at(r.cursor.Seq)
	if s == nil {
		var err error
		if s, err = r.readPaths(ctx); s == nil || err != nil {
			return nil, err
		}
		r.g.paths.put(s)
		r.trim(r.g)
	}
	r.walked = s
	return s, nil
}
