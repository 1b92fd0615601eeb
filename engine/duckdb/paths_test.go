package duckdb

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	cmpdiff "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// walkers are contacts and visitors that come, move and go, as rows of batches.
type walkers struct {
	visits   map[int64][]projector.VisitRow
	contacts map[journal.ContactID]*walker
}

type walker struct {
	contact     projector.ContactRow
	touches     []projector.TouchRow
	conversions []projector.ConversionRow
}

// batch makes something happen, and returns the rows that differ.
func (w *walkers) batch(t *rapid.T, from int64) pathDelta {
	d := pathDelta{from: from, to: from + 1}
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		if rapid.Bool().Draw(t, "visitor") {
			w.changeVisits(t, &d)
			continue
		}
		w.changeContact(t, &d)
	}
	return d
}

func (w *walkers) changeVisits(t *rapid.T, d *pathDelta) {
	visitor := rapid.Int64Range(1, 40).Draw(t, "who")
	switch had := w.visits[visitor]; rapid.IntRange(0, 3).Draw(t, "visits") {
	case 0: // all of them are taken back
		for _, v := range had {
			v.Sign = -1
			d.visits = append(d.visits, v)
		}
		delete(w.visits, visitor)
	case 1: // they become somebody's
		for i := range had {
			before := had[i]
			before.Sign = -1
			had[i].Contact++
			d.visits = append(d.visits, before, had[i])
		}
	default:
		v := projector.VisitRow{
			Sign: 1, Visitor: visitor, At: rapid.Map(rapid.Int64Range(0, 5), millis).Draw(t, "at"),
			Source: rapid.Int64Range(0, 2).Draw(t, "source"), UTM: rapid.Int64Range(0, 1).Draw(t, "utm"),
		}
		w.visits[visitor] = append(slices.Clone(had), v)
		d.visits = append(d.visits, v)
	}
}

func (w *walkers) changeContact(t *rapid.T, d *pathDelta) {
	id := journal.ContactID(rapid.Int64Range(1, 40).Draw(t, "who"))
	c := w.contacts[id]
	switch {
	case c == nil:
		c = &walker{contact: projector.ContactRow{Sign: 1, Contact: id, Known: rapid.Map(rapid.Int64Range(0, 5), millis).Draw(t, "known")}}
		w.contacts[id] = c
		d.contacts = append(d.contacts, c.contact)
	case rapid.IntRange(0, 4).Draw(t, "gone") == 0:
		w.erase(id, d)
		return
	default: // it becomes another
		before := c.contact
		before.Sign = -1
		c.contact.Source, c.contact.Customer = rapid.Int64Range(0, 2).Draw(t, "own"), rapid.Bool().Draw(t, "customer")
		d.contacts = append(d.contacts, before, c.contact)
	}
	at := rapid.Map(rapid.Int64Range(0, 5), millis).Draw(t, "at")
	if rapid.Bool().Draw(t, "touched") {
		row := projector.TouchRow{Sign: 1, Contact: id, At: at, Kind: int8(rapid.IntRange(0, 4).Draw(t, "kind")), Source: rapid.Int64Range(0, 2).Draw(t, "source")}
		c.touches = append(c.touches, row)
		d.touches = append(d.touches, row)
	}
	if rapid.Bool().Draw(t, "converted") {
		row := projector.ConversionRow{Sign: 1, Contact: id, Conversion: conversion.Conversion{
			Kind: conversion.Kind(rapid.IntRange(0, 3).Draw(t, "kind")), At: at, Amount: rapid.Int64Range(0, 2).Draw(t, "amount"),
		}}
		c.conversions = append(c.conversions, row)
		d.conversions = append(d.conversions, row)
	}
}

// erase takes back all rows of a contact.
func (w *walkers) erase(id journal.ContactID, d *pathDelta) {
	c := w.contacts[id]
	delete(w.contacts, id)
	c.contact.Sign = -1
	d.contacts = append(d.contacts, c.contact)
	for _, row := range c.touches {
		row.Sign = -1
		d.touches = append(d.touches, row)
	}
	for _, row := range c.conversions {
		row.Sign = -1
		d.conversions = append(d.conversions, row)
	}
}

func millis(n int64) lifecycle.Millis { return lifecycle.Millis(n) }

// lines are all that there is, one a line, in order.
func (w *walkers) lines() (out []string) {
	for _, visitor := range slices.Sorted(maps.Keys(w.visits)) {
		var of []string
		for _, v := range w.visits[visitor] {
			of = append(of, fmt.Sprint(visitor, v.At, v.Source, v.UTM))
		}
		slices.Sort(of)
		out = append(out, of...)
	}
	for _, id := range slices.Sorted(maps.Keys(w.contacts)) {
		c := w.contacts[id]
		t := report.Trail{Contact: id, FirstSeen: c.contact.Known, Customer: c.contact.Customer, Own: c.contact.Source}
		rows := slices.Clone(c.touches)
		slices.SortStableFunc(rows, func(a, b projector.TouchRow) int {
			return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Source, b.Source))
		})
		for _, row := range rows {
			t.Touches = append(t.Touches, report.TouchFact{At: row.At, Kind: touch.Kinds[row.Kind], Source: row.Source, UTM: row.UTM})
		}
		for _, row := range c.conversions {
			t.Conversions = append(t.Conversions, row.Conversion)
		}
		slices.SortFunc(t.Conversions, compareConversions)
		out = append(out, fmt.Sprint(t))
	}
	return out
}

