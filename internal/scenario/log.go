package scenario

import (
	"context"
	"fmt"

	"github.com/tidemark/tidemark/journal"
)

// Log is entries held in memory, for engines that read a log by themselves.
type Log []journal.Entry

// Scan calls visit with the entries after < seq <= upTo in order, at most limit.
func (l Log) Scan(_ context.Context, _ journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	for _, e := range l {
		if e.Seq <= after || e.Seq > upTo {
			continue
		}
		if limit--; limit < 0 {
			return nil
		}
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}

// ConfigurationAt returns the configuration as of a seq.
func (l Log) ConfigurationAt(_ context.Context, _ journal.WorkspaceID, seq int64) (journal.Configuration, error) {
	for i := len(l) - 1; i >= 0; i-- {
		if l[i].Seq <= seq && l[i].Configuration != nil {
			return *l[i].Configuration, nil
		}
	}
	return journal.Configuration{}, fmt.Errorf("scenario: no configuration up to %d", seq)
}
