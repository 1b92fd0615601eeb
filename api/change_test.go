package api_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

func TestRecordChanges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ahead := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	o.play(t,
		scenario{
			name: "good and bad items", path: "/v1/changes", status: 200,
			body: `[
				{"contact":{"external_id":"a","name":"Ada"},"stage":"new_lead","at":"2026-01-01T10:00:00Z","id":"c1"},
				{"contact":{"external_id":"a"},"stage":"nowhere","at":"2026-01-02T10:00:00Z"},
				{"contact":{},"stage":"new_lead","at":"2026-01-02T10:00:00Z"},
				{"contact":{"external_id":"a"},"stage":"hot_lead"},
				{"contact":{"external_id":"a"},"stage":"hot_lead","at":"soon"},
				{"contact":{"external_id":"a"},"stage":"hot_lead","at":"` + ahead + `"},
				{"contact":{"external_id":"a"},"stage":7,"at":"2026-01-02T10:00:00Z"},
				{"contact":{"external_id":"a"},"stage":"hot_lead","at":"2026-01-02T10:00:00Z","actor":{"kind":"robot"}},
				{"contact":{"external_id":"a"},"stage":"hot_lead","at":"2026-01-02T10:00:00Z","colour":"red"},
				"not an object",
				{"contact":{"external_id":"a"},"stage":"customer","at":"2026-01-03T10:00:00+01:00"}
			]`,
			has: []string{
				`"accepted":2`, `"duplicate":0`, `"seq":`, `{"index":1,`, "nowhere", `{"index":2,`, `{"index":3,`, "missing", `{"index":4,`,
				`{"index":5,`, `{"index":6,`, `{"index":7,`, "actor.kind", `{"index":8,`, "colour", `{"index":9,`,
			},
			lacks: []string{`{"index":0,`, `{"index":10,`},
		},
		scenario{name: "the same id again", path: "/v1/changes", body: `[{"contact":{"external_id":"a"},"stage":"new_lead","at":"2026-01-01T10:00:00Z","id":"c1"}]`, status: 200, has: []string{`"accepted":0`, `"duplicate":1`, `"rejected":[]`}},
		scenario{name: "twice in one batch", path: "/v1/changes", body: `[
			{"contact":{"external_id":"b"},"stage":"new_lead","at":"2026-01-01T10:00:00Z","id":"c2"},
			{"contact":{"external_id":"b"},"stage":"new_lead","at":"2026-01-01T10:00:00Z","id":"c2"}]`, status: 200, has: []string{`"accepted":1`, `"duplicate":1`}},
		scenario{name: "journey", path: "/v1/contacts/external_id:a/journeys", status: 200, has: []string{`"outcome":"won"`, `"entered_at":"2026-01-01T10:00:00.000Z"`, `"duration_seconds":169200`}},
		scenario{name: "imported ones are silent", path: "/v1/changes", body: `[{"contact":{"external_id":"c"},"stage":"new_lead","at":"2026-01-01T10:00:00Z","actor":{"kind":"import"}}]`, status: 200, has: []string{`"accepted":1`}},
		scenario{name: "and open no journey", path: "/v1/contacts/external_id:c/journeys", status: 200, has: []string{`"items":[]`}},
		scenario{name: "empty batch", path: "/v1/changes", body: `[]`, status: 200, has: []string{`"accepted":0`}},
	)
}

