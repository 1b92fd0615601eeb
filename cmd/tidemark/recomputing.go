package main

import (
	"context"
	"log/slog"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
)

// generations tells reports and the history of the stages what the projector
// is at.
type generations struct{ projector *projector.Projector }

// Recomputing implements report.Recomputing.
func (g generations) Recomputing(w journal.WorkspaceID) (report.Recomputation, bool) {
	position, _ := g.projector.Look(w)
	if position.Stale == 0 {
		return report.Recomputation{}, false
	}
	progress, _ := g.projector.Progress(w)
	return report.Recomputation{
		Generation: position.Generation, Since: position.Stale, Done: progress.Done, Total: progress.Total,
	}, true
}

// Told implements report.News.
func (g generations) Told(w journal.WorkspaceID) (generation, seq int64) {
	position, _ := g.projector.Look(w)
	told, _ := g.projector.News(w)
	return position.Generation, told.Seq
}

// Current implements workspace.Reports.
func (g generations) Current(ctx context.Context, w journal.WorkspaceID) error {
	for {
		position, moved := g.projector.Look(w)
		if position.Generation != 0 && position.Stale == 0 {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// followEffects counts what edits of the stages did to the numbers.
func (a *App) followEffects(ctx context.Context) {
	a.workspace.FollowEffects(ctx, generations{a.projector}, func(err error) {
		a.log.LogAttrs(ctx, slog.LevelError, "the effect of an edit could not be counted", slog.Any("error", err))
	})
}
