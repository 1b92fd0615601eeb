package report

import (
	"fmt"
	"sort"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// Date is a day of the calendar, counted from 1970-01-01, as engines count
// local days.
type Date int32

// ParseDate reads 2006-01-02.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date like 2026-11-01", text)
	}
	return dateOf(t), nil
}

// DateIn is the day of an instant in a zone.
func DateIn(at lifecycle.Millis, zone *time.Location) Date {
	return dateOf(at.Time().In(zone))
}

// dateOf is the calendar day that a time shows.
func dateOf(t time.Time) Date {
	year, month, day := t.Date()
	return date(year, month, day)
}

// date is the day of year, month and day, which may overflow as in time.Date.
func date(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

const secondsOfDay = 24 * 60 * 60

// utc is midnight of the date in UTC, for calendar arithmetic.
func (d Date) utc() time.Time { return time.Unix(int64(d)*secondsOfDay, 0).UTC() }

// String writes 2006-01-02.
func (d Date) String() string { return d.utc().Format(time.DateOnly) }

// MarshalText writes 2006-01-02.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 2006-01-02.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	*d = parsed
	return err
}

// Monday is the first day of the date's week.
func (d Date) Monday() Date { return d - Date((d.utc().Weekday()+6)%7) }

// monthStart is the first day of the month so many months later.
func (d Date) monthStart(later int) Date {
	year, month, _ := d.utc().Date()
	return date(year, month+time.Month(later), 1)
}

// quarterStart is the first day of the quarter so many quarters later.
func (d Date) quarterStart(later int) Date {
	year, month, _ := d.utc().Date()
	return date(year, (month-1)/3*3+1+time.Month(3*later), 1)
}

// yearStart is the first day of the year so many years later.
func (d Date) yearStart(later int) Date { return date(d.utc().Year()+later, time.January, 1) }

// yearBefore is the same day a year earlier; 29 February becomes the 28th.
func (d Date) yearBefore() Date {
	year, month, day := d.utc().Date()
	if month == time.February && day == 29 {
		day = 28
	}
	return date(year-1, month, day)
}

// StartOf returns the first instant of a day in a zone: midnight or, where the
// clock change skips that, the instant after the gap. A day that a zone skips
// altogether begins, and ends, where the next one begins. (time.Date would
// move a skipped midnight to the hour before the gap or after it, as it likes.)
func StartOf(d Date, zone *time.Location) lifecycle.Millis {
	const reach = 26 * 60 * 60 // no zone is further from UTC
	from := int64(d)*secondsOfDay - reach
	second := sort.Search(2*reach, func(i int) bool {
		return dateOf(time.Unix(from+int64(i), 0).In(zone)) >= d
	})
	return lifecycle.Millis((from + int64(second)) * 1000)
}
