package workspace

import (
	"slices"

	"github.com/tidemark/tidemark/journal"
)

// Scope is what a key or a person may do.
type Scope string

// The scopes. Admin is everything; write includes all but that; collect may only send
// what a public site knows, and read nothing.
const (
	ScopeRead    Scope = "read"
	ScopeWrite   Scope = "write"
	ScopeAdmin   Scope = "admin"
	ScopeCollect Scope = "collect"
)

// Scopes lists the scopes.
func Scopes() []Scope { return []Scope{ScopeRead, ScopeWrite, ScopeAdmin, ScopeCollect} }

// includes reports whether one scope implies another.
func (s Scope) includes(other Scope) bool {
	switch s {
	case ScopeAdmin:
		return true
	case ScopeWrite:
		return other != ScopeAdmin
	}
	return s == other
}

// Role is what a person is in a workspace.
type Role string

// The roles. Owner and admin differ in who may remove whom.
const (
	RoleOwner  Role = "owner"
	RoleAdmin  Role = "admin"
	RoleEditor Role = "editor"
	RoleViewer Role = "viewer"
)

// Scopes returns what the role may do.
func (r Role) Scopes() []Scope {
	switch r {
	case RoleOwner, RoleAdmin:
		return []Scope{ScopeAdmin}
	case RoleEditor:
		return []Scope{ScopeWrite}
	case RoleViewer:
		return []Scope{ScopeRead}
	}
	return nil
}

// PrincipalKind says how somebody showed who they are.
type PrincipalKind string

// The kinds of principals.
const (
	PrincipalKey   PrincipalKind = "key"   // an API key
	PrincipalUser  PrincipalKind = "user"  // a person with a session
	PrincipalLocal PrincipalKind = "local" // the owner of the data folder, at its socket
)

// Principal is who makes a request, and in which workspace.
type Principal struct {
	Workspace journal.WorkspaceID
	Kind      PrincipalKind
	ID        string
	Name      string
	Scopes    []Scope
	Origins   []string // sites that a key may be used from; none = any
}

// AllowsOrigin reports whether a page of an origin may use the key.
func (p Principal) AllowsOrigin(origin string) bool {
	return len(p.Origins) == 0 || slices.Contains(p.Origins, origin)
}

// Allows reports whether the principal may do what needs a scope.
func (p Principal) Allows(scope Scope) bool {
	return slices.ContainsFunc(p.Scopes, func(s Scope) bool { return s.includes(scope) })
}

// Actor returns how the principal appears in the log.
func (p Principal) Actor() journal.Actor {
	kind := journal.ActorAPI
	if p.Kind == PrincipalUser {
		kind = journal.ActorUser
	}
	return journal.Actor{Kind: kind, ID: p.ID, Name: p.Name}
}

// Local is the principal of commands that speak to the data folder itself.
func Local(w journal.WorkspaceID) Principal {
	return Principal{Workspace: w, Kind: PrincipalLocal, ID: "local", Name: "command line", Scopes: []Scope{ScopeAdmin}}
}
