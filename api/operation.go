package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/workspace"
)

// operation is one line of the API: where it is, who may call it, and what it
// is for. Everything else about it follows from its Go types.
type operation struct {
	ID      string // verb-noun, the name in generated clients
	Method  string
	Path    string
	Tag     string
	Summary string
	About   string // longer, markdown
	Scope   workspace.Scope
	Status  int           // of success; 0 = 200, or 204 without an answer
	Limit   time.Duration // how long it may take; 0 = the usual, negative = as long as it likes
	Strict  bool          // of addRaw: refuses parameters that it does not have, as the others do
	Either  []any         // one of each kind of answer, where the Go type cannot say that there are several
}

// The times that a request may take.
const (
	usualLimit = 30 * time.Second
	longLimit  = 10 * time.Minute
)

const (
	metaScope = "scope"
	metaLimit = "limit"
)

// described is the operation as the framework and its OpenAPI know it.
func (o operation) described() huma.Operation {
	op := huma.Operation{
		OperationID: o.ID, Method: o.Method, Path: o.Path, Tags: []string{o.Tag},
		Summary: o.Summary, Description: o.About, DefaultStatus: o.Status,
		// Bodies are read and limited before the framework sees them.
		BodyReadTimeout: -1, MaxBodyBytes: maxBody,
		Responses: map[string]*huma.Response{"default": problemResponse()},
		Metadata:  map[string]any{metaScope: o.Scope, metaLimit: o.Limit},
	}
	if o.Scope != open {
		op.Security = []map[string][]string{{"key": {string(o.Scope)}}, {"session": {}}}
	}
	return op
}

func problemResponse() *huma.Response {
	return &huma.Response{
		Description: "What went wrong, as a problem document",
		Content:     map[string]*huma.MediaType{problemType: {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}}},
	}
}

// add mounts an operation whose input and output are Go types.
func add[I, O any](s *Server, o operation, handle func(context.Context, *I) (*O, error)) {
	op := o.described()
	if len(o.Either) > 0 {
		op.Responses["200"] = s.description.either(o.Either)
	}
	huma.Register(s.description.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, s.Log, err)
		}
		return out, nil
	})
}

// addRaw mounts an operation that reads its body or writes its answer itself.
// I documents its parameters; describe adds what Go types cannot say.
func addRaw[I any](s *Server, o operation, describe func(*huma.Operation), handle rawHandler) {
	op := o.described()
	huma.Register(documentOnly{s.description.api}, op, func(context.Context, *I) (*struct{}, error) { return nil, nil })
	documented := operationAt(s.description.api.OpenAPI(), o)
	documented.Responses = map[string]*huma.Response{"default": problemResponse()}
	describe(documented)
	s.mount(o, func(w http.ResponseWriter, r *http.Request) error {
		if o.Strict {
			if err := refuseUnknown(documented, r); err != nil {
				return err
			}
		}
		return handle(w, r)
	})
}

// documentOnly is an API that documents operations and mounts none.
type documentOnly struct{ huma.API }

// Adapter returns one that mounts nothing.
func (d documentOnly) Adapter() huma.Adapter { return noAdapter{} }

type noAdapter struct{}

func (noAdapter) Handle(*huma.Operation, func(huma.Context))   {}
func (noAdapter) ServeHTTP(http.ResponseWriter, *http.Request) {}

func operationAt(o *huma.OpenAPI, at operation) *huma.Operation {
	item := o.Paths[at.Path]
	switch at.Method {
	case http.MethodPost:
		return item.Post
	default:
		return item.Get
	}
}

// rawHandler answers a request, or returns why not. It must not have written
// anything when it returns an error.
type rawHandler func(w http.ResponseWriter, r *http.Request) error

// adapter mounts the framework's operations on our mux, behind our layers.
type adapter struct{ server *Server }

// Handle mounts one operation.
func (a adapter) Handle(op *huma.Operation, handler func(huma.Context)) {
	o := operation{Method: op.Method, Path: op.Path}
	o.Scope, _ = op.Metadata[metaScope].(workspace.Scope)
	o.Limit, _ = op.Metadata[metaLimit].(time.Duration)
	a.server.mount(o, func(w http.ResponseWriter, r *http.Request) error {
		if err := refuseUnknown(op, r); err != nil {
			return err
		}
		read := readBody
		if isCostTable(r) {
			read = readCosts
		}
		body, err := read(w, r)
		if err != nil {
			return err
		}
		if len(body) == 0 && op.RequestBody != nil && op.RequestBody.Required {
			return malformed("The body is empty.")
		}
		// The framework knows media types by their usual spelling only.
		r.Header.Set("Content-Type", strings.ToLower(r.Header.Get("Content-Type")))
		requestOf(r.Context()).body = body
		r.Body = newBody(body)
		handler(humago.NewContext(op, r, w))
		return nil
	})
}

// refuseUnknown refuses parameters that the operation does not have: a filter
// that is misspelled would otherwise answer with everybody, and a misspelled
// preview would erase. A POST may come from others, who add what they like.
func refuseUnknown(op *huma.Operation, r *http.Request) error {
	if r.URL.RawQuery == "" || op.Method == http.MethodPost {
		return nil
	}
	var faults fault.Details
	for _, name := range slices.Sorted(maps.Keys(r.URL.Query())) {
		if !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name }) {
			faults.Add("query."+name, "is not a parameter here")
		}
	}
	return faults.Err()
}

// ServeHTTP serves the mux.
func (a adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.server.mux.ServeHTTP(w, r) }

// mount puts an operation on the mux: first the right to call it, then its
// time limit, then itself.
func (s *Server) mount(o operation, handle rawHandler) {
	s.routes = append(s.routes, o.Method+" "+o.Path)
	s.mux.HandleFunc(strings.ToUpper(o.Method)+" "+o.Path, func(w http.ResponseWriter, r *http.Request) {
		if err := authorize(r.Context(), o.Scope); err != nil {
			s.fail(w, r, err)
			return
		}
		ctx, cancel := limited(r.Context(), o.Limit)
		defer cancel()
		// The pattern must stay visible on the request that the log sees, so
		// only the copy that goes down carries the limit.
		down := r
		if ctx != r.Context() {
			down = r.WithContext(ctx)
		}
		if err := handle(w, down); err != nil {
			s.fail(w, r, err)
		}
	})
}

func limited(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	switch {
	case limit < 0:
		return ctx, func() {}
	case limit == 0:
		limit = usualLimit
	}
	return context.WithTimeout(ctx, limit)
}

// fail answers with the problem of an error.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	writeProblem(w, problemOf(r.Context(), s.Log, err))
}
