package touch

import (
	"embed"
	"strings"
)

// files are the lists of known places, each block with its source.
//
//go:embed lists/*.txt
var files embed.FS

// category is what a list says of the places on it.
type category string

const (
	search    category = "search"
	social    category = "social"
	video     category = "video"
	shopping  category = "shopping"
	mail      category = "mail"
	assistant category = "assistants"
	payment   category = "payment"
)

// place is what is known of a host or of a name.
type place struct {
	name     string
	category category
}

// Lists are the places that visits are known to come from. Make it once; it is
// safe to share.
type Lists struct {
	exact map[string]place // hosts and names
	below map[string]place // of hosts, with all that is below them
	every map[string]place // of hosts under every country, without the country
	rules []channelRule
}

// NewLists reads the lists that come with the program.
func NewLists() *Lists {
	l := &Lists{map[string]place{}, map[string]place{}, map[string]place{}, channelRules()}
	for _, c := range [...]category{payment, assistant, mail, search, social, video, shopping} {
		text, err := files.ReadFile("lists/" + string(c) + ".txt")
		if err != nil {
			continue // cannot be: the files are part of the program, and a test reads them
		}
		for line := range strings.Lines(string(text)) {
			l.add(c, line)
		}
	}
	return l
}

// add reads one line, "name = token, token": it reports whether it is one.
func (l *Lists) add(c category, line string) bool {
	line = strings.TrimSpace(line)
	name, tokens, ok := strings.Cut(line, " = ")
	if line == "" || line[0] == '#' || !ok {
		return false
	}
	for token := range strings.SplitSeq(tokens, ", ") {
		into := l.exact
		if host, found := strings.CutPrefix(token, "*."); found {
			into, token = l.below, host
		} else if host, found := strings.CutSuffix(token, ".{}"); found {
			into, token = l.every, host
		}
		if _, known := into[token]; !known {
			into[token] = place{name, c}
		}
	}
	return true
}

// host finds what is known of a host: as it is written, without www, below a
// host that is known with all below it, or under another country. The longest
// match decides. Payment services are not asked for here.
func (l *Lists) host(host string) (place, bool) {
	host = strings.TrimPrefix(host, "www.")
	if p, ok := l.exact[host]; ok && p.category != payment {
		return p, true
	}
	for rest := host; rest != ""; _, rest, _ = strings.Cut(rest, ".") {
		if p, ok := l.below[rest]; ok && p.category != payment {
			return p, true
		}
	}
	if base, ok := withoutCountry(host); ok {
		p, known := l.every[base]
		return p, known
	}
	return place{}, false
}

// named finds what is known of a name in utm_source: a token of the lists, or a
// host, also when it was written as an address.
func (l *Lists) named(name string) (place, bool) {
	name = strings.ToLower(name)
	if p, ok := l.exact[name]; ok && p.category != payment {
		return p, true
	}
	if host := ParseAddress(name).Host; host != "" {
		name = host
	}
	if !strings.Contains(name, ".") {
		return place{}, false
	}
	return l.host(name)
}

// pays reports whether a host is where people pay.
func (l *Lists) pays(host string) bool {
	if l.exact[host].category == payment {
		return true
	}
	for rest := host; rest != ""; _, rest, _ = strings.Cut(rest, ".") {
		if l.below[rest].category == payment {
			return true
		}
	}
	return false
}

// withoutCountry takes the country off a host: google.fr, google.co.uk,
// google.com.br and google.com are google. What is under a foreign name
// (google.evil.com) has none.
func withoutCountry(host string) (string, bool) {
	base, last, ok := cutLast(host)
	if !ok {
		return "", false
	}
	if shorter, second, ok := cutLast(base); ok && len(last) == 2 && is(second, "co", "com", "net", "org", "ne", "or") {
		return shorter, true
	}
	return base, len(last) == 2 || last == "com"
}

func cutLast(host string) (before, after string, ok bool) {
	i := strings.LastIndexByte(host, '.')
	if i < 0 {
		return host, "", false
	}
	return host[:i], host[i+1:], true
}
