package api

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/capture"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Capture is what the operations that collect need.
type Capture interface {
	Visit(ctx context.Context, from capture.Sender, b *capture.Beacon) error
	Calls(ctx context.Context, from capture.Sender, kind string, body json.RawMessage) error
	Rejected(w journal.WorkspaceID) ([]capture.Rejection, capture.LeftOut)
}

const (
	visitPath    = "/v1/visit"
	projectsPath = "/v1/projects/"
	maxBeacon    = 64 << 10
)

// segmentPaths are the calls of Segment's libraries: the paths, and the short
// ones of the browser's.
var segmentPaths = map[string]string{
	"/v1/identify": "identify", "/v1/track": "track", "/v1/page": "page", "/v1/screen": "screen", "/v1/group": "group",
	"/v1/alias": "alias", "/v1/batch": "batch", "/v1/import": "import",
	"/v1/i": "identify", "/v1/t": "track", "/v1/p": "page", "/v1/s": "screen", "/v1/g": "group", "/v1/a": "alias",
	"/v1/b": "batch", "/v1/m": "metrics",
}

// collects reports whether a path takes what anybody sends with a public key:
// it finds out for itself whose key that is.
func collects(path string) bool {
	return path == visitPath || segmentPaths[path] != "" || strings.HasPrefix(path, projectsPath)
}

// visit takes a beacon. It never answers with an error that a page would see,
// unless nothing can be taken now: what is answered 204 is not lost.
func (s *Server) visit(w http.ResponseWriter, r *http.Request) error {
	body, err := readCollected(w, r, maxBeacon)
	if err != nil {
		return noContent(w)
	}
	var b capture.Beacon
	if json.Unmarshal(body, &b) != nil {
		return noContent(w)
	}
	from, err := s.sender(r, b.Key)
	if later(err) {
		return err
	}
	if err == nil {
		err = s.Capture.Visit(r.Context(), from, &b)
	}
	if later(err) {
		return err
	}
	s.unseen(r, err)
	return noContent(w)
}

// segmentCall takes a call of Segment's libraries and answers as Segment does.
func (s *Server) segmentCall(kind string) rawHandler {
	return func(w http.ResponseWriter, r *http.Request) error {
		body, err := readCollected(w, r, capture.MaxBatch)
		if err != nil {
			return err
		}
		var said struct {
			WriteKey string `json:"writeKey"`
		}
		if json.Unmarshal(body, &said) != nil {
			return malformed("The body is not JSON.")
		}
		from, err := s.sender(r, said.WriteKey)
		if err != nil {
			return err
		}
		if kind != "metrics" { // which the browser's library sends of itself
			err = s.Capture.Calls(r.Context(), from, kind, body)
		}
		if err != nil {
			return err
		}
		return writeJSON(w, http.StatusOK, map[string]bool{"success": true})
	}
}

// projectSettings is what Segment's browser library asks for before it sends.
func (s *Server) projectSettings(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.sender(r, r.PathValue("key")); err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]any{
		"integrations": map[string]any{"Segment.io": map[string]any{
			"apiKey": r.PathValue("key"), "apiHost": r.Host + "/v1", "protocol": scheme(s.encrypted(r)),
		}},
		"plan": map[string]any{}, "enabledMiddleware": map[string]any{}, "remotePlugins": []any{},
	})
}

func scheme(encrypted bool) string {
	if encrypted {
		return "https"
	}
	return "http"
}

// fromAllowedPage refuses what a page of another origin than the key names sends
// with it; an empty origin is no page.
func fromAllowedPage(p workspace.Principal, origin string) error {
	if origin != "" && !p.AllowsOrigin(origin) {
		return fault.New(fault.Forbidden, "origin_not_allowed", "The key may not be used from this site.")
	}
	return nil
}

