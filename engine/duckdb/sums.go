package duckdb

import (
	"cmp"
	"maps"
	"slices"
	"sort"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
)

// sums are the sums of a generation by local day and cell as of one seq, held
// in memory. They never change: a batch makes new ones that share the days it
// did not touch.
type sums struct {
	seq  int64
	days []*daySums // ascending
	rows int

	// Stays still there that began after lateFrom, all signed rows of them. The
	// sum of their beginnings alone would make a wait that has not begun yet, as
	// of an instant after lateFrom, less than nothing.
	late     []lateStay
	lateFrom lifecycle.Millis
}

// daySums are the sums of one local day, by cell, ascending.
type daySums struct {
	day      int32
	journeys []cellSum
	stays    []cellSum
}

// cellSum sums up signed rows; begun is of stays, see stayMeasures.
type cellSum struct {
	cell               int32
	n, duration, begun int64
}

// lateStay is a signed row of a stay still there.
type lateStay struct {
	sign      int8
	day, cell int32
	sources   projector.Sources
	begin     lifecycle.Millis
}

// maxLate is how many late stays are kept: of more, the earlier half goes.
const maxLate = 1 << 14

// delta is what a batch adds to sums, from one seq to the next.
type delta struct {
	from, to int64
	days     []*daySums // ascending
	rows     int
	late     []lateStay
}

// deltaOf sums up a batch.
func deltaOf(from int64, b *projector.Batch) delta {
	type dayCell struct{ day, cell int32 }
	journeys, stays := map[dayCell]cellSum{}, map[dayCell]cellSum{}
	d := delta{from: from, to: b.Cursor.Seq}
	for i := range b.Journeys {
		row := &b.Journeys[i]
		s := journeys[dayCell{row.Day, row.Cell}]
		journeys[dayCell{row.Day, row.Cell}] = cellSum{row.Cell, s.n + int64(row.Sign), s.duration + int64(row.Sign)*journeyLength(row), 0}
	}
	for i := range b.Stays {
		row := &b.Stays[i]
		s := stays[dayCell{row.Day, row.Cell}]
		added := cellSum{row.Cell, s.n + int64(row.Sign), s.duration + int64(row.Sign)*stayLength(row), s.begun}
		if row.End == projector.Never {
			begin := row.EnteredAt + row.Begin
			added.begun += int64(row.Sign) * (int64(begin) - base)
			d.late = append(d.late, lateStay{row.Sign, row.Day, row.Cell, row.Sources, begin})
		}
		stays[dayCell{row.Day, row.Cell}] = added
	}
	days := map[int32]*daySums{}
	of := func(day int32) *daySums {
		if days[day] == nil {
			days[day] = &daySums{day: day}
		}
		return days[day]
	}
	for k, s := range journeys {
		of(k.day).journeys = append(of(k.day).journeys, s)
	}
	for k, s := range stays {
		of(k.day).stays = append(of(k.day).stays, s)
	}
	d.days = slices.SortedFunc(maps.Values(days), func(a, b *daySums) int { return cmp.Compare(a.day, b.day) })
	for _, day := range d.days {
		sortCells(day.journeys)
		sortCells(day.stays)
		d.rows += len(day.journeys) + len(day.stays)
	}
	return d
}

func sortCells(c []cellSum) {
	slices.SortFunc(c, func(a, b cellSum) int { return cmp.Compare(a.cell, b.cell) })
}

func (d delta) span() (from, to int64) { return d.from, d.to }

func (d delta) size() int { return d.rows + len(d.late) }

func (s *sums) asOf() int64 { return s.seq }

func (s *sums) size() int { return s.rows }

// plus are the sums with deltas, the first of which begins at their seq.
func (s *sums) plus(deltas []delta) *sums {
	for i := range deltas {
		s = s.with(&deltas[i])
	}
	return s
}

func (s *sums) with(d *delta) *sums {
	out := &sums{seq: d.to, lateFrom: s.lateFrom, days: make([]*daySums, 0, len(s.days)+len(d.days))}
	old := s.days
	for _, added := range d.days {
		for len(old) > 0 && old[0].day < added.day {
			out.days = append(out.days, old[0])
			old = old[1:]
		}
		day := daySums{day: added.day}
		if len(old) > 0 && old[0].day == added.day {
			day = *old[0]
			old = old[1:]
		}
		day.journeys, day.stays = mergeCells(day.journeys, added.journeys), mergeCells(day.stays, added.stays)
		out.days = append(out.days, &day)
	}
	out.days = append(out.days, old...)
	for _, day := range out.days {
		out.rows += len(day.journeys) + len(day.stays)
	}
	out.addLate(s.late, d.late)
	return out
}

// mergeCells adds two lists of sums. Those that cancel are left out.
func mergeCells(a, b []cellSum) []cellSum {
	out := make([]cellSum, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].cell < b[0].cell:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0].cell < a[0].cell:
			out, b = append(out, b[0]), b[1:]
		default:
			s := cellSum{a[0].cell, a[0].n + b[0].n, a[0].duration + b[0].duration, a[0].begun + b[0].begun}
			if s != (cellSum{cell: s.cell}) {
				out = append(out, s)
			}
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// addLate takes over late stays and adds those that are late too.
func (s *sums) addLate(late, more []lateStay) {
	s.late = slices.Clip(late)
	for _, stay := range more {
		if stay.begin > s.lateFrom {
			s.late = append(s.late, stay)
		}
	}
	if len(s.late) <= maxLate {
		return
	}
	sorted := slices.SortedFunc(slices.Values(s.late), func(a, b lateStay) int { return cmp.Compare(a.begin, b.begin) })
	s.lateFrom = sorted[len(sorted)-maxLate/2].begin
	s.late = slices.DeleteFunc(sorted, func(l lateStay) bool { return l.begin <= s.lateFrom })
}

// between are the sums of days with from <= day < to.
func (s *sums) between(from, to int32) []*daySums {
	at := func(day int32) int { return sort.Search(len(s.days), func(i int) bool { return s.days[i].day >= day }) }
	return s.days[at(from):max(at(from), at(to))]
}
