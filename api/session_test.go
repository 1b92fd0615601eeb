package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/workspace"
)

// cookie returns the session cookie of an answer as a request sends it.
func cookie(t *testing.T, a answer) string {
	t.Helper()
	set := a.header.Get("Set-Cookie")
	name, _, _ := strings.Cut(set, ";")
	if !strings.HasPrefix(name, "tidemark_session=") {
		t.Fatalf("no session cookie in %q: %s", set, a.text())
	}
	return name
}

// from makes the headers of a browser at our own page.
func from(cookie string) map[string]string {
	return map[string]string{"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
}

func TestSetUpAndSignIn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	token, needed, err := o.uses.SetupToken(t.Context())
	if err != nil || !needed {
		t.Fatal(needed, err)
	}
	setUp := func(token, password string) string {
		return `{"token":"` + token + `","name":"Maya","email":"maya@example.com","password":"` + password + `"}`
	}
	o.play(t,
		scenario{name: "nobody", path: "/v1/session", key: nobody, status: 401},
		scenario{name: "short password", path: "/v1/setup", body: setUp(token, "short"), key: nobody, status: 422, has: []string{"body.password"}},
		scenario{name: "wrong token", path: "/v1/setup", body: setUp("guess", "long enough"), key: nobody, status: 403, lacks: []string{"Set-Cookie"}},
	)
	made := o.do(t, scenario{path: "/v1/setup", body: setUp(token, "correct horse"), key: nobody})
	if made.status != 200 {
		t.Fatal(made.text())
	}
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if set := made.header.Get("Set-Cookie"); !strings.Contains(set, want) || strings.Contains(set, "Secure") {
			t.Errorf("cookie %q, want %s and not Secure over plain HTTP", set, want)
		}
	}
	browser := from(cookie(t, made))
	o.play(t,
		scenario{name: "the link works once", path: "/v1/setup", body: setUp(token, "correct horse"), key: nobody, status: 409},
		scenario{name: "session", path: "/v1/session", key: nobody, header: browser, status: 200, has: []string{
			`"user":{"id":"usr_1","name":"Maya","email":"maya@example.com","role":"owner"}`, `"workspace":{"id":"1","name":"Office"`,
			`"workspaces":[{"id":"1","name":"Office"}]`, `"demo":false`, `"version":"test"`,
		}, lacks: []string{"password"}},
		scenario{name: "reads", path: "/v1/stages", key: nobody, header: browser, status: 200},
		scenario{name: "writes as a person", path: "/v1/contacts", body: `{"email":"a@example.com","stage":"new_lead"}`, key: nobody, header: browser, status: 200},
		scenario{name: "the log says who", path: "/v1/changes", status: 200, has: []string{`"kind":"user"`, `"name":"Maya"`}},
		scenario{name: "wrong password", path: "/v1/session", body: `{"email":"maya@example.com","password":"wrong horse"}`, key: nobody, status: 401, has: []string{"sign_in_failed"}},
		scenario{name: "unknown address", path: "/v1/session", body: `{"email":"eve@example.com","password":"wrong horse"}`, key: nobody, status: 401, has: []string{"sign_in_failed"}},
		scenario{name: "sign out", method: "DELETE", path: "/v1/session", key: nobody, header: browser, status: 204, has: []string{"Max-Age=0"}},
		scenario{name: "signed out", path: "/v1/session", key: nobody, header: browser, status: 401},
		scenario{name: "reads nothing", path: "/v1/stages", key: nobody, header: browser, status: 401},
		scenario{name: "sign in", path: "/v1/session", body: `{"email":"MAYA@example.com","password":"correct horse"}`, key: nobody, status: 200, has: []string{"Set-Cookie: tidemark_session="}},
	)
	if strings.Contains(o.log.String(), "correct horse") || strings.Contains(o.log.String(), "maya@") {
		t.Error("the log has a password or an address in it")
	}
}

