package fault

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A value is said once: the message shows it, programs find it by its name.
func TestNamed(t *testing.T) {
	t.Parallel()
	err := New(Conflict, "list_in_use", "%d of %s keep %s, %q and %5.1f.", 2, Named("by", []string{"a", "b"}),
		Param{Name: "list", Value: "a\x00b", Shown: `"ab"`}, Named("kind", "smart"), Named("share", 0.25)).With(Named("min", 1))
	if want := `2 of a, b keep "ab", "smart" and   0.2.`; err.Message != want {
		t.Errorf("message is %q, want %q", err.Message, want)
	}
	want := Params{"by": []string{"a", "b"}, "list": "a\x00b", "kind": "smart", "share": 0.25, "min": 1}
	if diff := cmp.Diff(want, err.Params); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
	if New(Conflict, "x", "%d of %s", 1, "y").Params != nil {
		t.Error("parameters that nobody named")
	}
}

func TestDetails(t *testing.T) {
	t.Parallel()
	var all Details
	if err := all.Err(); err != nil {
		t.Errorf("nothing is wrong, but the error is %v", err)
	}
	all.Add("body.a", "is missing")
	all.Add("body.b", "is not from %d to %d", Named("min", 1), 9).Coded("not_between", Named("max", 9))
	want := At("body.b", "is not from %d to %d", Named("min", 1), Named("max", 9)).Coded("not_between")
	if diff := cmp.Diff(Details{{Location: "body.a", Message: "is missing"}, want.Details[0]}, all); diff != "" {
		t.Errorf("details (-want +got):\n%s", diff)
	}
	if KindOf(all.Err()) != Invalid || CodeOf(all.Err()) != "invalid" {
		t.Errorf("kind %s and code %s", KindOf(all.Err()), CodeOf(all.Err()))
	}
}

func TestReason(t *testing.T) {
	t.Parallel()
	two := Details{Wrong("body.a", "is missing"), Wrong("query.b", "is %q", "no")}
	for want, err := range map[string]error{
		`a is missing; query.b is "no"`: fmt.Errorf("wrapped: %w", two.Err()),
		"There is no stage.":            &Error{Kind: NotFound, Code: "stage_not_found", Message: "There is no stage.", Details: two, Err: errors.New("secret")},
	} {
		if got, ok := Reason(err); !ok || got != want {
			t.Errorf("%v says %q, want %q", err, got, want)
		}
	}
	for _, err := range []error{nil, errors.New("secret"), &Error{Message: "secret"}} {
		if got, ok := Reason(err); ok || got != "" {
			t.Errorf("%v says %q", err, got)
		}
	}
}
