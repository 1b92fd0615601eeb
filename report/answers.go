package report

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/segment"
)

// How long after its instant an answer may be given again: at most keepFor, and
// at most keepTimes as long as it took. However many people ask the same, they
// cost a twentieth of a reader, and what is quick to count is counted anew.
const (
	keepFor   = time.Second
	keepTimes = 20
)

// answers joins equal questions that are being answered at the same time, and
// keeps each answer for a moment. The zero value is ready.
type answers struct {
	mu      sync.Mutex
	flights map[string]*flight
	replies map[string]reply
}

// reply is an answer and what it was read from.
type reply struct {
	seq, generation int64
	value           any
	asOf            time.Time
	took            time.Duration // without the wait for others to end
}

// wanted is what an answer must include to be given.
type wanted struct {
	seq, generation int64
	now             time.Time // when it was asked for
}

// includes reports whether an answer has all that is wanted, and is of the last
// second. One of an instant to come is of a clock that was set back.
func (r *reply) includes(want wanted) bool {
	age := want.now.Sub(r.asOf)
	return r.seq >= want.seq && r.generation >= want.generation && age >= 0 && age < keepFor
}

// flight is a question being answered, for as many as wait.
type flight struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	begun   time.Time // zero until it reads
	reply   reply     // before done: what is being read
	err     error
}

// keyOf names a question. What a filter names is part of it: a list's rule can
// change without a log entry.
func keyOf(w journal.WorkspaceID, q Query, who *segment.Resolved, what string, now time.Time) string {
	text, err := json.Marshal(struct {
		Query
		Who *segment.Resolved
	}{q, who})
	if err != nil {
		text = []byte(strconv.FormatInt(now.UnixNano(), 10)) // joined with nothing
	}
	return strconv.FormatInt(int64(w), 10) + " " + what + " " + string(text)
}

// run answers a question. Once it reads it calls begin with what the answer will
// be of; whoever asks before then has that answer too.
type run func(ctx context.Context, begin func(reply)) (reply, error)

// join answers a question by run, or waits for the same one under way, if that
// includes what is wanted.
func (a *answers) join(ctx context.Context, key string, want wanted, run run) (reply, error) {
	for {
		f, first := a.board(key, want)
		if first {
			go a.fly(ctx, key, f, run)
		}
		r, err := a.wait(ctx, key, f)
		if err != nil {
			return reply{}, err
		}
		if first || r.seq >= want.seq && r.generation >= want.generation {
			return r, nil
		}
	}
}

// board finds or makes the flight of a key and counts one more waiting. A flight
// that began too early is left to those who wait for it.
func (a *answers) board(key string, want wanted) (f *flight, first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if f, ok := a.flights[key]; ok && (f.begun.IsZero() || f.reply.includes(want)) {
		f.waiting++
		return f, false
	}
	if a.flights == nil {
		a.flights, a.replies = map[string]*flight{}, map[string]reply{}
	}
	f = &flight{done: make(chan struct{}), waiting: 1}
	a.flights[key] = f
	return f, true
}

// fly answers, goes on when only some of those waiting give up, and keeps what
// came out.
func (a *answers) fly(ctx context.Context, key string, f *flight, run run) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	a.mu.Lock()
	f.cancel = cancel
	abandoned := f.waiting == 0
	a.mu.Unlock()
	if abandoned {
		cancel()
	}
	out, err := guard(ctx, run, func(r reply) {
		a.mu.Lock()
		defer a.mu.Unlock()
		f.begun, f.reply = time.Now(), r
	})
	a.mu.Lock()
	defer a.mu.Unlock()
	if out.took == 0 { // else it was kept
		out.took = time.Since(f.begun)
	}
	f.reply, f.err = out, err
	if a.flights[key] == f {
		delete(a.flights, key)
	}
	if err == nil {
		a.keep(key, out)
	}
	close(f.done)
}

// guard turns a panic into an error: nobody else would catch it here, where it
// would end the process instead of one answer.
func guard(ctx context.Context, run run, begin func(reply)) (r reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &fault.Error{Code: "internal", Message: "The report failed.", Err: fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
		}
	}()
	return run(ctx, begin)
}

// wait waits for a flight; the last one to give up ends it.
func (a *answers) wait(ctx context.Context, key string, f *flight) (reply, error) {
	select {
	case <-f.done:
		return f.reply, f.err
	case <-ctx.Done():
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	f.waiting--
	if f.waiting == 0 {
		if a.flights[key] == f {
			delete(a.flights, key)
		}
		if f.cancel != nil {
			f.cancel()
		}
	}
	return reply{}, ctx.Err()
}

// keep keeps an answer, and drops those that are too old to be given again.
func (a *answers) keep(key string, r reply) {
	for key, old := range a.replies {
		if r.asOf.Sub(old.asOf) >= keepFor {
			delete(a.replies, key)
		}
	}
	if old, ok := a.replies[key]; !ok || old.seq <= r.seq {
		a.replies[key] = r
	}
}

// kept returns an answer of the last moment that includes what is wanted.
func (a *answers) kept(key string, want wanted) (reply, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r, ok := a.replies[key]
	return r, ok && r.includes(want) && want.now.Sub(r.asOf) < keepTimes*r.took
}

// unchanged returns an answer of the last second that was read from the same
// log: it would come out the same.
func (a *answers) unchanged(key string, now reply) (reply, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r, ok := a.replies[key]
	return r, ok && r.includes(wanted{now.seq, now.generation, now.asOf}) && r.seq == now.seq && r.generation == now.generation
}
