package touch

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is taken for clean at a glance is what cleaning leaves as it is.
func TestCleanAtAGlance(t *testing.T) {
	t.Parallel()
	glanced := 0
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab/?=& ~\t\n\x00\x7f\u00a0\u202eé\ufffd"))).Draw(rt, "text")
		limit := rapid.IntRange(1, 20).Draw(rt, "limit")
		if !isClean(text, limit) {
			return
		}
		glanced++
		if slow := Clean("\x00"+text, limit+1); slow != text {
			rt.Errorf("%q is kept as %q", text, slow)
		}
	})
	if glanced == 0 || isClean(" a", 9) || isClean("a ", 9) || isClean("é", 9) || isClean("a\nb", 9) || isClean(strings.Repeat("a", 10), 9) {
		t.Error("too much or nothing is taken for clean")
	}
}
