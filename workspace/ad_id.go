package workspace

import (
	"context"

	"github.com/tidemark/tidemark/journal"
)

// AdIDs returns the latest ids by which ad networks and analytics know a
// contact, each with its time, so that what it bought can be told to them.
// Without a contact's agreement there are none: journal.AdIDs has the rules.
func (s *Service) AdIDs(ctx context.Context, w journal.WorkspaceID, ref ContactRef) (ids []journal.AdID, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		_, h, entries, err := openLog(r, w, ref)
		if err != nil {
			return err
		}
		wide, err := withVisitors(r, w, entries)
		if err != nil {
			return err
		}
		ids = journal.AdIDs(h.ID, wide)
		return nil
	})
	return ids, err
}
