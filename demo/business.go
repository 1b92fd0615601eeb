package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Writer is the use cases that the business is written with.
type Writer interface {
	EditSettings(ctx context.Context, w journal.WorkspaceID, in workspace.EditSettingsInput) (workspace.SettingsOutput, error)
	AddStage(ctx context.Context, w journal.WorkspaceID, in workspace.AddStageInput) (workspace.StageOutput, error)
	EditStage(ctx context.Context, w journal.WorkspaceID, in workspace.EditStageInput) (workspace.StageOutput, error)
	RecordChanges(ctx context.Context, w journal.WorkspaceID, in workspace.RecordChangesInput) (workspace.RecordChangesOutput, error)
	Observe(ctx context.Context, w journal.WorkspaceID, in workspace.ObserveInput) (workspace.ObserveOutput, error)
	SaveCosts(ctx context.Context, w journal.WorkspaceID, in workspace.SaveCostsInput) (workspace.RecordChangesOutput, error)
	AddNote(ctx context.Context, w journal.WorkspaceID, who workspace.Principal, in workspace.NoteInput) (workspace.NoteAnswer, error)
}

// Business is a made-up business.
type Business struct {
	Seed     uint64
	Contacts int
	Days     int       // how long ago the first lead came
	Now      time.Time // nothing happened later
}

// Sample is the business that `tidemark demo` shows.
func Sample(now time.Time) Business {
	return Business{Seed: 20, Contacts: 6200, Days: 400, Now: now}
}

// batchSize keeps each write short, so that reports appear while the rest of
// the business is still being written.
const batchSize = 2000

// Write writes the business into a new workspace. It calls progress after
// each batch.
func (b Business) Write(ctx context.Context, to Writer, w journal.WorkspaceID, progress func(done, total int)) error {
	if err := b.configure(ctx, to, w); err != nil {
		return fmt.Errorf("demo: configure: %w", err)
	}
	items := b.Changes()
	done := 0
	for batch := range slices.Chunk(items, batchSize) {
		out, err := to.RecordChanges(ctx, w, workspace.RecordChangesInput{Items: batch})
		if err != nil {
			return fmt.Errorf("demo: record changes: %w", err)
		}
		if len(out.Rejected) > 0 {
			return fmt.Errorf("demo: change %d was rejected: %s", done+out.Rejected[0].Index, out.Rejected[0].Error)
		}
		done += len(batch)
		progress(done, len(items))
	}
	return b.capture(ctx, to, w)
}

// capture tells what the site saw, and what ads cost.
func (b Business) capture(ctx context.Context, to Writer, w journal.WorkspaceID) error {
	for batch := range slices.Chunk(b.Traffic(), batchSize) {
		out, err := to.Observe(ctx, w, workspace.ObserveInput{Observations: batch, Own: []string{host}, Actor: operator})
		if err == nil && len(out.Refused) > 0 {
			err = fmt.Errorf("%d was refused: %s", out.Refused[0].Index, out.Refused[0].Error)
		}
		if err != nil {
			return fmt.Errorf("demo: tell visits: %w", err)
		}
	}
	for batch := range slices.Chunk(b.Costs(), batchSize) {
		out, err := to.SaveCosts(ctx, w, workspace.SaveCostsInput{Items: batch, Actor: operator})
		if err == nil && len(out.Rejected) > 0 {
			err = fmt.Errorf("%d was rejected: %s", out.Rejected[0].Index, out.Rejected[0].Error)
		}
		if err != nil {
			return fmt.Errorf("demo: tell costs: %w", err)
		}
	}
	return nil
}

// Changes tells the stories of all contacts, in order of time.
func (b Business) Changes() []workspace.ChangeItem {
	var items []workspace.ChangeItem
	for i := range b.Contacts {
		items = append(items, b.story(i)...)
	}
	slices.SortStableFunc(items, func(a, b workspace.ChangeItem) int { return cmp.Compare(a.At, b.At) })
	return items
}

// configure gives the workspace its name, the stages that the template does
// not have, and notes on days.
func (b Business) configure(ctx context.Context, to Writer, w journal.WorkspaceID) error {
	name, zone, currency := "Lumen Desk (sample data)", "Europe/Paris", "EUR"
	if _, err := to.EditSettings(ctx, w, workspace.EditSettingsInput{Name: &name, TimeZone: &zone, Currency: &currency, Actor: operator}); err != nil {
		return err
	}
	for _, stage := range templateWords {
		if _, err := to.EditStage(ctx, w, stage); err != nil {
			return err
		}
	}
	for _, stage := range extraStages() {
		if _, err := to.AddStage(ctx, w, stage); err != nil {
			return err
		}
	}
	for _, note := range b.Notes() {
		if _, err := to.AddNote(ctx, w, workspace.Principal{Name: operator.Name}, note); err != nil {
			return err
		}
	}
	return nil
}

// at cuts an instant as the log does.
func at(t time.Time) lifecycle.Millis { return lifecycle.MillisOf(t) }
