package capture

import (
	"encoding/json"
	"strings"

	"github.com/tidemark/tidemark/journal"
)

// uses are the words by which consent tools name what they ask for. "given" is
// everything.
var uses = [...]struct {
	word           string
	analytics, ads bool
}{
	{"given", true, true},
	{"analytic", true, false},
	{"statistic", true, false},
	{"performance", true, false},
	{"measurement", true, false},
	{"ads", false, true},
	{"advert", false, true},
	{"marketing", false, true},
	{"target", false, true},
}

// agreement reads answers by what they are to. Where several are to the same,
// one no is a no.
func agreement(answers map[string]bool) (a journal.Agreement) {
	for name, yes := range answers {
		for _, use := range uses {
			if !strings.Contains(strings.ToLower(name), use.word) {
				continue
			}
			if use.analytics && a.Analytics != journal.No {
				a.Analytics = journal.AnswerOf(yes)
			}
			if use.ads && a.Ads != journal.No {
				a.Ads = journal.AnswerOf(yes)
			}
		}
	}
	return a
}

// spokenConsent reads what a trait says: true, false, or answers by name.
func spokenConsent(value json.RawMessage) journal.Agreement {
	var all bool
	if json.Unmarshal(value, &all) == nil {
		return journal.Agreement{Analytics: journal.AnswerOf(all), Ads: journal.AnswerOf(all)}
	}
	var answers map[string]bool
	if json.Unmarshal(value, &answers) != nil {
		return journal.Agreement{} // what is no answer says nothing
	}
	return agreement(answers)
}

// gaClient is the client id in Google's cookie _ga: GA1.1.CLIENT, of two numbers.
func gaClient(cookie string) string {
	parts := strings.SplitN(cookie, ".", 3)
	if len(parts) < 3 || !strings.HasPrefix(cookie, "GA") {
		return ""
	}
	return parts[2]
}

// gaSession is the session id in Google's cookie of a stream: GS1.1.SESSION.more,
// or since 2025 GS2.1.sSESSION$more.
func gaSession(cookie string) string {
	parts := strings.SplitN(cookie, ".", 4)
	if len(parts) < 3 || !strings.HasPrefix(cookie, "GS") {
		return ""
	}
	session, _, _ := strings.Cut(strings.TrimPrefix(parts[2], "s"), "$")
	return session
}
