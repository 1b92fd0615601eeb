package api_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

func TestContacts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{
			name: "create", path: "/v1/contacts", status: 200, key: workspace.ScopeWrite,
			body: `{"external_id":"crm-1","email":"Ada@Example.com","name":"Ada","properties":{"plan":"Pro","seats":3},"source":{"source":"Paid ads","campaign":"Spring"},"stage":"new_lead"}`,
			has:  []string{`"created":true`, `"stage":{`, `"key":"new_lead"`, `"journey":{"n":1`, `"created_by":"api"`, `"seq":`, "Etag: \"", `"seats":3`},
		},
		scenario{
			name: "update by another identifier", path: "/v1/contacts", status: 200,
			body: `{"email":"ada@example.com","phone":"+33 1 23","source":{"source":"Email"}}`,
			has:  []string{`"created":false`, `"external_id":"crm-1"`, `"source":"Paid ads"`}, lacks: []string{`"source":"Email"`},
		},
		scenario{name: "get by e-mail", path: "/v1/contacts/email:ADA@example.com", status: 200, has: []string{`"name":"Ada"`}},
		scenario{name: "get by external id", path: "/v1/contacts/external_id:crm-1", status: 200, has: []string{`"name":"Ada"`, `"campaign":"Spring","ad_group":null`, `"emoji":"🆕"`}},
		scenario{name: "unknown", path: "/v1/contacts/email:nobody@example.com", status: 404, has: []string{"contact_not_found"}},
		scenario{name: "no such id", path: "/v1/contacts/ct_999", status: 404},
		scenario{name: "no identifier", path: "/v1/contacts", body: `{"name":"Nobody"}`, status: 422, has: []string{`"errors":[`}},
		scenario{name: "unknown field", path: "/v1/contacts", body: `{"email":"x@example.com","e_mail":1}`, status: 422, has: []string{`"location":"body.e_mail"`}},
		scenario{name: "wrong type", path: "/v1/contacts", body: `{"email":7}`, status: 422, has: []string{`"location":"body.email"`}, lacks: []string{`"value"`}},
		scenario{name: "unknown stage", path: "/v1/contacts", body: `{"email":"y@example.com","stage":"nowhere"}`, status: 422, has: []string{"nowhere"}},
		scenario{name: "the unknown stage made no contact", path: "/v1/contacts/email:y@example.com", status: 404},
		scenario{name: "list", path: "/v1/contacts?q=ad&limit=1", status: 200, has: []string{`"items":[{`, `"next":null`}},
		scenario{name: "list nothing", path: "/v1/contacts?q=zzz", status: 200, has: []string{`"items":[]`}},
		scenario{name: "bad limit", path: "/v1/contacts?limit=0", status: 422, has: []string{"query.limit"}},
		scenario{name: "bad cursor", path: "/v1/contacts?cursor=%21%21", status: 422},
		scenario{name: "patch changes the source", method: "PATCH", path: "/v1/contacts/email:ada@example.com", body: `{"source":{"source":"Email"}}`, status: 200, has: []string{`"source":"Email"`}},
		scenario{name: "journeys", path: "/v1/contacts/external_id:crm-1/journeys", status: 200, has: []string{`"outcome":"open"`, `"visited":["new_lead"]`}},
		scenario{name: "timeline", path: "/v1/contacts/external_id:crm-1/timeline", status: 200, has: []string{`"kind":"created"`, `"kind":"change"`, `"actor":{"kind":"api","id":`, `"pages":null`, `"visitor":null`}},
	)
}

func TestContactsThatMeet(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "one", path: "/v1/contacts", body: `{"external_id":"a"}`, status: 200},
		scenario{name: "two", path: "/v1/contacts", body: `{"email":"b@example.com"}`, status: 200},
		scenario{name: "both", path: "/v1/contacts", body: `{"external_id":"a","email":"b@example.com"}`, status: 409},
	)
}

func TestIfMatch(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	path := "/v1/contacts/email:ada@example.com"
	tag := o.do(t, scenario{path: "/v1/contacts", body: `{"email":"ada@example.com"}`}).header.Get("ETag")
	patch := func(name, tag, body string, status int, has ...string) scenario {
		return scenario{name: name, method: "PATCH", path: path, body: body, header: map[string]string{"If-Match": tag}, status: status, has: has}
	}
	o.play(t,
		patch("fresh", tag, `{"name":"Ada"}`, 200, `"name":"Ada"`),
		patch("stale", tag, `{"name":"Eve"}`, 412, "edit_conflict"),
		patch("foreign", `"abc"`, `{"name":"Eve"}`, 412, "edit_conflict"),
		patch("nonsense", "W/abc", `{"name":"Eve"}`, 422, "header.If-Match"),
		scenario{
			name: "stale move", path: path + "/stage", body: `{"stage":"hot_lead"}`, header: map[string]string{"If-Match": tag},
			status: 412, has: []string{"edit_conflict"},
		},
		patch("any", "*", `{"name":"Lovelace"}`, 200),
		scenario{name: "never 304", path: path, header: map[string]string{"If-None-Match": tag}, status: 200, has: []string{"Lovelace"}},
	)
}

