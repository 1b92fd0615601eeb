package segment

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// Unit is a unit of relative times.
type Unit string

// The units. Up to weeks they have a fixed length; months and years follow
// the calendar.
const (
	Minute Unit = "minute"
	Hour   Unit = "hour"
	Day    Unit = "day"
	Week   Unit = "week"
	Month  Unit = "month"
	Year   Unit = "year"
)

var units = [...]Unit{Minute, Hour, Day, Week, Month, Year}

// maxSpan is the greatest number of units, so that no time overflows.
const maxSpan = 100_000

// Span is a length of time: N units.
type Span struct {
	N    int
	Unit Unit
}

// String writes the span as the language has it: "1 day", "7 days".
func (s Span) String() string {
	text := strconv.Itoa(s.N) + " " + string(s.Unit)
	if s.N != 1 {
		text += "s"
	}
	return text
}

// Ago is the instant a span before now.
func (s Span) Ago(now time.Time) lifecycle.Millis { return s.shift(now, -s.N) }

// Ahead is the instant a span after now.
func (s Span) Ahead(now time.Time) lifecycle.Millis { return s.shift(now, s.N) }

func (s Span) shift(now time.Time, n int) lifecycle.Millis {
	const minute = 60_000
	length := 0
	switch s.Unit {
	case Minute:
		length = minute
	case Hour:
		length = 60 * minute
	case Day:
		length = 24 * 60 * minute
	case Week:
		length = 7 * 24 * 60 * minute
	case Month:
		return addMonths(now, n)
	case Year:
		return addMonths(now, 12*n)
	}
	return lifecycle.MillisOf(now) + lifecycle.Millis(n*length)
}

// addMonths keeps the day of the month and the time of day; a day that the
// month does not have becomes its last.
func addMonths(t time.Time, n int) lifecycle.Millis {
	year, month, day := t.Date()
	last := time.Date(year, month+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	hour, minute, second := t.Clock()
	return lifecycle.MillisOf(time.Date(year, month+time.Month(n), min(day, last), hour, minute, second, t.Nanosecond(), t.Location()))
}

// Range is a stretch of time: From <= t < To.
type Range struct{ From, To lifecycle.Millis }

// The ends of an open Range.
const (
	Always lifecycle.Millis = math.MinInt64 // From of a range without a beginning
	Never  lifecycle.Millis = math.MaxInt64 // To of a range without an end
)

// Contains reports whether an instant lies in the range.
func (r Range) Contains(t lifecycle.Millis) bool { return r.From <= t && t < r.To }

// Range is what a term on a time asks: the instants that satisfy it at now,
// whose location says when days begin. Of NotEqual it is the range of Equal,
// to be denied. It is the only reading of times, so that Evaluate and an
// engine cannot disagree; ok is false where the term is not about a time.
func (t Term) Range(now time.Time) (r Range, ok bool) {
	if t.Value.Kind != KindText {
		return Range{}, false
	}
	if t.Op == Within {
		return withinRange(t.Value.Text, now)
	}
	begin, end, ok := readMoment(t.Value.Text, now)
	switch t.Op {
	case Equal, NotEqual:
		begin, end, ok = readDate(t.Value.Text, now.Location())
		return Range{begin, end}, ok && t.Field.timely()
	case Before, Less:
		return Range{Always, begin}, ok
	case AtMost:
		return Range{Always, end}, ok
	case After, More:
		return Range{end, Never}, ok
	case AtLeast:
		return Range{begin, Never}, ok
	}
	return Range{}, false
}

// withinRange reads a span back from now or ahead. The last days include the
// second that is under way: questions are asked as of its beginning, and what
// was just written is part of the answer.
func withinRange(text string, now time.Time) (Range, bool) {
	at := lifecycle.MillisOf(now)
	switch rel, ok := readRelative(text); {
	case !ok:
		return Range{}, false
	case rel.way == bare:
		return Range{rel.span.Ago(now), at - at%1000 + 1000}, true
	case rel.way == next:
		return Range{at, rel.span.Ahead(now) + 1}, true
	}
	return Range{}, false
}

// readMoment reads a day, an instant or a time relative to now, and returns
// the stretch that it names: a day, or one millisecond.
func readMoment(text string, now time.Time) (begin, end lifecycle.Millis, ok bool) {
	if begin, end, ok := readDate(text, now.Location()); ok {
		return begin, end, true
	}
	switch rel, ok := readRelative(text); {
	case ok && rel.way == ago:
		at := rel.span.Ago(now)
		return at, at + 1, true
	case ok && rel.way == ahead:
		at := rel.span.Ahead(now)
		return at, at + 1, true
	}
	return 0, 0, false
}

// readDate reads a day or an instant.
func readDate(text string, location *time.Location) (begin, end lifecycle.Millis, ok bool) {
	if day, ok := readDay(text); ok {
		return dayStart(day, location), dayStart(day.AddDate(0, 0, 1), location), true
	}
	instant, ok := readInstant(text)
	return instant, instant + 1, ok
}

// stamped is a cheap look at whether a text begins like a date.
func stamped(text string) bool {
	return len(text) >= len(time.DateOnly) && text[4] == '-' && text[7] == '-'
}

func readDay(text string) (time.Time, bool) {
	if !stamped(text) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, text)
	return t, err == nil
}

