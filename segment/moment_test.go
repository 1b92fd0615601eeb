package segment_test

import (
	"testing"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

func millis(t *testing.T, text string) lifecycle.Millis {
	t.Helper()
	switch text {
	case "always":
		return segment.Always
	case "never":
		return segment.Never
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return lifecycle.MillisOf(at)
}

func TestRange(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ zone, now, term, from, to string }{
		{"UTC", "2026-03-31T12:00:00Z", "created_at = 2026-03-30", "2026-03-30T00:00:00Z", "2026-03-31T00:00:00Z"},
		{"UTC", "2026-03-31T12:00:00Z", "created_at != 2026-03-30", "2026-03-30T00:00:00Z", "2026-03-31T00:00:00Z"},
		{"UTC", "2026-03-31T12:00:00Z", "created_at before 2026-03-30", "always", "2026-03-30T00:00:00Z"},
		{"UTC", "2026-03-31T12:00:00Z", "created_at after 2026-03-30", "2026-03-31T00:00:00Z", "never"},
		{"UTC", "2026-03-31T12:00:00Z", "created_at <= 2026-03-30", "always", "2026-03-31T00:00:00Z"},
		{"UTC", "2026-03-31T12:00:00Z", "created_at >= 2026-03-30", "2026-03-30T00:00:00Z", "never"},
		// a day of the clock change has 23 hours; days ago have 24 each
		{"Europe/Paris", "2026-03-31T12:00:00Z", "created_at = 2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},
		{"Europe/Paris", "2026-03-31T12:00:00Z", "created_at >= 3 days ago", "2026-03-28T12:00:00Z", "never"},
		{"Europe/Paris", "2026-03-31T12:00:00Z", "created_at within 2 weeks", "2026-03-17T12:00:00Z", "2026-03-31T12:00:01Z"},
		{"Europe/Paris", "2026-03-31T12:00:00Z", "created_at within next 90 minutes", "2026-03-31T12:00:00Z", "2026-03-31T13:30:00.001Z"},
		// months keep the local time of day and stop at their end
		{"Europe/Paris", "2026-03-31T12:00:00Z", "created_at >= 1 month ago", "2026-02-28T13:00:00Z", "never"},
		{"UTC", "2024-02-29T12:00:00Z", "created_at >= 1 year ago", "2023-02-28T12:00:00Z", "never"},
		{"UTC", "2026-01-31T12:00:00Z", "created_at before 1 month from now", "always", "2026-02-28T12:00:00Z"},
		{"UTC", "2026-01-31T12:00:00Z", "created_at >= 13 months ago", "2024-12-31T12:00:00Z", "never"},
		// midnight is skipped in Cairo on 24 April 2026, and comes twice in Havana on 1 November 2026
		// and in Amman on 29 October 2021
		{"Africa/Cairo", "2026-05-01T12:00:00Z", "created_at = 2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"},
		{"America/Havana", "2026-12-01T12:00:00Z", "created_at = 2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"},
		{"America/Havana", "2026-12-01T12:00:00Z", "created_at = 2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"},
		{"Asia/Amman", "2026-12-01T12:00:00Z", "created_at = 2021-10-29", "2021-10-28T21:00:00Z", "2021-10-29T22:00:00Z"},
		// Toronto went from 23:30 to 00:30 on 30 March 1919
		{"America/Toronto", "2026-12-01T12:00:00Z", "created_at = 1919-03-31", "1919-03-31T04:30:00Z", "1919-04-01T04:00:00Z"},
		// Samoa had no 30 December 2011
		{"Pacific/Apia", "2026-12-01T12:00:00Z", "created_at = 2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2026-12-01T12:00:00Z", "created_at = 2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2026-12-01T12:00:00Z", "created_at = 2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
	} {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		now := millis(t, test.now).Time().In(zone)
		e, err := segment.Parse(test.term)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := e.(segment.Term).Range(now)
		if want := (segment.Range{From: millis(t, test.from), To: millis(t, test.to)}); !ok || got != want {
			t.Errorf("%s, %s: %v to %v, want %s to %s", test.zone, test.term, got.From.Time(), got.To.Time(), test.from, test.to)
		}
	}
}

func TestNoRange(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"value > 7", "name = anna", "created_at within 3", `created_at within "3 days ago"`, "created_at before 7 days", "created_at = 3 days ago", "email exists"} {
		e, err := segment.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if r, ok := e.(segment.Term).Range(noon); ok {
			t.Errorf("%s: %v", text, r)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	at := lifecycle.MillisOf(noon)
	for since, want := range map[lifecycle.Millis]float64{at: 0, at + 1: 0, at - 36*3_600_000: 1.5} {
		if got := segment.Days(since, noon); got.Number != want {
			t.Errorf("%v: %v, want %v", since, got, want)
		}
	}
}
