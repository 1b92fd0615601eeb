package report

// presetNames lists the presets.
var presetNames = [...]string{
	"today", "yesterday", "last_7_days", "last_14_days", "last_30_days", "last_90_days",
	"this_week", "last_week", "this_month", "last_month",
	"this_quarter", "last_quarter", "this_year", "last_year",
}

// span is a range of days, both inclusive.
type span struct{ from, to Date }

// length is the number of days.
func (s span) length() Date { return s.to - s.from + 1 }

// before is as many days right before.
func (s span) before() span { return span{s.from - s.length(), s.from - 1} }

// yearBefore is the same days a year earlier.
func (s span) yearBefore() span { return span{s.from.yearBefore(), s.to.yearBefore()} }

// span returns the days of a preset. Those that say "last days" or "this" end
// with today, so that they are compared with as many days before.
func (p Preset) span(today Date) span {
	switch p {
	case "today":
		return span{today, today}
	case "yesterday":
		return span{today - 1, today - 1}
	case "last_7_days":
		return span{today - 6, today}
	case "last_30_days":
		return span{today - 29, today}
	case "last_90_days":
		return span{today - 89, today}
	case "this_week":
		return span{today.Monday(), today}
	case "last_week":
		return span{today.Monday() - 7, today.Monday() - 1}
	case "this_month":
		return span{today.monthStart(0), today}
	case "last_month":
		return span{today.monthStart(-1), today.monthStart(0) - 1}
	case "this_quarter":
		return span{today.quarterStart(0), today}
	case "last_quarter":
		return span{today.quarterStart(-1), today.quarterStart(0) - 1}
	case "this_year":
		return span{today.yearStart(0), today}
	case "last_year":
		return span{today.yearStart(-1), today.yearStart(0) - 1}
	}
	return span{today - 13, today}
}