func TestSetStage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	stage := "/v1/contacts/email:ada@example.com/stage"
	ahead := time.Now().Add(10 * time.Minute).UTC().Format(time.RFC3339)
	soon := time.Now().Add(2 * time.Minute).UTC().Format(time.RFC3339)
	o.play(t,
		scenario{name: "unknown contact", path: stage, body: `{"stage":"new_lead"}`, status: 404, has: []string{"contact_not_found"}},
		scenario{name: "create", path: "/v1/contacts", body: `{"email":"ada@example.com"}`, status: 200},
		scenario{name: "move", path: stage, body: `{"stage":"new_lead","note":"by phone"}`, status: 200, has: []string{`"changed":true`, `"recorded":true`, `"journey":{`, `"contact":{`}},
		scenario{name: "move again", path: stage, body: `{"stage":"new_lead"}`, status: 200, has: []string{`"changed":false`}},
		scenario{name: "unknown stage", path: stage, body: `{"stage":"nowhere"}`, status: 422},
		scenario{name: "stage not said", path: stage, body: `{"note":"x"}`, status: 422, has: []string{"body.stage"}},
		scenario{name: "too far ahead", path: stage, body: `{"stage":"hot_lead","at":"` + ahead + `"}`, status: 422, has: []string{"at"}},
		scenario{name: "a little ahead", path: stage, body: `{"stage":"hot_lead","at":"` + soon + `"}`, status: 200, has: []string{`"changed":true`}},
		scenario{name: "unreadable time", path: stage, body: `{"stage":"payment","at":"yesterday"}`, status: 422, has: []string{"body.at"}},
		scenario{name: "clear", path: stage, body: `{"stage":null,"at":"` + soon + `"}`, status: 200, has: []string{`"stage":null`, `"outcome":"left"`}},
	)
}

func TestBulkSetStage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "one", path: "/v1/contacts", body: `{"email":"a@example.com"}`, status: 200},
		scenario{
			name: "bulk", path: "/v1/contacts/bulk/stage", body: `{"contacts":["email:a@example.com","email:missing@example.com"],"stage":"hot_lead"}`,
			status: 200, has: []string{`"changed":1`, `"rejected":[{"index":1`},
		},
		scenario{name: "no transition", path: "/v1/contacts/email:a@example.com/journeys", status: 200, has: []string{`"items":[]`}},
		scenario{name: "bad reference", path: "/v1/contacts/bulk/stage", body: `{"contacts":["who"],"stage":null}`, status: 422, has: []string{"body.contacts[0]"}},
	)
}

func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	once := func(key string) map[string]string { return map[string]string{"Idempotency-Key": key} }
	post := scenario{path: "/v1/contacts", body: `{"email":"ada@example.com"}`, header: once("k1")}
	first := o.do(t, post)
	again := o.do(t, post)
	if first.status != 200 || again.body != first.body {
		t.Errorf("the repeated request got %d %s\nthe first %d %s", again.status, again.body, first.status, first.body)
	}
	o.play(t,
		scenario{name: "another body", path: "/v1/contacts", body: `{"email":"eve@example.com"}`, header: once("k1"), status: 422, has: []string{"idempotency"}},
		scenario{name: "another path", path: "/v1/contacts/email:ada@example.com/stage", body: `{"email":"ada@example.com"}`, header: once("k1"), status: 422},
		scenario{name: "a failed one stores nothing", path: "/v1/contacts/email:x@example.com/stage", body: `{"stage":"new_lead"}`, header: once("k2"), status: 404},
		scenario{name: "so it can be repeated", path: "/v1/contacts", body: `{"email":"x@example.com"}`, header: once("k2"), status: 200},
	)
}

