package projector

import (
	"context"
	"time"
)

// tidying is a compaction under way beside the loop.
type tidying struct {
	cancel   context.CancelFunc
	begun    time.Time
	finished chan error
}

// tidyShare bounds compaction to one part in so many of the time. Small tables
// would else be netted all the time while many changes come.
const tidyShare = 10

// tidy starts a compaction of the generation in force, if rows came since the
// last one began, unless one is under way or ended a short while ago.
func (l *line) tidy(ctx context.Context) error {
	if err := l.tidied(); err != nil {
		return err
	}
	if l.tidying != nil || !l.untidy || l.current == nil || time.Now().Before(l.calm) {
		return nil
	}
	within, cancel := context.WithCancel(ctx)
	l.tidying, l.untidy = &tidying{cancel, time.Now(), make(chan error, 1)}, false
	finished, number := l.tidying.finished, l.current.number
	go func() { finished <- l.options.Tables.Compact(within, l.workspace, number) }()
	return nil
}

// tidied looks whether the compaction under way has ended.
func (l *line) tidied() error {
	if l.tidying == nil {
		return nil
	}
	select {
	case err := <-l.tidying.finished:
		l.tidying.cancel()
		l.calm = time.Now().Add((tidyShare - 1) * time.Since(l.tidying.begun))
		l.tidying = nil
		return err
	default:
		return nil
	}
}

// tidyTime fires when the next compaction may begin; never if there is nothing
// to do, or one is under way.
func (l *line) tidyTime() <-chan time.Time {
	if !l.untidy || l.tidying != nil || l.current == nil {
		return nil
	}
	return time.After(time.Until(l.calm))
}

// endTidying cuts a compaction off, as its tables are about to go.
func (l *line) endTidying() error {
	if l.tidying == nil {
		return nil
	}
	l.tidying.cancel()
	err := <-l.tidying.finished
	l.tidying = nil
	return err
}
