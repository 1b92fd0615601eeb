package projector

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/tidemark/tidemark/journal"
)

// runBytes is how much of the log a sorter holds in memory before it writes a
// sorted run to disk.
const runBytes = 64 << 20

// sorter brings the log, read by seq, into the order of contacts. It holds a
// bounded part in memory and the rest in sorted runs on disk.
type sorter struct {
	dir   string // of the runs, made when the first is written; "" before
	temp  string // where dir is made
	limit int
	arena []byte
	index []packed
	runs  []*os.File
	count int64
}

// packed is an entry in the arena.
type packed struct {
	contact    journal.ContactID
	seq        int64
	start, end int
}

// errRun says that a run on disk does not read as it was written.
var errRun = errors.New("projector: sorted run is cut off")

func newSorter(temp string) *sorter { return &sorter{temp: temp, limit: runBytes} }

// add takes an entry of a contact.
func (s *sorter) add(e *journal.Entry) error {
	start := len(s.arena)
	s.arena = packEntry(s.arena, e)
	s.index = append(s.index, packed{e.Contact, e.Seq, start, len(s.arena)})
	s.count++
	if len(s.arena) < s.limit {
		return nil
	}
	return s.spill()
}

// spill writes what is in memory as a sorted run.
func (s *sorter) spill() error {
	if s.dir == "" {
		dir, err := os.MkdirTemp(s.temp, "sort-")
		if err != nil {
			return fmt.Errorf("projector: sort on disk: %w", err)
		}
		s.dir = dir
	}
	file, err := os.CreateTemp(s.dir, "run-")
	if err != nil {
		return fmt.Errorf("projector: sort on disk: %w", err)
	}
	s.runs = append(s.runs, file)
	w := bufio.NewWriterSize(file, 1<<20)
	s.order()
	var head []byte
	for _, p := range s.index {
		head = binary.AppendVarint(head[:0], int64(p.contact))
		head = binary.AppendVarint(head, p.seq)
		head = binary.AppendUvarint(head, uint64(p.end-p.start))
		_, _ = w.Write(head) // Flush tells
		_, _ = w.Write(s.arena[p.start:p.end])
	}
	s.arena, s.index = s.arena[:0], s.index[:0]
	if err := w.Flush(); err != nil {
		return fmt.Errorf("projector: sort on disk: %w", err)
	}
	return nil
}

func (s *sorter) order() {
	slices.SortFunc(s.index, func(a, b packed) int {
		return cmp.Or(cmp.Compare(a.contact, b.contact), cmp.Compare(a.seq, b.seq))
	})
}

// sorted yields the entries by contact, those of one in order of arrival.
func (s *sorter) sorted() iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		if len(s.runs) > 0 && len(s.index) > 0 {
			if err := s.spill(); err != nil {
				yield(journal.Entry{}, err)
				return
			}
		}
		if len(s.runs) > 0 {
			s.merge(yield)
			return
		}
		s.order()
		for _, p := range s.index {
			e, err := unpackEntry(p.contact, p.seq, s.arena[p.start:p.end])
			if !yield(e, err) {
				return
			}
		}
	}
}

func (s *sorter) merge(yield func(journal.Entry, error) bool) {
	var h runHeap
	for _, file := range s.runs {
		r := &run{}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			yield(journal.Entry{}, err)
			return
		}
		r.reader = bufio.NewReaderSize(file, 256<<10)
		if more, err := r.next(); err != nil {
			yield(journal.Entry{}, err)
			return
		} else if more {
			h = append(h, r)
		}
	}
	heap.Init(&h)
	for len(h) > 0 {
		r := h[0]
		e, err := unpackEntry(r.contact, r.seq, r.body)
		if !yield(e, err) {
			return
		}
		more, err := r.next()
		switch {
		case err != nil:
			yield(journal.Entry{}, err)
			return
		case more:
			heap.Fix(&h, 0)
		default:
			heap.Pop(&h)
		}
	}
}

// close removes the runs.
func (s *sorter) close() {
	for _, file := range s.runs {
		_ = file.Close()
	}
	if s.dir != "" {
		_ = os.RemoveAll(s.dir)
	}
}

// run is a sorted run being read; it stands at one entry.
type run struct {
	reader  *bufio.Reader
	contact journal.ContactID
	seq     int64
	body    []byte
}

// next moves to the following entry; more is false at the end.
func (r *run) next() (more bool, err error) {
	contact, err := binary.ReadVarint(r.reader)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, errRun
	}
	if r.seq, err = binary.ReadVarint(r.reader); err != nil {
		return false, errRun
	}
	size, err := binary.ReadUvarint(r.reader)
	if err != nil {
		return false, errRun
	}
	r.contact = journal.ContactID(contact)
	r.body = slices.Grow(r.body[:0], int(size))[:size]
	if _, err := io.ReadFull(r.reader, r.body); err != nil {
		return false, errRun
	}
	return true, nil
}

// runHeap orders runs by the entry they stand at.
type runHeap []*run

func (h runHeap) Len() int { return len(h) }
func (h runHeap) Less(i, j int) bool {
	if h[i].contact != h[j].contact {
		return h[i].contact < h[j].contact
	}
	return h[i].seq < h[j].seq
}
func (h runHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(r any)   { *h = append(*h, r.(*run)) }
func (h *runHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
