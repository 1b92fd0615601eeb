package api

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Keys is what the operations on API keys need.
type Keys interface {
	CreateKey(ctx context.Context, in workspace.CreateKeyInput) (workspace.CreateKeyOutput, error)
	ListKeys(ctx context.Context, w journal.WorkspaceID) ([]workspace.KeyView, error)
	EditKey(ctx context.Context, in workspace.EditKeyInput) (workspace.KeyView, error)
	DeleteKey(ctx context.Context, w journal.WorkspaceID, id string) error
}

type createKeyInput struct {
	Once
	Body struct {
		Name    string          `json:"name" minLength:"1" maxLength:"200"`
		Scope   workspace.Scope `json:"scope" enum:"read,write,admin,collect" doc:"admin is everything; write includes read; collect may only send events"`
		Origins []string        `json:"origins,omitempty" maxItems:"100" doc:"of scope collect: the sites that may use the key, like https://example.com; absent = any"`
	}
}

type createKeyOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         workspace.CreateKeyOutput
}

func (s *Server) createKey(ctx context.Context, in *createKeyInput) (*createKeyOutput, error) {
	out, err := s.Keys.CreateKey(ctx, workspace.CreateKeyInput{
		Workspace: workspaceOf(ctx), Name: in.Body.Name, Scope: in.Body.Scope, Origins: in.Body.Origins, Once: in.idempotency(ctx),
	})
	return &createKeyOutput{"no-store", out}, err
}

func (s *Server) listKeys(ctx context.Context, _ *struct{}) (*listOutput[workspace.KeyView], error) {
	keys, err := s.Keys.ListKeys(ctx, workspaceOf(ctx))
	return list(keys, "", err)
}

// KeyPath names a key in an address.
type KeyPath struct {
	ID string `path:"id" maxLength:"40"`
}

func (s *Server) editKey(ctx context.Context, in *struct {
	KeyPath
	Body struct {
		Name    *string   `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Origins *[]string `json:"origins,omitempty" maxItems:"100" doc:"of scope collect: the sites that may use the key; empty = any"`
	}
},
) (*keyOutput, error) {
	key, err := s.Keys.EditKey(ctx, workspace.EditKeyInput{Workspace: workspaceOf(ctx), ID: in.ID, Name: in.Body.Name, Origins: in.Body.Origins})
	return &keyOutput{key}, err
}

type keyOutput struct{ Body workspace.KeyView }

func (s *Server) deleteKey(ctx context.Context, in *struct{ KeyPath }) (*struct{}, error) {
	return nil, s.Keys.DeleteKey(ctx, workspaceOf(ctx), in.ID)
}

type addMemberInput struct {
	Once
	Body struct {
		Name     string         `json:"name,omitempty" maxLength:"200"`
		Email    string         `json:"email" maxLength:"320"`
		Password string         `json:"password,omitempty" maxLength:"1000" doc:"at least 10 characters; not of somebody who is in another workspace already"`
		Role     workspace.Role `json:"role" enum:"owner,admin,editor,viewer"`
	}
}

type memberOutput struct{ Body workspace.User }

func (s *Server) listMembers(ctx context.Context, _ *struct{}) (*listOutput[workspace.User], error) {
	members, err := s.People.ListMembers(ctx, workspaceOf(ctx))
	return list(members, "", err)
}

// MemberPath names a person in an address.
type MemberPath struct {
	ID string `path:"id" maxLength:"40"`
}

func (s *Server) editMember(ctx context.Context, in *struct {
	MemberPath
	Body struct {
		Role workspace.Role `json:"role" enum:"owner,admin,editor,viewer"`
	}
},
) (*memberOutput, error) {
	user, err := s.People.EditMember(ctx, workspace.EditMemberInput{
		Workspace: workspaceOf(ctx), ID: in.ID, Role: in.Body.Role, By: callerOf(ctx).Principal,
	})
	return &memberOutput{user}, err
}

func (s *Server) removeMember(ctx context.Context, in *struct{ MemberPath }) (*struct{}, error) {
	return nil, s.People.RemoveMember(ctx, workspace.RemoveMemberInput{Workspace: workspaceOf(ctx), ID: in.ID, By: callerOf(ctx).Principal})
}

func (s *Server) addMember(ctx context.Context, in *addMemberInput) (*memberOutput, error) {
	// A plain hash of the password must not be kept, so a repetition may differ in it.
	said := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", in.Body.Name, in.Body.Email, in.Body.Role))
	user, err := s.People.AddUser(ctx, workspace.AddUserInput{
		Workspace: workspaceOf(ctx), Name: in.Body.Name, Email: in.Body.Email, Password: in.Body.Password, Role: in.Body.Role,
		Once: idempotencyOf(in.Key, requestOf(ctx), said),
		By:   &callerOf(ctx).Principal,
	})
	return &memberOutput{user}, err
}

func (s *Server) addKeyRoutes() {
	const tag = "Access"
	add(s, operation{
		ID: "create-key", Method: http.MethodPost, Path: "/v1/keys", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Create an API key", About: "The answer is the only place where its secret is ever shown.",
	}, s.createKey)
	add(s, operation{
		ID: "list-keys", Method: http.MethodGet, Path: "/v1/keys", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "List API keys",
	}, s.listKeys)
	add(s, operation{
		ID: "edit-key", Method: http.MethodPatch, Path: "/v1/keys/{id}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Rename an API key or change the sites that may use it", About: "What it may do never changes. It holds at once.",
	}, s.editKey)
	add(s, operation{
		ID: "delete-key", Method: http.MethodDelete, Path: "/v1/keys/{id}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Delete an API key; it ends at once",
	}, s.deleteKey)
	add(s, operation{
		ID: "add-member", Method: http.MethodPost, Path: "/v1/members", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Add a person to the workspace", About: "Only an owner, signed in, can make an owner.",
	}, s.addMember)
	add(s, operation{
		ID: "list-members", Method: http.MethodGet, Path: "/v1/members", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the people of the workspace",
	}, s.listMembers)
	add(s, operation{
		ID: "edit-member", Method: http.MethodPatch, Path: "/v1/members/{id}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Give a person another role", About: "Only an owner, signed in, can make an owner or change one; one owner stays.",
	}, s.editMember)
	add(s, operation{
		ID: "remove-member", Method: http.MethodDelete, Path: "/v1/members/{id}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Take a person out of the workspace",
	}, s.removeMember)
}

// Members is what the operations on the people of a workspace need.
type Members interface {
	ListMembers(ctx context.Context, w journal.WorkspaceID) ([]workspace.User, error)
	EditMember(ctx context.Context, in workspace.EditMemberInput) (workspace.User, error)
	RemoveMember(ctx context.Context, in workspace.RemoveMemberInput) error
}
