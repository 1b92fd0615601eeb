package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Contacts is what the operations on contacts need.
type Contacts interface {
	UpsertContact(ctx context.Context, w journal.WorkspaceID, in workspace.UpsertContactInput) (workspace.ContactOutput, error)
	EditContact(ctx context.Context, w journal.WorkspaceID, in workspace.EditContactInput) (workspace.ContactOutput, error)
	GetContact(ctx context.Context, w journal.WorkspaceID, ref workspace.ContactRef) (workspace.ContactOutput, error)
	ListContacts(ctx context.Context, w journal.WorkspaceID, in workspace.ListContactsInput) (workspace.ContactPage, error)
	SetStage(ctx context.Context, w journal.WorkspaceID, in workspace.SetStageInput) (workspace.SetStageOutput, error)
	ManyContacts
	WholeContacts
	Erasing
	ContactHistory
	Touches
}

// ManyContacts is what the operations on many contacts need.
type ManyContacts interface {
	Bulk(ctx context.Context, w journal.WorkspaceID, in workspace.BulkInput) (workspace.BulkOutput, error)
	GetBoard(ctx context.Context, w journal.WorkspaceID, in workspace.BoardInput) (workspace.Board, error)
}

// ContactHistory is what the operations on a contact's past need.
type ContactHistory interface {
	Journeys(ctx context.Context, w journal.WorkspaceID, ref workspace.ContactRef) ([]workspace.Journey, error)
	Timeline(ctx context.Context, w journal.WorkspaceID, ref workspace.ContactRef) ([]workspace.TimelineItem, error)
}

// ContactAnswer is a contact after a write, or as it is.
type ContactAnswer struct {
	workspace.Contact
	Journey *workspace.Journey `json:"journey" doc:"the latest, or null"`
	Created bool               `json:"created" doc:"the request made it"`
	Seq     int64              `json:"seq" doc:"the write, for min_seq of reports"`
}

type contactOutput struct {
	ETag string `header:"ETag"`
	Body ContactAnswer
}

func contactAnswer(out workspace.ContactOutput, err error) (*contactOutput, error) {
	if err != nil {
		return nil, err
	}
	return &contactOutput{
		ETag: etag(out.Contact.Edit),
		Body: ContactAnswer{Contact: out.Contact, Journey: out.Journey, Created: out.Created, Seq: out.Seq},
	}, nil
}

// ContactPath names a contact in an address.
type ContactPath struct {
	ID string `path:"id" maxLength:"600" doc:"our id, or external_id:X, email:X, phone:X" example:"email:ada@example.com"`
}

func (p ContactPath) ref() (workspace.ContactRef, error) { return workspace.ParseContactRef(p.ID) }

type upsertContactInput struct {
	Once
	Body struct {
		workspace.ContactFields
		Stage *string           `json:"stage,omitempty" doc:"id or key"`
		At    *lifecycle.Millis `json:"at,omitempty" doc:"of the stage change; now when absent"`
		Actor *Actor            `json:"actor,omitempty"`
	}
}

func (s *Server) upsertContact(ctx context.Context, in *upsertContactInput) (*contactOutput, error) {
	return contactAnswer(s.Contacts.UpsertContact(ctx, workspaceOf(ctx), workspace.UpsertContactInput{
		Fields: in.Body.ContactFields, Stage: in.Body.Stage, At: in.Body.At,
		Actor: in.Body.Actor.actor(ctx), Once: in.idempotency(ctx),
	}))
}

func (s *Server) getContact(ctx context.Context, in *struct{ ContactPath }) (*contactOutput, error) {
	ref, err := in.ref()
	if err != nil {
		return nil, err
	}
	return contactAnswer(s.Contacts.GetContact(ctx, workspaceOf(ctx), ref))
}

type editContactInput struct {
	ContactPath
	IfMatch
	Body workspace.ContactFields
}

func (s *Server) editContact(ctx context.Context, in *editContactInput) (*contactOutput, error) {
	ref, err := in.ref()
	if err != nil {
		return nil, err
	}
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	return contactAnswer(s.Contacts.EditContact(ctx, workspaceOf(ctx), workspace.EditContactInput{
		Ref: ref, Fields: in.Body, IfMatch: edit, Actor: actorOf(ctx),
	}))
}

