package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// field reads a value by its path, like "contact.stage.key" or "items.0.id".
func field(t *testing.T, body, path string) string {
	t.Helper()
	var v any
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	for name := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[name]
		case []any:
			var i int
			if _, err := fmt.Sscan(name, &i); err != nil || i >= len(at) {
				t.Fatalf("no %s in %s", path, body)
			}
			v = at[i]
		default:
			t.Fatalf("no %s in %s", path, body)
		}
	}
	return fmt.Sprint(v)
}
