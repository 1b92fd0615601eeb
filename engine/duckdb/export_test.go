package duckdb

import (
	"context"
	"database/sql"
	"errors"

	"github.com/tidemark/tidemark/journal"
)

// Narrow makes the bounds of what is held in memory narrow; before the first view.
func Narrow(e *Engine, rows, others, visitors, trails int) {
	e.bounds = bounds{rows, others, visitors, trails}
}

// eachGeneration visits the generations that are remembered of a workspace.
func eachGeneration(e *Engine, w journal.WorkspaceID, visit func(*generation)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for key, g := range e.generations {
		if key.workspace == w {
			visit(g)
		}
	}
}

// HeldPaths tells how many rows of visits and trails are held of a workspace.
func HeldPaths(e *Engine, w journal.WorkspaceID) (n int) {
	eachGeneration(e, w, func(g *generation) { n += g.paths.rows() })
	return n
}

// TextsKnown tells how many texts of sources are remembered of a workspace.
func TextsKnown(e *Engine, w journal.WorkspaceID) (n int) {
	eachGeneration(e, w, func(g *generation) {
		g.texts.mu.Lock()
		defer g.texts.mu.Unlock()
		n += len(g.texts.known)
	})
	return n
}

// TakenBack tells how many rows of journeys wait to be netted in a workspace.
func TakenBack(e *Engine, w journal.WorkspaceID) (n int64) {
	eachGeneration(e, w, func(g *generation) { n += g.waiting().negatives[0] })
	return n
}

// Failed reports whether the last batch of a workspace failed.
func Failed(e *Engine, w journal.WorkspaceID) (failed bool) {
	eachGeneration(e, w, func(g *generation) {
		g.mu.Lock()
		defer g.mu.Unlock()
		failed = failed || g.seq == unknownSeq
	})
	return failed
}

// Obstruct makes every batch of a workspace fail until it is told to end.
func Obstruct(ctx context.Context, e *Engine, w journal.WorkspaceID) (end func() error, err error) {
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	_, err = conn.ExecContext(ctx, "BEGIN TRANSACTION; UPDATE generation SET latest = latest WHERE workspace = ?", int64(w))
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return errors.Join(err, conn.Close())
	}, err
}

// CompactNow nets the rows of the generation in force, worth it or not.
func CompactNow(ctx context.Context, e *Engine, w journal.WorkspaceID) error {
	generations, err := e.Generations(ctx, w)
	if err != nil {
		return err
	}
	return e.write(ctx, func(conn *sql.Conn) error {
		for _, listed := range generations {
			g, err := e.generation(ctx, conn, generationKey{w, listed.Number})
			if err != nil {
				return err
			}
			for i := range facts {
				if err := g.net(ctx, conn, i); err != nil {
					return err
				}
			}
			if err := g.netRollups(ctx, conn, true); err != nil {
				return err
			}
		}
		checkpoint(ctx, conn)
		return nil
	})
}

// CoverNow brings the rollups up to date, worth it or not.
func CoverNow(ctx context.Context, e *Engine, w journal.WorkspaceID) error {
	generations, err := e.Generations(ctx, w)
	if err != nil {
		return err
	}
	return e.write(ctx, func(conn *sql.Conn) error {
		for _, listed := range generations {
			g, err := e.generation(ctx, conn, generationKey{w, listed.Number})
			if err != nil {
				return err
			}
			if err := g.cover(ctx, conn); err != nil {
				return err
			}
		}
		return nil
	})
}

// TakePlaces takes all places of views, and returns how to give them back.
func TakePlaces(ctx context.Context, e *Engine) (leave func(), err error) {
	var taken []*session
	for range e.options.Readers {
		s, err := e.places.enter(ctx)
		if err != nil {
			return nil, err
		}
		taken = append(taken, s)
	}
	return func() {
		for _, s := range taken {
			e.places.leave(s)
		}
	}, nil
}