// TestIdempotencyKeyAtTheSameTime sends one request many times at once: one
// of them writes, all get its answer.
func TestIdempotencyKeyAtTheSameTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if got := o.do(t, scenario{path: "/v1/contacts", body: `{"email":"ada@example.com"}`}); got.status != 200 {
		t.Fatal(got.body)
	}
	bodies := make([]string, 16)
	var group sync.WaitGroup
	for i := range bodies {
		group.Go(func() {
			got := o.do(t, scenario{
				path: "/v1/contacts/email:ada@example.com/stage", body: `{"stage":"new_lead"}`, header: map[string]string{"Idempotency-Key": "same"},
			})
			if got.status != http.StatusOK {
				t.Errorf("status %d: %s", got.status, got.body)
			}
			bodies[i] = got.body
		})
	}
	group.Wait()
	for _, body := range bodies {
		if body != bodies[0] {
			t.Fatalf("two answers to one request:\n%s\n%s", bodies[0], body)
		}
	}
	log := o.do(t, scenario{path: "/v1/changes"}).body
	if n := strings.Count(log, `"contact_id"`); n != 1 {
		t.Errorf("%d changes are logged, want 1: %s", n, log)
	}
}

func TestMergeContacts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	merge := func(name, body string, status int, has ...string) scenario {
		return scenario{name: name, path: "/v1/contacts/merge", body: body, status: status, has: has}
	}
	o.play(t,
		scenario{name: "one", path: "/v1/contacts", body: `{"external_id":"a","name":"Ada","stage":"new_lead"}`, status: 200},
		scenario{name: "two", path: "/v1/contacts", body: `{"email":"b@example.com","name":"Ben","stage":"hot_lead"}`, status: 200},
		merge("with itself", `{"keep":"external_id:a","drop":"external_id:a"}`, 422, "merge_into_itself"),
		merge("nobody", `{"keep":"external_id:a","drop":"external_id:z"}`, 404, "contact_not_found"),
		merge("nonsense", `{"keep":"Ada","drop":"external_id:a"}`, 422, "body.keep"),
		merge("not said", `{"keep":"external_id:a"}`, 422, "body.drop"),
		scenario{
			name: "of news", path: "/v1/contacts/merge", body: `{"keep":"external_id:a","drop":"email:b@example.com"}`,
			header: map[string]string{"If-Match": `"1"`}, status: 412, has: []string{"edit_conflict"},
		},
		scenario{name: "a viewer's key", path: "/v1/contacts/merge", key: workspace.ScopeRead, body: `{"keep":"external_id:a","drop":"email:b@example.com"}`, status: 403},
		merge("both", `{"keep":"external_id:a","drop":"email:b@example.com"}`, 200, `"name":"Ada"`, `"email":"b@example.com"`, `"seq":`, "Etag: \""),
		scenario{name: "by the other's name", path: "/v1/contacts/email:b@example.com", status: 200, has: []string{`"external_id":"a"`}},
		scenario{name: "timeline", path: "/v1/contacts/external_id:a/timeline", status: 200, has: []string{`"kind":"merge"`}},
		scenario{name: "one is left", path: "/v1/contacts", method: "GET", status: 200, lacks: []string{"Ben"}},
	)
}

func TestExportContact(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "one", path: "/v1/contacts", body: `{"email":"a@example.com","name":"Ada","stage":"new_lead"}`, status: 200},
		scenario{
			name: "export", path: "/v1/contacts/email:a@example.com/export", status: 200,
			has: []string{"Content-Disposition: attachment; filename=\"contact-ct_", `"journeys": [`, `"log": [`, `"lists": []`},
		},
		scenario{name: "nobody", path: "/v1/contacts/email:z@example.com/export", status: 404},
	)
}

func TestEraseContact(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tag := o.do(t, scenario{path: "/v1/contacts", body: `{"email":"ada@example.com"}`}).header.Get("ETag")
	erase := func(name string, key workspace.Scope, tag string, status int, has ...string) scenario {
		return scenario{name: name, method: "DELETE", path: "/v1/contacts/email:ada@example.com", key: key, header: map[string]string{"If-Match": tag}, status: status, has: has}
	}
	o.play(t,
		erase("a reader's key", workspace.ScopeRead, tag, 403),
		scenario{name: "news", method: "PATCH", path: "/v1/contacts/email:ada@example.com", body: `{"name":"Ada"}`, status: 200},
		erase("of news", workspace.ScopeWrite, tag, 412, "edit_conflict"),
		erase("erased", workspace.ScopeWrite, "*", 200, `"id":"ct_`, `"seq":`),
		erase("again", workspace.ScopeWrite, "*", 404, "contact_not_found"),
		scenario{name: "gone", path: "/v1/contacts/email:ada@example.com", status: 404},
		scenario{name: "export", path: "/v1/contacts/email:ada@example.com/export", status: 404},
		scenario{name: "noted", path: "/v1/erasures", status: 200, has: []string{`"contact_id":"ct_`, `"completed":false`}, lacks: []string{"ada"}},
	)
}
