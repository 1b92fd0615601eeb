package workspace_test

import (
	"errors"
	"testing"

	"github.com/tidemark/tidemark/fault"
)

// What a filter names in vain is told in words, without codes.
func TestFilterNamesNothing(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	for written, want := range map[string]string{
		"list:list_9": `There is no list "list_9".`, "view:view_9": `There is no view "view_9".`,
	} {
		_, err := o.ResolveSegment(t.Context(), o.w, written, "query.segment")
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || len(f.Details) != 1 || f.Details[0].Location != "query.segment" || f.Details[0].Message != want {
			t.Errorf("%s: %v", written, err)
		}
	}
}