// sender finds out who sends something: by the key in what is sent, as the user
// of basic authentication, or as a bearer.
func (s *Server) sender(r *http.Request, key string) (capture.Sender, error) {
	address := requestOf(r.Context()).address
	if err := s.pages.take(address); err != nil {
		return capture.Sender{}, err
	}
	if user, _, ok := r.BasicAuth(); ok && key == "" {
		key = user
	}
	if bearer, ok := bearerOf(r); ok && key == "" {
		key = bearer
	}
	p, err := s.Identity.Authenticate(r.Context(), key)
	if err != nil {
		return capture.Sender{}, s.unknown(r, err)
	}
	if err := s.collectors.take(p.ID); err != nil {
		return capture.Sender{}, err
	}
	if !p.Allows(workspace.ScopeCollect) && !p.Allows(workspace.ScopeWrite) {
		return capture.Sender{}, fault.New(fault.Forbidden, "scope_missing", "This key may not collect.")
	}
	if err := fromAllowedPage(p, r.Header.Get("Origin")); err != nil {
		return capture.Sender{}, err
	}
	p.Origins = slices.Clone(p.Origins)
	return capture.Sender{
		Key: p, Address: address, UserAgent: r.UserAgent(), Country: s.country(r), OptOut: r.Header.Get("Sec-GPC") == "1" || r.Header.Get("DNT") == "1",
	}, nil
}

// later reports whether an error is that nothing can be taken now: too much
// comes, or it cannot be stored.
func later(err error) bool { return fault.KindOf(err) == fault.Unavailable }

// unseen logs an error that no page is told of.
func (s *Server) unseen(r *http.Request, err error) {
	if err != nil && fault.KindOf(err) != fault.Unauthenticated && fault.KindOf(err) != fault.Forbidden {
		_ = problemOf(r.Context(), s.Log, err)
	}
}

func readCollected(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	body, err := readAll(w, r, limit, usualLimit)
	if err != nil {
		return nil, err
	}
	return body, checkDepth(body)
}

func noContent(w http.ResponseWriter) error {
	w.WriteHeader(http.StatusNoContent)
	return nil
}

type rejectedOutput struct {
	Body struct {
		List[capture.Rejection]
		LeftOut capture.LeftOut `json:"left_out"`
	}
}

func (s *Server) listRejected(ctx context.Context, _ *struct{}) (*rejectedOutput, error) {
	out := &rejectedOutput{}
	out.Body.Items, out.Body.LeftOut = s.Capture.Rejected(workspaceOf(ctx))
	if out.Body.Items == nil {
		out.Body.Items = []capture.Rejection{}
	}
	return out, nil
}

func (s *Server) addCollectRoutes() {
	const tag = "Collection"
	nothing := func(op *huma.Operation) {
		op.Responses["204"] = &huma.Response{Description: "Taken, or dropped; see GET /v1/rejected"}
	}
	object := func(what string, properties map[string]*huma.Schema) func(*huma.Operation) {
		return func(op *huma.Operation) {
			op.Responses["200"] = &huma.Response{Description: what, Content: map[string]*huma.MediaType{
				"application/json": {Schema: &huma.Schema{Type: huma.TypeObject, Properties: properties, Required: slices.Collect(maps.Keys(properties))}},
			}}
		}
	}
	taken := object("Taken, or dropped; see GET /v1/rejected", map[string]*huma.Schema{"success": {Type: huma.TypeBoolean}})
	addRaw[struct{}](s, operation{
		ID: "visit", Method: http.MethodPost, Path: visitPath, Tag: tag, Scope: open,
		// Reading the body has its own limit, and what waits for the writer is
		// bounded: a beacon that waits longer is stored, not dropped.
		Limit:   -1,
		Summary: "Take a beacon of the tracking script",
		About:   "JSON, as text/plain or application/json, with the public write key in it. Answers 204 whatever it says, so that no page breaks, but 429 to a flood and 503 while nothing can be stored.",
	}, nothing, s.visit)
	for path, kind := range segmentPaths {
		addRaw[struct{}](s, operation{
			ID: "segment-" + strings.TrimPrefix(path, "/v1/"), Method: http.MethodPost, Path: path, Tag: tag, Scope: open,
			Summary: "Take a call of Segment's libraries: " + kind,
			About:   "The write key is the user of basic authentication or `writeKey`. 32 kB an event, 500 kB a batch. Events that are none are dropped.",
		}, taken, s.segmentCall(kind))
	}
	addRaw[struct {
		Key string `path:"key"`
	}](s, operation{
		ID: "segment-settings", Method: http.MethodGet, Path: projectsPath + "{key}/settings", Tag: tag, Scope: open,
		Summary: "What Segment's browser library asks for before it sends",
	}, object("Where to send", nil), s.projectSettings)
	add(s, operation{
		ID: "list-rejected", Method: http.MethodGet, Path: "/v1/rejected", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List what was told and not taken lately, and count what was left out on purpose",
	}, s.listRejected)
}
