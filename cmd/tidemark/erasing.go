package main

import (
	"context"
	"log/slog"

	"github.com/tidemark/tidemark/engine/duckdb"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/workspace"
)

// tombstoneFile is where the data folder names who was erased.
const tombstoneFile = "erased.jsonl"

// copies is what reports are made of, as an erasure sees it.
type copies struct {
	projector *projector.Projector
	engine    *duckdb.Engine
}

// Still implements workspace.Copies.
func (c copies) Still(ctx context.Context, w journal.WorkspaceID, seq int64, do func(seen int64) error) error {
	return c.projector.Still(ctx, w, seq, do)
}

// Rewrite implements workspace.Copies.
func (c copies) Rewrite(context.Context) error { return c.engine.Rewrite() }

// remains are the places where something of a person is.
func (a *App) remains() workspace.Remains {
	return workspace.Remains{
		Copies:     copies{a.projector, a.engine},
		Tombstones: record.OpenTombstones(a.folder.file(tombstoneFile), a.record),
		Flush:      a.record.Flush,
	}
}

// followErasures removes the rows of who was erased.
func (a *App) followErasures(ctx context.Context) {
	a.workspace.FollowErasures(ctx, a.remains(), func(err error) {
		a.log.LogAttrs(ctx, slog.LevelError, "the rows of an erased contact could not be removed yet", slog.Any("error", err))
	})
}
