package api_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/workspace"
)

func TestBodiesThatAreNoJSON(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for name, body := range map[string]string{
		"cut off":          `{"email":"a@example.com"`,
		"two documents":    `{"email":"a@example.com"}{}`,
		"not UTF-8":        "{\"name\":\"\xc3\x28\"}",
		"NUL":              "{\"name\":\"a\x00b\"}",
		"NUL as an escape": `{"name":"a\u0000b"}`,
		"nested":           `{"properties":{"x":` + strings.Repeat(`{"x":`, 200) + "1" + strings.Repeat("}", 202),
		"deep lists":       strings.Repeat("[", 100_000),
	} {
		o.play(t, scenario{name: name, path: "/v1/contacts", body: body, status: 400, has: []string{`"code":"malformed"`, "offset"}})
	}
	o.play(t,
		scenario{name: "an escaped backslash before u0000", path: "/v1/contacts", body: `{"email":"b@example.com","name":"\\u0000"}`, status: 200, has: []string{`\\u0000`}},
		scenario{name: "too large", path: "/v1/contacts", body: `{"email":"a@example.com","name":"` + strings.Repeat("x", 1<<20) + `"}`, status: 413, has: []string{"body_too_large", "1 MiB"}},
		scenario{name: "no body", method: "POST", path: "/v1/contacts", status: 400, has: []string{"malformed", "The body is empty."}},
		scenario{name: "a form", path: "/v1/contacts", body: "email=a", header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, status: 400},
		scenario{name: "JSON called something else", path: "/v1/contacts", body: "{}", header: map[string]string{"Content-Type": "text/yaml"}, status: 415, has: []string{"application/json"}},
		scenario{name: "JSON in capitals", path: "/v1/contacts", body: "{}", header: map[string]string{"Content-Type": "Application/JSON; charset=UTF-8"}, status: 422, has: []string{"at least one of"}},
		scenario{name: "a number beyond 64 bits", path: "/v1/contacts", body: `{"email":"a@example.com","value":{"amount":9223372036854775808}}`, status: 422, has: []string{`"location":"body.value.amount","message":"must not be number 9223372036854775808"`}, lacks: []string{"Go struct"}},
		scenario{name: "a list", path: "/v1/contacts", body: `[]`, status: 422},
		scenario{name: "nothing landed", path: "/v1/contacts/email:a@example.com", status: 404},
	)
}

func TestCompressedBodies(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	packed := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(text))
		_ = w.Close()
		return b.String()
	}
	contact := `{"email":"ada@example.com"}`
	encoded := func(as string) map[string]string { return map[string]string{"Content-Encoding": as} }
	o.play(t,
		scenario{name: "taken", path: "/v1/contacts", body: packed(contact), header: encoded("gzip"), status: 200, has: []string{`"created":true`}},
		scenario{name: "a bomb", path: "/v1/contacts", body: packed(strings.Repeat(" ", 2<<20)), header: encoded("gzip"), status: 413, has: []string{"1 MiB"}},
		scenario{name: "none at all", path: "/v1/contacts", body: contact, header: encoded("gzip"), status: 400, has: []string{"is not gzip"}},
		scenario{name: "cut off", path: "/v1/contacts", body: packed(contact)[:30], header: encoded("gzip"), status: 400, has: []string{"to its end"}},
		scenario{name: "by others", path: "/v1/contacts", body: packed(contact), header: encoded("br"), status: 415, has: []string{`\"br\" is not known`}},
	)
}

// TestTooLargeIsAnswered sends all before it reads, as many clients do.
func TestTooLargeIsAnswered(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	server := httptest.NewServer(o)
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const size = 24 << 20
	head := fmt.Sprintf("POST /v1/contacts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n", o.key(workspace.ScopeAdmin), size)
	if _, err := conn.Write(append([]byte(head), make([]byte, size)...)); err != nil {
		t.Fatalf("the server closed the connection before the body was sent: %v", err)
	}
	got, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if got.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d, want 413", got.StatusCode)
	}
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{path: "/v1/contact", status: 404, has: []string{"path_not_found"}},
		scenario{path: "/v1/", status: 404},
		scenario{method: "DELETE", path: "/v1/stages", status: 405, has: []string{"Allow: GET, POST"}},
		scenario{method: "POST", path: "/v1/reports/lifecycle", status: 405, has: []string{"Allow: GET"}},
		scenario{method: "POST", path: "/healthz", status: 405, has: []string{"Allow: GET"}},
		scenario{method: "DELETE", path: "/openapi.json", status: 405, has: []string{"Allow: GET"}},
		scenario{method: "PUT", path: "/contacts", status: 405, has: []string{"Allow: GET"}},
		scenario{path: "/mcp", status: 405, has: []string{"Allow: POST\r"}},
	)
}

// TestInternalErrorsTellNothing closes the record under the server: the
// answer must have an id, the log the reason.
func TestInternalErrorsTellNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	broken := o.do(t, scenario{path: "/v1/contacts/ct_1"})
	if broken.status != 404 {
		t.Fatalf("status %d before, want 404", broken.status)
	}
	o.Lifecycle = panicking{}
	got := o.do(t, scenario{path: "/v1/reports/lifecycle"})
	if got.status != 500 || !strings.Contains(got.body, `"code":"internal"`) {
		t.Fatalf("status %d, want 500: %s", got.status, got.body)
	}
	if strings.Contains(got.text(), "teapot") {
		t.Errorf("the cause is shown: %s", got.text())
	}
	id := got.body[strings.Index(got.body, "under the id ")+len("under the id "):][:10]
	if log := o.log.String(); !strings.Contains(log, "teapot") || !strings.Contains(log, id) {
		t.Errorf("the log lacks the cause or the id %s: %s", id, log)
	}
}
