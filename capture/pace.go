package capture

import (
	"hash/maphash"
	"sync"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// How much a person can do: what a browser tells in a minute, and what all
// browsers behind one address do (an office, a school). A page a second for a
// minute is no reading.
const (
	maxOfBrowser = 60
	maxOfAddress = 1_200
	paceWindow   = lifecycle.Millis(60_000)
	maxPaced     = 100_000 // browsers and addresses that are watched
)

// pace knows who tells how much, for a minute each. Addresses are compared and
// forgotten with it.
type pace struct {
	seed       maphash.Seed
	mu         sync.Mutex
	young, old map[teller]paced
}

// teller is a browser or an address of a workspace. Of its name only a hash is
// kept: maps without pointers are nothing to the garbage collector, which else
// follows each of a hundred thousand names, every time.
type teller struct {
	workspace journal.WorkspaceID
	address   bool
	name      uint64
}

// paced is how much was told within a minute of time.
type paced struct {
	minute lifecycle.Millis
	told   int
}

func newPace() *pace {
	return &pace{seed: maphash.MakeSeed(), young: map[teller]paced{}, old: map[teller]paced{}}
}

// fast notes that somebody told one more thing of an instant, and reports
// whether that is more than a person does. Instants are those of what is told,
// so that what a browser held back is not taken for haste.
func (p *pace) fast(w journal.WorkspaceID, name string, address bool, at lifecycle.Millis) bool {
	if name == "" {
		return false
	}
	limit := maxOfBrowser
	if address {
		limit = maxOfAddress
	}
	key, minute := teller{w, address, maphash.String(p.seed, name)}, at/paceWindow
	p.mu.Lock()
	defer p.mu.Unlock()
	now, known := p.young[key]
	if !known {
		now = p.old[key]
	}
	if now.minute != minute {
		now = paced{minute: minute}
	}
	now.told++
	if len(p.young) >= maxPaced {
		p.old, p.young = p.young, p.old // whose room is used again
		clear(p.young)
	}
	p.young[key] = now
	return now.told > limit
}
