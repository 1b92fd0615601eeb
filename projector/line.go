package projector

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/tidemark/tidemark/journal"
)

// Position is what reports of a workspace show at a moment.
type Position struct {
	Generation int64 // 0 = none in force
	Seq        int64 // included, under the generation's configuration
	Stale      int64 // the seq of an edit that another generation is being built for; 0 = none
}

// includes reports whether reports show the log up to a seq, under the
// configuration that was in force then.
func (p Position) includes(seq int64) bool {
	return p.Generation != 0 && p.Seq >= seq && (p.Stale == 0 || seq < p.Stale)
}

// line is the loop of one workspace. Everything without a lock belongs to the
// loop alone.
type line struct {
	options   Options
	workspace journal.WorkspaceID
	wake      chan struct{}
	hurried   chan struct{} // somebody waits for a position
	quiet     chan *quiet   // somebody waits for stillness
	waiting   *quiet        // whom the loop took from there
	begun     time.Time     // the last step
	took      time.Duration // that step

	current *follower // of the generation in force; nil = none
	under   *construction
	tidying *tidying  // nil = no compaction is under way
	untidy  bool      // rows were appended since the last compaction began
	calm    time.Time // no compaction begins before
	opened  bool
	highest int64 // number of a generation so far: none is used twice
	news    *bulletin

	mu       sync.Mutex
	position Position
	changed  chan struct{} // closed and replaced at every new position
	done     func() Progress
	reopen   bool // the tables may not be what they were
	rebuild  bool // a new generation is wanted whatever the state
}

// construction is a build under way beside the generation in force.
type construction struct {
	*build
	cancel   context.CancelFunc
	finished chan error
}

func newLine(o Options, w journal.WorkspaceID) *line {
	return &line{options: o, workspace: w, wake: make(chan struct{}, 1), hurried: make(chan struct{}, 1), quiet: make(chan *quiet, 1), news: newBulletin(), changed: make(chan struct{})}
}

// rouse makes the loop look at the log.
func (l *line) rouse() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// run is the loop. It ends with ctx.
func (l *line) run(ctx context.Context) {
	defer func() {
		l.abandon()
		_ = l.endTidying() // it was cut off
	}()
	for ctx.Err() == nil {
		l.begun = time.Now()
		err := l.step(ctx)
		l.took = time.Since(l.begun)
		if err != nil && ctx.Err() == nil {
			l.options.Logger.LogAttrs(ctx, slog.LevelError, "projector: step failed",
				slog.Int64("workspace", int64(l.workspace)), slog.Any("error", err))
			// The tables may have gone further than this follower knows.
			l.current, l.opened = nil, false
			rest(ctx, l.options.Retry)
			continue
		}
		l.pause(ctx)
	}
}

// rest waits for a time, whatever the news: what failed would fail again.
func rest(ctx context.Context, wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// pause waits for news, for the end of what is under way beside the loop, or
// until the tables may be tidied.
func (l *line) pause(ctx context.Context) {
	var finished, tidied chan error
	if l.under != nil {
		finished = l.under.finished
	}
	if l.tidying != nil {
		tidied = l.tidying.finished
	}
	select {
	case <-ctx.Done():
	case <-l.tidyTime():
	case err := <-tidied:
		tidied <- err // for step
	case <-l.wake:
		l.gather(ctx)
	case err := <-finished:
		finished <- err // for step
	}
}

// idle is how much longer than a step the pause between two steps is, while
// nobody waits for the news.
const idle = 3

// gather lets news gather for a moment, unless somebody waits for them: a
// batch is a durable commit of the engine whatever its size, and would take
// processor and disk from the record at every single write. The longer steps
// take the longer it is, so that most of the machine is the record's.
func (l *line) gather(ctx context.Context) {
	length := min(max(l.options.Pace, (1+idle)*l.took), maxPaces*l.options.Pace)
	timer := time.NewTimer(time.Until(l.begun.Add(length)))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-l.hurried:
	case <-timer.C:
	}
}

// maxPaces bounds how long news gather, in paces.
const maxPaces = 2

// hurry makes the loop take the next news at once.
func (l *line) hurry() {
	select {
	case l.hurried <- struct{}{}:
	default:
	}
}

// step does all there is to do now.
func (l *line) step(ctx context.Context) error {
	if err := l.open(ctx); err != nil {
		return err
	}
	head, err := l.options.Journal.Head(ctx, l.workspace)
	if err != nil {
		return fmt.Errorf("projector: read head: %w", err)
	}
	if head == 0 {
		return nil
	}
	if err := l.keepUp(ctx, head); err != nil {
		return err
	}
	if err := l.tidy(ctx); err != nil {
		return err
	}
	if err := l.construct(ctx, head); err != nil {
		return err
	}
	if err := l.takeOver(ctx); err != nil {
		return err
	}
	l.beStill()
	return nil
}

