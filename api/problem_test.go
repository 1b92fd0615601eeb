package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/fault"
)

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

// TestEveryFaultHasItsStatus is the table of the edge.
func TestEveryFaultHasItsStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{fault.At("body.at", "is wrong"), 422, "invalid"},
		{fault.New(fault.Invalid, codeMalformed, "x"), 400, codeMalformed},
		{fault.New(fault.Unauthenticated, "key_unknown", "x"), 401, "key_unknown"},
		{fault.New(fault.Forbidden, "scope_missing", "x"), 403, "scope_missing"},
		{fault.New(fault.NotFound, "contact_not_found", "x"), 404, "contact_not_found"},
		{fault.New(fault.Conflict, "lifecycle_disabled", "x"), 409, "lifecycle_disabled"},
		{fault.New(fault.Conflict, codeEditConflict, "x"), 412, codeEditConflict},
		{fault.New(fault.TooLarge, "body_too_large", "x"), 413, "body_too_large"},
		{fault.New(fault.Unavailable, "recomputing", "x"), 503, "recomputing"},
		{fault.New(fault.Internal, "secret_code", "x"), 500, "internal"},
		{fmt.Errorf("wrapped: %w", fault.New(fault.NotFound, "stage_not_found", "x")), 404, "stage_not_found"},
		{context.DeadlineExceeded, 503, codeTimeout},
		{errors.New("disk on fire"), 500, "internal"},
	} {
		p := problemOf(t.Context(), discard(), c.err)
		if p.Status != c.status || p.Code != c.code || p.Title == "" || p.Detail == "" {
			t.Errorf("%v is %d %q %q, want %d %q", c.err, p.Status, p.Code, p.Detail, c.status, c.code)
		}
		if strings.Contains(p.Detail, "fire") {
			t.Errorf("the cause is shown: %s", p.Detail)
		}
		if retry := p.GetHeaders().Get("Retry-After"); (retry != "") != (p.Status == 503) {
			t.Errorf("%v has Retry-After %q", c.err, retry)
		}
	}
}

func TestRetryAfterIsRoundedUp(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]string{0: "1", 10 * time.Millisecond: "1", 1500 * time.Millisecond: "2", time.Minute: "60"} {
		p := problemOf(t.Context(), discard(), &fault.Error{Kind: fault.Unavailable, Code: "x", Message: "x", RetryAfter: wait})
		if p.retryAfter != want {
			t.Errorf("Retry-After of %s is %s, want %s", wait, p.retryAfter, want)
		}
	}
}

// TestProblemsSayWhatTheyName holds what lets a program say a problem in
// another language than ours.
func TestProblemsSayWhatTheyName(t *testing.T) {
	t.Parallel()
	taken := fault.New(fault.Conflict, "name_taken", "There is one named %s already.", fault.Named("name", "Spring"))
	if p := problemOf(t.Context(), discard(), taken); p.Params["name"] != "Spring" {
		t.Errorf("the problem names %v", p.Params)
	}
	long := fault.At("body.name", "is longer than %d characters", fault.Named("max", 300)).Coded("too_long")
	d := problemOf(t.Context(), discard(), long).Errors[0]
	if d.Code == nil || *d.Code != "too_long" || d.Params["max"] != 300 || d.Message != "is longer than 300 characters" {
		t.Errorf("the fault of the name is %+v", d)
	}
	if d := problemOf(t.Context(), discard(), fault.At("body.name", "is odd")).Errors[0]; d.Code != nil || d.Params != nil {
		t.Errorf("a fault without a code is %+v", d)
	}
	broken := problemOf(t.Context(), discard(), errors.New("disk on fire"))
	if id, _ := broken.Params["id"].(string); id == "" || !strings.Contains(broken.Detail, id) {
		t.Errorf("%q does not name %v", broken.Detail, broken.Params)
	}
}
