package workspace_test

import (
	"errors"
	"testing"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/workspace"
)

// A full shelf says what it takes, under a code that nothing else has.
func TestFullShelf(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	in := workspace.SavedReportInput{Name: ptr("Spring"), Query: ptr("preset=this_year")}
	for range 500 {
		if _, err := o.AddReport(t.Context(), o.w, workspace.Local(o.w), in); err != nil {
			t.Fatal(err)
		}
	}
	_, err := o.AddReport(t.Context(), o.w, workspace.Local(o.w), in)
	wantCode(t, err, "too_many_saved_reports")
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Params["max"] != 500 {
		t.Errorf("parameters are %v", f.Params)
	}
}
