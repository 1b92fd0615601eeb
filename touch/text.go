package touch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what is kept of a text, in characters: longer ones are cut.
const (
	MaxValue   = 500  // of a UTM value, a click id, a name
	MaxAddress = 2048 // of a page or a referrer
)

// Clean brings a text from outside into a form that can be stored and shown:
// valid UTF-8, no control characters and no marks that turn the direction of
// the text around them, trimmed, and cut to a number of characters. Right to
// left text and joined emoji stay as they are.
func Clean(text string, limit int) string {
	if isClean(text, limit) {
		return text
	}
	if len(text) > 8*limit {
		text = text[:8*limit]
	}
	text = strings.Map(visible, strings.ToValidUTF8(text, ""))
	return strings.TrimSpace(cut(strings.TrimSpace(text), limit))
}

// isClean knows most of the texts that stay as they are: visible ASCII.
func isClean(text string, limit int) bool {
	if len(text) > limit {
		return false
	}
	for i := range len(text) {
		if c := text[i]; c <= ' ' && (c < ' ' || i == 0 || i == len(text)-1) || c > '~' {
			return false
		}
	}
	return true
}

func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == utf8.RuneError:
		return -1
	}
	return r
}

// cut keeps the first characters of a text.
func cut(text string, limit int) string {
	n := 0
	for i := range text {
		if n == limit {
			return text[:i]
		}
		n++
	}
	return text
}
