package whatif

import (
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// held is a part of a log in memory: the changes in order of arrival, those of
// one contact chained backwards. Contacts are numbered densely, so the ends of
// the chains are a slice.
type held struct {
	part, parts journal.ContactID // the contacts whose number leaves this rest
	links       []link            // the first is no change
	last        []uint32          // by contact number / parts: its last link; 0 = none
}

type link struct {
	at       lifecycle.Millis
	previous uint32
	stage    lifecycle.StageID
	silent   bool
}

func (h *held) begin(part journal.ContactID) {
	h.part = part
	h.links = append(h.links[:0], link{})
	clear(h.last)
}

// add takes a change of a contact of this part. When there are too many, half
// of the contacts are left to another part.
func (h *held) add(contact journal.ContactID, c lifecycle.Change, limit int) {
	if contact%h.parts != h.part {
		return
	}
	i := int(contact / h.parts)
	if i >= len(h.last) {
		h.last = append(h.last, make([]uint32, i+1-len(h.last))...)
	}
	h.links = append(h.links, link{c.At, h.last[i], c.To, c.Silent})
	h.last[i] = uint32(len(h.links) - 1)
	if len(h.links) > limit && h.part == 0 {
		h.halve()
	}
}

// halve keeps every other contact. Only the first part, which is the zeroth of
// however many, can do so.
func (h *held) halve() {
	old := held{parts: h.parts, links: h.links, last: h.last}
	h.links, h.last = make([]link, 1, len(old.links)/2), make([]uint32, (len(old.last)+1)/2)
	h.parts *= 2
	// Arrival is the order within a contact only, so one chain after the other is right.
	for i := range h.last {
		for _, c := range old.changes(nil, 2*i) {
			h.links = append(h.links, link{c.At, h.last[i], c.To, c.Silent})
			h.last[i] = uint32(len(h.links) - 1)
		}
	}
}

// changes appends the changes of the contact at an index, in order of arrival.
func (h *held) changes(to []lifecycle.Change, i int) []lifecycle.Change {
	for at := h.last[i]; at != 0; at = h.links[at].previous {
		l := &h.links[at]
		to = append(to, lifecycle.Change{At: l.at, Arrival: int64(at), To: l.stage, Silent: l.silent})
	}
	slices.Reverse(to)
	return to
}