func TestChangesAsLines(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var lines strings.Builder
	for i := range 500 {
		fmt.Fprintf(&lines, `{"contact":{"external_id":"n-%d"},"stage":"new_lead","at":"2026-02-01T10:00:00Z"}`+"\n", i)
	}
	lines.WriteString(`{"contact":{"external_id":"n-1"},"stage":"nowhere","at":"2026-02-01T10:00:00Z"}` + "\n")
	broken := `{"contact":{"email":"nd@example.com"},"stage":"new_lead","at":"2026-01-01T00:00:00Z"}` + "\n{\"contact\": {oops}}\r\n\n" +
		`{"contact":{"email":"nd@example.com"},"stage":"payment","at":"2026-01-02T00:00:00Z"}` + "\n{\"cut"
	o.play(t,
		scenario{name: "broken lines beside others", path: "/v1/changes", body: broken, header: map[string]string{"Content-Type": "application/x-ndjson"}, status: 200, has: []string{`"accepted":2`, `{"index":1,"error":"item is not JSON`, `{"index":3,"error":"item is not JSON: it ends too early`}},
		scenario{name: "nothing but a broken line", path: "/v1/changes", body: "{oops}\n", header: map[string]string{"Content-Type": "application/x-ndjson"}, status: 400, has: []string{"malformed"}},
	)
	o.play(t, scenario{name: "NDJSON", path: "/v1/changes", body: lines.String(), header: map[string]string{"Content-Type": "application/x-ndjson"}, status: 200, has: []string{`"accepted":500`, `"index":500`}})

	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	fmt.Fprint(w, strings.ReplaceAll(lines.String(), "n-", "z-"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	gzipped := map[string]string{"Content-Encoding": "gzip"}
	o.play(t,
		scenario{name: "gzip", path: "/v1/changes", body: packed.String(), header: gzipped, status: 200, has: []string{`"accepted":500`}},
		scenario{name: "gzip cut off", path: "/v1/changes", body: packed.String()[:packed.Len()/2], header: gzipped, status: 400, has: []string{"malformed"}},
		scenario{name: "no gzip at all", path: "/v1/changes", body: "[]", header: gzipped, status: 400},
		scenario{name: "another encoding", path: "/v1/changes", body: "[]", header: map[string]string{"Content-Encoding": "br"}, status: 415},
	)
}

func TestBatchesThatAreNoBatch(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	good := `{"contact":{"external_id":"a"},"stage":"new_lead","at":"2026-01-01T10:00:00Z"}`
	deep := `[{"contact":{"external_id":"a","properties":{"x":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}},"stage":"new_lead","at":"2026-01-01T10:00:00Z"}]`
	for name, body := range map[string]string{
		"cut off":                `[` + good + `,{"contact":`,
		"without end":            `[` + good,
		"without comma":          `[` + good + good + `]`,
		"more after the end":     `[` + good + `] x`,
		"no line is JSON":        "{]\n" + good[:20],
		"not UTF-8":              `[{"contact":{"name":"` + "\xff\xfe" + `"}}]`,
		"NUL":                    "[\x00]",
		"NUL as an escape":       `[{"contact":{"external_id":"a","name":"\u0000"},"stage":null,"at":"2026-01-01T10:00:00Z"}]`,
		"nested a hundred times": deep,
		"only space":             "  \n ",
	} {
		o.play(t, scenario{name: name, path: "/v1/changes", body: body, status: 400, has: []string{`"code":"malformed"`}})
	}
	o.play(t,
		scenario{name: "the offset is told", path: "/v1/changes", body: `[{"contact":{}},]`, status: 400, has: []string{"offset 16"}},
		scenario{name: "nothing landed", path: "/v1/contacts/external_id:a", status: 404},
	)
}

func TestBatchesThatAreTooLarge(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	batch := func(size int64) io.Reader {
		return io.MultiReader(strings.NewReader("["), io.LimitReader(spaces{}, size), strings.NewReader("]"))
	}
	refused := func(name string, body io.Reader, set func(*http.Request)) {
		r := httptest.NewRequest(http.MethodPost, "/v1/changes", body)
		r.Header.Set("Authorization", "Bearer "+o.key(workspace.ScopeAdmin))
		set(r)
		w := httptest.NewRecorder()
		if o.ServeHTTP(w, r); w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(w.Body.String(), "body_too_large") {
			t.Errorf("%s: %d, want 413\n%s", name, w.Code, w.Body)
		}
	}
	refused("by its length", batch(64<<20), func(r *http.Request) { r.ContentLength = 64<<20 + 2 })
	refused("of unknown length", batch(64<<20), func(*http.Request) {})
	var bomb bytes.Buffer
	z, err := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(z, batch(65<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	refused("once decompressed", &bomb, func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") })
}

// spaces are many, and take no room.
type spaces struct{}

func (spaces) Read(to []byte) (int, error) {
	for i := range to {
		to[i] = ' '
	}
	return len(to), nil
}

func TestListChanges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "record", path: "/v1/changes", status: 200, body: `[
			{"contact":{"external_id":"a"},"stage":"new_lead","at":"2026-03-01T23:30:00Z","actor":{"kind":"user","name":"Maya"}},
			{"contact":{"external_id":"a"},"stage":"hot_lead","at":"2026-03-02T10:00:00Z"},
			{"contact":{"external_id":"b"},"stage":"hot_lead","at":"2026-03-03T10:00:00Z","actor":{"kind":"import"}}]`},
		scenario{name: "a day", path: "/v1/changes?from=2026-03-02&to=2026-03-02", status: 200, has: []string{`"at":"2026-03-02T10`}, lacks: []string{`"at":"2026-03-01`, `"at":"2026-03-03`}},
		scenario{name: "an actor", path: "/v1/changes?actor=import", status: 200, has: []string{`"recorded":false`}, lacks: []string{`"recorded":true`}},
		scenario{name: "a stage", path: "/v1/changes?stage=new_lead", status: 200, has: []string{"Maya"}, lacks: []string{`"at":"2026-03-02`}},
		scenario{name: "a contact", path: "/v1/changes?contact=external_id:b", status: 200, has: []string{`"at":"2026-03-03`}, lacks: []string{`"at":"2026-03-01`}},
		scenario{name: "bad time", path: "/v1/changes?from=soon", status: 422, has: []string{"query.from"}},
		scenario{name: "bad actor", path: "/v1/changes?actor=robot", status: 422, has: []string{"query.actor"}},
		scenario{name: "unknown contact", path: "/v1/changes?contact=external_id:zzz", status: 404},
	)
	first := o.do(t, scenario{path: "/v1/changes?limit=2"})
	next := field(t, first.body, "next")
	o.play(t, scenario{name: "the next page", path: "/v1/changes?limit=2&cursor=" + next, status: 200, has: []string{"Maya", `"next":null`}})
}
