package api

import (
	"context"
	"net/http"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// StageEdits is what the drastic edits of stages need.
type StageEdits interface {
	DeleteStage(ctx context.Context, w journal.WorkspaceID, in workspace.DeleteStageInput) (workspace.StageOutput, error)
	RestoreStage(ctx context.Context, w journal.WorkspaceID, in workspace.RestoreStageInput) (workspace.StageOutput, error)
	StagePreviews
}

// StagePreviews is what telling the effect of an edit before it is made needs.
type StagePreviews interface {
	PreviewDeleteStage(ctx context.Context, w journal.WorkspaceID, in workspace.DeleteStageInput) (workspace.StagePreview, error)
	PreviewEditStage(ctx context.Context, w journal.WorkspaceID, in workspace.EditStageInput) (workspace.StagePreview, error)
	PreviewOrderStages(ctx context.Context, w journal.WorkspaceID, in workspace.OrderStagesInput) (workspace.StagePreview, error)
}

// previewLimit is how long a preview may take: it folds the whole log.
const previewLimit = 2 * time.Minute

// PreviewFlag asks to tell the effect of an edit without making it.
type PreviewFlag struct {
	Preview bool `query:"preview" doc:"true only tells what the edit would do to the numbers of all journeys"`
}

// previewOr is the answer of an edit, or what it would do.
type previewOr struct {
	ETag string `header:"ETag"`
	Body any
}

func previewAnswer(out workspace.StagePreview, err error) (*previewOr, error) {
	if err != nil {
		return nil, err
	}
	return &previewOr{Body: out}, nil
}

func editAnswer(out workspace.StageOutput, err error) (*previewOr, error) {
	if err != nil {
		return nil, err
	}
	return &previewOr{ETag: etag(out.Edit), Body: out}, nil
}

type deleteStageInput struct {
	ID   string               `path:"id" doc:"id or key"`
	Mode workspace.DeleteMode `query:"mode" enum:"archive,erase,merge" default:"archive" doc:"archive: no changes into it any more; erase: its changes vanish from view; merge: into is read in its place"`
	Into string               `query:"into" doc:"id or key: the target of a merge, or where an erasure puts the contacts that are in it now"`
	IfMatch
	PreviewFlag
}

func (s *Server) deleteStage(ctx context.Context, in *deleteStageInput) (*previewOr, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	input := workspace.DeleteStageInput{Stage: in.ID, Mode: in.Mode, Into: in.Into, IfMatch: edit, Actor: actorOf(ctx)}
	if in.Preview {
		return previewAnswer(s.Stages.PreviewDeleteStage(ctx, workspaceOf(ctx), input))
	}
	return editAnswer(s.Stages.DeleteStage(ctx, workspaceOf(ctx), input))
}

type restoreStageInput struct {
	ID string `path:"id" doc:"id or key"`
	IfMatch
	Once
}

func (s *Server) restoreStage(ctx context.Context, in *restoreStageInput) (*stageOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	return stageAnswer(s.Stages.RestoreStage(ctx, workspaceOf(ctx), workspace.RestoreStageInput{
		Stage: in.ID, IfMatch: edit, Actor: actorOf(ctx), Once: in.idempotency(ctx),
	}))
}

func (s *Server) addStageEditRoutes() {
	const tag = "Stages"
	add(s, operation{
		ID: "delete-stage", Method: http.MethodDelete, Path: "/v1/stages/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Archive, erase or merge a stage", About: "Each is undone exactly by restoring the stage, at any time.",
		Limit: previewLimit, Either: []any{workspace.StageOutput{}, workspace.StagePreview{}},
	}, s.deleteStage)
	add(s, operation{
		ID: "restore-stage", Method: http.MethodPost, Path: "/v1/stages/{id}/restore", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Restore a stage that was archived, erased or merged",
	}, s.restoreStage)
}
