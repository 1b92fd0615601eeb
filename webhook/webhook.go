// Package webhook calls addresses that people choose, and those of services
// that are told what contacts do. It is an adapter of package automation.
//
// Whoever may set a webhook could make this server call machines that only it
// can reach, so private addresses are refused: when one is set, for a clear
// message, and again at the moment of every connection, because what a name
// resolves to can change in between.
package webhook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/lifecycle"
)

// Caller calls webhooks.
type Caller struct {
	private bool
	http    *http.Client
}

// New makes a caller; private allows addresses of this machine and of private
// networks.
func New(private bool) *Caller {
	c := &Caller{private: private}
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: c.control}
	c.http = &http.Client{
		Timeout: 20 * time.Second,
		// No proxy of the environment: it would connect for us, unchecked.
		Transport: &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: 1, IdleConnTimeout: 30 * time.Second, ResponseHeaderTimeout: 15 * time.Second},
		// A redirect is an answer that is no success, not an order.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Check says what is wrong with an address, in words for whoever typed it and
// without a place; nothing if nothing is.
func (c *Caller) Check(address string) (d fault.Detail) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		d = fault.Wrong("", "is not an address like https://example.com/hook")
		d.Coded("webhook_address")
	case u.User != nil:
		d = fault.Wrong("", "must not have a name and password in it")
	case c.isPrivate(u.Hostname()):
		d = fault.Wrong("", "%s", errPrivate)
		d.Coded("webhook_private")
	}
	return d
}

// isPrivate reports whether a host is plainly one that is not called; what a
// name resolves to is seen by control.
func (c *Caller) isPrivate(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && !c.allowed(ip) || host == "localhost" && !c.private
}

var errPrivate = errors.New("is an address of this machine or of a private network, which the server does not call (--webhooks-private allows it)")

// control sees the address that is really connected to, after every look-up.
func (c *Caller) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !c.allowed(to.Addr()) {
		return errPrivate
	}
	return nil
}

// allowed reports whether an address is one of the public internet.
func (c *Caller) allowed(ip netip.Addr) bool {
	if c.private {
		return true
	}
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	for _, block := range [...]string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2001:db8::/32", "2002::/16",
	} {
		if netip.MustParsePrefix(block).Contains(ip) {
			return false
		}
	}
	return true
}

// Call posts a signed payload. Any answer but a success is an error; 410 says
// that nobody wants it any more.
func (c *Caller) Call(ctx context.Context, h automation.Hook) error {
	now := lifecycle.MillisOf(time.Now())
	answer, err := c.Do(ctx, destination.Request{
		Method: http.MethodPost, URL: h.URL, Body: string(h.Payload), Header: destination.Signed(h.ID, h.Secret, now, string(h.Payload)),
	})
	switch {
	case err != nil:
		return err
	case answer.Status == http.StatusGone:
		return fault.New(fault.Invalid, "webhook_gone", "It answered 410 Gone: nobody wants it any more.")
	case answer.Status >= 300:
		return fmt.Errorf("it answered %d %s", answer.Status, http.StatusText(answer.Status))
	}
	return nil
}

// maxAnswer is what is read of an answer.
const maxAnswer = 64 << 10

// Do sends a request as it is. What was answered is no error.
func (c *Caller) Do(ctx context.Context, r destination.Request) (destination.Answer, error) {
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, strings.NewReader(r.Body))
	if err != nil {
		return destination.Answer{}, fault.New(fault.Invalid, "webhook_address", "The address is not valid.")
	}
	request.Header.Set("User-Agent", "Tidemark")
	for name, value := range r.Header {
		request.Header.Set(name, value)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return destination.Answer{}, told(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxAnswer)) // what came of it
	return destination.Answer{
		Status: response.StatusCode, RetryAfter: retryAfter(response.Header.Get("Retry-After"), time.Now()), Body: strings.ToValidUTF8(string(body), "?"),
	}, nil
}

// retryAfter reads seconds or an instant; 0 of anything else.
func retryAfter(text string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 && seconds < 1_000_000 {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

// told is what went wrong, without the address: that is shown beside it.
func told(err error) error {
	if errors.Is(err, errPrivate) {
		return fault.New(fault.Invalid, "webhook_private", "The address %s.", errPrivate)
	}
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}
