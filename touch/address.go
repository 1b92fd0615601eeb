package touch

import (
	"net/url"
	"strings"
)

// Address is a page or a referrer as far as it matters here. It is read
// leniently: addresses come from the outside, and a bad percent sign in one
// parameter must not lose the others.
type Address struct {
	Scheme string // lower case; "" = none was given
	Host   string // lower case, without port and final dot
	Path   string // decoded where it can be; "/" at least if there is a host
	Query  []Parameter
}

// Parameter is one name and value of an address, decoded where it can be.
type Parameter struct{ Name, Value string }

// maxParameters bounds what is read of one address.
const maxParameters = 100

// ParseAddress reads an address; what is none gives an empty one. Parameters
// behind the hash are read too, after those of the query: campaigns of
// single-page sites are tagged there.
func ParseAddress(text string) Address {
	a, query, fragment := splitAddress(text)
	if a.web() {
		a.Query = append(parameters(query), parameters(afterQuestion(fragment))...)
	}
	return a
}

// pathOf is the path of an address, whose parameters are not read.
func pathOf(text string) string {
	a, _, _ := splitAddress(text)
	return a.Path
}

// splitAddress reads an address up to its parameters.
func splitAddress(text string) (a Address, query, fragment string) {
	text = strings.TrimSpace(text)
	if len(text) > 1<<16 {
		text = text[:1<<16]
	}
	text, fragment, _ = strings.Cut(text, "#")
	text, query, _ = strings.Cut(text, "?")
	a.Scheme, text = scheme(text)
	if rest, ok := strings.CutPrefix(text, "//"); ok {
		host, path, _ := strings.Cut(rest, "/")
		a.Host, text = hostName(host), "/"+path
	}
	if a.web() {
		a.Path = Clean(unescape(text, url.PathUnescape), MaxAddress)
	}
	return a, query, fragment
}

// web reports whether the address may be a page: a javascript: or data: one
// has no path and no parameters worth reading.
func (a Address) web() bool {
	return a.Scheme == "" || a.Scheme == "http" || a.Scheme == "https" || a.Scheme == "android-app"
}

// Outside returns the host that a referrer names, "" if it names none: only
// pages and apps can refer.
func (a Address) Outside() string {
	if a.Scheme == "" || !a.web() {
		return ""
	}
	return a.Host
}

// Get returns the first value of a parameter that is not empty, whatever the
// case of its name.
func (a Address) Get(name string) string {
	for _, p := range a.Query {
		if p.Value != "" && strings.EqualFold(p.Name, name) {
			return p.Value
		}
	}
	return ""
}

// scheme splits off what stands before the first colon, if it can be a scheme.
func scheme(text string) (name, rest string) {
	name, rest, ok := strings.Cut(text, ":")
	if !ok || name == "" || strings.ContainsFunc(name, notScheme) {
		return "", text
	}
	return strings.ToLower(name), rest
}

func notScheme(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '+' && r != '-' && r != '.'
}

// hostName is a host without user, port and final dot; "" if it cannot be one.
func hostName(text string) string {
	text = text[strings.LastIndexByte(text, '@')+1:]
	if i := strings.LastIndexByte(text, ':'); i >= 0 && !strings.HasSuffix(text, "]") {
		text = text[:i]
	}
	text = strings.ToLower(strings.TrimRight(Clean(text, 255), "."))
	if strings.ContainsAny(text, " \"'<>\\%,;=") {
		return ""
	}
	return strings.TrimLeft(text, ".")
}

func afterQuestion(fragment string) string {
	if _, query, ok := strings.Cut(fragment, "?"); ok {
		return query
	}
	if strings.Contains(fragment, "=") {
		return strings.TrimLeft(fragment, "!/")
	}
	return ""
}

func parameters(query string) []Parameter {
	if query == "" {
		return nil
	}
	out := make([]Parameter, 0, min(strings.Count(query, "&")+1, maxParameters))
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name == "" {
			continue
		}
		if len(out) == maxParameters {
			break
		}
		out = append(out, Parameter{
			Clean(unescape(name, url.QueryUnescape), MaxValue), Clean(unescape(value, url.QueryUnescape), MaxValue),
		})
	}
	return out
}

// unescape decodes a text, or leaves it as it is where it is not encoded well.
func unescape(text string, decode func(string) (string, error)) string {
	if decoded, err := decode(text); err == nil {
		return decoded
	}
	return text
}
