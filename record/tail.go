package record

import (
	"slices"
	"sync"

	"github.com/tidemark/tidemark/journal"
)

// tail holds the end of the log, packed. Who follows the log asks for it right
// after the commit, and would read and decode each row otherwise. The zero
// value holds nothing.
type tail struct {
	mu      sync.Mutex
	entries []tailed // the end of the log, without a gap
	bytes   int      // of what is packed
}

// tailed is an entry of the tail.
type tailed struct {
	workspace journal.WorkspaceID
	contact   journal.ContactID
	seq, prev int64
	packed    []byte // nil = must be read
}

// How much is held at most: entries, and bytes of what is packed. Then the older
// half is dropped.
const (
	tailEntries = 16_384
	tailBytes   = 16 << 20
	maxTailed   = 8 << 10 // bytes of one entry
)

// newTailed packs an entry that was appended, by way of a buffer.
func newTailed(e *journal.Entry, buffer []byte) (tailed, []byte) {
	t := tailed{workspace: e.Workspace, contact: e.Contact, seq: e.Seq, prev: e.Prev}
	if !e.Packs() {
		return t, buffer
	}
	if buffer = journal.AppendPacked(buffer[:0], e); len(buffer) <= maxTailed {
		t.packed = slices.Clone(buffer)
	}
	return t, buffer
}

// put takes in what a commit appended.
func (t *tail) put(entries []tailed) {
	if len(entries) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.entries); n > 0 && t.entries[n-1].seq+1 != entries[0].seq {
		t.entries, t.bytes = nil, 0
	}
	t.entries = append(t.entries, entries...)
	t.bytes += bytesOf(entries)
	for n := len(t.entries); n > tailEntries || t.bytes > tailBytes; n = len(t.entries) {
		// Those who read hold the array as it was.
		t.bytes -= bytesOf(t.entries[:(n+1)/2])
		t.entries = slices.Clone(t.entries[(n+1)/2:])
	}
}

func bytesOf(entries []tailed) (n int) {
	for i := range entries {
		n += len(entries[i].packed)
	}
	return n
}

// between returns the entries after < seq <= upTo of a workspace, if all of
// them are held.
func (t *tail) between(w journal.WorkspaceID, after, upTo int64) (held []tailed, ok bool) {
	t.mu.Lock()
	all := t.entries
	t.mu.Unlock()
	if len(all) == 0 || after+1 < all[0].seq || upTo > all[len(all)-1].seq || upTo < after {
		return nil, false
	}
	all = all[after+1-all[0].seq : upTo+1-all[0].seq]
	for i := range all {
		if all[i].workspace != w {
			continue
		}
		if all[i].packed == nil {
			return nil, false
		}
		held = append(held, all[i])
	}
	return held, true
}

// forget drops everything.
func (t *tail) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries, t.bytes = nil, 0
}
