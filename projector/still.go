package projector

import (
	"context"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// quiet is what somebody does while nothing is projected.
type quiet struct {
	seq  int64 // that must be projected before
	do   func(seen int64) error
	done chan error
}

// Still runs do while nothing of a workspace is projected, once every row was
// that the log up to seq asks for; seen is how far the rows go. No number of a
// text that was asked for before is used afterwards.
func (p *Projector) Still(ctx context.Context, w journal.WorkspaceID, seq int64, do func(seen int64) error) error {
	l := p.line(w)
	q := &quiet{seq, do, make(chan error, 1)}
	select {
	case l.quiet <- q:
	case <-ctx.Done():
		return ctx.Err()
	case <-p.stopped:
		return errStopping()
	}
	l.rouse()
	l.hurry()
	select {
	case err := <-q.done:
		return err
	case <-p.stopped:
		select {
		case err := <-q.done:
			return err
		default:
			return errStopping()
		}
	}
}

// beStill lets one who waits for it do something, if all rows are there and
// none are being made.
func (l *line) beStill() {
	if l.waiting == nil {
		select {
		case l.waiting = <-l.quiet:
		default:
			return
		}
	}
	if l.current == nil || l.under != nil || l.current.stale != 0 || l.current.cursor.Seq < l.waiting.seq {
		return
	}
	q := l.waiting
	l.waiting = nil
	q.done <- q.do(l.current.cursor.Seq)
	l.current.numbers.forgetTexts()
	l.rouse()
}

func errStopping() error {
	return fault.New(fault.Unavailable, "stopping", "The server is stopping.")
}
