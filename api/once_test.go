package api_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestEveryPOSTCanBeRepeated sends each POST that makes something twice with
// one key: the second makes nothing and gets the answer of the first.
func TestEveryPOSTCanBeRepeated(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for i, post := range []scenario{
		{path: "/v1/lists", body: `{"name":"A"}`},
		{path: "/v1/views", body: `{"name":"A"}`},
		{path: "/v1/forms", body: `{"name":"A","purpose":"demo"}`},
		{path: "/v1/notes", body: `{"day":"2026-11-03","text":"A"}`},
		{path: "/v1/reports/saved", body: `{"name":"A"}`},
		{path: "/v1/shares", body: `{"name":"A","query":""}`},
		{path: "/v1/digests", body: `{"name":"A","schedule":{"every":"day","weekday":0,"day":0,"hour":8},"target":{"emails":[],"webhook":"https://example.com/hook"}}`},
		{path: "/v1/alerts", body: `{"name":"A","metric":"won","target":{"emails":[],"webhook":"https://example.com/hook"}}`},
		{path: "/v1/keys", body: `{"name":"A","scope":"read"}`},
		{path: "/v1/members", body: `{"name":"Ann","email":"ann@example.com","password":"long enough it is","role":"viewer"}`},
		{path: "/v1/stages", body: `{"name":"A","kind":"lost"}`},
		{path: "/v1/contacts", body: `{"email":"a@example.com"}`},
		{path: "/v1/changes", body: `[{"contact":{"email":"a@example.com"},"stage":"new_lead","at":"2026-01-01T00:00:00Z"}]`},
		{path: "/v1/contacts/bulk/stage", body: `{"contacts":["email:a@example.com"],"stage":"payment"}`},
	} {
		t.Run(post.path, func(t *testing.T) {
			post.header = map[string]string{"Idempotency-Key": fmt.Sprint("k", i)}
			first, again := o.do(t, post), o.do(t, post)
			if first.status != 200 || again.status != 200 || again.body != first.body || again.header.Get("ETag") != first.header.Get("ETag") {
				t.Errorf("first %d %s\nagain %d %s", first.status, first.text(), again.status, again.text())
			}
			post.body = strings.Replace(post.body, `"A`, `"B`, 1)
			if strings.Contains(post.body, "B") {
				o.play(t, scenario{path: post.path, body: post.body, header: post.header, status: 422, has: []string{"idempotency_key_reused"}})
			}
		})
	}
	if got := o.do(t, scenario{path: "/v1/keys"}); strings.Count(got.body, `"name":"A"`) != 1 {
		t.Errorf("one key was asked for: %s", got.body)
	}
}
