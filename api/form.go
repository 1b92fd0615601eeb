package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Forms is what the operations on forms need.
type Forms interface {
	ListForms(ctx context.Context, w journal.WorkspaceID) ([]workspace.FormAnswer, error)
	AddForm(ctx context.Context, w journal.WorkspaceID, in workspace.FormInput) (workspace.FormAnswer, error)
	EditForm(ctx context.Context, w journal.WorkspaceID, id string, in workspace.FormInput) (workspace.FormAnswer, error)
	RemoveForm(ctx context.Context, w journal.WorkspaceID, id string) error
	SubmitForm(ctx context.Context, w journal.WorkspaceID, in workspace.SubmitFormInput) (workspace.SubmitFormOutput, error)
}

type formOutput struct {
	ETag string `header:"ETag"`
	Body workspace.FormAnswer
}

func formAnswer(out workspace.FormAnswer, err error) (*formOutput, error) {
	if err != nil {
		return nil, err
	}
	return &formOutput{etag(out.Edit), out}, nil
}

// FormPath names a form in an address.
type FormPath struct {
	ID string `path:"id" maxLength:"100" example:"form_1"`
}

func (s *Server) listForms(ctx context.Context, _ *struct{}) (*listOutput[workspace.FormAnswer], error) {
	items, err := s.Forms.ListForms(ctx, workspaceOf(ctx))
	return list(items, "", err)
}

func (s *Server) addForm(ctx context.Context, in *struct {
	Once
	Body workspace.FormInput
},
) (*formOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	return formAnswer(s.Forms.AddForm(ctx, workspaceOf(ctx), in.Body))
}

func (s *Server) editForm(ctx context.Context, in *struct {
	FormPath
	IfMatch
	Body workspace.FormInput
},
) (*formOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	in.Body.IfMatch = edit
	return formAnswer(s.Forms.EditForm(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) removeForm(ctx context.Context, in *struct{ FormPath }) (*struct{}, error) {
	return nil, s.Forms.RemoveForm(ctx, workspaceOf(ctx), in.ID)
}

// Submission is what somebody wrote into a form.
type Submission struct {
	Fields   map[string]string `json:"fields" doc:"by their names; an e-mail address or a phone number is needed"`
	Visitor  string            `json:"visitor,omitempty" maxLength:"200" doc:"the random id of the browser, cookie tm_v: its visits become the contact's"`
	ID       string            `json:"id,omitempty" maxLength:"500" doc:"the same one for the same contact counts once"`
	Page     string            `json:"page,omitempty" maxLength:"4096" doc:"where the form is, with its parameters"`
	Referrer string            `json:"referrer,omitempty" maxLength:"4096"`
	Stage    string            `json:"stage,omitempty" maxLength:"200" doc:"taken if the form may set it, and only forward; the field tidemark_stage when absent"`
}

type submitFormOutput struct{ Body workspace.SubmitFormOutput }

func (s *Server) submitForm(ctx context.Context, in *struct {
	FormPath
	Once
	Body Submission
},
) (*submitFormOutput, error) {
	if !callerOf(ctx).Allows(workspace.ScopeWrite) { // anybody can send with the key
		if err := s.senders.take(requestOf(ctx).address); err != nil {
			return nil, err
		}
	}
	b := &in.Body
	out, err := s.Forms.SubmitForm(ctx, workspaceOf(ctx), workspace.SubmitFormInput{
		Form: in.ID, Fields: b.Fields, Visitor: b.Visitor, ID: b.ID, Page: b.Page, Referrer: b.Referrer, Stage: b.Stage, Once: in.idempotency(ctx),
	})
	return &submitFormOutput{out}, err
}

func (s *Server) addFormRoutes() {
	const tag = "Forms"
	add(s, operation{
		ID: "list-forms", Method: http.MethodGet, Path: "/v1/forms", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the forms of the site",
	}, s.listForms)
	add(s, operation{
		ID: "add-form", Method: http.MethodPost, Path: "/v1/forms", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Add a form",
	}, s.addForm)
	add(s, operation{
		ID: "edit-form", Method: http.MethodPatch, Path: "/v1/forms/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Change a form",
	}, s.editForm)
	add(s, operation{
		ID: "remove-form", Method: http.MethodDelete, Path: "/v1/forms/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Remove a form; what was sent by it stays",
	}, s.removeForm)
	add(s, operation{
		ID: "submit-form", Method: http.MethodPost, Path: "/v1/forms/{id}/submissions", Tag: tag, Scope: workspace.ScopeCollect,
		Summary: "Tell what somebody wrote into a form", About: "With the public write key, from any page. Makes the contact if it is new, with `created_by` = form. " +
			"The sender is not known: what is known of a contact is added to and never overwritten, and nothing of it is answered.",
	}, s.submitForm)
}
