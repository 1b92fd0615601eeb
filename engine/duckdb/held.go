package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"

	"github.com/tidemark/tidemark/lifecycle"
)

// held are the sums of a generation that are kept in memory: some of the
// latest, and what batches added since. Batches only note what they add;
// whoever reads adds it up. Nothing is held until somebody reads.
type held struct {
	mu     sync.Mutex
	kept   []*sums // ascending by seq
	deltas []delta // each begins where the one before ends
}

// Bounds of what is held.
const (
	keptSums   = 4         // of one generation; they share most of their rows
	keptDeltas = 64        // of one generation, before they are added up
	keptRows   = 100_000   // of these deltas
	maxSums    = 2_000_000 // rows of all generations besides the one being read
)

// at returns the sums as of a seq, nil if they are not held.
func (h *held) at(seq int64) *sums {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.reach(seq)
}

// reach adds up deltas to the sums of a seq; the lock is held.
func (h *held) reach(seq int64) *sums {
	i := len(h.kept) - 1
	for i >= 0 && h.kept[i].seq > seq {
		i--
	}
	if i < 0 {
		return nil
	}
	s := h.kept[i]
	for _, d := range h.deltas {
		if d.from == s.seq && d.to <= seq {
			s = s.plus(d)
		}
	}
	if s.seq != seq {
		return nil
	}
	if s != h.kept[i] {
		h.keep(s)
	}
	return s
}

// put keeps sums that were read.
func (h *held) put(s *sums) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.keep(s)
}

func (h *held) keep(s *sums) {
	h.kept = slices.DeleteFunc(h.kept, func(k *sums) bool { return k.seq == s.seq })
	h.kept = append(h.kept, s)
	slices.SortFunc(h.kept, func(a, b *sums) int { return int(a.seq - b.seq) })
	if len(h.kept) > keptSums {
		h.kept = h.kept[1:]
	}
	// Deltas that even the oldest sums have are of no more use.
	h.deltas = slices.DeleteFunc(h.deltas, func(d delta) bool { return d.to <= h.kept[0].seq })
}

// note remembers what a batch is about to add: before its commit, so that
// whoever sees the commit finds it.
func (h *held) note(d delta) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if d.to <= d.from || len(h.deltas) > 0 && h.deltas[len(h.deltas)-1].to != d.from {
		h.kept, h.deltas = nil, nil
	}
	h.deltas = append(h.deltas, d)
	rows := 0
	for _, d := range h.deltas {
		rows += d.rows + len(d.late)
	}
	if len(h.deltas) > keptDeltas || rows > keptRows {
		h.shorten()
	}
}

// shorten adds up all deltas but the last, which is not committed yet.
func (h *held) shorten() {
	last := h.deltas[len(h.deltas)-1]
	if len(h.kept) > 0 {
		if s := h.reach(last.from); s != nil {
			h.kept, h.deltas = []*sums{s}, []delta{last}
			return
		}
	}
	h.kept, h.deltas = nil, []delta{last}
}

// withdraw forgets a delta whose commit failed.
func (h *held) withdraw(d delta) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.deltas = slices.DeleteFunc(h.deltas, func(other delta) bool { return other.to >= d.to })
}

// drop forgets everything.
func (h *held) drop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kept, h.deltas = nil, nil
}

// rows is about how many rows are held.
func (h *held) rows() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.kept {
		n = max(n, s.rows)
	}
	for _, d := range h.deltas {
		n += d.rows + len(d.late)
	}
	return n
}

// trim makes room for the sums of a generation.
func (e *Engine) trim(reading *generation) {
	e.mu.Lock()
	defer e.mu.Unlock()
	others := 0
	for _, g := range e.generations {
		if g == reading {
			continue
		}
		if others += g.held.rows(); others > maxSums {
			g.held.drop()
		}
	}
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