// open finds the generation in force, when that is not known. A generation of
// another record, or one that read more than there is, is not trusted: none is
// in force until a new one is built.
func (l *line) open(ctx context.Context) error {
	l.mu.Lock()
	reopen := l.reopen
	l.reopen = false
	l.mu.Unlock()
	if l.opened && !reopen {
		return nil
	}
	l.abandon()
	_ = l.endTidying() // the tables are looked at anew, whatever became of it
	l.current, l.opened = nil, false
	generations, err := l.options.Tables.Generations(ctx, l.workspace)
	if err != nil {
		return fmt.Errorf("projector: list generations: %w", err)
	}
	for _, g := range generations {
		l.highest = max(l.highest, g.Number)
		if !g.InForce {
			continue
		}
		ok, err := l.trusted(ctx, g)
		if err != nil {
			return err
		}
		if ok {
			l.current = newFollower(l.options.Journal, l.options.Tables, l.workspace, g.Number, g.Cursor)
		}
	}
	if l.current == nil && len(generations) > 0 {
		if err := l.options.Tables.Switch(ctx, l.workspace, 0); err != nil {
			return fmt.Errorf("projector: drop foreign generation: %w", err)
		}
	}
	l.opened = true
	return l.checkConfiguration(ctx)
}

func (l *line) trusted(ctx context.Context, g Generation) (bool, error) {
	incarnation, err := l.options.Journal.Incarnation(ctx)
	if err != nil {
		return false, fmt.Errorf("projector: read incarnation: %w", err)
	}
	head, err := l.options.Journal.Head(ctx, l.workspace)
	if err != nil {
		return false, fmt.Errorf("projector: read head: %w", err)
	}
	return g.Cursor.Incarnation == incarnation && g.Cursor.Seq <= head, nil
}

// checkConfiguration compares the configuration of the rows with that of the
// log at the same place. They differ when the program ended while a new
// generation was being built; what was stale since when is not kept, so all is.
func (l *line) checkConfiguration(ctx context.Context) error {
	if l.current == nil {
		l.publish()
		return nil
	}
	logged, err := l.options.Journal.ConfigurationAt(ctx, l.workspace, l.current.cursor.Seq)
	if err != nil {
		return fmt.Errorf("projector: read configuration: %w", err)
	}
	if !sameConfiguration(logged, l.current.cursor.Configuration) {
		l.current.stale = 1
	}
	l.publish()
	return nil
}

func sameConfiguration(a, b journal.Configuration) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// keepUp brings the generation in force to the head.
func (l *line) keepUp(ctx context.Context, head int64) error {
	if l.current == nil || l.current.cursor.Seq >= head {
		return nil
	}
	for l.current.cursor.Seq < head {
		if err := l.current.advance(ctx, head); err != nil {
			return err
		}
		l.untidy = true
		l.publish()
	}
	return nil
}

// construct starts a build when one is needed, and starts it again when the
// configuration that it is for was overtaken.
func (l *line) construct(ctx context.Context, head int64) error {
	l.mu.Lock()
	wanted := l.rebuild || l.current == nil || l.current.stale != 0
	l.mu.Unlock()
	if l.under != nil {
		latest, err := l.options.Journal.ConfigurationAt(ctx, l.workspace, head)
		if err != nil {
			return fmt.Errorf("projector: read configuration: %w", err)
		}
		if latest.ProjectsLike(&l.under.follower.cursor.Configuration) {
			return nil
		}
		l.abandon()
	}
	if !wanted {
		return nil
	}
	b, err := newBuild(ctx, l.options.Journal, l.options.Tables, l.workspace, l.highest+1, head, l.options.TempDir)
	if err != nil {
		return err
	}
	l.highest++
	within, cancel := context.WithCancel(ctx)
	l.under = &construction{b, cancel, make(chan error, 1)}
	finished, started := l.under.finished, time.Now()
	l.mu.Lock()
	l.rebuild = false
	l.done = func() Progress { return Progress{b.done.Load(), b.upTo, started} }
	l.mu.Unlock()
	go func() { finished <- b.run(within) }()
	return nil
}

// abandon ends a build and waits for it.
func (l *line) abandon() {
	if l.under == nil {
		return
	}
	l.under.cancel()
	<-l.under.finished
	l.settle()
}

// settle forgets a build that has ended.
func (l *line) settle() {
	l.under.cancel()
	l.under = nil
	l.mu.Lock()
	l.done = nil
	l.mu.Unlock()
}

// takeOver puts a finished build in force, once it has caught up.
func (l *line) takeOver(ctx context.Context) error {
	if l.under == nil {
		return nil
	}
	select {
	case err := <-l.under.finished:
		next := l.under.follower
		l.settle()
		if err != nil {
			return err
		}
		return l.put(ctx, next)
	default:
		return nil
	}
}

func (l *line) put(ctx context.Context, next *follower) error {
	head, err := l.options.Journal.Head(ctx, l.workspace)
	if err != nil {
		return fmt.Errorf("projector: read head: %w", err)
	}
	for next.cursor.Seq < head {
		if err := next.advance(ctx, head); err != nil {
			return err
		}
	}
	_ = l.endTidying() // of a generation that goes
	if err := l.options.Tables.Switch(ctx, l.workspace, next.number); err != nil {
		return fmt.Errorf("projector: switch generation: %w", err)
	}
	l.current = next
	l.publish()
	l.rouse() // it may be stale already
	return nil
}

// publish tells everybody the position.
func (l *line) publish() {
	var p Position
	if l.current != nil {
		p = Position{l.current.number, l.current.cursor.Seq, l.current.stale}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if p == l.position {
		return
	}
	l.position = p
	close(l.changed)
	l.changed = make(chan struct{})
	l.news.publish(p)
}

// look returns the position and a channel that closes at the next one.
func (l *line) look() (Position, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.position, l.changed
}
