package workspace_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/workspace"
)

func TestMembers(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	owner := o.setUp().User
	add := func(email string, role workspace.Role, by *workspace.Principal) (workspace.User, error) {
		return o.AddUser(ctx, workspace.AddUserInput{Workspace: o.w, Name: email, Email: email, Password: "long enough", Role: role, By: by})
	}
	admin, err := add("admin@x.org", workspace.RoleAdmin, nil)
	if err != nil {
		t.Fatal(err)
	}
	as := func(u workspace.User) *workspace.Principal {
		return &workspace.Principal{Workspace: o.w, Kind: workspace.PrincipalUser, ID: u.ID, Scopes: []workspace.Scope{workspace.ScopeAdmin}}
	}
	key := &workspace.Principal{Workspace: o.w, Kind: workspace.PrincipalKey, ID: "key_1", Scopes: []workspace.Scope{workspace.ScopeAdmin}}
	viewer, err := add("viewer@x.org", workspace.RoleViewer, as(admin))
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range []*workspace.Principal{as(admin), key} {
		_, err := add("king@x.org", workspace.RoleOwner, by)
		wantCode(t, err, "owners_only")
		_, err = o.AddUser(ctx, workspace.AddUserInput{Workspace: o.w, Email: owner.Email, Role: workspace.RoleViewer, By: by})
		wantCode(t, err, "owners_only")
	}
	edit := func(u workspace.User, role workspace.Role, by *workspace.Principal) error {
		_, err := o.EditMember(ctx, workspace.EditMemberInput{Workspace: o.w, ID: u.ID, Role: role, By: *by})
		return err
	}
	remove := func(id string, by *workspace.Principal) error {
		return o.RemoveMember(ctx, workspace.RemoveMemberInput{Workspace: o.w, ID: id, By: *by})
	}
	me := as(workspace.User{ID: owner.ID})
	wantCode(t, edit(viewer, workspace.RoleOwner, as(admin)), "owners_only")
	wantCode(t, edit(workspace.User{ID: owner.ID}, workspace.RoleViewer, as(admin)), "owners_only")
	wantCode(t, edit(workspace.User{ID: owner.ID}, workspace.RoleAdmin, me), "last_owner")
	wantCode(t, remove(owner.ID, me), "last_owner")
	_, err = o.AddUser(ctx, workspace.AddUserInput{Workspace: o.w, Email: owner.Email, Role: workspace.RoleViewer, By: me})
	wantCode(t, err, "last_owner")
	wantCode(t, remove(owner.ID, key), "owners_only")
	wantCode(t, remove("usr_99", me), "member_not_found")
	wantCode(t, remove("nonsense", me), "member_not_found")
	if err := edit(viewer, workspace.RoleEditor, as(admin)); err != nil {
		t.Error(err)
	}
	if err := edit(admin, workspace.RoleOwner, me); err != nil {
		t.Error(err)
	}
	if err := remove(owner.ID, as(admin)); err != nil {
		t.Errorf("there is another owner now: %v", err)
	}
	members, err := o.ListMembers(ctx, o.w)
	roles := map[string]workspace.Role{}
	for _, m := range members {
		roles[m.Email] = m.Role
	}
	if diff := cmp.Diff(map[string]workspace.Role{"admin@x.org": workspace.RoleOwner, "viewer@x.org": workspace.RoleEditor}, roles); diff != "" || err != nil {
		t.Errorf("%v: %s", err, diff)
	}
}
