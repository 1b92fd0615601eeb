package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// Disagreement says in what an answer is not as the description of the API has
// it; nil is in nothing.
func Disagreement(s *Server, r *http.Request, status int, header http.Header, body string) error {
	_, pattern := s.mux.Handler(r)
	method, path, _ := strings.Cut(pattern, " ")
	item := s.description.api.OpenAPI().Paths[path]
	if item == nil || method != r.Method {
		return nil
	}
	op := map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete}[method]
	response := op.Responses[strconv.Itoa(status)]
	if response == nil && status >= http.StatusBadRequest {
		response = op.Responses["default"]
	}
	if response == nil {
		return fmt.Errorf("%s has no answer %d", pattern, status)
	}
	kind, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	content := response.Content[kind]
	switch {
	case kind == "" && len(response.Content) == 0:
		return nil
	case content == nil:
		return fmt.Errorf("%s has no answer %d of the type %q", pattern, status, kind)
	case !strings.HasSuffix(kind, "json"):
		return nil
	}
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		return err
	}
	var result huma.ValidateResult
	huma.Validate(s.description.api.OpenAPI().Components.Schemas, content.Schema, huma.NewPathBuffer([]byte(pattern+": "), len(pattern)+2), huma.ModeReadFromServer, value, &result)
	return errors.Join(result.Errors...)
}

// TestNullIsAmongTheValues finds fields that can be null and whose list of
// values says that they cannot: to JSON Schema both count.
func TestNullIsAmongTheValues(t *testing.T) {
	t.Parallel()
	for name, schema := range described(t).description.api.OpenAPI().Components.Schemas.Map() {
		for field, property := range schema.Properties {
			if property.Nullable && len(property.Enum) > 0 && !slices.Contains(property.Enum, nil) {
				t.Errorf("%s.%s can be null, which is none of %v", name, field, property.Enum)
			}
		}
	}
}

// TestWritesCanBeRepeated fails when a POST that writes for a key takes no
// Idempotency-Key.
func TestWritesCanBeRepeated(t *testing.T) {
	t.Parallel()
	writesNothing := map[string]string{
		"preview-destination": "tells what would be sent", "preview-new-destination": "as preview-destination",
		"check-segment": "reads a text", "classify": "reads an address", "ask-by-mcp": "tools only read",
	}
	for path, item := range described(t).description.api.OpenAPI().Paths {
		op := item.Post
		if op == nil || len(op.Security) == 0 || writesNothing[op.OperationID] != "" {
			delete(writesNothing, operationID(op))
			continue
		}
		if !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == "Idempotency-Key" }) {
			t.Errorf("POST %s (%s) takes no Idempotency-Key", path, op.OperationID)
		}
	}
	for name := range writesNothing {
		t.Errorf("there is no POST %s to excuse", name)
	}
}

func operationID(op *huma.Operation) string {
	if op == nil {
		return ""
	}
	return op.OperationID
}
