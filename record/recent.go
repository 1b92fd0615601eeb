package record

import (
	"sync"

	"github.com/tidemark/tidemark/journal"
)

// recent holds the packed chains of the contacts that were written last. Who
// follows the log asks for them right after the commit, and would read each
// from the head's page otherwise. The zero value is empty.
type recent struct {
	mu         sync.Mutex
	young, old map[journal.ContactID][]byte
	bytes      int // of the young
}

// recentChains and recentBytes are how many chains may be young. Then the old
// ones are dropped and the young ones are old, so that at most twice as many are
// held.
const (
	recentChains = 8192
	recentBytes  = 8 << 20
)

// get returns the chain of a contact; nil where it must be read.
func (r *recent) get(contact journal.ContactID) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	if chain, ok := r.young[contact]; ok {
		return chain
	}
	return r.old[contact]
}

// put takes in what a commit wrote; a nil chain must be read from now on.
func (r *recent) put(chains map[journal.ContactID][]byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for contact, chain := range chains {
		if r.young == nil || len(r.young) >= recentChains || r.bytes >= recentBytes {
			r.young, r.old, r.bytes = map[journal.ContactID][]byte{}, r.young, 0
		}
		r.bytes += len(chain) - len(r.young[contact])
		r.young[contact] = chain
	}
}

// forget drops everything.
func (r *recent) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.young, r.old, r.bytes = nil, nil, 0
}
