package scenario

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

const day = 24 * 60 * 60 * 1000 // in milliseconds

// split cuts a line into words at spaces outside of double quotes, which it
// drops. A # outside of quotes begins a comment.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	inWord, quoted := false, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted, inWord = !quoted, true
		case quoted:
			word.WriteRune(r)
		case r == '#' && !inWord:
			return words, nil
		case r == ' ' || r == '\t':
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quoted {
		return nil, fmt.Errorf("a quote is not closed")
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}

// instant reads "t", "t+2d", "t-1h30m".
func instant(text string, start lifecycle.Millis) (lifecycle.Millis, error) {
	rest, ok := strings.CutPrefix(text, "t")
	if !ok {
		return 0, fmt.Errorf("%q is not a time like t+2d", text)
	}
	if rest == "" {
		return start, nil
	}
	length, err := span(rest[1:])
	if err != nil {
		return 0, err
	}
	switch rest[0] {
	case '+':
		return start + length, nil
	case '-':
		return start - length, nil
	}
	return 0, fmt.Errorf("%q is not a time like t+2d", text)
}

// span reads a length: days, then what time.ParseDuration takes, "2d", "1d12h",
// "90m", "5ms".
func span(text string) (lifecycle.Millis, error) {
	days, rest, found := strings.Cut(text, "d")
	if !found {
		days, rest = "0", text
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("%q is not a length like 2d or 1d12h", text)
	}
	if rest == "" {
		rest = "0s"
	}
	clock, err := time.ParseDuration(rest)
	if err != nil || clock < 0 || (!found && text == "") {
		return 0, fmt.Errorf("%q is not a length like 2d or 1d12h", text)
	}
	return lifecycle.Millis(n)*day + lifecycle.Millis(clock.Milliseconds()), nil
}

// list cuts "a,b,c"; "none" is the empty list.
func list(text string) []string {
	if text == "none" {
		return []string{}
	}
	return strings.Split(text, ",")
}
