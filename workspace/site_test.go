package workspace_test

import (
	"sync"
	"testing"

	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// track sets how the workspace reads its traffic.
func (o *office) track(change func(*workspace.Tracking)) {
	o.t.Helper()
	t, err := o.GetTracking(o.t.Context(), o.w)
	if err != nil {
		o.t.Fatal(err)
	}
	change(&t)
	if _, err := o.SetTracking(o.t.Context(), o.w, t, nil); err != nil {
		o.t.Fatal(err)
	}
}

// TestEditsOfTrackingHoldAtOnce: they are kept in memory until they change.
func TestEditsOfTrackingHoldAtOnce(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	ignored := func() bool {
		yes, err := o.Ignores(t.Context(), o.w, "192.0.2.7")
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	source := func(email string) string {
		o.observe(seen(email, "https://x.org/?ref=partner", june(1)), is(email, email, june(1)))
		return o.person(email).Touches[0].Source.Source
	}
	if ignored() || source("before@x.org") != "Direct" {
		t.Error("before anything is set")
	}
	o.track(func(k *workspace.Tracking) {
		k.Ignore = []string{"192.0.2.0/24"}
		k.Rules = []touch.Rule{{Parameter: "ref", Source: touch.Source{Source: "Affiliates"}}}
	})
	if !ignored() || source("after@x.org") != "Affiliates" {
		t.Error("the edit is not in force")
	}
	o.track(func(k *workspace.Tracking) { k.Ignore, k.Rules = []string{}, []touch.Rule{} })
	if ignored() || source("late@x.org") != "Direct" {
		t.Error("what was set is still in force")
	}
}

// TestTrackingIsReadWhileItChanges asks from many sides during edits; the last
// edit holds in the end.
func TestTrackingIsReadWhileItChanges(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	var group sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					_, _ = o.Ignores(t.Context(), o.w, "192.0.2.7")
				}
			}
		})
	}
	for i := range 40 {
		want := i%2 == 0
		o.track(func(k *workspace.Tracking) {
			k.Ignore = []string{}
			if want {
				k.Ignore = []string{"192.0.2.7"}
			}
		})
		if got, err := o.Ignores(t.Context(), o.w, "192.0.2.7"); err != nil || got != want {
			t.Fatalf("after edit %d: %t, %v", i, got, err)
		}
	}
	close(done)
	group.Wait()
}
