package api

import (
	"maps"
	"slices"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// mayLack are the fields of answers that are left out where there is nothing,
// by their schema.
var mayLack = map[string]string{
	"LifecycleReport": "a part that was not asked for is left out",
	"ReportGroup":     "as LifecycleReport",
	"Problem":         "RFC 9457: only faults of the input have places",
	"Money":           "asked for and answered; answers always have the currency",
	"Phrase":          "a sentence for a translator: it has the arguments of its key",
	"Arg":             "as Phrase",
	"Choice":          "without a label its key is what people read",
	"Fault":           "a place by line and column is of text, one by path of JSON",
	"ContactEdit":     "of a contact's export: the log as it is stored",
	"FieldEdit":       "as ContactEdit",
	"SourceEdit":      "as ContactEdit",
	"Source":          "as ContactEdit",
	"Touch":           "as ContactEdit",
	"UTM":             "as ContactEdit",
	"View":            "as ContactEdit",
	"Arrival":         "as ContactEdit",
	"Click":           "as ContactEdit",
	"Revenue":         "as ContactEdit",
	"Event":           "as ContactEdit",
	"Agreement":       "as ContactEdit",
	"EventChoice":     "a setting, answered as it was given",
	"Pair":            "as EventChoice",
	"Tracking":        "as EventChoice",
	"CostItem":        "as EventChoice: it can be sent back",
}

// TestAnswersLackNothing holds answers to what the API promises: what has no
// value is null.
func TestAnswersLackNothing(t *testing.T) {
	t.Parallel()
	s := described(t)
	w := walker{components: s.description.api.OpenAPI().Components.Schemas, lacking: map[string]string{}, seen: map[*huma.Schema]bool{}}
	for path, item := range s.description.api.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			for _, response := range op.Responses {
				for _, content := range response.Content {
					w.walk(path, content.Schema)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.lacking)) {
		if mayLack[name] == "" {
			t.Errorf("%s may lack %s: answer null instead", name, w.lacking[name])
		}
	}
	for name := range mayLack {
		if w.lacking[name] == "" {
			t.Errorf("%s is excused and lacks nothing", name)
		}
	}
}

// walker finds the schemas of answers with optional properties.
type walker struct {
	components huma.Registry
	lacking    map[string]string // a property of each, by name
	seen       map[*huma.Schema]bool
}

func (w *walker) walk(name string, s *huma.Schema) {
	if s == nil || w.seen[s] {
		return
	}
	w.seen[s] = true
	if s.Ref != "" {
		w.walk(s.Ref[len("#/components/schemas/"):], w.components.SchemaFromRef(s.Ref))
		return
	}
	for property, of := range s.Properties {
		if property != "$schema" && !slices.Contains(s.Required, property) {
			w.lacking[name] = property
		}
		w.walk(name+"."+property, of)
	}
	w.walk(name+"[]", s.Items)
	if of, ok := s.AdditionalProperties.(*huma.Schema); ok {
		w.walk(name+"{}", of)
	}
	for _, of := range slices.Concat(s.OneOf, s.AnyOf, s.AllOf) {
		w.walk(name, of)
	}
}
