package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/workspace"
)

// TestNothingWithoutCredentials asks every address under /v1 without a key.
func TestNothingWithoutCredentials(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, route := range api.Routes(o.Server) {
		method, path, _ := strings.Cut(route, " ")
		if !strings.HasPrefix(path, "/v1/") || path == "/v1/session" || path == "/v1/setup" || strings.HasPrefix(path, "/v1/shared/") {
			continue
		}
		if api.Collects(path) {
			o.play(t, collecting(method, path))
			continue
		}
		if path == "/v1/phone" || path == "/v1/hooks/{provider}" { // their key stands in the address
			path = strings.Replace(path, "{provider}", "twilio", 1) + "?key=tmk_no"
			o.play(t, scenario{method: method, path: path, key: nobody, status: 401, has: []string{"key_unknown"}})
			continue
		}
		path = strings.NewReplacer("{id}", "email:ada@example.com", "{table}", "stages").Replace(path)
		challenge := "Www-Authenticate: Bearer"
		if strings.HasPrefix(path, "/v1/conversions/") {
			challenge = "Www-Authenticate: Basic"
		}
		o.play(t, scenario{method: method, path: path, key: nobody, status: 401, has: []string{"unauthenticated", challenge}})
	}
	o.play(t, scenario{path: "/v1/unknown", key: nobody, status: 401})
	wrong := map[string]string{"Authorization": "Bearer tmk_wrong_but_well_formed"}
	o.play(t, scenario{name: "unknown key", path: "/v1/stages", key: nobody, header: wrong, status: 401, has: []string{"key_unknown"}})
}

// collecting asks an address that finds the key in what is sent, with none that
// is known. The beacon says nothing whatever it is sent.
func collecting(method, path string) scenario {
	s := scenario{method: method, path: strings.Replace(path, "{key}", "tmk_no", 1), key: nobody, status: 401, has: []string{"key_unknown"}}
	if method == "POST" {
		s.body = `{"writeKey":"tmk_no","key":"tmk_no","userId":"u","event":"e","type":"track"}`
	}
	if path == "/v1/visit" {
		s.status, s.has = 204, nil
	}
	return s
}

func TestScopes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	contact := `{"email":"ada@example.com"}`
	o.play(t,
		scenario{name: "read reads", path: "/v1/stages", key: workspace.ScopeRead, status: 200},
		scenario{name: "read does not write", path: "/v1/contacts", body: contact, key: workspace.ScopeRead, status: 403, has: []string{"scope_missing"}},
		scenario{name: "write writes", path: "/v1/contacts", body: contact, key: workspace.ScopeWrite, status: 200},
		scenario{name: "write does not set the workspace", method: "PATCH", path: "/v1/workspace", body: `{"name":"x"}`, key: workspace.ScopeWrite, status: 403},
		scenario{name: "write makes no keys", path: "/v1/keys", body: `{"name":"x","scope":"admin"}`, key: workspace.ScopeWrite, status: 403},
		scenario{name: "collect reads nothing", path: "/v1/stages", key: workspace.ScopeCollect, status: 403},
		scenario{name: "collect writes no contacts", path: "/v1/contacts", body: contact, key: workspace.ScopeCollect, status: 403},
	)
}

func TestKeysEndAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	made := o.do(t, scenario{path: "/v1/keys", body: `{"name":"sync","scope":"read"}`})
	key, id := field(t, made.body, "secret"), field(t, made.body, "id")
	with := map[string]string{"Authorization": "Bearer " + key}
	o.play(t,
		scenario{name: "new", path: "/v1/stages", key: nobody, header: with, status: 200},
		scenario{name: "listed without secret", path: "/v1/keys", status: 200, has: []string{"sync"}, lacks: []string{key}},
		scenario{name: "delete", method: "DELETE", path: "/v1/keys/" + id, status: 204},
		scenario{name: "gone", path: "/v1/stages", key: nobody, header: with, status: 401},
		scenario{name: "again", method: "DELETE", path: "/v1/keys/" + id, status: 404},
	)
	if strings.Contains(o.log.String(), key) || strings.Contains(o.log.String(), "tmk_") {
		t.Error("the log has a key in it")
	}
}

