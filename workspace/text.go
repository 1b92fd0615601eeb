package workspace

import (
	"strings"
	"unicode/utf8"

	"github.com/tidemark/tidemark/fault"
)

// Limits of texts, in characters.
const (
	maxName       = 300
	maxIdentifier = 512
	maxProperty   = 100  // of a property's name
	maxValue      = 8192 // of a property's value, as JSON
	maxNote       = 4096
	maxProperties = 200 // per contact
)

// badText says what is wrong with a text, without a place; nothing if nothing is.
func badText(text string, limit int) (d fault.Detail) {
	switch {
	case !utf8.ValidString(text):
		d = fault.Wrong("", "is not valid UTF-8")
	case strings.ContainsRune(text, 0):
		d = fault.Wrong("", "contains a NUL character")
	case utf8.RuneCountInString(text) > limit:
		d = fault.Wrong("", "is longer than %d characters", fault.Named("max", limit))
		d.Coded("too_long")
	}
	return d
}