type listContactsInput struct {
	Query  string `query:"q" maxLength:"200" doc:"the beginning of name, e-mail, phone or external id, whatever the case"`
	Stage  string `query:"stage" doc:"id or key"`
	Filter string `query:"filter" maxLength:"32768" doc:"text or JSON form, or view:ID, list:ID; with it external ids are searched as they are written"`
	Sort   string `query:"sort" enum:"created_at,-created_at,name,stage_since,-stage_since,days_in_stage,-days_in_stage" doc:"newest first when absent; name not with a filter"`
	Cursor string `query:"cursor" maxLength:"500"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	MinSeq int64  `query:"min_seq" minimum:"0" doc:"of a filter: wait up to 5 s until it sees this write"`
}

func (s *Server) listContacts(ctx context.Context, in *listContactsInput) (*listOutput[workspace.Contact], error) {
	page, err := s.Contacts.ListContacts(ctx, workspaceOf(ctx), workspace.ListContactsInput{
		Query: in.Query, Stage: in.Stage, Filter: in.Filter, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit, MinSeq: in.MinSeq,
	})
	return list(page.Items, page.Next, err)
}

type setStageInput struct {
	ContactPath
	IfMatch
	Once
	Body struct {
		Stage *string           `json:"stage" required:"true" doc:"id or key; null clears"`
		At    *lifecycle.Millis `json:"at,omitempty" doc:"now when absent; at most five minutes ahead"`
		Note  string            `json:"note,omitempty" maxLength:"2000"`
		Value *workspace.Money  `json:"value,omitempty"`
		Actor *Actor            `json:"actor,omitempty"`
	}
}

type setStageOutput struct{ Body workspace.SetStageOutput }

func (s *Server) setStage(ctx context.Context, in *setStageInput) (*setStageOutput, error) {
	ref, err := in.ref()
	if err != nil {
		return nil, err
	}
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	out, err := s.Contacts.SetStage(ctx, workspaceOf(ctx), workspace.SetStageInput{
		Ref: ref, Stage: in.Body.Stage, At: in.Body.At, Note: in.Body.Note, Value: in.Body.Value,
		IfMatch: edit, Actor: in.Body.Actor.actor(ctx), Once: in.idempotency(ctx),
	})
	return &setStageOutput{out}, err
}

func (s *Server) journeys(ctx context.Context, in *struct{ ContactPath }) (*listOutput[workspace.Journey], error) {
	ref, err := in.ref()
	if err != nil {
		return nil, err
	}
	items, err := s.Contacts.Journeys(ctx, workspaceOf(ctx), ref)
	return list(items, "", err)
}

func (s *Server) timeline(ctx context.Context, in *struct{ ContactPath }) (*listOutput[workspace.TimelineItem], error) {
	ref, err := in.ref()
	if err != nil {
		return nil, err
	}
	items, err := s.Contacts.Timeline(ctx, workspaceOf(ctx), ref)
	return list(items, "", err)
}

func (s *Server) addContactRoutes() {
	const tag = "Contacts"
	add(s, operation{
		ID: "upsert-contact", Method: http.MethodPost, Path: "/v1/contacts", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Create a contact or update the one that the identifiers name",
		About: "At least one of external_id, email and phone; matched in this order. If they name two contacts: 409. " +
			"With a stage, the contact is moved too.",
	}, s.upsertContact)
	add(s, operation{
		ID: "list-contacts", Method: http.MethodGet, Path: "/v1/contacts", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List and search contacts",
	}, s.listContacts)
	add(s, operation{
		ID: "get-contact", Method: http.MethodGet, Path: "/v1/contacts/{id}", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Get a contact",
	}, s.getContact)
	add(s, operation{
		ID: "edit-contact", Method: http.MethodPatch, Path: "/v1/contacts/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Change fields of a contact, its source too",
	}, s.editContact)
	add(s, operation{
		ID: "set-stage", Method: http.MethodPost, Path: "/v1/contacts/{id}/stage", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Move a contact to a stage, or clear its stage",
	}, s.setStage)
	add(s, operation{
		ID: "list-journeys", Method: http.MethodGet, Path: "/v1/contacts/{id}/journeys", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the journeys of a contact",
	}, s.journeys)
	add(s, operation{
		ID: "list-timeline", Method: http.MethodGet, Path: "/v1/contacts/{id}/timeline", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List everything that happened to a contact",
	}, s.timeline)
}
