package duckdb

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// held are versions of a generation's numbers that are kept in memory: some of
// the latest, and what batches added since. Batches only note what they add;
// whoever reads adds it up. Nothing is held until somebody reads, and nothing
// that nobody has asked for in a while. The zero value holds nothing.
type held[S version[S, D], D addition] struct {
	mu     sync.Mutex
	asked  time.Time   // when somebody last read
	idle   *time.Timer // ends what nobody asks for; nil while nothing is kept
	kept   []S         // ascending by seq
	deltas []D         // each begins where the one before ends
}

// version is what is held, as of a seq. It never changes.
type version[S, D any] interface {
	comparable
	asOf() int64
	size() int // in rows
	// plus is the version after some deltas, the first of which begins at its
	// seq; the zero value if that is too much to hold.
	plus(deltas []D) S
}

// addition is what a batch adds to a version, from one seq to the next.
type addition interface {
	span() (from, to int64)
	size() int // in rows
}

// Bounds of what is held.
const (
	keptVersions = 2       // of one generation: a view can be older than the last
	keptDeltas   = 64      // of one generation, before they are added up
	keptRows     = 100_000 // of these deltas

	keptFor = 15 * time.Minute // after somebody last read
)

// bounds are those that tests make narrow.
type bounds struct {
	rows     int // held of one generation's paths; of more, every report reads the tables
	others   int // rows held of all generations besides the one being read
	visitors int // of one chunk of paths: a batch copies the chunks that it touches
	trails   int
}

var defaultBounds = bounds{rows: 4_000_000, others: 4_000_000, visitors: 4096, trails: 1024}

// unknownSeq is where a delta begins that follows on nothing that is held.
const unknownSeq = -1

// at returns the version of a seq, the zero value if it is not held.
func (h *held[S, D]) at(seq int64) S {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = time.Now()
	return h.reach(seq)
}

// reach adds up deltas to the version of a seq; the lock is held.
func (h *held[S, D]) reach(seq int64) (none S) {
	i := len(h.kept) - 1
	for i >= 0 && h.kept[i].asOf() > seq {
		i--
	}
	if i < 0 {
		return none
	}
	s := h.kept[i]
	if s.asOf() == seq {
		return s
	}
	missing := h.between(s.asOf(), seq)
	if len(missing) == 0 {
		return none
	}
	if s = s.plus(missing); s == none {
		h.kept = nil
		return none
	}
	h.keep(s)
	return s
}

// between are the deltas that lead from one seq to a later one, none if they
// do not.
func (h *held[S, D]) between(seq, end int64) []D {
	for i, first := range h.deltas {
		if from, _ := first.span(); from != seq {
			continue
		}
		for k, last := range h.deltas[i:] {
			if _, to := last.span(); to == end {
				return h.deltas[i : i+k+1]
			}
		}
	}
	return nil
}

// put keeps a version that was read.
func (h *held[S, D]) put(s S) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.keep(s)
}

func (h *held[S, D]) keep(s S) {
	h.kept = slices.DeleteFunc(h.kept, func(k S) bool { return k.asOf() == s.asOf() })
	h.kept = append(h.kept, s)
	if h.idle == nil {
		h.idle = time.AfterFunc(keptFor, h.expire)
	}
	slices.SortFunc(h.kept, func(a, b S) int { return cmp.Compare(a.asOf(), b.asOf()) })
	if len(h.kept) > keptVersions {
		h.kept = slices.Delete(h.kept, 0, 1)
	}
	// Deltas that even the oldest version has are of no more use.
	oldest := h.kept[0].asOf()
	h.deltas = slices.DeleteFunc(h.deltas, func(d D) bool { _, to := d.span(); return to <= oldest })
}

// note remembers what a batch is about to add: before its commit, so that
// whoever sees the commit finds it.
func (h *held[S, D]) note(d D) {
	h.mu.Lock()
	defer h.mu.Unlock()
	from, to := d.span()
	if to <= from || len(h.deltas) > 0 && h.end() != from || time.Since(h.asked) >= keptFor {
		h.forget()
	}
	h.deltas = append(h.deltas, d)
	rows := 0
	for _, d := range h.deltas {
		rows += d.size()
	}
	if len(h.deltas) > keptDeltas || rows > keptRows {
		h.shorten()
	}
}

// end is where the last delta ends.
func (h *held[S, D]) end() int64 {
	_, to := h.deltas[len(h.deltas)-1].span()
	return to
}

// shorten adds up all deltas but the last, which is not committed yet.
func (h *held[S, D]) shorten() {
	var none S
	last := h.deltas[len(h.deltas)-1]
	from, _ := last.span()
	s := h.reach(from)
	h.forget()
	h.deltas = []D{last}
	if s != none {
		h.keep(s)
	}
}

