package automation

import (
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// Schedule says when a digest is sent, in the workspace's time zone.
type Schedule struct {
	Every   Every `json:"every" enum:"day,week,month"`
	Weekday int   `json:"weekday" doc:"of week: 1 is Monday, 7 is Sunday"`
	Day     int   `json:"day" doc:"of month: 1 to 28"`
	Hour    int   `json:"hour" doc:"0 to 23"`
}

// Every is how often.
type Every string

// The rhythms.
const (
	EveryDay   Every = "day"
	EveryWeek  Every = "week"
	EveryMonth Every = "month"
)

func (s Schedule) check(f *faults) {
	switch s.Every {
	case EveryDay:
	case EveryWeek:
		if s.Weekday < 1 || s.Weekday > 7 {
			f.Add("body.schedule.weekday", "is not one of 1 (Monday) to 7 (Sunday)")
		}
	case EveryMonth:
		if s.Day < 1 || s.Day > 28 {
			f.Add("body.schedule.day", "is not one of 1 to 28, the days that every month has")
		}
	default:
		f.Add("body.schedule.every", "is not one of day, week and month")
	}
	if s.Hour < 0 || s.Hour > 23 {
		f.Add("body.schedule.hour", "is not one of 0 to 23")
	}
}

// next is the first time after an instant. On a day whose clock leaps over
// the hour it is as much later as the clock leaps.
func (s Schedule) next(after lifecycle.Millis, zone *time.Location) lifecycle.Millis {
	from := after.Time().In(zone)
	for days := range 63 {
		day := time.Date(from.Year(), from.Month(), from.Day()+days, s.Hour, 0, 0, 0, zone)
		if s.on(day) && lifecycle.MillisOf(day) > after {
			return lifecycle.MillisOf(day)
		}
	}
	return after.Add(24 * time.Hour) // unreachable: every rhythm comes within two months
}

func (s Schedule) on(day time.Time) bool {
	switch s.Every {
	case EveryWeek:
		return (int(day.Weekday())+6)%7+1 == s.Weekday
	case EveryMonth:
		return day.Day() == s.Day
	}
	return true
}