// TestOtherSitesCannotWrite sends what a browser sends when another site
// makes it.
func TestOtherSitesCannotWrite(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	token, _, err := o.uses.SetupToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	made := o.do(t, scenario{path: "/v1/setup", body: `{"token":"` + token + `","name":"Maya","email":"maya@example.com","password":"correct horse"}`, key: nobody})
	evil := map[string]string{"Cookie": cookie(t, made), "Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
	old := map[string]string{"Cookie": cookie(t, made), "Origin": "https://evil.example"}
	contact := `{"email":"eve@example.com"}`
	o.play(t,
		scenario{name: "write", path: "/v1/contacts", body: contact, key: nobody, header: evil, status: 403, has: []string{"cross_origin"}},
		scenario{name: "write from an old browser", path: "/v1/contacts", body: contact, key: nobody, header: old, status: 403},
		scenario{name: "sign in", path: "/v1/session", body: `{"email":"a","password":"b"}`, key: nobody, header: evil, status: 403},
		scenario{name: "sign out", method: "DELETE", path: "/v1/session", key: nobody, header: evil, status: 403},
		scenario{name: "a key is no cookie", path: "/v1/contacts", body: contact, header: map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://app.example"}, status: 200},
	)
}

func TestPasswordsCannotBeTriedForEver(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	limited := 0
	for range 30 {
		got := o.do(t, scenario{path: "/v1/session", body: `{"email":"nobody@example.com","password":"guess guess"}`, key: nobody})
		if got.status == http.StatusTooManyRequests || got.status == http.StatusServiceUnavailable {
			limited++
		}
	}
	if limited < 15 {
		t.Errorf("%d of 30 tries were turned away, want most", limited)
	}
}

func TestSecureCookieBehindProxy(t *testing.T) {
	t.Parallel()
	for _, trusted := range []bool{true, false} {
		o := newOffice(t, func(s *api.Settings) { s.TrustProxy = trusted })
		token, _, err := o.uses.SetupToken(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := o.do(t, scenario{
			path: "/v1/setup", body: `{"token":"` + token + `","name":"Maya","email":"maya@example.com","password":"correct horse"}`,
			key: nobody, header: map[string]string{"X-Forwarded-Proto": "https"},
		})
		if secure := strings.Contains(got.header.Get("Set-Cookie"), "Secure"); secure != trusted {
			t.Errorf("Secure is %v where the proxy is trusted: %v", secure, trusted)
		}
	}
}

// everybody lets everybody in, as the demo does.
type everybody struct {
	uses *workspace.Service
	user string
}

func (e *everybody) OpenDemoSession(ctx context.Context) (workspace.SessionOutput, error) {
	return e.uses.OpenSession(ctx, e.user)
}

func TestDemoLetsPagesInAndNobodyElse(t *testing.T) {
	t.Parallel()
	visitors := &everybody{}
	o := newOffice(t, func(s *api.Settings) { s.Demo = visitors })
	user, err := o.uses.AddUser(t.Context(), workspace.AddUserInput{
		Workspace: o.workspace, Name: "Visitor", Email: "visitor@example.com", Password: "long enough", Role: workspace.RoleOwner,
	})
	if err != nil {
		t.Fatal(err)
	}
	visitors.uses, visitors.user = o.uses, user.ID
	page := scenario{path: "/contacts/7", key: nobody, header: map[string]string{"Accept": "text/html"}}
	first := o.do(t, page)
	session := cookie(t, first)
	o.play(t,
		scenario{name: "signed in", path: "/v1/session", key: nobody, header: from(session), status: 200, has: []string{`"demo":true`}},
		scenario{name: "the API asks for a key still", path: "/v1/stages", key: nobody, status: 401, lacks: []string{"Set-Cookie"}},
		scenario{name: "assets give no session", path: "/assets/app-3f2a.js", key: nobody, status: 200, lacks: []string{"Set-Cookie"}},
		scenario{name: "a session stays", path: "/", key: nobody, header: map[string]string{"Accept": "text/html", "Cookie": session}, status: 200, lacks: []string{"Set-Cookie"}},
		scenario{name: "an old one is renewed", path: "/", key: nobody, header: map[string]string{"Accept": "text/html", "Cookie": "tidemark_session=gone"}, status: 200, has: []string{"Set-Cookie: tidemark_session="}},
	)
}

func TestMembers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "add", path: "/v1/members", body: `{"name":"Ben","email":"ben@example.com","password":"long enough","role":"viewer"}`, status: 200, has: []string{`"role":"viewer"`}, lacks: []string{"long enough"}},
		scenario{name: "unknown role", path: "/v1/members", body: `{"email":"x@example.com","role":"king"}`, status: 422, has: []string{"body.role"}},
		scenario{name: "a key makes no owner", path: "/v1/members", body: `{"name":"Eve","email":"eve@example.com","password":"long enough","role":"owner"}`, status: 403, has: []string{"owners_only"}},
		scenario{name: "list", method: "GET", path: "/v1/members", status: 200, has: []string{`"email":"ben@example.com"`}, lacks: []string{"argon", "eve@"}},
		scenario{name: "unknown member", method: "DELETE", path: "/v1/members/usr_77", status: 404},
	)
	signedIn := o.do(t, scenario{path: "/v1/session", body: `{"email":"ben@example.com","password":"long enough"}`, key: nobody})
	browser := from(cookie(t, signedIn))
	o.play(t,
		scenario{name: "a viewer reads", path: "/v1/stages", key: nobody, header: browser, status: 200},
		scenario{name: "a viewer does not write", path: "/v1/contacts", body: `{"email":"a@example.com"}`, key: nobody, header: browser, status: 403},
		scenario{name: "a viewer changes no role", method: "PATCH", path: "/v1/members/usr_1", body: `{"role":"admin"}`, key: nobody, header: browser, status: 403},
		scenario{name: "an editor by now", method: "PATCH", path: "/v1/members/usr_1", body: `{"role":"editor"}`, status: 200, has: []string{`"role":"editor"`}},
		scenario{name: "who writes", path: "/v1/contacts", body: `{"email":"a@example.com"}`, key: nobody, header: browser, status: 200},
		scenario{name: "and sets nothing", method: "PATCH", path: "/v1/workspace", body: `{"name":"Mine"}`, key: nobody, header: browser, status: 403},
		scenario{name: "in no other workspace", path: "/v1/stages", key: nobody, header: map[string]string{"Cookie": browser["Cookie"], api.WorkspaceHeader: "99"}, status: 403, has: []string{"not_a_member"}},
		scenario{name: "removed", method: "DELETE", path: "/v1/members/usr_1", status: 204},
		scenario{name: "and out at once", path: "/v1/stages", key: nobody, header: browser, status: 403},
	)
}

