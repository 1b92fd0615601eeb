package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Stages is what the operations on stages need. Every edit answers all stages
// as they are after it.
type Stages interface {
	ListStages(ctx context.Context, w journal.WorkspaceID, gone bool) ([]workspace.StageView, error)
	GetStage(ctx context.Context, w journal.WorkspaceID, id string) (workspace.StageView, error)
	AddStage(ctx context.Context, w journal.WorkspaceID, in workspace.AddStageInput) (workspace.StageOutput, error)
	EditStage(ctx context.Context, w journal.WorkspaceID, in workspace.EditStageInput) (workspace.StageOutput, error)
	OrderStages(ctx context.Context, w journal.WorkspaceID, in workspace.OrderStagesInput) (workspace.StagesOutput, error)
	ApplyTemplate(ctx context.Context, w journal.WorkspaceID, in workspace.ApplyTemplateInput) (workspace.StagesOutput, error)
	StageEdits
	StageHistory
}

type stageOutput struct {
	ETag string `header:"ETag"`
	Body workspace.StageOutput
}

func stageAnswer(out workspace.StageOutput, err error) (*stageOutput, error) {
	if err != nil {
		return nil, err
	}
	return &stageOutput{ETag: etag(out.Edit), Body: out}, nil
}

// StagesAnswer is all stages after an edit.
type StagesAnswer struct {
	List[workspace.StageView]
	Seq int64 `json:"seq" doc:"the edit, for min_seq of reports"`
}

type stagesOutput struct{ Body StagesAnswer }

func stagesAnswer(out workspace.StagesOutput, err error) (*stagesOutput, error) {
	if err != nil {
		return nil, err
	}
	return &stagesOutput{StagesAnswer{List[workspace.StageView]{Items: out.Items}, out.Seq}}, nil
}

type listStagesInput struct {
	Archived bool `query:"archived" default:"true" doc:"false leaves archived stages out"`
	Gone     bool `query:"gone" doc:"true adds the stages that were erased or merged, at the end"`
}

func (s *Server) listStages(ctx context.Context, in *listStagesInput) (*listOutput[workspace.StageView], error) {
	stages, err := s.Stages.ListStages(ctx, workspaceOf(ctx), in.Gone)
	kept := make([]workspace.StageView, 0, len(stages))
	for _, stage := range stages {
		if in.Archived || !stage.Archived {
			kept = append(kept, stage)
		}
	}
	return list(kept, "", err)
}

// StagePath names a stage in an address.
type StagePath struct {
	ID string `path:"id" maxLength:"100" example:"stg_1" doc:"id or key"`
}

type getStageOutput struct {
	ETag string `header:"ETag"`
	Body workspace.StageView
}

