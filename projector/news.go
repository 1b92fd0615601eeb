package projector

import (
	"sync"
	"time"

	"github.com/tidemark/tidemark/journal"
)

// newsPause is the least time between two news of a workspace.
const newsPause = time.Second

// News is Look for pages that are renewed by it: a position is news at most once
// a second, at the same moment for everybody, so that what all of them ask then
// is one question about one log. What comes after a silence is news at once.
func (p *Projector) News(w journal.WorkspaceID) (Position, <-chan struct{}) {
	return p.line(w).news.look()
}

// bulletin is what pages are told.
type bulletin struct {
	mu      sync.Mutex
	latest  Position
	told    Position
	at      time.Time     // when
	waiting bool          // the latest is told in a moment
	changed chan struct{} // closed and replaced whenever something is told
}

func newBulletin() *bulletin { return &bulletin{changed: make(chan struct{})} }

func (b *bulletin) look() (Position, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.told, b.changed
}

// publish tells a position, now or as soon as the pause is over.
func (b *bulletin) publish(p Position) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.latest = p
	if b.waiting {
		return
	}
	if rest := newsPause - time.Since(b.at); rest > 0 {
		b.waiting = true
		time.AfterFunc(rest, b.wake)
		return
	}
	b.tell()
}

func (b *bulletin) wake() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting = false
	b.tell()
}

// tell tells the latest position; the lock is held.
func (b *bulletin) tell() {
	b.told, b.at = b.latest, time.Now()
	close(b.changed)
	b.changed = make(chan struct{})
}
