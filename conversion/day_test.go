package conversion

import (
	"testing"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

func TestLocalDay(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		at, zone string
		want     int32
	}{
		{"1970-01-01T00:00:00Z", "UTC", 0},
		{"1969-12-31T23:59:59Z", "UTC", -1},
		{"1970-01-01T00:00:00Z", "America/New_York", -1},
		{"2026-03-29T21:59:59Z", "Europe/Paris", 20541}, // 23:59 on the day the clocks went forward
		{"2026-03-29T22:00:00Z", "Europe/Paris", 20542},
		{"2026-03-28T23:00:00Z", "Europe/Paris", 20541}, // still winter time
	} {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := LocalDay(lifecycle.MillisOf(at), zone); got != test.want {
			t.Errorf("LocalDay(%s, %s) = %d, want %d", test.at, test.zone, got, test.want)
		}
	}
}
