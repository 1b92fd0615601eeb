package workspace

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/whatif"
)

// CountEffects counts what each edit of the configuration that changed how
// logs are read did to the numbers, where that is not known yet. It folds the
// log as it was at the edit, so it does not matter when it is called.
func (s *Service) CountEffects(ctx context.Context, w journal.WorkspaceID) error {
	for {
		more, err := s.countEffect(ctx, w)
		if err != nil || !more {
			return err
		}
	}
}

// countEffect counts the effect of the latest edit that lacks it.
func (s *Service) countEffect(ctx context.Context, w journal.WorkspaceID) (bool, error) {
	select {
	case s.comparing <- struct{}{}:
		defer func() { <-s.comparing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	var seq int64
	var effect EditEffect
	err := s.store.Read(ctx, func(r Reader) error {
		edits, known, err := readEdits(r, w)
		if err != nil {
			return err
		}
		before, after := lackingEffect(edits, known)
		if after == nil {
			return nil
		}
		found, err := whatif.Compare(ctx, &before.Configuration.Lifecycle, &after.Configuration.Lifecycle, logOf{r, w, after.Seq})
		seq, effect = after.Seq, effectOf(found)
		return err
	})
	if err != nil || seq == 0 {
		return false, err
	}
	return true, s.store.Write(ctx, func(tx Tx) error { return tx.SaveEffect(w, seq, effect) })
}

// readEdits reads the edits of the configuration, oldest first, and the
// effects that are known.
func readEdits(r Reader, w journal.WorkspaceID) ([]journal.Entry, map[int64]EditEffect, error) {
	c, err := r.Configuration(w)
	if err != nil {
		return nil, nil, err
	}
	edits, err := r.Chain(c.Seq)
	if err != nil {
		return nil, nil, err
	}
	known, err := r.Effects(w)
	return edits, known, err
}

// lackingEffect finds the latest edit whose effect is not known, and the one
// before it; nil if there is none.
func lackingEffect(edits []journal.Entry, known map[int64]EditEffect) (before, after *journal.Entry) {
	for i := len(edits) - 1; i > 0; i-- {
		before, after := &edits[i-1], &edits[i]
		if _, ok := known[after.Seq]; !ok && !before.Configuration.Lifecycle.FoldsLike(&after.Configuration.Lifecycle) {
			return before, after
		}
	}
	return nil, nil
}

// Reports is what FollowEffects lets go first.
type Reports interface {
	// Current returns once reports of a workspace are of its latest
	// configuration, or with the context's error.
	Current(ctx context.Context, w journal.WorkspaceID) error
}

// FollowEffects counts the effects of edits once reports have switched to
// them, until ctx ends. Failed is told of errors; the edit is tried again after
// the next one.
func (s *Service) FollowEffects(ctx context.Context, reports Reports, failed func(error)) {
	for {
		all, err := s.ListWorkspaces(ctx)
		for _, w := range all {
			if err == nil {
				err = reports.Current(ctx, w.ID)
			}
			if err == nil {
				err = s.CountEffects(ctx, w.ID)
			}
		}
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.reread:
		}
	}
}
