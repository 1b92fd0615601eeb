package record

import (
	"bytes"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Answer returns what Remember kept under a key later than after.
func (t *Tx) Answer(w journal.WorkspaceID, key string, after lifecycle.Millis) (hash, answer []byte, err error) {
	row, ok, err := t.One("idempotency.get", int64(w), key, int64(after))
	if err != nil || !ok {
		return nil, nil, err
	}
	return bytes.Clone(row.Blob(0)), bytes.Clone(row.Blob(1)), nil
}

// Remember keeps the answer to a request, and lets go of some that are older
// than keep.
func (t *Tx) Remember(w journal.WorkspaceID, key string, hash, answer []byte, at, expired lifecycle.Millis) error {
	if err := t.Run("idempotency.save", int64(w), key, hash, answer, int64(at)); err != nil {
		return err
	}
	if t.now.seq%64 != 0 {
		return nil
	}
	return t.Run("idempotency.expire", int64(expired))
}
