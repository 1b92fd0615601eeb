package record

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// decodeConfigured reads a row of the configuration cache.
func decodeConfigured(r Row) (*workspace.Configured, error) {
	var c journal.Configuration
	if err := json.Unmarshal([]byte(r.Text(3)), &c); err != nil {
		return nil, fmt.Errorf("decode configuration of workspace %d: %w", r.Int(0), err)
	}
	return workspace.RestoreConfigured(c, r.Int(1), r.Int(2)), nil
}

// AddWorkspace numbers a new workspace.
func (t *Tx) AddWorkspace(at lifecycle.Millis) (journal.WorkspaceID, error) {
	row, _, err := t.RunOne("workspace.add", int64(at))
	if err != nil {
		return 0, err
	}
	return journal.WorkspaceID(row.Int(0)), nil
}

// HasChanges reports whether any contact of the workspace ever changed stage.
func (t *Tx) HasChanges(w journal.WorkspaceID) (bool, error) {
	_, ok, err := t.One("head.moved", int64(w))
	return ok, err
}

// SaveConfiguration appends a configuration to the log and caches it.
func (t *Tx) SaveConfiguration(e *journal.Entry) (*workspace.Configured, error) {
	previous, _ := t.Configuration(e.Workspace)
	if previous != nil {
		e.Prev = previous.Seq
	}
	if err := t.append(e); err != nil {
		return nil, err
	}
	c := workspace.Configure(*e.Configuration, e.Seq, previous)
	body, err := encodeBody(e)
	if err != nil {
		return nil, err
	}
	t.request.configurations[e.Workspace] = c
	return c, t.Run("configuration.save", int64(e.Workspace), c.Seq, c.Folds, body)
}

// Configuration returns the latest configuration, also one that this request
// or its group wrote.
func (t *Tx) Configuration(w journal.WorkspaceID) (*workspace.Configured, error) {
	for _, from := range []map[journal.WorkspaceID]*workspace.Configured{t.request.configurations, t.group.configurations} {
		if c := from[w]; c != nil {
			return c, nil
		}
	}
	return t.record.state.Load().configuration(w)
}

// Configuration returns the latest configuration.
func (r *Reader) Configuration(w journal.WorkspaceID) (*workspace.Configured, error) {
	return r.state.configuration(w)
}

func (s *state) configuration(w journal.WorkspaceID) (*workspace.Configured, error) {
	if c := s.configurations[w]; c != nil {
		return c, nil
	}
	return nil, fault.New(fault.NotFound, "workspace_not_found", "There is no workspace %d.", w)
}

// Workspaces lists the workspaces in order of creation.
func (t *Tx) Workspaces() ([]journal.WorkspaceID, error) {
	all := maps.Clone(t.record.state.Load().configurations)
	maps.Copy(all, t.group.configurations)
	maps.Copy(all, t.request.configurations)
	return slices.Sorted(maps.Keys(all)), nil
}

// Workspaces lists the workspaces in order of creation.
func (r *Reader) Workspaces() ([]journal.WorkspaceID, error) { return r.state.workspaces(), nil }

// Workspaces lists the workspaces in order of creation.
func (r *Record) Workspaces(context.Context) ([]journal.WorkspaceID, error) {
	return r.state.Load().workspaces(), nil
}

func (s *state) workspaces() []journal.WorkspaceID { return slices.Sorted(maps.Keys(s.configurations)) }

// ConfigurationAt returns the configuration as of a seq: that of the last
// edit up to it, or the zero value before the first.
func (r *Record) ConfigurationAt(ctx context.Context, w journal.WorkspaceID, seq int64) (journal.Configuration, error) {
	latest, err := r.state.Load().configuration(w)
	if err != nil {
		return journal.Configuration{}, err
	}
	if latest.Seq <= seq {
		return latest.Configuration, nil
	}
	var edits []journal.Entry
	err = r.Read(ctx, func(rd *Reader) (err error) {
		edits, err = rd.Chain(latest.Seq)
		return err
	})
	if err != nil {
		return journal.Configuration{}, err
	}
	for _, e := range slices.Backward(edits) {
		if e.Seq <= seq {
			return *e.Configuration, nil
		}
	}
	return journal.Configuration{}, nil
}

// StageCounts returns how many contacts are in each stage now.
func (t *Tx) StageCounts(w journal.WorkspaceID) (map[lifecycle.StageID]int64, error) {
	counts, err := stageCounts(context.Background(), t.conn, w)
	for _, p := range []*pending{&t.group, &t.request} {
		for key, n := range p.stages {
			if key.workspace == w && err == nil {
				counts[key.stage] += n
			}
		}
	}
	return counts, err
}

// StageCounts returns how many contacts are in each stage now.
func (r *Reader) StageCounts(w journal.WorkspaceID) (map[lifecycle.StageID]int64, error) {
	return stageCounts(r.ctx, r.conn, w)
}

func stageCounts(ctx context.Context, c *conn, w journal.WorkspaceID) (map[lifecycle.StageID]int64, error) {
	counts := map[lifecycle.StageID]int64{}
	err := c.each(ctx, "stage.count", func(r Row) error {
		counts[lifecycle.StageID(r.Int(0))] = r.Int(1)
		return nil
	}, []any{int64(w)})
	return counts, err
}

// SaveEffect keeps what an edit of the configuration did to the numbers.
func (t *Tx) SaveEffect(w journal.WorkspaceID, seq int64, e workspace.EditEffect) error {
	text, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("encode effect: %w", err)
	}
	return t.Run("effect.save", int64(w), seq, string(text))
}

// Effects returns the effects of edits that are kept.
func (t *Tx) Effects(w journal.WorkspaceID) (map[int64]workspace.EditEffect, error) {
	return effects(context.Background(), t.conn, w)
}

// Effects returns the effects of edits that are kept.
func (r *Reader) Effects(w journal.WorkspaceID) (map[int64]workspace.EditEffect, error) {
	return effects(r.ctx, r.conn, w)
}

func effects(ctx context.Context, c *conn, w journal.WorkspaceID) (map[int64]workspace.EditEffect, error) {
	out := map[int64]workspace.EditEffect{}
	err := c.each(ctx, "effect.list", func(r Row) error {
		var e workspace.EditEffect
		if err := json.Unmarshal([]byte(r.Text(1)), &e); err != nil {
			return fmt.Errorf("decode effect of edit %d: %w", r.Int(0), err)
		}
		out[r.Int(0)] = e
		return nil
	}, []any{int64(w)})
	return out, err
}
