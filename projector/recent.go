package projector

import (
	"encoding/binary"

	"github.com/tidemark/tidemark/journal"
)

// recentBytes is about how much memory the contacts may take that a follower
// remembers.
const recentBytes = 64 << 20

// recent remembers, packed, what the log said of the contacts that changed
// lately: those are the ones that will change next, and reading a contact's
// entries costs more than all else that is done for a change of it. What it
// remembers is never out of date, as the seq of an entry stands for everything
// that is chained before it.
type recent struct {
	limit      int
	young, old map[journal.ContactID]remembered // old ones are forgotten when the young ones fill half of the memory
	bytes      int                              // of the young ones
}

// remembered is a contact's entries up to one of them.
type remembered struct {
	last   int64
	packed string
}

// remembering is about what a contact costs besides its entries.
const remembering = 80

func newRecent(limit int) *recent {
	return &recent{limit: limit, young: map[journal.ContactID]remembered{}}
}

// get returns the entries of a contact that end with one; ok is false when
// they are not remembered.
func (r *recent) get(c journal.ContactID, last int64) (packed string, ok bool) {
	known, ok := r.young[c]
	if !ok {
		known, ok = r.old[c]
	}
	return known.packed, ok && known.last == last
}

// put remembers the entries of a contact, packed by packChain, in place of those
// that it had.
func (r *recent) put(c journal.ContactID, last int64, packed string) {
	if packed == "" {
		delete(r.young, c)
		delete(r.old, c)
		return
	}
	r.young[c] = remembered{last, packed}
	if r.bytes += len(packed) + remembering; r.bytes > r.limit/2 {
		r.old, r.young, r.bytes = r.young, map[journal.ContactID]remembered{}, 0
	}
}

// entryBytes is about the size of a packed stage change.
const entryBytes = 24

// maxPacked is the size of the longest chain that is remembered.
const maxPacked = 16 << 10

// packChain packs the entries of one contact. It returns "" of chains that are
// long, or that can only be read whole: those with merges, and those of contacts
// that visitors turned out to be.
func packChain(entries []journal.Entry) string { return packMore("", entries) }

// packMore packs entries behind others that are packed. Behind a chain that is
// not packed, "", they must be the whole chain.
func packMore(packed string, entries []journal.Entry) string {
	var one []byte
	b := append(make([]byte, 0, len(packed)+entryBytes*len(entries)), packed...)
	for i := range entries {
		e := &entries[i]
		if len(b) > maxPacked || !standsAlone(e) {
			return ""
		}
		one = packEntry(one[:0], e)
		b = binary.AppendVarint(b, e.Seq)
		b = binary.AppendUvarint(b, uint64(len(one)))
		b = append(b, one...)
	}
	return string(b)
}

// standsAlone reports whether an entry changes nothing in how others are read,
// and asks for none of another chain.
func standsAlone(e *journal.Entry) bool {
	switch e.Kind {
	case journal.KindMerge, journal.KindErasure, journal.KindWithdrawal:
		return false
	}
	return e.Visitor() == 0
}

// unpackChain is the reverse of packChain.
func unpackChain(c journal.ContactID, packed string) ([]journal.Entry, error) {
	r := unpacker{rest: packed}
	var entries []journal.Entry
	for r.rest != "" {
		seq, body := r.varint(), r.text()
		if r.bad {
			return nil, errRun
		}
		e, err := unpackEntry(c, seq, body)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}
