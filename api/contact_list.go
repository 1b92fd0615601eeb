package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Lists is what the operations on lists of contacts need.
type Lists interface {
	ListLists(ctx context.Context, w journal.WorkspaceID) ([]workspace.ContactListAnswer, error)
	GetList(ctx context.Context, w journal.WorkspaceID, id string) (workspace.ContactListAnswer, error)
	AddList(ctx context.Context, w journal.WorkspaceID, in workspace.ContactListInput) (workspace.ContactListAnswer, error)
	EditList(ctx context.Context, w journal.WorkspaceID, id string, in workspace.ContactListInput) (workspace.ContactListAnswer, error)
	RemoveList(ctx context.Context, w journal.WorkspaceID, id string) error
	Memberships
}

// Memberships is what the operations on who is on a list need.
type Memberships interface {
	EditMembers(ctx context.Context, w journal.WorkspaceID, id string, in workspace.EditMembersInput) (workspace.EditMembersOutput, error)
	ListMemberships(ctx context.Context, w journal.WorkspaceID, id, cursor string, limit int) (workspace.MembershipPage, error)
}

type contactListOutput struct {
	ETag string `header:"ETag"`
	Body workspace.ContactListAnswer
}

func contactListAnswer(out workspace.ContactListAnswer, err error) (*contactListOutput, error) {
	if err != nil {
		return nil, err
	}
	return &contactListOutput{ETag: etag(out.Edit), Body: out}, nil
}

// ContactListPath names a list in an address.
type ContactListPath struct {
	ID string `path:"id" maxLength:"100" example:"list_1"`
}

func (s *Server) listLists(ctx context.Context, _ *struct{}) (*listOutput[workspace.ContactListAnswer], error) {
	lists, err := s.Lists.ListLists(ctx, workspaceOf(ctx))
	return list(lists, "", err)
}

func (s *Server) getList(ctx context.Context, in *struct{ ContactListPath }) (*contactListOutput, error) {
	return contactListAnswer(s.Lists.GetList(ctx, workspaceOf(ctx), in.ID))
}

type addListInput struct {
	Once
	Body workspace.ContactListInput
}

func (s *Server) addList(ctx context.Context, in *addListInput) (*contactListOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	return contactListAnswer(s.Lists.AddList(ctx, workspaceOf(ctx), in.Body))
}

type editListInput struct {
	ContactListPath
	IfMatch
	Body workspace.ContactListInput
}

func (s *Server) editList(ctx context.Context, in *editListInput) (*contactListOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	in.Body.IfMatch = edit
	return contactListAnswer(s.Lists.EditList(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) removeList(ctx context.Context, in *struct{ ContactListPath }) (*struct{}, error) {
	return nil, s.Lists.RemoveList(ctx, workspaceOf(ctx), in.ID)
}

type editMembersInput struct {
	ContactListPath
	Once
	Body struct {
		Add    []string `json:"add,omitempty" maxItems:"10000" doc:"ids, or external_id:X, email:X, phone:X"`
		Remove []string `json:"remove,omitempty" maxItems:"10000"`
		CSV    string   `json:"csv,omitempty" doc:"more to add: the first cell of each line is an id, an e-mail address, a phone number with + or an external id"`
	}
}

type editMembersOutput struct{ Body workspace.EditMembersOutput }

func (s *Server) editMembers(ctx context.Context, in *editMembersInput) (*editMembersOutput, error) {
	out, err := s.Lists.EditMembers(ctx, workspaceOf(ctx), in.ID, workspace.EditMembersInput{
		Add: in.Body.Add, Remove: in.Body.Remove, CSV: in.Body.CSV, Actor: actorOf(ctx), Once: in.idempotency(ctx),
	})
	return &editMembersOutput{out}, err
}

type listMembershipsInput struct {
	ContactListPath
	Cursor string `query:"cursor" maxLength:"500"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) listMemberships(ctx context.Context, in *listMembershipsInput) (*listOutput[workspace.MembershipItem], error) {
	page, err := s.Lists.ListMemberships(ctx, workspaceOf(ctx), in.ID, in.Cursor, in.Limit)
	return list(page.Items, page.Next, err)
}

func (s *Server) addListRoutes() {
	const tag = "Lists"
	add(s, operation{
		ID: "list-lists", Method: http.MethodGet, Path: "/v1/lists", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the lists of contacts",
	}, s.listLists)
	add(s, operation{
		ID: "get-list", Method: http.MethodGet, Path: "/v1/lists/{id}", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Get a list", About: "Its contacts are those of `GET /v1/contacts?filter=list:ID`.",
	}, s.getList)
	add(s, operation{
		ID: "add-list", Method: http.MethodPost, Path: "/v1/lists", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Make a list: static, or smart with a rule", About: "At most 500.",
	}, s.addList)
	add(s, operation{
		ID: "edit-list", Method: http.MethodPatch, Path: "/v1/lists/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Rename a list or change its rule",
	}, s.editList)
	add(s, operation{
		ID: "remove-list", Method: http.MethodDelete, Path: "/v1/lists/{id}", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Forget a list that no filter names",
	}, s.removeList)
	add(s, operation{
		ID: "edit-members", Method: http.MethodPost, Path: "/v1/lists/{id}/members", Tag: tag, Scope: workspace.ScopeWrite, Limit: longLimit,
		Summary: "Put contacts on a static list and take them off",
	}, s.editMembers)
	add(s, operation{
		ID: "list-memberships", Method: http.MethodGet, Path: "/v1/lists/{id}/history", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List who came to a list and left it, newest first",
		About:   "The rule of a smart list is evaluated every minute; lists of more than 100,000 members are not followed.",
	}, s.listMemberships)
}
