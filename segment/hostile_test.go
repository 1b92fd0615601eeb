package segment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/segment"
)

// Large input, made to hurt, is answered in time.
func TestHostileInput(t *testing.T) {
	t.Parallel()
	lists := make([]string, 1000)
	for i := range lists {
		lists[i] = fmt.Sprint("Partner list number ", i)
	}
	catalogue := house
	catalogue.Lists = lists
	const size = segment.MaxSize / 4 // a square of it would still show
	fill := func(piece string) string { return strings.Repeat(piece, size/len(piece)) }
	wide := strings.TrimSuffix(strings.Repeat("in_list("+strings.TrimSuffix(strings.Repeat("zz,", segment.MaxList), ",")+") or ", segment.MaxTerms), " or ")
	for name, text := range map[string]string{
		"parentheses": fill("("), "nots": fill("not "), "terms": fill("stage=x or "), "dots": fill("a."), "commas": "stage in (" + fill("a,")[:size-20] + "a)",
		"quotes": fill(`"\"`), "figures": fill("1"), "dates": fill("2026-01-31 "), "lines": fill("\n"), "backslashes": `name = "` + fill(`\`)[:1000], "lists": wide,
	} {
		begun := time.Now()
		segment.ParseChecked(text, catalogue)
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
	for name, text := range map[string]string{
		"objects": fill(`{"all":[`), "nots": fill(`{"not":`), "parts": `{"all":[` + fill(`{"all":[]},`)[:size-100], "keys": `{` + fill(`"a":1,`)[:size-10],
		"values": `{"field":"stage","op":"in","value":[` + strings.TrimSuffix(fill(`"a",`)[:size-100], ",") + `]}`,
		"groups": `{"all":[` + strings.TrimSuffix(strings.Repeat(`{"all":[]},`, 20_000), ",") + `]}`,
	} {
		begun := time.Now()
		segment.ParseJSON([]byte(text))
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}
