package workspace

import (
	"context"
	"errors"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// history is what a landing needs of a contact's chain.
type history struct {
	last    int64 // the entry that it ends with
	entries []journal.Entry
	told    []journal.Entry // those in force
	changes []lifecycle.Change
	ids     map[string]bool
}

func newHistory(entries []journal.Entry) *history {
	h := &history{ids: map[string]bool{}, entries: entries}
	if len(entries) == 0 {
		return h
	}
	last := &entries[len(entries)-1]
	h.last = last.Seq
	h.told = journal.InForce(last.Contact, entries)
	for i := range h.told {
		e := &h.told[i]
		if e.ChangeID != "" {
			h.ids[e.ChangeID] = true
		}
		if e.Kind == journal.KindChange {
			h.changes = append(h.changes, e.Change())
		}
	}
	return h
}

// pasts are the long chains of a landing, read outside the writer.
type pasts struct {
	read    map[journal.ContactID]*history
	missing map[journal.ContactID]int64 // by contact: the entry that the chain ends with
	rounds  int
}

// Chains up to shortChain entries are read inside the writer, and longer ones
// too when the contact was written to in each of maxRounds attempts.
const (
	shortChain = 256
	maxRounds  = 3
)

// errPastMissing starts a landing over.
var errPastMissing = errors.New("workspace: a chain must be read first")

// wanted is errPastMissing when a chain was asked for that is not there.
func (p *pasts) wanted() error {
	if len(p.missing) > 0 {
		return errPastMissing
	}
	return nil
}

// past returns the contact's chain as it was before this landing.
func (l *landing) past(sub *subject) (*history, error) {
	if sub.chain != nil {
		return sub.chain, nil
	}
	if sub.before == 0 {
		sub.chain = newHistory(nil)
		return sub.chain, nil
	}
	if read := l.pasts.read[sub.ID]; read != nil && read.last == sub.before {
		sub.chain = read
		return read, nil
	}
	if sub.Head.Changes > shortChain && l.pasts.rounds < maxRounds {
		l.pasts.ask(sub.ID, sub.before)
		return newHistory(nil), nil
	}
	entries, err := l.tx.Chain(sub.before)
	if err != nil {
		return nil, err
	}
	sub.chain = newHistory(entries)
	return sub.chain, nil
}

// ask notes a chain to read. The landing goes on with an empty one, to learn
// of all that it needs, and is rolled back in the end.
func (p *pasts) ask(id journal.ContactID, last int64) {
	if p.missing == nil {
		p.missing = map[journal.ContactID]int64{}
	}
	p.missing[id] = last
}

// readPasts reads the chains that a landing asked for.
func (s *Service) readPasts(ctx context.Context, p *pasts) error {
	p.rounds++
	missing := p.missing
	p.missing = nil
	if p.read == nil {
		p.read = map[journal.ContactID]*history{}
	}
	return s.store.Read(ctx, func(r Reader) error {
		for id, last := range missing {
			entries, err := r.Chain(last)
			if err != nil {
				return err
			}
			p.read[id] = newHistory(entries)
		}
		return nil
	})
}