func readInstant(text string) (lifecycle.Millis, bool) {
	if !stamped(text) || strings.Contains(text, ",") { // Parse takes a comma before the fraction
		return 0, false
	}
	t, err := time.Parse(time.RFC3339, text)
	return lifecycle.MillisOf(t), err == nil
}

// dayStart is the first instant of a day, given as its midnight in UTC. Where
// the clock change skips the midnight (or the day) it is the change itself; of
// a midnight that comes twice it is the first.
func dayStart(day time.Time, location *time.Location) lifecycle.Millis {
	t := inZone(day, location)
	start, end := t.ZoneBounds()
	if inZone(t, time.UTC).Before(day) { // Date answers from either side of a gap
		return lifecycle.MillisOf(end)
	}
	if start.IsZero() {
		return lifecycle.MillisOf(t)
	}
	name, offset := start.Add(-time.Second).Zone()
	if first := inZone(day, time.FixedZone(name, offset)); first.Before(start) && first.Before(t) {
		t = first
	}
	return lifecycle.MillisOf(t)
}

// inZone is the instant with the same reading of the clock in another zone.
func inZone(t time.Time, location *time.Location) time.Time {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	return time.Date(year, month, day, hour, minute, second, t.Nanosecond(), location)
}

// way says how a span lies to now.
type way uint8

const (
	bare  way = iota // "7 days"
	next             // "next 7 days"
	ago              // "7 days ago"
	ahead            // "7 days from now"
)

type relative struct {
	span Span
	way  way
}

// String writes the relative time as the language has it.
func (r relative) String() string {
	switch r.way {
	case next:
		return "next " + r.span.String()
	case ago:
		return r.span.String() + " ago"
	case ahead:
		return r.span.String() + " from now"
	}
	return r.span.String()
}

// readRelative reads a relative time, in any case and with any spaces.
func readRelative(text string) (relative, bool) {
	const longest = 64
	if len(text) > longest {
		return relative{}, false
	}
	words := strings.Fields(strings.ToLower(text))
	r := relative{}
	if len(words) > 0 && words[0] == "next" {
		r.way, words = next, words[1:]
	}
	if len(words) < 2 {
		return relative{}, false
	}
	n, err := strconv.Atoi(words[0])
	unit, ok := readUnit(words[1])
	if err != nil || !ok || n < 1 || n > maxSpan {
		return relative{}, false
	}
	r.span = Span{n, unit}
	switch rest := strings.Join(words[2:], " "); {
	case rest == "":
		return r, true
	case rest == "ago" && r.way == bare:
		r.way = ago
		return r, true
	case rest == "from now" && r.way == bare:
		r.way = ahead
		return r, true
	}
	return relative{}, false
}

// readUnit reads the name of a unit, singular or plural.
func readUnit(word string) (Unit, bool) {
	unit := Unit(strings.TrimSuffix(strings.ToLower(word), "s"))
	return unit, slices.Contains(units[:], unit)
}