func TestPasswordIsChanged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const path = "/v1/session/password"
	o.play(t, scenario{name: "add", path: "/v1/members", body: `{"name":"Ben","email":"ben@example.com","password":"long enough","role":"viewer"}`, status: 200})
	enter := func(password string) scenario {
		return scenario{path: "/v1/session", body: `{"email":"ben@example.com","password":"` + password + `"}`, key: nobody}
	}
	here, there := from(cookie(t, o.do(t, enter("long enough")))), from(cookie(t, o.do(t, enter("long enough"))))
	old, next := enter("long enough"), enter("longer than that")
	old.name, old.status, next.name, next.status = "the old one is gone", 401, "the new one lets in", 200
	o.play(t,
		scenario{name: "not without knowing the present one", method: "PUT", path: path, body: `{"password":"wrong enough","next":"longer than that"}`, key: nobody, header: here, status: 422, has: []string{"body.password"}},
		scenario{name: "not a short one", method: "PUT", path: path, body: `{"password":"long enough","next":"short"}`, key: nobody, header: here, status: 422, has: []string{"body.next"}},
		scenario{name: "not a key's", method: "PUT", path: path, body: `{"password":"long enough","next":"longer than that"}`, status: 401},
		scenario{name: "not from another site", method: "PUT", path: path, body: `{"password":"long enough","next":"longer than that"}`, key: nobody, header: map[string]string{"Cookie": here["Cookie"], "Sec-Fetch-Site": "cross-site"}, status: 403},
		scenario{name: "changed", method: "PUT", path: path, body: `{"password":"long enough","next":"longer than that"}`, key: nobody, header: here, status: 204, lacks: []string{"longer"}},
		scenario{name: "this browser stays", path: "/v1/session", key: nobody, header: here, status: 200},
		scenario{name: "others are out", path: "/v1/session", key: nobody, header: there, status: 401},
		old, next,
	)
}
