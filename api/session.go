package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Identity recognises keys.
type Identity interface {
	Authenticate(ctx context.Context, bearer string) (workspace.Principal, error)
}

// People is what signing in and out needs.
type People interface {
	SignIn(ctx context.Context, email, password string) (workspace.SessionOutput, error)
	Session(ctx context.Context, token string) (workspace.SessionOutput, error)
	SignOut(ctx context.Context, token string) error
	ChangePassword(ctx context.Context, in workspace.ChangePasswordInput) error
	SetUp(ctx context.Context, in workspace.SetUpInput) (workspace.SessionOutput, error)
	AddUser(ctx context.Context, in workspace.AddUserInput) (workspace.User, error)
	Members
}

// Demo gives the visitors of a demo a session of their own.
type Demo interface {
	OpenDemoSession(ctx context.Context) (workspace.SessionOutput, error)
}

// SessionAnswer is who is signed in, and where.
type SessionAnswer struct {
	User       SessionUser    `json:"user"`
	Workspace  SettingsAnswer `json:"workspace"`
	Workspaces []WorkspaceRef `json:"workspaces" doc:"all that the person belongs to"`
	Demo       bool           `json:"demo" doc:"everything here is made up"`
	Version    string         `json:"version"`
}

// SessionUser is the person of a session.
type SessionUser struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
	Role  string `json:"role" enum:"owner,admin,editor,viewer" doc:"in this workspace"`
}

// WorkspaceRef names a workspace.
type WorkspaceRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type sessionOutput struct {
	SetCookie    string `header:"Set-Cookie"`
	CacheControl string `header:"Cache-Control"`
	Body         SessionAnswer
}

// sessionLife is how long a browser keeps the cookie; the server ends unused
// sessions sooner or later by itself.
const sessionLife = 30 * 24 * time.Hour

