package capture

import (
	"fmt"
	"testing"
)

// A browser that tells more than a page a second is no person, a busy one is; an
// address is that of many.
func TestPace(t *testing.T) {
	t.Parallel()
	p := newPace()
	for i := range maxOfBrowser {
		if p.fast(1, "v", false, paceWindow*7+5) {
			t.Fatalf("the %d. page of a minute is taken for haste", i+1)
		}
	}
	if !p.fast(1, "v", false, paceWindow*7+9) {
		t.Error("more pages than seconds are taken for a person's")
	}
	if p.fast(1, "v", false, paceWindow*8) || p.fast(2, "v", false, paceWindow*7) || p.fast(1, "", false, 0) {
		t.Error("another minute, another workspace, and nobody are as fast")
	}
	for i := range maxOfAddress {
		if p.fast(1, "192.0.2.1", true, paceWindow) {
			t.Fatalf("the %d. thing of an address is taken for haste", i+1)
		}
	}
	if !p.fast(1, "192.0.2.1", true, paceWindow) {
		t.Error("an address can tell without end")
	}
}

// What is watched is bounded, and whoever is fast is not lost on the way.
func TestPaceIsBounded(t *testing.T) {
	t.Parallel()
	p := newPace()
	for range maxOfBrowser {
		p.fast(1, "v", false, 0)
	}
	for i := range maxPaced + 10 {
		p.fast(1, fmt.Sprint(i), false, 0)
	}
	if len(p.young)+len(p.old) > 2*maxPaced {
		t.Errorf("%d are watched", len(p.young)+len(p.old))
	}
	if !p.fast(1, "v", false, 0) {
		t.Error("who was fast is forgotten within the minute")
	}
}
