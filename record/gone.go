package record

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// goneFrom returns the last entry of a contact that is gone, and the contact
// that it became; both 0 if it is not gone, or never was there.
func goneFrom(ctx context.Context, c *conn, w journal.WorkspaceID, id journal.ContactID) (last int64, became journal.ContactID, err error) {
	row, ok, err := c.one(ctx, "gone.get", []any{int64(w), int64(id)})
	if err != nil || !ok {
		return 0, 0, err
	}
	return row.Int(0), journal.ContactID(row.Int(1)), nil
}

// Drop takes a contact out of the caches. Its log stays.
func (t *Tx) Drop(w journal.WorkspaceID, h *workspace.Held, became journal.ContactID, erasing bool) error {
	t.count(w, h.Stored, -1)
	t.request.chains[h.ID] = nil
	for _, table := range []string{"head.remove", "contact.remove"} {
		if err := t.Run(table, int64(w), int64(h.ID)); err != nil {
			return err
		}
	}
	if err := t.Run("gone.follow", int64(w), int64(h.ID), int64(became), erasing); err != nil {
		return err
	}
	return t.Run("gone.add", int64(w), int64(h.ID), h.Head.Last, int64(became), erasing)
}
