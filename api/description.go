package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/segment"
)

// description is the API as OpenAPI tells it.
type description struct {
	api huma.API
	// render encodes it, once it is asked for: that takes a fifth of a start.
	render func() ([]byte, error)
}

func newDescription(s *Server, version string) *description {
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	registry.RegisterTypeAlias(reflect.TypeFor[lifecycle.Millis](), reflect.TypeFor[time.Time]())
	registry.RegisterTypeAlias(reflect.TypeFor[lifecycle.Kind](), reflect.TypeFor[stageKind]())
	registry.RegisterTypeAlias(reflect.TypeFor[segment.Value](), reflect.TypeFor[filterValue]())
	registry.RegisterTypeAlias(reflect.TypeFor[segment.Filter](), reflect.TypeFor[filterForm]())
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "Tidemark", Version: version, Description: aboutAPI},
			Components: &huma.Components{
				Schemas: registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"key":     {Type: "http", Scheme: "bearer", Description: "An API key; it knows its workspace"},
					"session": {Type: "apiKey", In: "cookie", Name: cookieName, Description: "What the dashboard signs in with"},
				},
			},
		},
		Formats:       map[string]huma.Format{"application/json": jsonFormat(), "json": jsonFormat()},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{asProblem},
	}
	registry.Schema(reflect.TypeFor[Problem](), true, "Problem")
	d := &description{api: huma.NewAPI(config, adapter{s})}
	d.render = sync.OnceValues(func() ([]byte, error) { return json.Marshal(d.api.OpenAPI()) })
	return d
}

// schemaName names the schema of a type: by its own name, and where two
// packages have the same one, by what it is to clients.
func schemaName(t reflect.Type, hint string) string {
	named := t
	if named.Kind() == reflect.Pointer {
		named = named.Elem()
	}
	switch {
	case named == reflect.TypeFor[report.Result]():
		return "LifecycleReport"
	case named == reflect.TypeFor[journal.ActorView]():
		return "LoggedActor"
	case strings.HasSuffix(named.PkgPath(), "/report") && named.Name() != "":
		return "Report" + named.Name()
	}
	return huma.DefaultSchemaNamer(t, hint)
}

const aboutAPI = "Times are RFC 3339, in answers UTC with milliseconds; durations are seconds; money is minor units with a currency; " +
	"rates are fractions from 0 to 1; what has no value is null. Lists are `{items, next}`: send `next` back as `cursor`. " +
	"Errors are problem documents (RFC 9457) with a stable `code` and every fault in `errors`. " +
	"`detail` and `message` are English; `code` and `params`, what the sentence names, let a program say the same in another language. " +
	"A POST with an `Idempotency-Key` can be repeated safely. Writes answer `seq`; a report with `min_seq` waits for it."

func jsonFormat() huma.Format {
	return huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: unmarshal}
}

// unmarshal is json.Unmarshal with an error that names the field instead of our
// types: numbers beyond 64 bits are whole to the schema and fit nowhere.
func unmarshal(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	t, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok || t.Field == "" {
		return err
	}
	place := slices.DeleteFunc(strings.Split(t.Field, "."), func(name string) bool { return name != "" && unicode.IsUpper(rune(name[0])) }) // embedded types
	return fmt.Errorf("body.%s%smust not be %s", strings.Join(place, "."), placed, t.Value)
}

// placed stands between a place and what is wrong there.
const placed = ": "

// stageKind documents lifecycle.Kind.
type stageKind string

// Schema lists the kinds.
func (stageKind) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Enum: []any{"progress", "won", "beyond", "lost", "aside"}}
}

// filterValue is segment.Value as the API has it.
type filterValue struct{}

// Schema lists what a term compares with.
func (filterValue) Schema(huma.Registry) *huma.Schema {
	scalar := &huma.Schema{AnyOf: []*huma.Schema{{Type: huma.TypeString}, {Type: huma.TypeNumber}, {Type: huma.TypeBoolean}}}
	return &huma.Schema{AnyOf: append(scalar.AnyOf[:3:3], &huma.Schema{Type: huma.TypeArray, Items: scalar})}
}

// filterForm is segment.Filter as the API has it: the JSON form of a filter.
type filterForm struct{}

// Schema says no more than docs of the language do.
func (filterForm) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{AnyOf: []*huma.Schema{{Type: huma.TypeObject, AdditionalProperties: true}, {Type: "null"}}}
}

