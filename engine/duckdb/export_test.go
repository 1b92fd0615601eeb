package duckdb

import (
	"context"
	"database/sql"

	"github.com/tidemark/tidemark/journal"
)

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
