package api

import (
	"context"
	"crypto/sha256"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// request is what the layers of the server learn of one request, and what
// handlers and the log read of it.
type request struct {
	id        string
	method    string
	path      string
	address   string              // of the client, for limits
	encrypted bool                // the client speaks HTTPS
	caller    *caller             // nil until somebody was recognised
	workspace journal.WorkspaceID // asked for by header; 0 = not said
	body      []byte              // of JSON operations, checked
}

type requestKey struct{}

// requestOf returns the request of a context made by the server.
func requestOf(ctx context.Context) *request {
	if q, ok := ctx.Value(requestKey{}).(*request); ok {
		return q
	}
	return &request{}
}

func withRequest(r *http.Request, q *request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), requestKey{}, q))
}

// callerOf returns who is calling; operations that need nobody must not ask.
func callerOf(ctx context.Context) *caller {
	if c := requestOf(ctx).caller; c != nil {
		return c
	}
	return &caller{}
}

// workspaceOf returns the workspace of the caller.
func workspaceOf(ctx context.Context) journal.WorkspaceID { return callerOf(ctx).Workspace }

// actorOf returns the caller as the log names it.
func actorOf(ctx context.Context) journal.Actor { return callerOf(ctx).Actor() }

// Once is the header that makes a repeated POST give the first answer.
type Once struct {
	Key string `header:"Idempotency-Key" maxLength:"512" doc:"a repeated request with the same key gives the first answer; with another body it is refused"`
}

// idempotency binds the key to all that must be the same in a repetition.
func (o Once) idempotency(ctx context.Context) workspace.Idempotency {
	q := requestOf(ctx)
	return idempotencyOf(o.Key, q, sha256.Sum256(q.body))
}

func idempotencyOf(key string, q *request, body [32]byte) workspace.Idempotency {
	if key == "" {
		return workspace.Idempotency{}
	}
	h := sha256.New()
	for _, part := range []string{q.method, q.path} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	h.Write(body[:])
	return workspace.Idempotency{Key: key, Hash: [32]byte(h.Sum(nil))}
}

// IfMatch is the header that guards an edit against overwriting news.
type IfMatch struct {
	Tag string `header:"If-Match" doc:"the ETag that the caller saw; the edit is refused with 412 if it is no longer that"`
}

// Resolve refuses what is no tag.
func (m *IfMatch) Resolve(huma.Context) []error {
	if _, err := m.edit(); err != nil {
		return []error{&huma.ErrorDetail{Location: "header.If-Match", Message: "is not an ETag", Value: m.Tag}}
	}
	return nil
}

// edit returns the edit number in the tag; nil means "do not check".
func (m *IfMatch) edit() (*int64, error) {
	if m.Tag == "" || m.Tag == "*" {
		return nil, nil
	}
	n, err := parseETag(m.Tag)
	if err != nil {
		return nil, fault.At("header.If-Match", "is not an ETag")
	}
	return &n, nil
}