func TestKeysAreEdited(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	made := o.do(t, scenario{path: "/v1/keys", body: `{"name":"site","scope":"collect","origins":["https://a.example"]}`})
	path := "/v1/keys/" + field(t, made.body, "id")
	phone := "/v1/phone?key=" + field(t, made.body, "secret") + "&page=https%3A%2F%2Fb.example%2F"
	from := func(origin string) map[string]string {
		return map[string]string{"Origin": origin}
	}
	o.play(t,
		scenario{name: "not from elsewhere", path: phone, key: nobody, header: from("https://b.example"), status: 403},
		scenario{name: "no site", method: "PATCH", path: path, body: `{"origins":["b.example"]}`, status: 422, has: []string{"body.origins[0]"}},
		scenario{name: "no name", method: "PATCH", path: path, body: `{"name":" "}`, status: 422, has: []string{"body.name"}},
		scenario{name: "another site", method: "PATCH", path: path, body: `{"origins":["https://b.example"]}`, status: 200, has: []string{`"name":"site"`, `"origins":["https://b.example"]`}},
		scenario{name: "which holds at once", path: phone, key: nobody, header: from("https://b.example"), status: 200},
		scenario{name: "and no longer for the first", path: phone, key: nobody, header: from("https://a.example"), status: 403},
		scenario{name: "any site", method: "PATCH", path: path, body: `{"name":"all sites","origins":[]}`, status: 200, has: []string{`"name":"all sites"`, `"origins":[]`}},
		scenario{name: "again", path: phone, key: nobody, header: from("https://c.example"), status: 200},
		scenario{name: "not by whoever only writes", method: "PATCH", path: path, body: `{"name":"x"}`, key: workspace.ScopeWrite, status: 403},
		scenario{name: "no key", method: "PATCH", path: "/v1/keys/key_99", body: `{"name":"x"}`, status: 404, has: []string{"key_not_found"}},
	)
	reading := o.do(t, scenario{path: "/v1/keys", body: `{"name":"sync","scope":"read"}`})
	o.play(t, scenario{
		name: "of no other scope", method: "PATCH", path: "/v1/keys/" + field(t, reading.body, "id"),
		body: `{"origins":["https://a.example"]}`, status: 422, has: []string{"body.origins"},
	})
}

func TestGuessersAreSlowedDown(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	statuses := map[int]int{}
	for range 300 {
		got := o.do(t, scenario{path: "/v1/stages", key: nobody, header: map[string]string{"Authorization": "Bearer tmk_guess"}})
		statuses[got.status]++
		if got.status == http.StatusTooManyRequests && got.header.Get("Retry-After") == "" {
			t.Fatal("429 without Retry-After")
		}
	}
	if statuses[401] < 200 || statuses[429] == 0 || statuses[401]+statuses[429] != 300 {
		t.Errorf("statuses %v, want 401 until the bucket is empty, then 429", statuses)
	}
	o.play(t, scenario{name: "known keys are not", path: "/v1/stages", status: 200})
}

func TestCallerRate(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(s *api.Settings) { s.CallerRate = 2 })
	statuses := map[int]int{}
	for range 20 {
		statuses[o.do(t, scenario{path: "/v1/stages"}).status]++
	}
	if statuses[200] < 3 || statuses[429] == 0 {
		t.Errorf("statuses %v, want a few 200 and then 429", statuses)
	}
	o.play(t, scenario{name: "another key has its own bucket", path: "/v1/stages", key: workspace.ScopeRead, status: 200})
}

func TestLocalSocketIsAdministrator(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, name := range []string{"Second", "Twin", "Twin"} {
		if _, err := o.uses.CreateWorkspace(t.Context(), workspace.CreateWorkspaceInput{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(name string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/v1/workspace", nil)
		r.Header.Set(api.WorkspaceHeader, name)
		w := httptest.NewRecorder()
		o.Local().ServeHTTP(w, r)
		return w
	}
	for name, want := range map[string]string{"Second": `"name":"Second"`, "1": `"name":"Office"`, "Third": "workspace_not_found", "": "workspace_missing", "Twin": "Say which workspace: 3 Twin, 4 Twin.", "4": `"name":"Twin"`} {
		if got := ask(name).Body.String(); !strings.Contains(got, want) {
			t.Errorf("workspace %q: %s, want %s", name, got, want)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/v1/workspace", nil)
	r.Header.Set(api.WorkspaceHeader, "1")
	w := httptest.NewRecorder()
	o.ServeHTTP(w, r)
	if w.Code != http.StatusUnauthorized {
		t.Errorf("the header alone gives %d from outside, want 401", w.Code)
	}
}