// cookie holds a session's token where no script can read it.
func (s *Server) cookie(ctx context.Context, token string) string {
	c := http.Cookie{
		Name: cookieName, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: requestOf(ctx).encrypted, MaxAge: int(sessionLife.Seconds()),
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c.String()
}

// SessionCookie is the cookie that an operation may read for itself.
type SessionCookie struct {
	Token string `cookie:"tidemark_session" hidden:"true"`
}

func (s *Server) getSession(ctx context.Context, in *SessionCookie) (*sessionOutput, error) {
	if in.Token == "" {
		return nil, errNobody()
	}
	session, err := s.People.Session(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return s.sessionAnswer(ctx, session, in.Token)
}

type signInInput struct {
	Body struct {
		Email    string `json:"email" maxLength:"320"`
		Password string `json:"password" maxLength:"1000"`
	}
}

func (s *Server) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	if err := s.passwords.take(requestOf(ctx).address); err != nil {
		return nil, err
	}
	session, err := s.People.SignIn(ctx, in.Body.Email, in.Body.Password)
	if err != nil {
		return nil, err
	}
	return s.sessionAnswer(ctx, session, session.Token)
}

type setUpInput struct {
	Body struct {
		Token    string `json:"token" maxLength:"200" doc:"of the link that the server prints at its first start"`
		Name     string `json:"name" maxLength:"200"`
		Email    string `json:"email" maxLength:"320"`
		Password string `json:"password" maxLength:"1000" doc:"at least 10 characters"`
	}
}

func (s *Server) setUp(ctx context.Context, in *setUpInput) (*sessionOutput, error) {
	if err := s.passwords.take(requestOf(ctx).address); err != nil {
		return nil, err
	}
	session, err := s.People.SetUp(ctx, workspace.SetUpInput(in.Body))
	if err != nil {
		return nil, err
	}
	return s.sessionAnswer(ctx, session, session.Token)
}

type signOutOutput struct {
	SetCookie string `header:"Set-Cookie"`
}

func (s *Server) signOut(ctx context.Context, in *SessionCookie) (*signOutOutput, error) {
	if in.Token != "" {
		if err := s.People.SignOut(ctx, in.Token); err != nil {
			return nil, err
		}
	}
	return &signOutOutput{s.cookie(ctx, "")}, nil
}

type changePasswordInput struct {
	SessionCookie
	Body struct {
		Password string `json:"password" maxLength:"1000" doc:"the present one"`
		Next     string `json:"next" maxLength:"1000" doc:"at least 10 characters"`
	}
}

func (s *Server) changePassword(ctx context.Context, in *changePasswordInput) (*struct{}, error) {
	if err := s.passwords.take(requestOf(ctx).address); err != nil {
		return nil, err
	}
	return nil, s.People.ChangePassword(ctx, workspace.ChangePasswordInput{Token: in.Token, Password: in.Body.Password, Next: in.Body.Next})
}

// sessionAnswer tells about a session in the workspace that the request is
// for, and sets its cookie anew.
func (s *Server) sessionAnswer(ctx context.Context, session workspace.SessionOutput, token string) (*sessionOutput, error) {
	principal, err := session.Principal(requestOf(ctx).workspace)
	if err != nil {
		return nil, err
	}
	settings, err := s.Workspaces.GetSettings(ctx, principal.Workspace)
	if err != nil {
		return nil, err
	}
	out := &sessionOutput{SetCookie: s.cookie(ctx, token), CacheControl: "no-store"}
	out.Body = SessionAnswer{
		User:      SessionUser{ID: session.User.ID, Name: session.User.Name, Email: session.User.Email},
		Workspace: settingsAnswer(principal.Workspace, settings),
		Demo:      s.Demo != nil, Version: s.Version,
	}
	for _, m := range session.Workspaces {
		out.Body.Workspaces = append(out.Body.Workspaces, WorkspaceRef{showWorkspace(m.ID), m.Name})
		if m.ID == principal.Workspace {
			out.Body.User.Role = string(m.Role)
		}
	}
	return out, nil
}

// showWorkspace writes a workspace's id as answers have it.
func showWorkspace(w journal.WorkspaceID) string { return strconv.FormatInt(int64(w), 10) }

// welcome gives a visitor of the demo a session: a page that asks to sign in
// would show nothing of it.
func (s *Server) welcome(w http.ResponseWriter, r *http.Request) error {
	if s.Demo == nil {
		return nil
	}
	if cookie, err := r.Cookie(cookieName); err == nil {
		_, err := s.People.Session(r.Context(), cookie.Value)
		if fault.KindOf(err) != fault.Unauthenticated {
			return err
		}
	}
	session, err := s.Demo.OpenDemoSession(r.Context())
	if err != nil {
		return err
	}
	w.Header().Add("Set-Cookie", s.cookie(r.Context(), session.Token))
	return nil
}

func (s *Server) addSessionRoutes() {
	const tag = "Session"
	add(s, operation{
		ID: "get-session", Method: http.MethodGet, Path: "/v1/session", Tag: tag,
		Summary: "Who is signed in in this browser", About: "401 when nobody is.",
	}, s.getSession)
	add(s, operation{
		ID: "sign-in", Method: http.MethodPost, Path: "/v1/session", Tag: tag,
		Summary: "Sign in by e-mail and password", About: "Sets the session cookie.",
	}, s.signIn)
	add(s, operation{
		ID: "sign-out", Method: http.MethodDelete, Path: "/v1/session", Tag: tag,
		Summary: "Sign out of this browser",
	}, s.signOut)
	add(s, operation{
		ID: "change-password", Method: http.MethodPut, Path: "/v1/session/password", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Change the password of whoever is signed in", About: "Ends the person's sessions in all other browsers.",
	}, s.changePassword)
	add(s, operation{
		ID: "set-up", Method: http.MethodPost, Path: "/v1/setup", Tag: tag,
		Summary: "Make the first owner by the one-time link", About: "Sets the session cookie.",
	}, s.setUp)
}
