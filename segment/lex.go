package segment

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sort is what a token is.
type sort uint8

const (
	sortEnd    sort = iota
	sortBad         // text is what is wrong
	sortWord        // a name, a keyword, a bare value
	sortNumber      // as JSON writes it
	sortDate        // a day or an instant
	sortQuoted      // text is what stood in the quotes
	sortSymbol      // an operator or punctuation
)

// token is a piece of the text at an offset.
type token struct {
	sort sort
	text string
	at   int
}

// lex cuts a text into tokens. The last is sortEnd or sortBad.
func lex(text string) []token {
	var tokens []token
	for at := 0; ; {
		at += len(text[at:]) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
		t, length := lexOne(text[at:])
		t.at = at
		tokens = append(tokens, t)
		if t.sort == sortEnd || t.sort == sortBad {
			return tokens
		}
		at += length
	}
}

// symbols, longest first.
var symbols = [...]string{"==", "!=", "<>", "<=", ">=", "≠", "≤", "≥", "=", "<", ">", "(", ")", ",", "."}

// lexOne reads the token at the start of rest, and how many bytes it takes.
func lexOne(rest string) (token, int) {
	if rest == "" {
		return token{}, 0
	}
	for _, s := range symbols {
		if strings.HasPrefix(rest, s) {
			return token{sort: sortSymbol, text: plainSymbol(s)}, len(s)
		}
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case r == '"':
		return lexQuoted(rest)
	case isDigit(r), r == '-' && len(rest) > 1 && isDigit(rune(rest[1])):
		return lexFigure(rest)
	case wordStart(r):
		length := runLength(rest, wordRune)
		return token{sort: sortWord, text: rest[:length]}, length
	case strings.ContainsRune(`'“”„«»‘’`, r):
		return bad(`quotes around texts are straight and double, as in "Paris"`), size
	case r == utf8.RuneError && size == 1:
		return bad("the text is not UTF-8"), size
	}
	return bad("did not expect " + show(string(r)) + " here"), size
}

func bad(message string) token { return token{sort: sortBad, text: message} }

// plainSymbol maps the spellings of an operator to its one.
func plainSymbol(s string) string {
	switch s {
	case "==":
		return string(Equal)
	case "<>", "≠":
		return string(NotEqual)
	case "≤":
		return string(AtMost)
	case "≥":
		return string(AtLeast)
	}
	return s
}

// lexQuoted reads a text with the escapes of JSON.
func lexQuoted(rest string) (token, int) {
	end := 1
	for end < len(rest) && rest[end] != '"' && rest[end] != '\n' {
		if rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(rest) || rest[end] == '\n' {
		return bad(`the text that begins here has no closing quote "`), 0
	}
	var text string
	literal := rest[:end+1]
	if !utf8.ValidString(literal) {
		return bad("the text is not UTF-8"), 0
	}
	if err := json.Unmarshal([]byte(literal), &text); err != nil {
		return bad(`the text has an escape that is not one of \" \\ \/ \b \f \n \r \t \u1234`), 0
	}
	return token{sort: sortQuoted, text: text}, len(literal)
}

// lexFigure reads what begins like a number: a number, a date, or a word such
// as 2nd_call.
func lexFigure(rest string) (token, int) {
	length := runLength(rest, func(r rune) bool { return wordRune(r) || strings.ContainsRune(".:+", r) })
	text := rest[:length]
	_, isDay := readDay(text)
	_, isInstant := readInstant(text)
	switch {
	case isDay || isInstant:
		return token{sort: sortDate, text: text}, length
	case stamped(text):
		return bad(show(text) + " is no date of the calendar: write 2026-01-31 or 2026-01-31T15:04:05Z"), length
	case json.Valid([]byte(text)):
		return token{sort: sortNumber, text: text}, length
	case runLength(text, wordRune) == length && text[0] != '-':
		return token{sort: sortWord, text: text}, length
	}
	return bad(show(text) + " is neither a number nor a date: put texts in quotes"), length
}

func runLength(s string, in func(rune) bool) int {
	return len(s) - len(strings.TrimLeftFunc(s, in))
}

func isDigit(r rune) bool   { return '0' <= r && r <= '9' }
func wordStart(r rune) bool { return r == '_' || unicode.IsLetter(r) }
func wordRune(r rune) bool {
	return r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// isWord reports whether a text is read as one word that does not begin with
// a digit.
func isWord(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && utf8.ValidString(s) && wordStart(first) && runLength(s, wordRune) == len(s)
}