// withdraw forgets a delta whose commit failed.
func (h *held[S, D]) withdraw(d D) {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, to := d.span()
	h.deltas = slices.DeleteFunc(h.deltas, func(other D) bool { _, end := other.span(); return end >= to })
}

// expire drops everything if nobody has asked for it in a while.
func (h *held[S, D]) expire() {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch left := keptFor - time.Since(h.asked); {
	case h.idle == nil: // dropped meanwhile
	case left > 0:
		h.idle.Reset(left)
	default:
		h.forget()
	}
}

// drop forgets everything.
func (h *held[S, D]) drop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.forget()
}

func (h *held[S, D]) forget() {
	h.kept, h.deltas = nil, nil
	if h.idle != nil {
		h.idle.Stop()
		h.idle = nil
	}
}

// rows is about how many rows are held.
func (h *held[S, D]) rows() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.kept {
		n = max(n, s.size())
	}
	for _, d := range h.deltas {
		n += d.size()
	}
	return n
}

// trim makes room for what is held of a generation.
func (e *Engine) trim(reading *generation) {
	e.mu.Lock()
	defer e.mu.Unlock()
	others := 0
	for _, g := range e.generations {
		if g == reading {
			continue
		}
		n := g.held.rows() + g.paths.rows()
		if others+n > e.bounds.others {
			g.dropHeld()
			continue
		}
		others += n
	}
}

// dropHeld forgets all that is held of the generation.
func (g *generation) dropHeld() {
	g.held.drop()
	g.paths.drop()
}

// sums are those of the view, read from the rollups and the rows behind them if
// they are not held.
func (r *reading) sums(ctx context.Context, asOf lifecycle.Millis) (*sums, error) {
	if r.summed != nil {
		return r.summed, nil
	}
	s := r.g.held.at(r.cursor.Seq)
	if s == nil {
		var err error
		if s, err = r.readSums(ctx, asOf); err != nil {
			return nil, err
		}
		r.g.held.put(s)
		r.trim(r.g)
	}
	r.summed = s
	return s, nil
}

func (r *reading) readSums(ctx context.Context, asOf lifecycle.Millis) (*sums, error) {
	all := func(u *rollup) string {
		return u.summed(fmt.Sprintf("SELECT * FROM %s UNION ALL %s", r.table(u.name), u.rows(r.g, behind(r.covered.of(u)))))
	}
	rows, err := collect(ctx, r.q, fmt.Sprintf(`SELECT day, false AS stay, cell, n, duration, 0 FROM (%s) WHERE n <> 0
		UNION ALL SELECT day, true, cell, n, duration, begun FROM (%s) WHERE n <> 0 ORDER BY ALL`,
		all(&dayJourney), all(&dayStay)), scanSum)
	if err != nil {
		return nil, err
	}
	s := &sums{seq: r.cursor.Seq, rows: len(rows), lateFrom: r.latest}
	for _, row := range rows {
		s.append(row)
	}
	return s, r.readLate(ctx, s, asOf)
}

// sumRow is a row of the sums of days.
type sumRow struct {
	cellSum
	day  int32
	stay bool
}

func scanSum(rows *sql.Rows) (v sumRow, err error) {
	err = rows.Scan(&v.day, &v.stay, &v.cell, &v.n, &v.duration, &v.begun)
	return v, err
}

// append adds a row; rows come by day and cell.
func (s *sums) append(row sumRow) {
	if len(s.days) == 0 || s.days[len(s.days)-1].day != row.day {
		s.days = append(s.days, &daySums{day: row.day})
	}
	day := s.days[len(s.days)-1]
	if row.stay {
		day.stays = append(day.stays, row.cellSum)
		return
	}
	day.journeys = append(day.journeys, row.cellSum)
}

// readLate reads the late stays, if there can be any as of an instant.
func (r *reading) readLate(ctx context.Context, s *sums, asOf lifecycle.Millis) error {
	if r.latest <= asOf {
		return nil
	}
	late, err := collect(ctx, r.q, fmt.Sprintf(`SELECT sign, day, cell, source_entry, source_first, source_last, entered_at + begin_at
		FROM %s WHERE length < 0 AND entered_at + begin_at > %d LIMIT %d`, r.table("stay"), asOf, maxLate+1),
		func(rows *sql.Rows) (l lateStay, err error) {
			err = rows.Scan(&l.sign, &l.day, &l.cell, &l.sources.Entry, &l.sources.First, &l.sources.Last, &l.begin)
			return l, err
		})
	if err == nil && len(late) <= maxLate {
		s.late, s.lateFrom = late, asOf
	}
	return err
}
