package segment

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/tidemark/tidemark/lifecycle"
)

// Kind is what a Value is.
type Kind uint8

// The kinds of values. A time is a text: a day, RFC 3339, or, in filters
// only, relative to now ("3 months ago", "7 days", "next 7 days").
const (
	KindNone Kind = iota
	KindText
	KindNumber
	KindFlag
	KindList
)

// Value is what a term compares with, and what a Subject answers.
type Value struct {
	Kind   Kind
	Text   string
	Number float64
	Flag   bool
	List   []Value
}

// Text makes a text.
func Text(s string) Value { return Value{Kind: KindText, Text: s} }

// Number makes a number.
func Number(n float64) Value { return Value{Kind: KindNumber, Number: n} }

// Flag makes a flag.
func Flag(b bool) Value { return Value{Kind: KindFlag, Flag: b} }

// List makes a list.
func List(items ...Value) Value { return Value{Kind: KindList, List: items} }

// Texts makes a list of texts.
func Texts(items ...string) Value {
	v := Value{Kind: KindList}
	for _, s := range items {
		v.List = append(v.List, Text(s))
	}
	return v
}

// At makes a time.
func At(m lifecycle.Millis) Value {
	text, _ := m.MarshalText() // never fails
	return Text(string(text))
}

// Days is the value of days_in_stage for a contact that came to its stage at
// since: days of 24 h with their fraction, never negative.
func Days(since lifecycle.Millis, now time.Time) Value {
	const day = 24 * 60 * 60 * 1000
	return Number(float64(max(lifecycle.MillisOf(now)-since, 0)) / day)
}

// number reads a value as a number: numbers, and texts that are one.
func (v Value) number() (float64, bool) {
	n := v.Number
	switch v.Kind {
	case KindNumber:
	case KindText:
		text := strings.TrimSpace(v.Text)
		parsed, err := strconv.ParseFloat(text, 64)
		if err != nil || strings.Trim(text, "+-0123456789.eE") != "" {
			return 0, false
		}
		n = parsed
	default:
		return 0, false
	}
	return n, !math.IsNaN(n) && !math.IsInf(n, 0)
}

// FoldCase maps all spellings of a text that differ in case only to one, by
// Unicode simple folding: FoldCase(a) == FoldCase(b) where a = b holds. An
// engine that compares stored texts folds them with it too.
func FoldCase(s string) string { return strings.Map(foldRune, s) }

// foldRune maps a rune to the least of those that differ from it in case only.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf { // the least of an ASCII letter is its capital
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return least
}

// exactInteger is the greatest number up to which each integer is told apart.
const exactInteger = 1 << 53

// formatNumber writes a number as both forms have it, so that it reads back
// the same: plain digits while each integer is told apart, then an exponent.
func formatNumber(n float64) string {
	size := math.Abs(n)
	if size == 0 || size >= 1e-6 && size <= exactInteger {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return strconv.FormatFloat(n, 'e', -1, 64)
}

// readNumber is the reverse: literal is a number of JSON. It returns what is
// wrong with it, or "".
func readNumber(literal string) (n float64, wrong string) {
	n, err := strconv.ParseFloat(literal, 64)
	switch {
	case err != nil:
		return 0, "is beyond the range of numbers"
	case math.Abs(n) > exactInteger && !strings.ContainsAny(literal, "eE"):
		return 0, "has too many digits for a number: put it in quotes to compare it as text"
	case n == 0:
		return 0, "" // there is no minus zero
	}
	return n, ""
}
