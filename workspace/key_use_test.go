package workspace_test

import (
	"testing"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// A key shows when it was used last, at once and, from the record, after a
// restart; the record is written to at most once an hour.
func TestKeyLastUsed(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	made, err := o.CreateKey(t.Context(), workspace.CreateKeyInput{Workspace: o.w, Name: "Site", Scope: workspace.ScopeCollect})
	if err != nil {
		t.Fatal(err)
	}
	opened := time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)
	use := func() {
		t.Helper()
		if _, err := o.Authenticate(t.Context(), made.Secret); err != nil {
			t.Fatal(err)
		}
	}
	shows := func(when string, after time.Duration) {
		t.Helper()
		keys, err := o.ListKeys(t.Context(), o.w)
		if err != nil || len(keys) != 1 {
			t.Fatal(keys, err)
		}
		var want lifecycle.Millis
		if after >= 0 {
			want = lifecycle.MillisOf(opened.Add(after))
		}
		var got lifecycle.Millis
		if at := keys[0].LastUsedAt; at != nil {
			got = *at
		}
		if got != want {
			t.Errorf("%s: used last at %v, want %v", when, got.Time(), want.Time())
		}
	}
	save := func() {
		t.Helper()
		if err := o.SaveKeyUses(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	shows("never used", -1)
	o.pass(time.Hour)
	use()
	shows("used", time.Hour)
	save()
	o.restart()
	shows("used, after a restart", time.Hour)

	o.pass(10 * time.Second)
	use()
	shows("used within the minute", time.Hour)
	o.pass(30 * time.Minute)
	use()
	shows("used within the hour", time.Hour+30*time.Minute+10*time.Second)
	save()
	o.restart()
	shows("which is not written", time.Hour)
	use()
	o.pass(40 * time.Minute)
	use()
	save()
	o.restart()
	shows("but the next hour is", 2*time.Hour+10*time.Minute+10*time.Second)
}
