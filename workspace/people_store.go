package workspace

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// AccountReader reads who may come in.
type AccountReader interface {
	KeyReader
	UserReader
	SessionReader
}

// KeyReader reads the keys of programs.
type KeyReader interface {
	// Key returns the key with this hash, nil if there is none.
	Key(hash []byte) (*StoredKey, error)
	// Keys lists the keys of a workspace in order of creation.
	Keys(w journal.WorkspaceID) ([]StoredKey, error)
}

// UserReader reads people.
type UserReader interface {
	// User returns a person, nil if there is none.
	User(id int64) (*StoredUser, error)
	// UserByEmail returns the person with a folded address, nil if none.
	UserByEmail(folded string) (*StoredUser, error)
	// Memberships lists where a person belongs, in order of workspace.
	Memberships(user int64) ([]Membership, error)
	// Members lists the people of a workspace, in order of their numbers.
	Members(w journal.WorkspaceID) ([]StoredMember, error)
	// HasOwner reports whether any workspace has an owner.
	HasOwner() (bool, error)
}

// SessionReader reads what people hold.
type SessionReader interface {
	// Session returns the session with this hash, nil if there is none.
	Session(hash []byte) (*StoredSession, error)
	// Setup returns the hash of the one-time token, nil if there is none.
	Setup() (hash []byte, expires lifecycle.Millis, err error)
}

// AccountEditor changes who may come in.
type AccountEditor interface {
	AccountReader
	KeyEditor
	UserEditor
	SessionEditor
}

// KeyEditor writes keys.
type KeyEditor interface {
	// AddKey numbers a new key.
	AddKey(k StoredKey) (int64, error)
	// SaveKey writes the name and the origins of a key that is there.
	SaveKey(k StoredKey) error
	// SaveKeyUse writes when a key was used last, if it is still there.
	SaveKeyUse(id int64, at lifecycle.Millis) error
	// RemoveKey reports whether there was one.
	RemoveKey(w journal.WorkspaceID, id int64) (bool, error)
}

// UserEditor writes people.
type UserEditor interface {
	// AddUser numbers a new person.
	AddUser(u StoredUser, at lifecycle.Millis) (int64, error)
	// SavePassword replaces a person's password.
	SavePassword(user int64, password string) error
	// SaveMembership gives a person a role, instead of any before.
	SaveMembership(user int64, m Membership) error
	// RemoveMembership takes a person out of a workspace.
	RemoveMembership(user int64, w journal.WorkspaceID) error
}

// SessionEditor writes sessions.
type SessionEditor interface {
	// AddSession adds a session, and removes those of the same person that
	// have expired by now and the oldest beyond keep.
	AddSession(s StoredSession, now lifecycle.Millis, keep int) error
	// RenewSession moves the end of a session.
	RenewSession(hash []byte, expires lifecycle.Millis) error
	// RemoveSession ends a session, if there is one.
	RemoveSession(hash []byte) error
	// RemoveOtherSessions ends all sessions of a person but one.
	RemoveOtherSessions(user int64, hash []byte) error
	// SaveSetup replaces the one-time token; a nil hash removes it.
	SaveSetup(hash []byte, expires lifecycle.Millis) error
}

// StoredKey is a key as the record keeps it.
type StoredKey struct {
	ID        int64
	Workspace journal.WorkspaceID
	Name      string
	Scope     Scope
	Hash      []byte // SHA-256 of the secret
	Created   lifecycle.Millis
	Origins   []string
	Used      lifecycle.Millis // when it was used last; 0 = never
}

// StoredUser is a person as the record keeps them.
type StoredUser struct {
	ID       int64
	Email    string // folded
	Name     string
	Password string // PHC string
}

// Membership is a person's role in a workspace.
type Membership struct {
	Workspace journal.WorkspaceID
	Role      Role
}

// StoredSession is a session as the record keeps it.
type StoredSession struct {
	Hash    []byte // SHA-256 of the token
	User    int64
	Expires lifecycle.Millis
}
