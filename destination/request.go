package destination

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// Request is exactly what is sent.
type Request struct {
	Method  string
	URL     string
	Header  map[string]string
	Body    string
	secrets []string // to be masked wherever it is shown
}

// Answer is what came back.
type Answer struct {
	Status     int
	RetryAfter time.Duration // 0 = it did not say
	Body       string        // its beginning
}

// Verdict is what an answer means.
type Verdict struct {
	Result Result
	Why    string // unless Done, in words
	Renew  bool   // the access token is not good any more
}

// Result is what is to be done after an answer.
type Result uint8

// The results.
const (
	Done  Result = iota + 1
	Again        // later: it may go well then
	Never        // trying again is of no use
)

// mask stands for a secret.
const mask = "•••"

// Masked is the request without secrets.
func (r Request) Masked() Request {
	out := Request{Method: r.Method, URL: r.hide(r.URL), Header: map[string]string{}, Body: r.hide(r.Body)}
	for name, value := range r.Header {
		out.Header[name] = r.hide(value)
	}
	return out
}

func (r *Request) hide(text string) string {
	for _, secret := range r.secrets {
		if secret != "" {
			text = strings.NewReplacer(secret, mask, url.QueryEscape(secret), mask, url.PathEscape(secret), mask).Replace(text)
		}
	}
	return text
}

// Hide takes the secrets of a request out of a text, such as an answer that
// repeats what it was asked.
func (r Request) Hide(text string) string { return r.hide(text) }

// With puts a text, which is a secret, in place of another one in the headers.
func (r Request) With(place, secret string) Request {
	header := map[string]string{}
	for name, value := range r.Header {
		header[name] = strings.ReplaceAll(value, place, secret)
	}
	r.Header, r.secrets = header, append(slices.Clone(r.secrets), secret)
	return r
}

// hidden adds secrets to be masked.
func (r Request) hidden(secrets map[string]string) Request {
	for s := range maps.Values(secrets) {
		r.secrets = append(r.secrets, s)
	}
	return r
}

// Addresses are where services are reached that have an address of their own.
type Addresses map[Kind]string

// DefaultAddresses are those that the services document.
func DefaultAddresses() Addresses {
	return Addresses{GA4: "https://www.google-analytics.com", Meta: "https://graph.facebook.com", HubSpot: "https://api.hubapi.com"}
}

// Context is what a request is made with besides setup and event.
type Context struct {
	Addresses Addresses
	Now       lifecycle.Millis
	Token     string // of services that give access tokens
	Workspace string // its name
}

// judge is the verdict of services that mean what HTTP says: what may be the
// fault of the moment or of a setting that people can correct is tried again.
func judge(a Answer) Verdict {
	switch {
	case a.Status >= 200 && a.Status < 300:
		return Verdict{Result: Done}
	case a.Status == http.StatusUnauthorized, a.Status == http.StatusForbidden, a.Status == http.StatusRequestTimeout,
		a.Status == http.StatusTooEarly, a.Status == http.StatusTooManyRequests, a.Status >= 500:
		return Verdict{Result: Again, Why: answered(a), Renew: a.Status == http.StatusUnauthorized}
	}
	return Verdict{Result: Never, Why: answered(a)}
}

// answered is an answer in words.
func answered(a Answer) string {
	return strings.TrimSpace("it answered " + strconv.Itoa(a.Status) + " " + http.StatusText(a.Status))
}
