package projector

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// Options wire a projector.
type Options struct {
	Journal  Journal
	Tables   Tables
	Logger   *slog.Logger  // nil = discard
	TempDir  string        // where bulk builds sort; "" = the system's
	Patience time.Duration // how long Wait waits; 0 = 5 s
	Retry    time.Duration // after a failed step; 0 = 1 s
	Pace     time.Duration // between two batches while nobody waits; 0 = 100 ms
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Patience == 0 {
		o.Patience = 5 * time.Second
	}
	if o.Retry == 0 {
		o.Retry = time.Second
	}
	if o.Pace == 0 {
		o.Pace = 100 * time.Millisecond
	}
	return o
}

// Projector keeps the tables of all workspaces in step with their logs.
type Projector struct {
	options Options
	stop    context.CancelFunc
	stopped chan struct{} // closed when Run has ended

	mu      sync.Mutex
	lines   map[journal.WorkspaceID]*line
	running bool
	closed  bool
}

// New makes a projector; Run makes it work.
func New(o Options) *Projector {
	return &Projector{
		options: o.withDefaults(), lines: map[journal.WorkspaceID]*line{},
		stopped: make(chan struct{}),
	}
}

// Run follows the log until ctx ends or Close is called. It is called once.
func (p *Projector) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p.mu.Lock()
	closed := p.closed
	p.stop, p.running = cancel, true
	p.mu.Unlock()
	defer close(p.stopped)
	if closed {
		return nil
	}
	var group sync.WaitGroup
	defer group.Wait()
	started := map[journal.WorkspaceID]bool{}
	retry := time.NewTicker(p.options.Retry)
	defer retry.Stop()
	for {
		if err := p.rouse(ctx, func(l *line) {
			if !started[l.workspace] {
				started[l.workspace] = true
				group.Go(func() { l.run(ctx) })
			}
		}); err != nil && ctx.Err() == nil {
			p.options.Logger.LogAttrs(ctx, slog.LevelError, "projector: list workspaces failed", slog.Any("error", err))
			select {
			case <-retry.C:
				continue
			case <-ctx.Done():
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-p.options.Journal.Changed():
		case <-p.options.Tables.Broken():
			p.reopen()
		}
	}
}

// Close ends Run and waits for it; a Run that comes later returns at once.
func (p *Projector) Close() error {
	p.mu.Lock()
	p.closed = true
	running, stop := p.running, p.stop
	p.mu.Unlock()
	if running {
		stop()
		<-p.stopped
	}
	return nil
}

// rouse makes every line look at its log; start is called for each before.
func (p *Projector) rouse(ctx context.Context, start func(*line)) error {
	workspaces, err := p.options.Journal.Workspaces(ctx)
	if err != nil {
		return fmt.Errorf("projector: list workspaces: %w", err)
	}
	for _, w := range workspaces {
		l := p.line(w)
		start(l)
		l.rouse()
	}
	return nil
}

// reopen makes every line ask for its tables anew: they share one file.
func (p *Projector) reopen() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.lines {
		l.mu.Lock()
		l.reopen = true
		l.mu.Unlock()
	}
}

func (p *Projector) line(w journal.WorkspaceID) *line {
	p.mu.Lock()
	defer p.mu.Unlock()
	l, ok := p.lines[w]
	if !ok {
		l = newLine(p.options, w)
		p.lines[w] = l
	}
	return l
}

// Wait returns once reports of the workspace include the log up to seq, under
// the configuration in force then. After some seconds it gives up with
// fault.Unavailable: "recomputing" while a new generation is being built, else
// "not_yet_visible".
func (p *Projector) Wait(ctx context.Context, w journal.WorkspaceID, seq int64) error {
	l := p.line(w)
	timer := time.NewTimer(p.options.Patience)
	defer timer.Stop()
	for {
		position, changed := l.look()
		if position.includes(seq) {
			return nil
		}
		l.hurry()
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			return l.tooEarly(position, seq)
		}
	}
}

func (l *line) tooEarly(p Position, seq int64) error {
	if p.Generation != 0 && p.Stale == 0 {
		return &fault.Error{
			Kind: fault.Unavailable, Code: "not_yet_visible", RetryAfter: time.Second,
			Message: fmt.Sprintf("The reports include entries up to %d, not yet %d. Try again in a moment.", p.Seq, seq),
		}
	}
	progress := l.progress()
	return &fault.Error{
		Kind: fault.Unavailable, Code: "recomputing", RetryAfter: progress.left(time.Now()),
		Message: fmt.Sprintf("The reports are being recomputed: %d %% done.", progress.Percent()),
	}
}

// Percent is how much is done, 0 to 100.
func (p Progress) Percent() int {
	if p.Total <= 0 {
		return 0
	}
	return int(min(p.Done*100/p.Total, 100))
}

// left estimates how long the rest takes, between a second and a minute.
func (p Progress) left(now time.Time) time.Duration {
	if p.Done <= 0 || p.Started.IsZero() {
		return 5 * time.Second
	}
	rest := time.Duration(float64(now.Sub(p.Started)) * float64(p.Total-p.Done) / float64(p.Done))
	return min(max(rest.Round(time.Second), time.Second), time.Minute)
}

// Progress tells how far the build under way is; ok is false without one.
func (p *Projector) Progress(w journal.WorkspaceID) (progress Progress, ok bool) {
	progress = p.line(w).progress()
	return progress, !progress.Started.IsZero()
}

func (l *line) progress() Progress {
	l.mu.Lock()
	done := l.done
	l.mu.Unlock()
	if done == nil {
		return Progress{}
	}
	return done()
}

// Look returns what reports of a workspace show now, and a channel that is
// closed when that changes.
func (p *Projector) Look(w journal.WorkspaceID) (Position, <-chan struct{}) { return p.line(w).look() }

// Rebuild makes a new generation from the whole log, puts it in force and
// returns. Meanwhile reports are answered from the old one.
func (p *Projector) Rebuild(ctx context.Context, w journal.WorkspaceID) error {
	l := p.line(w)
	before, _ := l.look()
	l.mu.Lock()
	l.rebuild = true
	l.mu.Unlock()
	l.rouse()
	for {
		position, changed := l.look()
		if position.Generation > before.Generation {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-p.stopped:
			return errStopping()
		}
	}
}
