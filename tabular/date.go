package tabular

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Dates reads the dates of one column. It is not safe for concurrent use: it
// remembers which of its notations fitted last.
type Dates struct {
	zone    *time.Location
	unix    time.Duration // of a number since 1970: its unit; 0 = layouts
	layouts []layout
	last    int
	shown   string // what to tell people that the column holds
}

// layout is a Go layout and what it leaves out.
type layout struct {
	text  string
	clock bool // has a time of day
}

// Names of date formats, besides patterns such as "DD.MM.YYYY HH:mm".
const (
	DateISO        = "iso"         // 2021-03-04, with or without time and zone; RFC 3339
	DateDayFirst   = "day_first"   // 04/03/2021, 4.3.21 15:04
	DateMonthFirst = "month_first" // 03/04/2021 3:04 PM
	DateUnix       = "unix"        // seconds since 1970
	DateUnixMillis = "unix_ms"     // milliseconds since 1970
)

// ParseDates prepares a format by its name or pattern. Dates without a zone
// are read in the given one.
func ParseDates(format string, zone *time.Location) (*Dates, error) {
	d := &Dates{zone: zone, shown: format}
	switch strings.ToLower(format) {
	case DateISO, "rfc3339":
		d.layouts = isoLayouts()
	case DateDayFirst:
		d.layouts = numericLayouts("2", "1")
	case DateMonthFirst:
		d.layouts = numericLayouts("1", "2")
	case DateUnix:
		d.unix = time.Second
	case DateUnixMillis:
		d.unix = time.Millisecond
	default:
		l, err := parsePattern(format)
		if err != nil {
			return nil, err
		}
		d.layouts = []layout{l}
	}
	return d, nil
}

// errDateless says that a column has no date at all to guess from.
var errDateless = errors.New("tabular: no dates")

// GuessDates finds the notation of a column from some of its cells. It
// refuses where day and month could be exchanged.
func GuessDates(sample []string, zone *time.Location) (*Dates, error) {
	candidates := []*Dates{
		{zone: zone, layouts: isoLayouts(), shown: DateISO},
		{zone: zone, layouts: numericLayouts("2", "1"), shown: DateDayFirst},
		{zone: zone, layouts: numericLayouts("1", "2"), shown: DateMonthFirst},
		{zone: zone, layouts: namedLayouts(), shown: "dates with the month's name"},
	}
	fits, first := bestFits(candidates, sample)
	switch {
	case len(fits) == 0 && first == "":
		return candidates[0], nil // nothing but empty cells
	case len(fits) == 0:
		return nil, fmt.Errorf("%q is no date that can be guessed: say its \"format\"", first)
	case len(fits) > 1 && !alike(fits, sample):
		return nil, fmt.Errorf("%q may be day first or month first: say \"format\": %q or %q", first, DateDayFirst, DateMonthFirst)
	}
	return fits[0], nil
}

// bestFits returns the candidates that read the most cells, and the first
// cell that has a value.
func bestFits(candidates []*Dates, sample []string) (fits []*Dates, first string) {
	most := 0
	for _, c := range candidates {
		n := 0
		for _, cell := range sample {
			if first == "" {
				first = strings.TrimSpace(cell)
			}
			if _, err := c.Parse(cell); err == nil {
				n++
			}
		}
		if n > most {
			fits, most = nil, n
		}
		if n == most && n > 0 {
			fits = append(fits, c)
		}
	}
	return fits, first
}

// alike reports whether all candidates read the same from each cell.
func alike(candidates []*Dates, sample []string) bool {
	for _, cell := range sample {
		want, wantErr := candidates[0].Parse(cell)
		for _, c := range candidates[1:] {
			if got, err := c.Parse(cell); !got.Equal(want) || (err == nil) != (wantErr == nil) {
				return false
			}
		}
	}
	return true
}

// Parse reads one cell. The error is safe to show.
func (d *Dates) Parse(cell string) (time.Time, error) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return time.Time{}, errDateless
	}
	if d.unix != 0 {
		return d.number(cell)
	}
	for i := range d.layouts {
		at := (d.last + i) % len(d.layouts)
		t, err := d.layouts[at].parse(cell, d.zone)
		if err == nil {
			d.last = at
			return inYears(t, cell)
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a date in the format %s", short(cell), d.shown)
}

// number reads a count of seconds or milliseconds.
func (d *Dates) number(cell string) (time.Time, error) {
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil || n != n || n > 1e15 || n < -1e15 {
		return time.Time{}, fmt.Errorf("%q is not a number of the format %s", short(cell), d.shown)
	}
	t := time.UnixMilli(int64(n))
	if d.unix == time.Second {
		t = time.UnixMilli(int64(n * 1000))
	}
	return inYears(t, cell)
}

// inYears refuses years that no record holds: a typing error, or a wrong unit.
func inYears(t time.Time, cell string) (time.Time, error) {
	if y := t.UTC().Year(); y < 1900 || y > 2200 {
		return time.Time{}, fmt.Errorf("%q is in the year %d", short(cell), y)
	}
	return t, nil
}

func (l layout) parse(cell string, zone *time.Location) (time.Time, error) {
	if strings.HasSuffix(l.text, "UTC") {
		zone = time.UTC
	}
	t, err := time.ParseInLocation(l.text, cell, zone)
	if err != nil || l.clock {
		return t, err
	}
	return startOfDay(t, cell, l.text), nil
}

// startOfDay corrects a midnight that the clock change skips: the day begins
// with its first instant.
func startOfDay(t time.Time, cell, text string) time.Time {
	utc, err := time.Parse(text, cell)
	if err != nil || t.Day() == utc.Day() {
		return t
	}
	if _, end := t.ZoneBounds(); !end.IsZero() {
		return end
	}
	return t
}

// short cuts a cell for a message.
func short(cell string) string {
	const most = 60
	if len(cell) <= most {
		return cell
	}
	return strings.ToValidUTF8(cell[:most], "") + "…"
}
