package workspace

import (
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

func TestPasswordHash(t *testing.T) {
	t.Parallel()
	p := newPasswords()
	hash, err := p.hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %q", hash)
	}
	other, err := p.hash(t.Context(), "correct horse battery")
	if err != nil || other == hash {
		t.Errorf("the same hash twice: the salt is missing (%v)", err)
	}
	for password, want := range map[string]bool{"correct horse battery": true, "correct horse batterz": false, "": false} {
		if ok, err := p.check(t.Context(), password, hash); err != nil || ok != want {
			t.Errorf("%q: %t, %v", password, ok, err)
		}
	}
	for _, broken := range []string{"", "$", "$argon2id$v=19$m=1,t=0,p=1$AA$AA", "$argon2i$v=19$m=19456,t=2,p=1$AA$AA", hash[:len(hash)-2]} {
		if ok, err := p.check(t.Context(), "", broken); err != nil || ok {
			t.Errorf("hash %q matches: %t, %v", broken, ok, err)
		}
	}
}

// TestPasswordOfNobodyTakesAsLong: the time must not tell whether there is an
// account. Both sides do the same work, so a third is a wide margin.
func TestPasswordOfNobodyTakesAsLong(t *testing.T) {
	t.Parallel()
	c, _, _, known := parseHash("")
	if known || c != (passwordCost{}) {
		t.Fatalf("the empty hash is known: %+v", c)
	}
	p := newPasswords()
	hash, err := p.hash(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	took := func(hash string) time.Duration {
		start := time.Now()
		if _, err := p.check(t.Context(), "wrong", hash); err != nil {
			t.Fatal(err)
		}
		return time.Since(start)
	}
	// In turn, so that other work meets both, and the fastest of each, as long as
	// a busy machine needs to show it.
	there, nobody := time.Hour, time.Hour
	for i := 0; i < 5 || i < 40 && nobody < there/3; i++ {
		there, nobody = min(there, took(hash)), min(nobody, took(""))
	}
	if nobody < there/3 {
		t.Errorf("an account that is not there answers in %v instead of %v", nobody, there)
	}
}

func TestFailuresAreBounded(t *testing.T) {
	t.Parallel()
	f := newFailures()
	for i := range failuresKept + 10 {
		f.note(strings.Repeat("x", i%100)+string(rune('a'+i%26))+time.Duration(i).String(), false, lifecycle.Millis(i))
	}
	if len(f.all) > failuresKept {
		t.Errorf("%d accounts are remembered", len(f.all))
	}
	for range 40 {
		f.note("ada", false, 1_000_000)
	}
	if wait := f.pause("ada", 1_000_000); wait != longestPause {
		t.Errorf("after 40 failures: %v", wait)
	}
	f.note("ada", false, 1_000_000+lifecycle.Millis(failuresMemory.Milliseconds())+1)
	if wait := f.pause("ada", 3_000_000); wait > 0 {
		t.Errorf("long ago is not forgotten: %v", wait)
	}
}

func TestKeyCache(t *testing.T) {
	t.Parallel()
	c := newKeyCache()
	for i := range keysCached + 5 {
		c.fill()(time.Duration(i).String(), Principal{Name: "x"}, 0)
	}
	if len(c.all) > keysCached {
		t.Errorf("%d keys are remembered", len(c.all))
	}
	filled := c.fill()
	c.clear() // a key is deleted while another request reads it
	filled("k", Principal{}, 0)
	if _, ok := c.get("k", 0); ok {
		t.Error("a key that was deleted meanwhile is remembered")
	}
	c.fill()("k", Principal{Name: "k"}, 0)
	if p, ok := c.get("k", lifecycle.Millis(keyCacheLife.Milliseconds())-1); !ok || p.Name != "k" {
		t.Error("a key is forgotten too early")
	}
	if _, ok := c.get("k", lifecycle.Millis(keyCacheLife.Milliseconds())); ok {
		t.Error("a key is remembered too long")
	}
}
