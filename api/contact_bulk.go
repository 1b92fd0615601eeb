package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// BulkWho names the contacts that something is done to.
type BulkWho struct {
	Contacts []string `json:"contacts,omitempty" minItems:"1" maxItems:"10000" doc:"ids, or external_id:X, email:X, phone:X"`
	Filter   string   `json:"filter,omitempty" maxLength:"1048576" doc:"instead: text or JSON form, or view:ID, list:ID; at most 100,000 contacts"`
	MinSeq   int64    `json:"min_seq,omitempty" minimum:"0" doc:"of a filter: wait up to 5 s until it sees this write"`
}

// input starts what the workspace is asked.
func (b *BulkWho) input(ctx context.Context, once Once) (workspace.BulkInput, error) {
	refs, err := contactRefs(b.Contacts)
	return workspace.BulkInput{
		Contacts: refs, Filter: b.Filter, MinSeq: b.MinSeq, Actor: actorOf(ctx), Once: once.idempotency(ctx),
	}, err
}

func contactRefs(named []string) ([]workspace.ContactRef, error) {
	refs := make([]workspace.ContactRef, len(named))
	var details fault.Details
	for i, text := range named {
		ref, err := workspace.ParseContactRef(text)
		if err != nil {
			details.Add(location("body.contacts", i), noContact)
		}
		refs[i] = ref
	}
	if err := details.Err(); err != nil {
		return nil, err
	}
	return refs, nil
}

type bulkOutput struct{ Body workspace.BulkOutput }

type bulkSetStageInput struct {
	Once
	Body struct {
		BulkWho
		Stage *string `json:"stage" required:"true" doc:"id or key; null clears"`
	}
}

func (s *Server) bulkSetStage(ctx context.Context, in *bulkSetStageInput) (*bulkOutput, error) {
	ask, err := in.Body.input(ctx, in.Once)
	if err != nil {
		return nil, err
	}
	ask.Stage, ask.HasStage = in.Body.Stage, true
	out, err := s.Contacts.Bulk(ctx, workspaceOf(ctx), ask)
	return &bulkOutput{out}, err
}

// BulkFields are the fields that many contacts can get at once.
type BulkFields struct {
	Owner      *string                    `json:"owner,omitempty" doc:"empty removes"`
	Value      *workspace.Money           `json:"value,omitempty"`
	Source     *touch.Source              `json:"source,omitempty"`
	Properties map[string]json.RawMessage `json:"properties,omitempty" doc:"null removes a property"`
}

type bulkEditInput struct {
	Once
	Body struct {
		BulkWho
		Fields BulkFields `json:"fields"`
	}
}

func (s *Server) bulkEdit(ctx context.Context, in *bulkEditInput) (*bulkOutput, error) {
	ask, err := in.Body.input(ctx, in.Once)
	if err != nil {
		return nil, err
	}
	f := in.Body.Fields
	ask.Fields = workspace.ContactFields{Owner: f.Owner, Value: f.Value, Source: f.Source, Properties: f.Properties}
	out, err := s.Contacts.Bulk(ctx, workspaceOf(ctx), ask)
	return &bulkOutput{out}, err
}

type boardInput struct {
	Filter string `query:"filter" maxLength:"32768" doc:"text or JSON form, or view:ID, list:ID; everybody when absent"`
	Query  string `query:"q" maxLength:"200" doc:"the beginning of name, e-mail, phone or external id"`
	Sort   string `query:"sort" enum:"created_at,-created_at,stage_since,-stage_since,days_in_stage,-days_in_stage" default:"-stage_since"`
	Limit  int    `query:"limit" minimum:"1" maximum:"50" default:"20" doc:"contacts of each column"`
	MinSeq int64  `query:"min_seq" minimum:"0" doc:"wait up to 5 s until the board includes this write"`
}

type boardOutput struct{ Body workspace.Board }

func (s *Server) board(ctx context.Context, in *boardInput) (*boardOutput, error) {
	out, err := s.Contacts.GetBoard(ctx, workspaceOf(ctx), workspace.BoardInput{
		Filter: in.Filter, Query: in.Query, Sort: in.Sort, Limit: in.Limit, MinSeq: in.MinSeq,
	})
	return &boardOutput{out}, err
}

func (s *Server) addManyContactsRoutes() {
	const tag = "Contacts"
	add(s, operation{
		ID: "get-board", Method: http.MethodGet, Path: "/v1/contacts/board", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Count contacts by stage, with the first of each",
	}, s.board)
	add(s, operation{
		ID: "bulk-set-stage", Method: http.MethodPost, Path: "/v1/contacts/bulk/stage", Tag: tag, Scope: workspace.ScopeWrite, Limit: longLimit,
		Summary: "Assign a stage to many contacts, named or filtered", About: "Not a transition: it opens no journey and counts in no rate. Each thousand is one commit.",
	}, s.bulkSetStage)
	add(s, operation{
		ID: "bulk-edit", Method: http.MethodPost, Path: "/v1/contacts/bulk/edit", Tag: tag, Scope: workspace.ScopeWrite, Limit: longLimit,
		Summary: "Change fields of many contacts, named or filtered", About: "Each thousand is one commit.",
	}, s.bulkEdit)
}
