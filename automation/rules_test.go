package automation

import (
	"testing"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

func TestNextTime(t *testing.T) {
	t.Parallel()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		s           Schedule
		after, want string
	}{
		{Schedule{Every: EveryDay, Hour: 8}, "2026-11-10T06:59:59Z", "2026-11-10T07:00:00Z"},
		{Schedule{Every: EveryDay, Hour: 8}, "2026-11-10T07:00:00Z", "2026-11-11T07:00:00Z"},
		{Schedule{Every: EveryWeek, Weekday: 1, Hour: 0}, "2026-11-10T07:00:00Z", "2026-11-15T23:00:00Z"},
		{Schedule{Every: EveryWeek, Weekday: 7, Hour: 9}, "2026-11-10T07:00:00Z", "2026-11-15T08:00:00Z"},
		{Schedule{Every: EveryMonth, Day: 28, Hour: 9}, "2027-01-28T09:00:00Z", "2027-02-28T08:00:00Z"},
		// The clock leaps from two to three, and goes back from three to two.
		{Schedule{Every: EveryDay, Hour: 2}, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"},
		{Schedule{Every: EveryDay, Hour: 3}, "2026-10-24T12:00:00Z", "2026-10-25T02:00:00Z"},
	} {
		after, _ := time.Parse(time.RFC3339, c.after)
		if got := c.s.next(lifecycle.MillisOf(after), paris).Time().UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%+v after %s is %s, want %s", c.s, c.after, got, c.want)
		}
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	usual := []span{{20, 40}, {20, 40}, {20, 40}, {20, 40}}
	counts := []span{{100, 100}, {110, 110}, {90, 90}, {100, 100}}
	for _, c := range []struct {
		name        string
		r           rule
		now         span
		before      []span
		fires, calm bool
	}{
		{"a rate far below", rule{rate: true, falls: true}, span{8, 40}, usual, true, false},
		{"a rate just inside its interval", rule{rate: true, falls: true}, span{14, 40}, usual, false, false},
		{"a rate as usual", rule{rate: true, falls: true}, span{19, 40}, usual, false, true},
		{"a rate far above, where only a fall counts", rule{rate: true, falls: true}, span{38, 40}, usual, false, true},
		{"a rate far above, where either counts", rule{rate: true, falls: true, rises: true}, span{38, 40}, usual, true, false},
		{"a rate at a threshold", rule{rate: true, falls: true, by: 0.2}, span{16, 40}, usual, true, false},
		{"a rate above half of a threshold", rule{rate: true, falls: true, by: 0.2}, span{17, 40}, usual, false, false},
		{"too few", rule{rate: true, falls: true}, span{0, 29}, usual, false, false},
		{"a count within its spread", rule{rises: true}, span{115, 115}, counts, false, false},
		{"a count beyond it", rule{rises: true}, span{125, 125}, counts, true, false},
		{"nothing at all", rule{falls: true}, span{0, 0}, counts, true, false},
		{"nothing before", rule{rises: true}, span{500, 500}, []span{{}, {}}, false, false},
	} {
		v := judge(c.r, c.now, c.before)
		if v.fires != c.fires || v.calm != c.calm {
			t.Errorf("%s: fires %t, calm %t (%+v)", c.name, v.fires, v.calm, v)
		}
	}
}