// asProblem gives the framework's own errors the form of all others. Their
// values are left out: they echo what was sent.
func asProblem(_ huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	p := &Problem{Type: "about:blank", Title: http.StatusText(m.Status), Status: m.Status, Detail: "The input is not valid.", Code: "invalid"}
	switch m.Status {
	case http.StatusBadRequest:
		p.Code, p.Detail = codeMalformed, "The request could not be read."
	case http.StatusUnsupportedMediaType:
		p.Code, p.Detail = codeMediaType, "Send the body as application/json."
	case http.StatusNotAcceptable:
		p.Code, p.Detail = codeNotAcceptable, "Answers here are application/json."
	case http.StatusInternalServerError:
		p.Code, p.Detail = "internal", "Something went wrong on our side."
	}
	for _, e := range m.Errors {
		if e != nil {
			p.Errors = append(p.Errors, detailOf(e))
		}
	}
	return p, nil
}

// detailOf points at the property that is missing, where the framework points
// at the object that lacks it.
func detailOf(e *huma.ErrorDetail) ProblemDetail {
	name, ok := strings.CutPrefix(e.Message, "expected required property ")
	if name, found := strings.CutSuffix(name, " to be present"); ok && found {
		return ProblemDetail{Location: e.Location + "." + name, Message: "is missing", Code: new("missing")}
	}
	if place, message, ok := strings.Cut(e.Message, placed); ok && strings.HasPrefix(place, "body.") {
		return ProblemDetail{Location: place, Message: message}
	}
	return ProblemDetail{Location: e.Location, Message: e.Message}
}

// finish completes what Go types could not say.
func (d *description) finish() {
	components := d.api.OpenAPI().Components.Schemas
	schemas := components.Map()
	// The framework registers its own error model, which no answer uses.
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
	for name, schema := range schemas {
		t := components.TypeFromRef("#/components/schemas/" + name)
		if t != nil && t.Kind() == reflect.Struct {
			honestNulls(schema, t)
		}
	}
}

// honestNulls says of pointers to objects that they can be null, and of lists
// that they never are, unless they are tagged so.
func honestNulls(schema *huma.Schema, t reflect.Type) {
	for _, f := range reflect.VisibleFields(t) {
		name, options := jsonName(f)
		property, ok := schema.Properties[name]
		if !ok {
			continue
		}
		if property.Nullable && len(property.Enum) > 0 && !slices.Contains(property.Enum, nil) {
			property.Enum = append(property.Enum, nil)
		}
		if property.Type == huma.TypeArray {
			property.Nullable = f.Type.Kind() == reflect.Pointer || f.Tag.Get("nullable") == "true"
		}
		if f.Type == reflect.TypeFor[*lifecycle.Millis]() && options == "" {
			property.Nullable = true
		}
		if property.Ref != "" && f.Type.Kind() == reflect.Pointer && options == "" {
			schema.Properties[name] = &huma.Schema{
				Description: property.Description,
				AnyOf:       []*huma.Schema{{Ref: property.Ref}, {Type: "null"}},
			}
		}
	}
}

func jsonName(f reflect.StructField) (name, options string) {
	tag := f.Tag.Get("json")
	for i := range tag {
		if tag[i] == ',' {
			return tag[:i], tag[i:]
		}
	}
	return tag, ""
}

// schema returns the schema of a value's type, by reference.
func (d *description) schema(v any) *huma.Schema {
	t := reflect.TypeOf(v)
	return d.api.OpenAPI().Components.Schemas.Schema(t, true, t.Name())
}

// answers describes a JSON answer.
func (d *description) answers(v any) *huma.Response {
	return &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: d.schema(v)}}}
}

// answering has an operation answer with JSON.
func (d *description) answering(v any) func(*huma.Operation) {
	return func(op *huma.Operation) { op.Responses["200"] = d.answers(v) }
}

// files has it answer with JSON, or with a file of the rows in it.
func (d *description) files(v any) func(*huma.Operation) {
	return func(op *huma.Operation) {
		answer := d.answers(v)
		answer.Content["text/csv"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		answer.Content[parquetType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		op.Responses["200"] = answer
	}
}

// either describes a JSON answer of one of several kinds.
func (d *description) either(kinds []any) *huma.Response {
	one := &huma.Schema{}
	for _, kind := range kinds {
		one.OneOf = append(one.OneOf, d.schema(kind))
	}
	return &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: one}}}
}

// describeText describes an answer that is not JSON.
func describeText(contentType, what string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.Responses["200"] = &huma.Response{
			Description: what,
			Content:     map[string]*huma.MediaType{contentType: {Schema: &huma.Schema{Type: huma.TypeString}}},
		}
	}
}
