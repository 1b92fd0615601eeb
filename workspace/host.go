package workspace

import (
	"net/url"

	"golang.org/x/net/idna"

	"github.com/tidemark/tidemark/touch"
)

// asciiHost writes the host of a domain or an address as browsers send it:
// letters of other alphabets in Punycode (UTS 46). What is no host stays.
func asciiHost(domain string) string {
	host := domain
	if a := touch.ParseAddress(domain); a.Host != "" {
		host = a.Host
	}
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		return ascii
	}
	return domain
}

// asciiOrigin is an origin with its host as browsers send it.
func asciiOrigin(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return text
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil {
		return text
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	u.Host = host
	return u.String()
}