func (s *Server) getStage(ctx context.Context, in *struct{ StagePath }) (*getStageOutput, error) {
	stage, err := s.Stages.GetStage(ctx, workspaceOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &getStageOutput{ETag: etag(stage.Edit), Body: stage}, nil
}

type addStageInput struct {
	Once
	Body struct {
		Name        string         `json:"name" minLength:"1" maxLength:"100"`
		Key         string         `json:"key,omitempty" maxLength:"100" doc:"made of the name when absent"`
		Kind        lifecycle.Kind `json:"kind"`
		Description string         `json:"description,omitempty" maxLength:"2000" doc:"when a contact belongs here"`
		Emoji       string         `json:"emoji,omitempty" maxLength:"16"`
		Position    *int           `json:"position,omitempty" minimum:"1" doc:"among main stages, from 1; last of its kind when absent"`
		Role        lifecycle.Role `json:"role,omitempty" enum:"lead,mql,sql,opportunity,hand_off" doc:"what other reports look for"`
	}
}

func (s *Server) addStage(ctx context.Context, in *addStageInput) (*stageOutput, error) {
	b := in.Body
	return stageAnswer(s.Stages.AddStage(ctx, workspaceOf(ctx), workspace.AddStageInput{
		Name: b.Name, Key: b.Key, Description: b.Description, Emoji: b.Emoji, Kind: b.Kind, Role: b.Role,
		Position: b.Position, Actor: actorOf(ctx), Once: in.idempotency(ctx),
	}))
}

type editStageInput struct {
	ID string `path:"id" doc:"id or key"`
	IfMatch
	PreviewFlag
	Body struct {
		Name        *string         `json:"name,omitempty" minLength:"1" maxLength:"100"`
		Key         *string         `json:"key,omitempty" minLength:"1" maxLength:"100"`
		Description *string         `json:"description,omitempty" maxLength:"2000"`
		Emoji       *string         `json:"emoji,omitempty" maxLength:"16"`
		Kind        *lifecycle.Kind `json:"kind,omitempty"`
		Role        *lifecycle.Role `json:"role,omitempty"`
	}
}

func (s *Server) editStage(ctx context.Context, in *editStageInput) (*previewOr, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	b := in.Body
	input := workspace.EditStageInput{
		Stage: in.ID, Name: b.Name, Key: b.Key, Description: b.Description, Emoji: b.Emoji, Kind: b.Kind, Role: b.Role,
		IfMatch: edit, Actor: actorOf(ctx),
	}
	if in.Preview {
		return previewAnswer(s.Stages.PreviewEditStage(ctx, workspaceOf(ctx), input))
	}
	return editAnswer(s.Stages.EditStage(ctx, workspaceOf(ctx), input))
}

type orderStagesInput struct {
	PreviewFlag
	Body struct {
		Kind lifecycle.Kind `json:"kind,omitempty" doc:"progress when absent; for lost and aside the order is for display"`
		IDs  []string       `json:"ids" minItems:"1" maxItems:"500" doc:"all stages of that kind, each once; ids or keys"`
	}
}

type orderStagesOutput struct{ Body any }

func (s *Server) orderStages(ctx context.Context, in *orderStagesInput) (*orderStagesOutput, error) {
	input := workspace.OrderStagesInput{Kind: in.Body.Kind, IDs: in.Body.IDs, Actor: actorOf(ctx)}
	if in.Preview {
		out, err := s.Stages.PreviewOrderStages(ctx, workspaceOf(ctx), input)
		return &orderStagesOutput{out}, err
	}
	out, err := stagesAnswer(s.Stages.OrderStages(ctx, workspaceOf(ctx), input))
	if err != nil {
		return nil, err
	}
	return &orderStagesOutput{out.Body}, nil
}

type applyTemplateInput struct {
	Once
	Body struct {
		Name string `json:"name" enum:"respond,hubspot,ruler,aarrr"`
	}
}

func (s *Server) applyTemplate(ctx context.Context, in *applyTemplateInput) (*stagesOutput, error) {
	return stagesAnswer(s.Stages.ApplyTemplate(ctx, workspaceOf(ctx), workspace.ApplyTemplateInput{
		Name: in.Body.Name, Actor: actorOf(ctx), Once: in.idempotency(ctx),
	}))
}

func (s *Server) addStageRoutes() {
	const tag = "Stages"
	add(s, operation{
		ID: "list-stages", Method: http.MethodGet, Path: "/v1/stages", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List stages with the contacts in them now",
	}, s.listStages)
	add(s, operation{
		ID: "get-stage", Method: http.MethodGet, Path: "/v1/stages/{id}", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Get a stage, also one that is gone",
	}, s.getStage)
	add(s, operation{
		ID: "add-stage", Method: http.MethodPost, Path: "/v1/stages", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Add a stage", About: "A progress stage lands before Won.",
	}, s.addStage)
	add(s, operation{
		ID: "edit-stage", Method: http.MethodPatch, Path: "/v1/stages/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Rename, describe or change the kind of a stage", Limit: previewLimit,
		Either: []any{workspace.StageOutput{}, workspace.StagePreview{}},
	}, s.editStage)
	add(s, operation{
		ID: "order-stages", Method: http.MethodPut, Path: "/v1/stages/order", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Order the stages of one kind", Limit: previewLimit,
		Either: []any{StagesAnswer{}, workspace.StagePreview{}},
	}, s.orderStages)
	add(s, operation{
		ID: "apply-template", Method: http.MethodPost, Path: "/v1/stages/template", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Replace the stages of a workspace without journeys by a template",
	}, s.applyTemplate)
	s.addStageEditRoutes()
	s.addStageHistoryRoutes()
}
