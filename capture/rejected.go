package capture

import (
	"hash/maphash"
	"slices"
	"sync"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Rejection is something that was not taken.
type Rejection struct {
	At     lifecycle.Millis `json:"at"`
	ID     *string          `json:"id" doc:"of the message"`
	Reason string           `json:"reason"`
}

// LeftOut counts what was left out on purpose since the server started.
type LeftOut struct {
	Bots     int64 `json:"bots" doc:"programs, by what they call themselves"`
	Fast     int64 `json:"fast" doc:"told by a browser or an address faster than a person could"`
	Internal int64 `json:"internal" doc:"of the own people: by address, or browsers that were told to be ignored"`
	OptedOut int64 `json:"opted_out" doc:"browsers that ask not to be followed"`
}

const (
	maxRejections = 100   // of a workspace
	maxWatched    = 1_000 // workspaces
	maxShownID    = 200
)

// rejections remembers what was not taken lately.
type rejections struct {
	mu  sync.Mutex
	all map[journal.WorkspaceID]*watched
}

type watched struct {
	ring    []Rejection // the oldest first
	leftOut LeftOut
}

func newRejections() *rejections { return &rejections{all: map[journal.WorkspaceID]*watched{}} }

// watch returns what is remembered of a workspace; the lock is held.
func (r *rejections) watch(w journal.WorkspaceID) *watched {
	if r.all[w] == nil {
		if len(r.all) >= maxWatched {
			clear(r.all)
		}
		r.all[w] = &watched{}
	}
	return r.all[w]
}

func (r *rejections) add(w journal.WorkspaceID, id, reason string, now lifecycle.Millis) {
	r.mu.Lock()
	defer r.mu.Unlock()
	of := r.watch(w)
	if len(of.ring) >= maxRejections {
		of.ring = slices.Delete(of.ring, 0, 1)
	}
	of.ring = append(of.ring, Rejection{now, journal.OrNil(id[:min(len(id), maxShownID)]), reason})
}

func (r *rejections) leave(w journal.WorkspaceID, count func(*LeftOut)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	count(&r.watch(w).leftOut)
}

func (r *rejections) of(w journal.WorkspaceID) ([]Rejection, LeftOut) {
	r.mu.Lock()
	defer r.mu.Unlock()
	of := r.watch(w)
	list := slices.Clone(of.ring)
	slices.Reverse(list)
	return list, of.leftOut
}

// once knows the messages that came lately: a sender that got no answer sends
// them again. What is longer ago is told apart when the log is read.
type once struct {
	seed       maphash.Seed
	mu         sync.Mutex
	young, old map[message]struct{}
}

// message is one of them, by a hash of its id, for the reason that teller has.
type message struct {
	workspace journal.WorkspaceID
	id        uint64
}

func (o *once) message(w journal.WorkspaceID, id string) message {
	return message{w, maphash.String(o.seed, id)}
}

// maxMessages is how many messages are remembered at least.
const maxMessages = 50_000

func newOnce() *once {
	return &once{seed: maphash.MakeSeed(), young: map[message]struct{}{}, old: map[message]struct{}{}}
}

func (o *once) seen(w journal.WorkspaceID, id string) bool {
	if id == "" {
		return false
	}
	m := o.message(w, id)
	o.mu.Lock()
	defer o.mu.Unlock()
	_, young := o.young[m]
	_, old := o.old[m]
	return young || old
}

func (o *once) note(w journal.WorkspaceID, id string) {
	if id == "" {
		return
	}
	m := o.message(w, id)
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.young) >= maxMessages {
		o.old, o.young = o.young, o.old // whose room is used again
		clear(o.young)
	}
	o.young[m] = struct{}{}
}
