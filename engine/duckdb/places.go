package duckdb

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/tidemark/tidemark/fault"
)

// places are where views are read: a few at the same time, so that readers
// leave processors to the projector and the record. Who finds none free waits,
// first come first served; who finds too many waiting is turned away.
type places struct {
	limit int // how many may wait

	mu      sync.Mutex
	free    []*session
	all     []*session
	waiting []chan *session // in order of arrival
	lent    int             // to views that have one
	seen    Readers
}

// Readers is how busy the readers of an engine are, and have been since it was
// opened.
type Readers struct {
	Reading, Waiting  int           // views at this moment
	Admitted, Refused int64         // views that got a place, and those that were turned away
	Waited            time.Duration // of all that were admitted together
}

func newPlaces(n, limit int) *places {
	p := &places{limit: limit}
	for range n {
		p.all = append(p.all, &session{})
	}
	p.free = slices.Clone(p.all)
	return p
}

// enter takes a place, or waits for one until ctx ends. It fails with
// fault.Unavailable "too_many_reports" where too many wait already.
func (p *places) enter(ctx context.Context) (*session, error) {
	begun := time.Now()
	s, turn, err := p.ask()
	if s != nil || err != nil {
		return s, err
	}
	select {
	case s := <-turn:
		p.entered(time.Since(begun))
		return s, nil
	case <-ctx.Done():
		p.giveUp(turn)
		return nil, ctx.Err()
	}
}

// ask takes a free place or a turn in the queue.
func (p *places) ask() (*session, chan *session, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := len(p.free) - 1; last >= 0 {
		s := p.free[last]
		p.free = p.free[:last]
		p.seen.Admitted++
		return s, nil, nil
	}
	if len(p.waiting) >= p.limit {
		p.seen.Refused++
		return nil, nil, &fault.Error{
			Kind: fault.Unavailable, Code: "too_many_reports", RetryAfter: refusedPause,
			Message: "Too many reports are waiting to be read. Try again in a moment.",
		}
	}
	turn := make(chan *session, 1)
	p.waiting = append(p.waiting, turn)
	return nil, turn, nil
}

// refusedPause is when whoever was turned away may come again: by then a queue
// of quick reports has been read.
const refusedPause = 2 * time.Second

func (p *places) entered(after time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen.Admitted++
	p.seen.Waited += after
}

// giveUp leaves the queue. A place that came at the same moment goes on to the
// next.
func (p *places) giveUp(turn chan *session) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.Index(p.waiting, turn); i >= 0 {
		p.waiting = slices.Delete(p.waiting, i, i+1)
		return
	}
	p.pass(<-turn)
}

// leave gives a place to whoever waits longest.
func (p *places) leave(s *session) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pass(s)
}

// borrow takes a place that nobody needs at the moment, for a view that has one
// and can do with more; nil if there is none.
func (p *places) borrow() *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.free) - 1
	if last < 0 {
		return nil
	}
	s := p.free[last]
	p.free = p.free[:last]
	p.lent++
	return s
}

// spare reports whether a borrowed place may be kept: nobody waits for one.
func (p *places) spare() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.waiting) == 0
}

// giveBack gives a borrowed place to whoever waits longest.
func (p *places) giveBack(s *session) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lent--
	p.pass(s)
}

// pass hands a place on; the lock is held.
func (p *places) pass(s *session) {
	if len(p.waiting) == 0 {
		p.free = append(p.free, s)
		return
	}
	p.waiting[0] <- s
	p.waiting = slices.Delete(p.waiting, 0, 1)
}

// look returns how busy the places are.
func (p *places) look() Readers {
	p.mu.Lock()
	defer p.mu.Unlock()
	seen := p.seen
	seen.Reading, seen.Waiting = len(p.all)-len(p.free)-p.lent, len(p.waiting)
	return seen
}