// lines are all that is held, as walkers tell it.
func (s *paths) lines() (out []string) {
	for i := range s.visits {
		c := &s.visits[i]
		for k, visitor := range c.visitors {
			var of []string
			for _, v := range c.visitsOf(k) {
				from := s.origins[v.origin]
				of = append(of, fmt.Sprint(visitor, v.at, from.source, from.utm))
			}
			slices.Sort(of)
			out = append(out, of...)
		}
	}
	for _, chunk := range s.trails {
		for i := range chunk {
			out = append(out, fmt.Sprint(chunk[i]))
		}
	}
	return out
}

func noPaths(b bounds) *paths {
	return &paths{bounds: b, index: &originIndex{places: map[origin]int32{}}}
}

// Whatever batches come, and however many are added up at once, what is held is
// what holds; versions of before do not change, and no chunk has more than it
// may.
func TestPathsAreThoseOfAllBatches(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		for range 20 { // a check is quick, and the suite of the engine sets how many there are
			checkPaths(t)
		}
	})
}

func checkPaths(t *rapid.T) {
	w := walkers{map[int64][]projector.VisitRow{}, map[journal.ContactID]*walker{}}
	narrow := bounds{rows: 1000, visitors: rapid.IntRange(1, 4).Draw(t, "visitors"), trails: rapid.IntRange(1, 4).Draw(t, "trails")}
	s := noPaths(narrow)
	for range rapid.IntRange(1, 20).Draw(t, "rounds") {
		before := s.lines()
		var deltas []pathDelta
		for i := range rapid.Int64Range(1, 3).Draw(t, "batches") {
			deltas = append(deltas, w.batch(t, s.seq+i))
		}
		next := s.plus(deltas)
		if diff := cmpdiff.Diff(w.lines(), next.lines(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("what is held is not what holds (-holds +held):\n%s", diff)
		}
		if diff := cmpdiff.Diff(before, s.lines(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("a version changed (-before +after):\n%s", diff)
		}
		next.checkChunks(t)
		s = next
	}
}

func (s *paths) checkChunks(t *rapid.T) {
	rows := 0
	for _, c := range s.visits {
		if len(c.visitors) == 0 || len(c.visitors) > s.bounds.visitors {
			t.Fatalf("a chunk has %d visitors, of %d at most", len(c.visitors), s.bounds.visitors)
		}
		rows += len(c.at)
	}
	for _, c := range s.trails {
		if len(c) == 0 || len(c) > s.bounds.trails {
			t.Fatalf("a chunk has %d trails, of %d at most", len(c), s.bounds.trails)
		}
		for i := range c {
			rows += 1 + len(c[i].Touches) + len(c[i].Conversions)
		}
	}
	if s.size() != rows {
		t.Fatalf("%d rows are counted, %d are held", s.size(), rows)
	}
}

// Chunks that others are put between are split in halves: chunks of one would
// be as many as there are visitors.
func TestChunksAreSplitEvenly(t *testing.T) {
	t.Parallel()
	s := noPaths(bounds{rows: 100_000, visitors: 64, trails: 64})
	for i := range int64(2000) {
		id := 1 + (i*7919)%4001 // in no order
		s = s.plus([]pathDelta{{
			from: i, to: i + 1,
			visits:   []projector.VisitRow{{Sign: 1, Visitor: id}},
			contacts: []projector.ContactRow{{Sign: 1, Contact: journal.ContactID(id)}},
		}})
	}
	if most := 2 * 2000 / 64 * 3 / 2; len(s.visits) > most || len(s.trails) > most {
		t.Errorf("2000 are in %d chunks of visits and %d of trails, want %d at most", len(s.visits), len(s.trails), most)
	}
}

// A generation whose paths grow beyond their bound is held no longer.
func TestPathsBeyondTheirBoundAreDropped(t *testing.T) {
	t.Parallel()
	var h held[*paths, pathDelta]
	visit := func(from int64) pathDelta {
		return pathDelta{from: from, to: from + 1, visits: []projector.VisitRow{{Sign: 1, Visitor: from + 1}}}
	}
	h.at(0)
	h.put(noPaths(bounds{rows: 2, visitors: 4, trails: 4}))
	for seq := range int64(3) {
		h.note(visit(seq))
		s := h.at(seq + 1)
		if want := seq < 2; (s != nil) != want {
			t.Errorf("with %d rows of 2: held is %t, want %t", seq+1, s != nil, want)
		}
	}
	if n := len(h.kept); n > 0 {
		t.Errorf("%d versions are kept", n)
	}
}
