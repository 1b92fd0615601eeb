package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// StageHistory is what the list of past edits needs.
type StageHistory interface {
	StageHistory(ctx context.Context, w journal.WorkspaceID) ([]workspace.ConfigurationEdit, error)
	UndoEdit(ctx context.Context, w journal.WorkspaceID, in workspace.UndoEditInput) (workspace.StagesOutput, error)
}

// StageHistoryAnswer is the edits of stages and settings, and how far reports
// are with the latest of them.
type StageHistoryAnswer struct {
	List[workspace.ConfigurationEdit]
	Recomputing *Recomputing `json:"recomputing" doc:"null unless reports still show an older configuration"`
}

// Recomputing is how far reports are with a new configuration.
type Recomputing struct {
	Since int64 `json:"since" doc:"seq of the first edit that reports do not show yet"`
	Done  int64 `json:"done"`
	Total int64 `json:"total"`
}

type stageHistoryOutput struct{ Body StageHistoryAnswer }

func (s *Server) stageHistory(ctx context.Context, _ *struct{}) (*stageHistoryOutput, error) {
	edits, err := s.Stages.StageHistory(ctx, workspaceOf(ctx))
	if err != nil {
		return nil, err
	}
	return &stageHistoryOutput{StageHistoryAnswer{
		List: List[workspace.ConfigurationEdit]{Items: edits}, Recomputing: s.recomputing(workspaceOf(ctx)),
	}}, nil
}

func (s *Server) recomputing(w journal.WorkspaceID) *Recomputing {
	position, _ := s.Live.Look(w)
	if position.Stale == 0 {
		return nil
	}
	progress, _ := s.Live.Progress(w)
	return &Recomputing{Since: position.Stale, Done: progress.Done, Total: progress.Total}
}

type undoEditInput struct {
	Seq int64 `path:"seq" doc:"of the edit, as the history has it"`
	Once
}

func (s *Server) undoEdit(ctx context.Context, in *undoEditInput) (*stagesOutput, error) {
	return stagesAnswer(s.Stages.UndoEdit(ctx, workspaceOf(ctx), workspace.UndoEditInput{
		Seq: in.Seq, Actor: actorOf(ctx), Once: in.idempotency(ctx),
	}))
}

func (s *Server) addStageHistoryRoutes() {
	const tag = "Stages"
	add(s, operation{
		ID: "list-stage-history", Method: http.MethodGet, Path: "/v1/stages/history", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the edits of stages and settings, newest first",
	}, s.stageHistory)
	add(s, operation{
		ID: "undo-stage-edit", Method: http.MethodPost, Path: "/v1/stages/history/{seq}/undo", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Take back one edit, whatever was edited since",
		About:   "Refused with 409 where that cannot be done exactly: everything that the edit changed must still be as it made it.",
	}, s.undoEdit)
}
