package workspace_test

import (
	"slices"
	"testing"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// keep sets for how many days visits of strangers are kept.
func (o *office) keep(days int) {
	o.t.Helper()
	now, err := o.GetTracking(o.t.Context(), o.w)
	if err != nil {
		o.t.Fatal(err)
	}
	now.RetentionDays = &days
	if _, err := o.SetTracking(o.t.Context(), o.w, now, nil); err != nil {
		o.t.Fatal(err)
	}
}

// forget takes out all that is too old.
func (o *office) forget() {
	o.t.Helper()
	for {
		more, err := o.ForgetOld(o.t.Context())
		if err != nil {
			o.t.Fatal(err)
		}
		if !more {
			return
		}
	}
}

// unknownPages are the pages that visitors saw whom nobody knows.
func (o *office) unknownPages() (pages []string) {
	for c, entries := range o.entries() {
		if len(entries) == 0 || entries[0].Contact != c {
			continue
		}
		for _, v := range journal.ReadOf(c, entries).Visits {
			for _, view := range v.Views {
				pages = append(pages, view.Page)
			}
		}
	}
	slices.Sort(pages)
	return pages
}

// Strangers are forgotten after the days that they are kept: whole, or what is
// old of those who came again. Contacts stay as they are.
func TestOldVisitsAreForgotten(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.observe(
		seen("left", "https://x.org/left-ages-ago?utm_source=old-news", 0),
		workspace.Observation{Visitor: "left", Event: &journal.Event{Name: "Left pressed"}},
		seen("loyal", "https://x.org/loyal-ages-ago", 0),
		agrees("loyal", 0, toAll("forgotten-id")),
		seen("known", "https://x.org/known-ages-ago", 0),
		is("known", "ada@x.org", 0),
	)
	o.pass(40 * 24 * time.Hour)
	o.observe(seen("loyal", "https://x.org/loyal-now", 0), agrees("loyal", 0, toAll("kept-id")), seen("new", "https://x.org/new", 0))
	before := o.unknownPages()
	o.forget()
	if after := o.unknownPages(); !slices.Equal(before, after) {
		t.Errorf("nobody asked to forget, and %v became %v", before, after)
	}
	o.keep(30)
	o.forget()
	want := []string{"https://x.org/loyal-now", "https://x.org/new"}
	if got := o.unknownPages(); !slices.Equal(got, want) {
		t.Errorf("read are %v, want %v", got, want)
	}
	o.wantSound(t)
	// A server that ends here goes on after its start.
	o.restart()
	o.purge()
	for _, text := range []string{"left-ages-ago", "old-news", "left pressed", "loyal-ages-ago", "forgotten-id"} {
		if left := o.hasBytes(text); len(left) > 0 {
			t.Errorf("%q is left in %v", text, left)
		}
	}
	if left := o.hasBytes("kept-id"); len(left) == 0 {
		t.Error("what a visitor agreed to last is gone")
	}
	if got := o.unknownPages(); !slices.Equal(got, want) {
		t.Errorf("after the purge read are %v, want %v", got, want)
	}
	o.wantSound(t)
	o.wantPages("ada@x.org", "https://x.org/known-ages-ago")

	// Whoever comes again later becomes one whole person from then on.
	o.observe(is("loyal", "ben@x.org", 0))
	o.wantPages("ben@x.org", "https://x.org/loyal-now")
	o.pass(40 * 24 * time.Hour)
	o.forget()
	o.purge()
	o.wantPages("ben@x.org", "https://x.org/loyal-now")
	if got := o.hasBytes("https://x.org/new"); len(got) > 0 {
		t.Errorf("who came once is left in %v", got)
	}
	if again := o.purge(); again != 0 {
		t.Errorf("%d were purged twice", again)
	}
	if list, err := o.ListErasures(t.Context(), o.w); err != nil || len(list) != 0 {
		t.Errorf("forgotten visitors are told of among erased contacts: %v, %v", list, err)
	}
	o.wantSound(t)
}

// Of one who comes every day no more than one erasure stays.
func TestForgettingDoesNotPileUp(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.keep(3)
	for range 8 {
		o.observe(seen("daily", "https://x.org/", 0))
		o.pass(24 * time.Hour)
		o.forget()
		o.purge()
	}
	erasures, views := 0, 0
	for _, entries := range o.entries() {
		for i := range entries {
			switch entries[i].Kind {
			case journal.KindErasure:
				erasures++
			case journal.KindView:
				views++
			}
		}
	}
	if erasures > 2 || views > 4 || views == 0 {
		t.Errorf("%d erasures and %d views are left", erasures, views)
	}
	o.wantSound(t)
}
