package workspace

import (
	"context"
	"crypto/subtle"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

const (
	sessionLife  = 30 * 24 * time.Hour // since the last day of use
	sessionRenew = 24 * time.Hour      // a session is renewed at most once in
	sessionsKept = 20                  // of one person: the oldest beyond end
)

// SessionOutput is a session of a person.
type SessionOutput struct {
	Token      string            `json:"-"` // of a new session; only its hash is kept
	User       User              `json:"user"`
	Workspaces []WorkspaceMember `json:"workspaces"`
}

// WorkspaceMember is a workspace that somebody belongs to.
type WorkspaceMember struct {
	ID   journal.WorkspaceID `json:"id"`
	Name string              `json:"name"`
	Role Role                `json:"role"`
}

// Principal returns the person as the one who makes a request in a workspace;
// 0 is the first of theirs.
func (o SessionOutput) Principal(w journal.WorkspaceID) (Principal, error) {
	i := slices.IndexFunc(o.Workspaces, func(m WorkspaceMember) bool { return w == 0 || m.ID == w })
	if i < 0 {
		return Principal{}, fault.New(fault.Forbidden, "not_a_member", "You do not belong to this workspace.")
	}
	m := o.Workspaces[i]
	return Principal{Workspace: m.ID, Kind: PrincipalUser, ID: o.User.ID, Name: o.User.Name, Scopes: m.Role.Scopes()}, nil
}

// SignIn opens a session. An unknown address takes as long as a wrong
// password, and is answered the same.
func (s *Service) SignIn(ctx context.Context, email, password string) (SessionOutput, error) {
	user, err := s.proven(ctx, Fold(email), password)
	if err != nil {
		return SessionOutput{}, err
	}
	return s.openSession(ctx, user.ID)
}

// proven returns the person with a folded address if the password is theirs,
// and slows down whoever guesses.
func (s *Service) proven(ctx context.Context, account, password string) (StoredUser, error) {
	if wait := s.entrance.failures.pause(account, s.now()); wait > 0 {
		return StoredUser{}, errPause(wait)
	}
	var user StoredUser
	err := s.store.Read(ctx, func(r Reader) error {
		known, err := r.Accounts().UserByEmail(account)
		if known != nil {
			user = *known
		}
		return err
	})
	if err != nil {
		return StoredUser{}, err
	}
	ok := utf8.RuneCountInString(password) <= maxPassword
	if ok {
		if ok, err = s.entrance.passwords.check(ctx, password, user.Password); err != nil {
			return StoredUser{}, err
		}
	}
	s.entrance.failures.note(account, ok, s.now())
	if !ok {
		return StoredUser{}, fault.New(fault.Unauthenticated, "sign_in_failed", "E-mail or password is wrong.")
	}
	return user, nil
}

// ChangePasswordInput is a person's wish for another password.
type ChangePasswordInput struct {
	Token    string // of the session that stays
	Password string // the present one
	Next     string
}

// ChangePassword replaces the password of whoever is signed in and knows it, and
// ends all their other sessions.
func (s *Service) ChangePassword(ctx context.Context, in ChangePasswordInput) error {
	var k checker
	k.Refuse("body.next", badPassword(in.Next))
	if err := k.Err(); err != nil {
		return err
	}
	session, err := s.Session(ctx, in.Token)
	if err != nil {
		return err
	}
	user, err := s.proven(ctx, session.User.Email, in.Password)
	if fault.CodeOf(err) == "sign_in_failed" {
		return fault.At("body.password", "is not your password").Coded("not_your_password")
	}
	if err != nil {
		return err
	}
	hash, err := s.entrance.passwords.hash(ctx, in.Next)
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx Tx) error {
		if err := tx.Accounts().SavePassword(user.ID, hash); err != nil {
			return err
		}
		return tx.Accounts().RemoveOtherSessions(user.ID, hashSecret(in.Token))
	})
}

// OpenSession opens a session for a person without asking for the password.
func (s *Service) OpenSession(ctx context.Context, userID string) (SessionOutput, error) {
	id, _ := strconv.ParseInt(strings.TrimPrefix(userID, userPrefix), 10, 64)
	return s.openSession(ctx, id)
}

func (s *Service) openSession(ctx context.Context, id int64) (SessionOutput, error) {
	token, hash := newToken("")
	var out SessionOutput
	err := s.store.Write(ctx, func(tx Tx) error {
		now := s.now()
		user, err := tx.Accounts().User(id)
		if err != nil {
			return err
		}
		if user == nil {
			return fault.New(fault.NotFound, "user_not_found", "There is no such person.")
		}
		stored := StoredSession{Hash: hash, User: id, Expires: now.Add(sessionLife)}
		if err := tx.Accounts().AddSession(stored, now, sessionsKept); err != nil {
			return err
		}
		out, err = showSession(tx, tx.Accounts(), user)
		return err
	})
	out.Token = token
	return out, err
}

// Session returns whose session this is, and keeps it alive; an unknown or
// ended one is fault.Unauthenticated.
func (s *Service) Session(ctx context.Context, token string) (SessionOutput, error) {
	hash := hashSecret(token)
	var out SessionOutput
	var session StoredSession
	err := s.store.Read(ctx, func(r Reader) error {
		stored, err := r.Accounts().Session(hash)
		if err != nil {
			return err
		}
		if stored == nil || subtle.ConstantTimeCompare(stored.Hash, hash) != 1 || stored.Expires <= s.now() {
			return errSession()
		}
		session = *stored
		user, err := r.Accounts().User(stored.User)
		if err != nil {
			return err
		}
		if user == nil {
			return errSession()
		}
		out, err = showSession(r, r.Accounts(), user)
		return err
	})
	if err != nil {
		return SessionOutput{}, err
	}
	return out, s.renew(ctx, session)
}

// renew moves the end of a session, once a day.
func (s *Service) renew(ctx context.Context, session StoredSession) error {
	until := s.now().Add(sessionLife)
	if until.Sub(session.Expires) < sessionRenew {
		return nil
	}
	return s.store.Write(ctx, func(tx Tx) error { return tx.Accounts().RenewSession(session.Hash, until) })
}

// SignOut ends a session.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.store.Write(ctx, func(tx Tx) error { return tx.Accounts().RemoveSession(hashSecret(token)) })
}

func errSession() error {
	return fault.New(fault.Unauthenticated, "session_unknown", "The session has ended. Sign in again.")
}

// showSession collects who the person is and where they belong.
func showSession(settings ConfigurationReader, users UserReader, user *StoredUser) (SessionOutput, error) {
	members, err := users.Memberships(user.ID)
	if err != nil {
		return SessionOutput{}, err
	}
	out := SessionOutput{User: User{ID: showUserID(user.ID), Name: user.Name, Email: user.Email}, Workspaces: []WorkspaceMember{}}
	for _, m := range members {
		c, err := settings.Configuration(m.Workspace)
		if err != nil {
			return SessionOutput{}, err
		}
		out.Workspaces = append(out.Workspaces, WorkspaceMember{ID: m.Workspace, Name: c.Name, Role: m.Role})
	}
	if len(members) > 0 {
		out.User.Role = members[0].Role
	}
	return out, nil
}
