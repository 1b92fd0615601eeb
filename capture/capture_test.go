package capture

import (
	"testing"

	"github.com/tidemark/tidemark/lifecycle"
)

// Clocks of browsers may be wrong by years: what counts is how long before it
// was sent something happened.
func TestClocksAreSetRight(t *testing.T) {
	t.Parallel()
	const now, minute = lifecycle.Millis(1_774_000_000_000), lifecycle.Millis(60_000)
	year := 365 * 24 * 60 * minute
	for name, test := range map[string]struct{ at, sent, want lifecycle.Millis }{
		"right":              {now - minute, now, now - minute},
		"years ahead":        {now + 5*year - minute, now + 5*year, now - minute},
		"years behind":       {now - 5*year - minute, now - 5*year, now - minute},
		"not told":           {0, now, now},
		"not told when sent": {now - minute, 0, now - minute},
		"after it was sent":  {now + minute, now, now},
		"too long ago":       {now - 2*year, now, now},
	} {
		if got := corrected(test.at, test.sent, now, browserMemory); got != test.want {
			t.Errorf("%s: %d ms from now, want %d", name, got-now, test.want-now)
		}
	}
	if past := now - 5*year; corrected(past, now, now, anyTime) != past {
		t.Error("the past that a program tells of is moved")
	}
}

func TestBotsAreKnown(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]bool{
		"": true,
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)":                                      true,
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36": true,
		"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)":                                     true,
		"curl/8.4.0": true,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1":       false,
		"Mozilla/5.0 (Linux; Android 9; Cubot X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36": false,
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0":                                   false,
	} {
		if isBot(agent) != want {
			t.Errorf("%q: bot %t, want %t", agent, !want, want)
		}
	}
}
