package api

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// open is the scope of operations that ask for nobody.
const open workspace.Scope = ""

// caller is who sent a request.
type caller struct{ workspace.Principal }

// name tells callers apart in the log and in limits, without secrets.
func (c *caller) name() string {
	if c.ID == "" {
		return ""
	}
	return string(c.Kind) + ":" + c.ID
}

const cookieName = "tidemark_session"

// identify finds out who is calling, for assistants and everything under /v1 but the
// few operations that are there to find out.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := requestOf(r.Context())
		q.address, q.encrypted, q.workspace = s.address(r), s.encrypted(r), chosenWorkspace(r)
		if err := s.admit(r); err != nil {
			s.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) admit(r *http.Request) error {
	if !strings.HasPrefix(r.URL.Path, "/v1/") && r.URL.Path != assistantPath {
		return nil
	}
	if signsIn(r) {
		return s.sameOrigin(r)
	}
	if collects(r.URL.Path) {
		return nil // sender finds out
	}
	if strings.HasPrefix(r.URL.Path, sharedPath) || strings.HasPrefix(r.URL.Path, conversionsPath) || r.URL.Path == phonePath {
		return s.guests.take(s.address(r))
	}
	if isProviderHook(r.URL.Path) {
		return s.services.take(s.address(r))
	}
	c, err := s.recognise(r)
	if err != nil {
		return s.unknown(r, err)
	}
	if err := fromAllowedPage(c.Principal, r.Header.Get("Origin")); err != nil {
		return err
	}
	requestOf(r.Context()).caller = c
	if c.Kind == workspace.PrincipalLocal {
		return nil
	}
	return s.callers.take(c.name())
}

// signsIn reports whether the operation is there to sign in or out, and looks
// for itself who is calling.
func signsIn(r *http.Request) bool {
	return r.URL.Path == "/v1/session" || r.URL.Path == "/v1/setup"
}

// unknown slows down addresses that keep failing to prove who they are.
func (s *Server) unknown(r *http.Request, err error) error {
	if fault.KindOf(err) != fault.Unauthenticated {
		return err
	}
	if limited := s.strangers.take(s.address(r)); limited != nil {
		return limited
	}
	return err
}

// recognise returns the caller that the socket, a key or a session proves.
func (s *Server) recognise(r *http.Request) (*caller, error) {
	if r.Context().Value(localKey{}) != nil {
		w, err := s.Workspaces.FindWorkspace(r.Context(), r.Header.Get(WorkspaceHeader))
		return &caller{workspace.Local(w.ID)}, err
	}
	if bearer, ok := bearerOf(r); ok {
		p, err := s.Identity.Authenticate(r.Context(), bearer)
		return &caller{p}, err
	}
	return s.signedIn(r)
}

// signedIn returns the caller of a session cookie. Browsers send cookies with
// whatever another site makes them send, so writes must come from our pages.
func (s *Server) signedIn(r *http.Request) (*caller, error) {
	cookie, err := r.Cookie(cookieName)
	if err != nil || cookie.Value == "" {
		return nil, errNobody()
	}
	session, err := s.People.Session(r.Context(), cookie.Value)
	if err != nil {
		return nil, err
	}
	if err := s.sameOrigin(r); err != nil {
		return nil, err
	}
	principal, err := session.Principal(requestOf(r.Context()).workspace)
	return &caller{principal}, err
}

func (s *Server) sameOrigin(r *http.Request) error {
	if err := s.crossOrigin.Check(r); err != nil {
		return &fault.Error{Kind: fault.Forbidden, Code: "cross_origin", Message: "This request came from another site.", Err: err}
	}
	return nil
}

func errNobody() error {
	return fault.New(fault.Unauthenticated, "unauthenticated", "Sign in, or send a key as Authorization: Bearer.")
}

// chosenWorkspace is the workspace that a person asked for; 0 is none, and so
// is what is not a number.
func chosenWorkspace(r *http.Request) journal.WorkspaceID {
	n, _ := strconv.ParseInt(r.Header.Get(WorkspaceHeader), 10, 64)
	return journal.WorkspaceID(n)
}

func bearerOf(r *http.Request) (string, bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return "", false
	}
	return strings.TrimSpace(token), true
}

// authorize refuses callers whose scopes do not include the operation's.
func authorize(ctx context.Context, scope workspace.Scope) error {
	if scope == open || callerOf(ctx).Allows(scope) {
		return nil
	}
	return fault.New(fault.Forbidden, "scope_missing", "This needs the scope %q, which the key or person does not have.", fault.Named("scope", string(scope)))
}

// address returns the client's address for limits.
func (s *Server) address(r *http.Request) string {
	if s.proxied(r) {
		hops := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(hops[len(hops)-1]); last != "" {
			return last
		}
	}
	return peer(r)
}

// country is where a request comes from, as the operator's proxy says; "" where
// none does.
func (s *Server) country(r *http.Request) string {
	if s.CountryHeader == "" || !s.proxied(r) {
		return ""
	}
	return r.Header.Get(s.CountryHeader)
}

// encrypted reports whether the client speaks HTTPS, with us or with the
// proxy in front of us.
func (s *Server) encrypted(r *http.Request) bool {
	return r.TLS != nil || s.proxied(r) && r.Header.Get("X-Forwarded-Proto") == "https"
}

// proxied reports whether forwarded headers are believed: where the operator
// says that a proxy sets them, and from this machine, where proxies mostly are.
func (s *Server) proxied(r *http.Request) bool {
	ip := net.ParseIP(peer(r))
	return s.TrustProxy || ip != nil && ip.IsLoopback()
}

// peer is the address at the other end of the connection.
func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
