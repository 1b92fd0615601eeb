package projector

import "context"

// tidying is a compaction under way beside the loop.
type tidying struct {
	cancel   context.CancelFunc
	finished chan error
}

// tidy starts a compaction of the generation in force, unless one is under way.
func (l *line) tidy(ctx context.Context) error {
	if l.tidying != nil {
		select {
		case err := <-l.tidying.finished:
			l.tidying.cancel()
			if l.tidying = nil; err != nil {
				return err
			}
		default:
			return nil
		}
	}
	within, cancel := context.WithCancel(ctx)
	l.tidying = &tidying{cancel, make(chan error, 1)}
	finished, number := l.tidying.finished, l.current.number
	go func() { finished <- l.options.Tables.Compact(within, l.workspace, number) }()
	return nil
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
