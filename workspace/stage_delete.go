package workspace

import (
	"context"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// DeleteStage takes a stage out of use: archived it keeps its place, erased or
// merged it gives it up. Each is undone exactly by RestoreStage.
func (s *Service) DeleteStage(ctx context.Context, w journal.WorkspaceID, in DeleteStageInput) (StageOutput, error) {
	var id lifecycle.StageID
	return configureOnce(ctx, s, w, in.Actor, Idempotency{}, s.deleting(in, &id), stageOutput(w, &id))
}

// deleting is the edit of DeleteStage. It tells the stage's id.
func (s *Service) deleting(in DeleteStageInput, id *lifecycle.StageID) configurationEdit {
	return func(_ Tx, c *Configured, next *journal.Configuration) error {
		stage, err := c.editable(in.Stage, in.IfMatch)
		if err != nil {
			return err
		}
		*id = stage.ID
		if stage.Kind == lifecycle.Won {
			return errWonIsFixed("path.id")
		}
		after, err := in.apply(c, stage, s.now())
		if err != nil || after == stage {
			return err
		}
		after.Edit = next.Edit
		next.Lifecycle.Stages[indexOf(&next.Lifecycle, stage.ID)] = after
		return checkProgress(&c.Lifecycle, &next.Lifecycle)
	}
}

// apply returns the stage as it is afterwards.
func (in *DeleteStageInput) apply(c *Configured, stage lifecycle.Stage, now lifecycle.Millis) (lifecycle.Stage, error) {
	into, err := in.target(c, stage)
	if err != nil {
		return stage, err
	}
	switch in.Mode {
	case DeleteErase:
		stage.Erase(now, into)
	case DeleteMerge:
		stage.MergedInto = into
	case "", DeleteArchive:
		if stage.ArchivedAt == 0 {
			stage.ArchivedAt = now
		}
	default:
		return stage, fault.At("query.mode", "is not one of archive, erase, merge")
	}
	return stage, nil
}

// target finds the stage that an erasure or a merge names. It must be in use.
func (in *DeleteStageInput) target(c *Configured, stage lifecycle.Stage) (lifecycle.StageID, error) {
	const location = "query.into"
	switch {
	case in.Into == "" && in.Mode == DeleteMerge:
		return 0, fault.At(location, "is missing: the stage to merge into").Coded("missing")
	case in.Into == "":
		return lifecycle.NoStage, nil
	case in.Mode == "" || in.Mode == DeleteArchive:
		return 0, fault.At(location, "is only for erase and merge; who is in an archived stage stays there")
	}
	into, ok := c.FindStage(in.Into)
	switch {
	case !ok:
		return 0, unknownStage(c, location, in.Into)
	case into.ID == stage.ID:
		return 0, fault.At(location, "is the stage itself").Coded("itself")
	case into.Gone() || into.ArchivedAt != 0:
		return 0, fault.At(location, "stage %s is not in use: restore it first, or choose another", quote(into.Key)).Coded("stage_not_in_use", fault.Named("stage", into.Name))
	}
	return into.ID, nil
}

// editable finds a stage that is to be edited and is as the caller saw it.
func (c *Configured) editable(text string, ifMatch *int64) (lifecycle.Stage, error) {
	stage, ok := c.FindStage(text)
	switch {
	case !ok:
		return stage, stageNotFound(text)
	case ifMatch != nil && *ifMatch != stage.Edit:
		return stage, errEdited()
	case stage.Erased:
		return stage, fault.New(fault.Conflict, "stage_erased", "Stage %s was erased: restore it first.", quoted("stage", stage.Name))
	case stage.MergedInto != lifecycle.NoStage:
		return stage, fault.New(fault.Conflict, "stage_merged", "Stage %s was merged into %s: restore it first.",
			quoted("stage", stage.Name), quoted("into", c.Lifecycle.MergeEnd(stage).Name))
	}
	return stage, nil
}

// RestoreStage takes back that a stage was erased or merged; of one that was
// not, that it was archived. It is as it was before, whatever happened since;
// only a role that another stage has got meanwhile stays there.
func (s *Service) RestoreStage(ctx context.Context, w journal.WorkspaceID, in RestoreStageInput) (StageOutput, error) {
	var id lifecycle.StageID
	edit := func(_ Tx, c *Configured, next *journal.Configuration) error {
		stage, ok := c.FindStage(in.Stage)
		if !ok {
			return stageNotFound(in.Stage)
		}
		if in.IfMatch != nil && *in.IfMatch != stage.Edit {
			return errEdited()
		}
		if !stage.Gone() && stage.ArchivedAt == 0 {
			return fault.New(fault.Conflict, "stage_in_use", "Stage %s is in use: there is nothing to restore.", quoted("stage", stage.Name))
		}
		id = stage.ID
		stage.Restore()
		var k checker
		if k.role(c, stage); k.Err() != nil {
			stage.Role = ""
		}
		stage.Edit = next.Edit
		next.Lifecycle.Stages[indexOf(&next.Lifecycle, stage.ID)] = stage
		return nil
	}
	return configureOnce(ctx, s, w, in.Actor, in.Once, edit, stageOutput(w, &id))
}
