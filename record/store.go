package record

import (
	"context"

	"github.com/tidemark/tidemark/workspace"
)

// store is the record as package workspace asks for it: the same two methods,
// with its interfaces for arguments.
type store struct{ record *Record }

// Store returns the record as a workspace.Store.
func (r *Record) Store() workspace.Store { return store{r} }

// Write implements workspace.Store.
func (s store) Write(ctx context.Context, do func(workspace.Tx) error) error {
	return s.record.Write(ctx, func(tx *Tx) error { return do(tx) })
}

// Read implements workspace.Store.
func (s store) Read(ctx context.Context, do func(workspace.Reader) error) error {
	return s.record.Read(ctx, func(r *Reader) error { return do(r) })
}
