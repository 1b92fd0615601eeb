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
	"sync"

	"github.com/tidemark/tidemark/journal"
)

// runBytes is how much of the log a sorter holds in memory before it writes
// sorted runs to disk.
const runBytes = 64 << 20

// sorter brings the log, read by seq, into the order of contacts. It holds a
// bounded part in memory and the rest in sorted runs on disk. Each of its parts
// is filled by one goroutine.
type sorter struct{ parts []*part }

// part is what one reader of the log has read.
type part struct {
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

func newSorter(temp string, parts int) *sorter {
	s := &sorter{}
	for range parts {
		s.parts = append(s.parts, &part{temp: temp, limit: runBytes / parts})
	}
	return s
}

// count is how many entries were added.
func (s *sorter) count() (n int64) {
	for _, p := range s.parts {
		n += p.count
	}
	return n
}

// add takes an entry of a contact.
func (p *part) add(e *journal.Entry) error {
	start := len(p.arena)
	p.arena = journal.AppendPacked(p.arena, e)
	p.index = append(p.index, packed{e.Contact, e.Seq, start, len(p.arena)})
	p.count++
	if len(p.arena) < p.limit {
		return nil
	}
	return p.spill()
}

// spill writes what is in memory as a sorted run.
func (p *part) spill() error {
	if p.dir == "" {
		dir, err := os.MkdirTemp(p.temp, "sort-")
		if err != nil {
			return fmt.Errorf("projector: sort on disk: %w", err)
		}
		p.dir = dir
	}
	file, err := os.CreateTemp(p.dir, "run-")
	if err != nil {
		return fmt.Errorf("projector: sort on disk: %w", err)
	}
	p.runs = append(p.runs, file)
	w := bufio.NewWriterSize(file, 1<<20)
	p.order()
	var head []byte
	for _, e := range p.index {
		head = binary.AppendVarint(head[:0], int64(e.contact))
		head = binary.AppendVarint(head, e.seq)
		head = binary.AppendUvarint(head, uint64(e.end-e.start))
		_, _ = w.Write(head) // Flush tells
		_, _ = w.Write(p.arena[e.start:e.end])
	}
	p.arena, p.index = p.arena[:0], p.index[:0]
	if err := w.Flush(); err != nil {
		return fmt.Errorf("projector: sort on disk: %w", err)
	}
	return nil
}

func (p *part) order() {
	slices.SortFunc(p.index, func(a, b packed) int {
		return cmp.Or(cmp.Compare(a.contact, b.contact), cmp.Compare(a.seq, b.seq))
	})
}

// group is some contacts with their entries, packed.
type group struct {
	contacts []span
	index    []packed
	arena    []byte
}

// span is a contact and where its entries begin in the index of its group.
type span struct {
	id   journal.ContactID
	from int
}

// entries is how many entries the group has.
func (g *group) entries() int { return len(g.index) }

// add takes the next entry in order of contact and seq.
func (g *group) add(r *run) {
	if len(g.contacts) == 0 || g.contacts[len(g.contacts)-1].id != r.contact {
		g.contacts = append(g.contacts, span{r.contact, len(g.index)})
	}
	start := len(g.arena)
	g.arena = append(g.arena, r.body...)
	g.index = append(g.index, packed{r.contact, r.seq, start, len(g.arena)})
}

// unpack reads the entries of a contact, in order of arrival.
func (g *group) unpack(i int) ([]journal.Entry, error) {
	to := len(g.index)
	if i+1 < len(g.contacts) {
		to = g.contacts[i+1].from
	}
	entries := make([]journal.Entry, 0, to-g.contacts[i].from)
	for _, p := range g.index[g.contacts[i].from:to] {
		e, err := journal.Unpack(p.contact, p.seq, string(g.arena[p.start:p.end]))
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// groups yields all entries by contact, those of one in order of arrival, in
// groups of so many whole contacts.
func (s *sorter) groups(size int) iter.Seq2[*group, error] {
	return func(yield func(*group, error) bool) {
		g := &group{}
		for r, err := range s.sorted() {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(g.contacts) == size && g.contacts[size-1].id != r.contact {
				if !yield(g, nil) {
					return
				}
				g = &group{arena: make([]byte, 0, len(g.arena)*5/4), index: make([]packed, 0, len(g.index)*5/4)}
			}
			g.add(r)
		}
		if len(g.contacts) > 0 {
			yield(g, nil)
		}
	}
}

// sorted yields the run that stands at the next entry, entry by entry.
func (s *sorter) sorted() iter.Seq2[*run, error] {
	return func(yield func(*run, error) bool) {
		h, err := s.open()
		if err != nil {
			yield(nil, err)
			return
		}
		heap.Init(&h)
		for len(h) > 0 {
			if !yield(h[0], nil) {
				return
			}
			more, err := h[0].next()
			switch {
			case err != nil:
				yield(nil, err)
				return
			case more:
				heap.Fix(&h, 0)
			default:
				heap.Pop(&h)
			}
		}
	}
}

// open sorts what is in memory and stands every run at its first entry.
func (s *sorter) open() (runHeap, error) {
	var wait sync.WaitGroup
	for _, p := range s.parts {
		wait.Go(p.order)
	}
	wait.Wait()
	var all, h runHeap
	for _, p := range s.parts {
		all = append(all, &run{arena: p.arena, index: p.index})
		for _, file := range p.runs {
			if _, err := file.Seek(0, io.SeekStart); err != nil {
				return nil, fmt.Errorf("projector: sort on disk: %w", err)
			}
			all = append(all, &run{reader: bufio.NewReaderSize(file, 256<<10)})
		}
	}
	for _, r := range all {
		more, err := r.next()
		if err != nil {
			return nil, err
		}
		if more {
			h = append(h, r)
		}
	}
	return h, nil
}

// close removes the runs.
func (s *sorter) close() {
	for _, p := range s.parts {
		for _, file := range p.runs {
			_ = file.Close()
		}
		if p.dir != "" {
			_ = os.RemoveAll(p.dir)
		}
	}
}

// run is a sorted run being read, from disk or from memory; it stands at one
// entry.
type run struct {
	reader  *bufio.Reader // nil = in memory
	arena   []byte
	index   []packed
	contact journal.ContactID
	seq     int64
	body    []byte
}

// next moves to the following entry; more is false at the end.
func (r *run) next() (more bool, err error) {
	if r.reader != nil {
		return r.read()
	}
	if len(r.index) == 0 {
		return false, nil
	}
	p := r.index[0]
	r.index = r.index[1:]
	r.contact, r.seq, r.body = p.contact, p.seq, r.arena[p.start:p.end]
	return true, nil
}

// read is next of a run on disk.
func (r *run) read() (more bool, err error) {
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
