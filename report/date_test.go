package report

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func day(t testing.TB, text string) Date {
	t.Helper()
	d, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestStartOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, day, want string }{
		{"UTC", "2026-11-01", "2026-11-01T00:00:00Z"},
		{"Europe/Paris", "2026-03-29", "2026-03-28T23:00:00Z"},
		{"Europe/Paris", "2026-03-30", "2026-03-29T22:00:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, // no midnight: 01:00 is the first instant
		{"America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"}, // 23:00 of the day before twice
		{"Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z"},       // no midnight
		{"Asia/Beirut", "2022-10-30", "2022-10-29T22:00:00Z"},       // 23:00 of the day before twice
		{"Africa/Cairo", "2023-04-28", "2023-04-27T22:00:00Z"},      // no midnight
		{"America/Havana", "2023-11-05", "2023-11-05T04:00:00Z"},    // midnight twice: the first
		{"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"}, // never was
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
		{"Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00Z"},
		{"Pacific/Pago_Pago", "2026-01-01", "2026-01-01T11:00:00Z"},
		{"UTC", "1950-01-01", "1950-01-01T00:00:00Z"},
	} {
		got := StartOf(day(t, c.day), zone(t, c.zone)).Time().Format(time.RFC3339)
		if got != c.want {
			t.Errorf("%s in %s begins at %s, want %s", c.day, c.zone, got, c.want)
		}
	}
}

// TestDaysFollowEachOther checks that no instant is in two days or in none.
func TestDaysFollowEachOther(t *testing.T) {
	t.Parallel()
	zones := []string{"UTC", "America/Sao_Paulo", "Pacific/Apia", "Asia/Beirut", "Europe/Paris", "Asia/Kathmandu"}
	rapid.Check(t, func(t *rapid.T) {
		z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		d := Date(rapid.IntRange(3650, 25000).Draw(t, "day"))
		from, to := StartOf(d, z), StartOf(d+1, z)
		if from > to {
			t.Fatalf("%s ends before it begins", d)
		}
		if from < to && (DateIn(from, z) != d || DateIn(from-1, z) >= d || DateIn(to-1, z) != d) {
			t.Fatalf("%s in %s: first instant is of %s, the one before of %s, last of %s",
				d, z, DateIn(from, z), DateIn(from-1, z), DateIn(to-1, z))
		}
	})
}

func TestPresets(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-19") // a Thursday
	for preset, want := range map[Preset][2]string{
		"":             {"2026-11-06", "2026-11-19"},
		"today":        {"2026-11-19", "2026-11-19"},
		"yesterday":    {"2026-11-18", "2026-11-18"},
		"last_7_days":  {"2026-11-13", "2026-11-19"},
		"last_14_days": {"2026-11-06", "2026-11-19"},
		"last_30_days": {"2026-10-21", "2026-11-19"},
		"last_90_days": {"2026-08-22", "2026-11-19"},
		"this_week":    {"2026-11-16", "2026-11-19"},
		"last_week":    {"2026-11-09", "2026-11-15"},
		"this_month":   {"2026-11-01", "2026-11-19"},
		"last_month":   {"2026-10-01", "2026-10-31"},
		"this_quarter": {"2026-10-01", "2026-11-19"},
		"last_quarter": {"2026-07-01", "2026-09-30"},
		"this_year":    {"2026-01-01", "2026-11-19"},
		"last_year":    {"2025-01-01", "2025-12-31"},
	} {
		got := preset.span(today)
		if got.from.String() != want[0] || got.to.String() != want[1] {
			t.Errorf("%s is %s to %s, want %s", preset, got.from, got.to, want)
		}
	}
	for _, name := range presetNames {
		if name != string(DefaultPreset) && Preset(name).span(today) == DefaultPreset.span(today) {
			t.Errorf("%s is not implemented", name)
		}
	}
}

func TestWeeksStartOnMonday(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-11-16": "2026-11-16", "2026-11-22": "2026-11-16", "2026-11-15": "2026-11-09", "1969-12-31": "1969-12-29",
	} {
		if got := day(t, text).Monday().String(); got != want {
			t.Errorf("the week of %s starts on %s, want %s", text, got, want)
		}
	}
}

func TestComparedRanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, before, year string }{
		{"2026-11-01", "2026-11-14", "2026-10-18..2026-10-31", "2025-11-01..2025-11-14"},
		{"2024-02-29", "2024-02-29", "2024-02-28..2024-02-28", "2023-02-28..2023-02-28"},
		{"2025-02-01", "2025-02-28", "2025-01-04..2025-01-31", "2024-02-01..2024-02-28"},
	} {
		s := span{day(t, c.from), day(t, c.to)}
		text := func(s span) string { return s.from.String() + ".." + s.to.String() }
		if text(s.before()) != c.before || text(s.yearBefore()) != c.year {
			t.Errorf("%s: before %s, a year earlier %s; want %s, %s", text(s), text(s.before()), text(s.yearBefore()), c.before, c.year)
		}
	}
}
