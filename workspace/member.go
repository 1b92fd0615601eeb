package workspace

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// StoredMember is a person in a workspace.
type StoredMember struct {
	User StoredUser
	Role Role
}

// EditMemberInput gives a person another role.
type EditMemberInput struct {
	Workspace journal.WorkspaceID
	ID        string
	Role      Role
	By        Principal
}

// RemoveMemberInput takes a person out of a workspace.
type RemoveMemberInput struct {
	Workspace journal.WorkspaceID
	ID        string
	By        Principal
}

// ListMembers lists the people of a workspace, in order of joining.
func (s *Service) ListMembers(ctx context.Context, w journal.WorkspaceID) ([]User, error) {
	out := []User{}
	err := s.store.Read(ctx, func(r Reader) error {
		members, err := r.Accounts().Members(w)
		for _, m := range members {
			out = append(out, showMember(m))
		}
		return err
	})
	return out, err
}

func showMember(m StoredMember) User {
	return User{ID: showUserID(m.User.ID), Name: m.User.Name, Email: m.User.Email, Role: m.Role}
}

// EditMember gives a person another role. Only owners make owners, and unmake
// them; one owner stays.
func (s *Service) EditMember(ctx context.Context, in EditMemberInput) (User, error) {
	if in.Role.Scopes() == nil {
		return User{}, fault.At("body.role", "must be owner, admin, editor or viewer")
	}
	var out User
	err := s.store.Write(ctx, func(tx Tx) error {
		m, err := memberFor(tx.Accounts(), in.Workspace, in.ID, in.Role, in.By)
		if err != nil {
			return err
		}
		m.Role = in.Role
		out = showMember(m)
		return tx.Accounts().SaveMembership(m.User.ID, Membership{in.Workspace, in.Role})
	})
	return out, err
}

// RemoveMember takes a person out of a workspace; their sessions there end at
// once. What they did stays in the log under their name.
func (s *Service) RemoveMember(ctx context.Context, in RemoveMemberInput) error {
	return s.store.Write(ctx, func(tx Tx) error {
		m, err := memberFor(tx.Accounts(), in.Workspace, in.ID, "", in.By)
		if err != nil {
			return err
		}
		return tx.Accounts().RemoveMembership(m.User.ID, in.Workspace)
	})
}

// memberFor finds a person, if the caller may give them a role, "" for none.
func memberFor(a AccountReader, w journal.WorkspaceID, id string, next Role, by Principal) (StoredMember, error) {
	number, err := strconv.ParseInt(strings.TrimPrefix(id, userPrefix), 10, 64)
	members, listing := a.Members(w)
	if listing != nil {
		return StoredMember{}, listing
	}
	owners := 0
	var found *StoredMember
	for i := range members {
		if members[i].Role == RoleOwner {
			owners++
		}
		if err == nil && members[i].User.ID == number {
			found = &members[i]
		}
	}
	switch {
	case found == nil:
		return StoredMember{}, fault.New(fault.NotFound, "member_not_found", "There is no member %s in this workspace.", quote(id))
	case (found.Role == RoleOwner || next == RoleOwner) && !isOwner(members, by):
		return StoredMember{}, errOwnersOnly()
	case found.Role == RoleOwner && next != RoleOwner && owners == 1:
		return StoredMember{}, fault.New(fault.Conflict, "last_owner", "A workspace needs an owner. Make another one first.")
	}
	return *found, nil
}

// isOwner reports whether a caller is an owner; whoever owns the data folder
// is one everywhere, an API key never.
func isOwner(members []StoredMember, by Principal) bool {
	if by.Kind == PrincipalLocal {
		return true
	}
	for _, m := range members {
		if by.Kind == PrincipalUser && showUserID(m.User.ID) == by.ID && m.Role == RoleOwner {
			return true
		}
	}
	return false
}

func errOwnersOnly() error {
	return fault.New(fault.Forbidden, "owners_only", "Only an owner, signed in, can make somebody an owner or change what an owner is.")
}

// checkAdding refuses to make an owner, or to change one, for whoever is none;
// of somebody who is here already it is another role, by the same rules.
func checkAdding(a AccountReader, in AddUserInput, known *StoredUser) error {
	if in.By == nil {
		return nil
	}
	members, err := a.Members(in.Workspace)
	if err != nil {
		return err
	}
	if known != nil && slices.ContainsFunc(members, func(m StoredMember) bool { return m.User.ID == known.ID }) {
		_, err := memberFor(a, in.Workspace, showUserID(known.ID), in.Role, *in.By)
		return err
	}
	if in.Role == RoleOwner && !isOwner(members, *in.By) {
		return errOwnersOnly()
	}
	return nil
}
