package capture

import "strings"

// bots are parts of the user agents of programs that load pages without a
// person, in lower case.
//
// source: what crawlers call themselves by their operators' own pages
// (Googlebot, bingbot, YandexBot, Applebot, GPTBot, ClaudeBot, AhrefsBot,
// facebookexternalhit, Lighthouse, HeadlessChrome ...); nearly all carry "bot",
// "crawl" or "spider", as the robots exclusion standard (RFC 9309) suggests.
var bots = [...]string{
	"bot", "crawl", "spider", "slurp", "facebookexternalhit", "headlesschrome", "lighthouse", "pagespeed", "phantomjs",
	"preview", "monitor", "pingdom", "uptime", "scrap", "curl/", "wget/", "python-requests", "go-http-client", "okhttp/",
	"java/", "httpclient", "mediapartners", "archive.org", "embedly", "validator",
}

// isBot reports whether a user agent is that of a program. A browser always
// says what it is.
func isBot(userAgent string) bool {
	if userAgent == "" {
		return true
	}
	lower := strings.ToLower(strings.ReplaceAll(userAgent, "Cubot", "")) // a maker of phones
	for _, part := range bots {
		if strings.Contains(lower, part) {
			return true
		}
	}
	return false
}
