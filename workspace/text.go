package workspace

import (
	"strconv"
	"strings"
	"unicode/utf8"
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

// badText says what is wrong with a text, "" if nothing is.
func badText(text string, limit int) string {
	switch {
	case !utf8.ValidString(text):
		return "is not valid UTF-8"
	case strings.ContainsRune(text, 0):
		return "contains a NUL character"
	case utf8.RuneCountInString(text) > limit:
		return "is longer than " + strconv.Itoa(limit) + " characters"
	}
	return ""
}
