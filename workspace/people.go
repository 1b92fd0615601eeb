package workspace

import (
	"context"
	"crypto/subtle"
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

const (
	minPassword = 10  // characters
	maxPassword = 200 // characters
	setupLife   = 7 * 24 * time.Hour
)

// SetUpInput makes the first owner.
type SetUpInput struct {
	Token    string // of SetupToken
	Name     string
	Email    string
	Password string
}

// AddUserInput adds a person to a workspace. Without a password the address
// must be of somebody who is already in another workspace.
type AddUserInput struct {
	Workspace journal.WorkspaceID
	Name      string
	Email     string
	Password  string
	Role      Role
	Once      Idempotency
	By        *Principal // who adds; nil = whoever owns the data folder
}

// User is a person as answers show them.
type User struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
	Role  Role   `json:"role"` // in the first of their workspaces
}

const userPrefix = "usr_"

func showUserID(id int64) string { return userPrefix + strconv.FormatInt(id, 10) }

// SetupToken makes a new one-time token for the first owner, and forgets any
// before; needed is false, and the token empty, once there is an owner.
func (s *Service) SetupToken(ctx context.Context) (token string, needed bool, err error) {
	token, hash := newToken("")
	err = s.store.Write(ctx, func(tx Tx) error {
		a := tx.Accounts()
		owner, err := a.HasOwner()
		if err != nil || owner {
			return err
		}
		needed = true
		return a.SaveSetup(hash, s.now().Add(setupLife))
	})
	if err != nil || !needed {
		return "", false, err
	}
	return token, true, nil
}

// SetUp makes the owner of all workspaces by the one-time token, and opens
// their session.
func (s *Service) SetUp(ctx context.Context, in SetUpInput) (SessionOutput, error) {
	// The token is looked at first: without it nobody makes us hash passwords.
	err := s.store.Read(ctx, func(r Reader) error { return s.checkSetup(r.Accounts(), in.Token) })
	if err != nil {
		return SessionOutput{}, err
	}
	user, err := s.newUser(ctx, in.Name, in.Email, in.Password)
	if err != nil {
		return SessionOutput{}, err
	}
	var id int64
	err = s.store.Write(ctx, func(tx Tx) error {
		if err := s.checkSetup(tx.Accounts(), in.Token); err != nil {
			return err
		}
		if err := tx.Accounts().SaveSetup(nil, 0); err != nil {
			return err
		}
		all, err := tx.Workspaces()
		if err != nil {
			return err
		}
		id, err = s.saveUser(tx, user, RoleOwner, all...)
		return err
	})
	if err != nil {
		return SessionOutput{}, err
	}
	return s.openSession(ctx, id)
}

// checkSetup refuses a token that is not the one-time token.
func (s *Service) checkSetup(a AccountReader, token string) error {
	owner, err := a.HasOwner()
	if err != nil {
		return err
	}
	if owner {
		return fault.New(fault.Conflict, "already_set_up", "The first owner is there already. Sign in, or ask an owner to add you.")
	}
	hash, expires, err := a.Setup()
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare(hash, hashSecret(token)) != 1 || expires <= s.now() {
		return fault.New(fault.Forbidden, "setup_token_wrong",
			"This link is not valid or no longer so. The server prints a new one whenever it starts.")
	}
	return nil
}

// AddUser adds a person to a workspace.
func (s *Service) AddUser(ctx context.Context, in AddUserInput) (User, error) {
	if in.Role.Scopes() == nil {
		return User{}, fault.At("body.role", "must be owner, admin, editor or viewer")
	}
	user := StoredUser{Email: Fold(in.Email)}
	if in.Password != "" {
		var err error
		if user, err = s.newUser(ctx, in.Name, in.Email, in.Password); err != nil {
			return User{}, err
		}
	}
	return writeOnce(ctx, s, in.Workspace, in.Once, func(tx Tx) (User, error) {
		if err := s.addUser(tx, &user, in); err != nil {
			return User{}, err
		}
		return User{ID: showUserID(user.ID), Name: user.Name, Email: user.Email, Role: in.Role}, nil
	})
}

// addUser saves a new person, or lets one that is known into the workspace.
func (s *Service) addUser(tx Tx, user *StoredUser, in AddUserInput) error {
	if _, err := tx.Configuration(in.Workspace); err != nil {
		return err
	}
	known, err := tx.Accounts().UserByEmail(user.Email)
	if err == nil {
		err = checkAdding(tx.Accounts(), in, known)
	}
	switch {
	case err != nil:
		return err
	case known == nil && in.Password == "":
		return fault.At("body.password", "is needed: nobody has this address yet").Coded("password_needed")
	case known == nil:
		user.ID, err = s.saveUser(tx, *user, in.Role, in.Workspace)
		return err
	case in.Password != "":
		return fault.New(fault.Conflict, "email_taken", "Somebody has this address already. Without a password they are added to the workspace as they are.")
	}
	*user = *known
	return tx.Accounts().SaveMembership(known.ID, Membership{in.Workspace, in.Role})
}

// newUser checks what a person is to be, and hashes the password.
func (s *Service) newUser(ctx context.Context, name, email, password string) (StoredUser, error) {
	if err := checkUser(name, email, password); err != nil {
		return StoredUser{}, err
	}
	hash, err := s.entrance.passwords.hash(ctx, password)
	if err != nil {
		return StoredUser{}, err
	}
	return StoredUser{Email: Fold(email), Name: strings.TrimSpace(name), Password: hash}, nil
}

func checkUser(name, email, password string) error {
	var k checker
	k.Refuse("body.name", badLabel(name))
	address, err := mail.ParseAddress(strings.TrimSpace(email))
	if err != nil || address.Address != strings.TrimSpace(email) || len(email) > maxIdentifier {
		k.Add("body.email", "is not an e-mail address").Coded("not_an_email")
	}
	k.Refuse("body.password", badPassword(password))
	return k.Err()
}

// badPassword says what is wrong with a new password, as badText does.
func badPassword(password string) (d fault.Detail) {
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword || !utf8.ValidString(password) {
		d = fault.Wrong("", "must have %d to %d characters", fault.Named("min", minPassword), fault.Named("max", maxPassword))
		d.Coded("password_length")
	}
	return d
}

// badLabel says what is wrong with the name of a person or a key.
func badLabel(name string) (d fault.Detail) {
	if strings.TrimSpace(name) != "" {
		return badText(name, maxName)
	}
	d = fault.Wrong("", "must not be empty")
	d.Coded("missing")
	return d
}

func (s *Service) saveUser(tx Tx, user StoredUser, role Role, in ...journal.WorkspaceID) (int64, error) {
	if len(in) == 0 {
		return 0, fault.New(fault.Conflict, "no_workspace", "There is no workspace yet.")
	}
	known, err := tx.Accounts().UserByEmail(user.Email)
	if err != nil {
		return 0, err
	}
	if known != nil {
		return 0, fault.New(fault.Conflict, "email_taken", "Somebody has this address already.")
	}
	id, err := tx.Accounts().AddUser(user, s.now())
	if err != nil {
		return 0, err
	}
	for _, w := range in {
		if err := tx.Accounts().SaveMembership(id, Membership{w, role}); err != nil {
			return 0, err
		}
	}
	return id, nil
}
