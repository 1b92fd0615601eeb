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

// keepFor is how long an answer may be given again.
const keepFor = time.Second

// answers joins equal questions that are being answered at the same time, and
// keeps each answer for a second, as long as its log and generation stand. The
// zero value is ready.
type answers struct {
	mu      sync.Mutex
	flights map[string]*flight
	replies map[string]reply
}

// reply is an answer and what it was read from.
type reply struct {
	seq, generation int64
	value           any
	made            time.Time
}

// flight is a question being answered, for as many as wait.
type flight struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	reply   reply
	err     error
}

// keyOf names a question: the same at any instant of one second. What a
// filter names is part of it: a list's rule can change without a log entry.
func keyOf(w journal.WorkspaceID, q Query, who *segment.Resolved, what string, now time.Time) string {
	q.MinSeq = 0 // says when, not what
	text, err := json.Marshal(struct {
		Query
		Who *segment.Resolved
	}{q, who})
	if err != nil {
		text = []byte(strconv.FormatInt(now.UnixNano(), 10)) // joined with nothing
	}
	return strconv.FormatInt(int64(w), 10) + " " + what + " " + strconv.FormatInt(now.Unix(), 10) + " " + string(text)
}

// join answers a question by run, or waits for the same one under way. One
// that began too early to include minSeq is not good enough.
func (a *answers) join(ctx context.Context, key string, minSeq int64, run func(context.Context) (reply, error)) (reply, error) {
	for {
		f, first := a.board(key)
		if first {
			go a.fly(ctx, key, f, run)
		}
		r, err := a.wait(ctx, key, f)
		switch {
		case err != nil:
			return reply{}, err
		case r.seq >= minSeq:
			return r, nil
		case first:
			return reply{}, fault.New(fault.Unavailable, "behind", "The reports do not include that write yet. Try again.")
		}
	}
}

// board finds or makes the flight of a key and counts one more waiting.
func (a *answers) board(key string) (f *flight, first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if f, ok := a.flights[key]; ok {
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
func (a *answers) fly(ctx context.Context, key string, f *flight, run func(context.Context) (reply, error)) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	a.mu.Lock()
	f.cancel = cancel
	abandoned := f.waiting == 0
	a.mu.Unlock()
	if abandoned {
		cancel()
	}
	f.reply, f.err = guard(ctx, run)
	f.reply.made = time.Now()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.flights[key] == f {
		delete(a.flights, key)
	}
	if f.err == nil {
		a.sweep(f.reply.made)
		a.replies[key] = f.reply
	}
	close(f.done)
}

// guard turns a panic into an error: nobody else would catch it here, where it
// would end the process instead of one answer.
func guard(ctx context.Context, run func(context.Context) (reply, error)) (r reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &fault.Error{Code: "internal", Message: "The report failed.", Err: fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
		}
	}()
	return run(ctx)
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

// kept returns an answer of the last second that was read from the same log.
func (a *answers) kept(key string, now reply) (reply, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r, ok := a.replies[key]
	return r, ok && r.seq == now.seq && r.generation == now.generation && time.Since(r.made) < keepFor
}

// sweep drops answers that are too old to be given again.
func (a *answers) sweep(now time.Time) {
	for key, r := range a.replies {
		if now.Sub(r.made) >= keepFor {
			delete(a.replies, key)
		}
	}
}
