package tabular

import (
	"fmt"
	"strings"
)

// isoLayouts are RFC 3339 and its relatives: a space for the T, no seconds,
// no zone, no time. Go reads a fraction of the second wherever there is one.
func isoLayouts() []layout {
	out := []layout{{"2006-01-02", false}}
	for _, gap := range []string{"T", " "} {
		for _, clock := range []string{"15:04:05", "15:04"} {
			for _, zone := range []string{"Z07:00", "", "Z0700", "Z07", " Z07:00", " -0700", " UTC"} {
				out = append(out, layout{"2006-01-02" + gap + clock + zone, true})
			}
		}
	}
	return out
}

// clocks are the times of day that may follow a date.
func clocks() []string {
	return []string{"", " 15:04", " 15:04:05", " 3:04 PM", " 3:04:05 PM", " 3:04PM", ", 15:04", ", 15:04:05", ", 3:04 PM", ", 3:04:05 PM"}
}

// numericLayouts are day, month and year in this order, by any separator.
func numericLayouts(first, second string) []layout {
	var out []layout
	for _, sep := range []string{"/", ".", "-"} {
		for _, year := range []string{"2006", "06"} {
			for _, clock := range clocks() {
				out = append(out, layout{first + sep + second + sep + year + clock, clock != ""})
			}
		}
	}
	return out
}

// namedLayouts have the month's English name, which cannot be mistaken.
func namedLayouts() []layout {
	var out []layout
	for _, month := range []string{"Jan", "January"} {
		for _, date := range []string{"2 " + month + " 2006", "2 " + month + ", 2006", month + " 2, 2006", month + " 2 2006", "2-" + month + "-2006", "2-" + month + "-06"} {
			for _, clock := range clocks() {
				out = append(out, layout{date + clock, clock != ""})
			}
		}
	}
	return out
}

// token is a piece of a pattern and its Go form.
type token struct {
	text, layout string
	part         part
}

// part is what a token says of a date; each may be said once.
type part byte

const (
	partYear part = iota + 1
	partMonth
	partDay
	partHour
	partMinute
	partSecond
	partOther
)

// tokens lists the pieces, longer ones before their beginnings.
func tokens() []token {
	return []token{
		{"YYYY", "2006", partYear},
		{"YY", "06", partYear},
		{"MMMM", "January", partMonth},
		{"MMM", "Jan", partMonth},
		{"MM", "01", partMonth},
		{"M", "1", partMonth},
		{"DD", "02", partDay},
		{"D", "2", partDay},
		{"HH", "15", partHour},
		{"H", "15", partHour},
		{"hh", "03", partHour},
		{"h", "3", partHour},
		{"mm", "04", partMinute},
		{"m", "4", partMinute},
		{"ss", "05", partSecond},
		{"s", "5", partSecond},
		{"SSS", "000", partOther},
		{"A", "PM", partOther},
		{"a", "pm", partOther},
		{"Z", "Z07:00", partOther},
	}
}

// parsePattern turns "DD MMM, YYYY HH:mm:ss" into a layout. A pattern names
// year, month and day; what is no token stands for itself, but letters and
// digits have to be tokens.
func parsePattern(pattern string) (layout, error) {
	var l layout
	said := map[part]bool{}
	for rest := pattern; rest != ""; {
		t, ok := nextToken(rest)
		if !ok {
			return layout{}, fmt.Errorf("the date format %q is not known: use iso, day_first, month_first, unix, unix_ms or a pattern of YYYY YY MMMM MMM MM M DD D HH H hh h mm m ss s SSS A Z", short(pattern))
		}
		if said[t.part] && t.part != partOther && t.part != 0 {
			return layout{}, fmt.Errorf("the date format %q names a part twice", short(pattern))
		}
		said[t.part] = true
		l.text += t.layout
		rest = rest[len(t.text):]
	}
	if !said[partYear] || !said[partMonth] || !said[partDay] {
		return layout{}, fmt.Errorf("the date format %q needs year, month and day", short(pattern))
	}
	l.clock = said[partHour]
	return l, nil
}

// nextToken returns the token that the text begins with, or its first
// character where that stands for itself.
func nextToken(text string) (token, bool) {
	for _, t := range tokens() {
		if strings.HasPrefix(text, t.text) {
			return t, true
		}
	}
	c := text[:1]
	// T stands for itself, and a zone may be written out.
	if strings.Contains(" ,./-:T'()", c) {
		return token{text: c, layout: c}, true
	}
	return token{}, false
}
