// Package webhook calls addresses that people choose, signed after the
// Standard Webhooks (standardwebhooks.com). It is an adapter of package
// automation.
//
// Whoever may set a webhook could make this server call machines that only it
// can reach, so private addresses are refused: when one is set, for a clear
// message, and again at the moment of every connection, because what a name
// resolves to can change in between.
package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/fault"
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

// Check says what is wrong with an address, in words for whoever typed it.
func (c *Caller) Check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("is not an address like https://example.com/hook")
	}
	if u.User != nil {
		return errors.New("must not have a name and password in it")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !c.allowed(ip) {
		return errPrivate
	}
	if u.Hostname() == "localhost" && !c.private {
		return errPrivate
	}
	return nil
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
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(h.Payload))
	if err != nil {
		return fault.New(fault.Invalid, "webhook_address", "The address is not valid.")
	}
	if err := sign(request.Header, h, time.Now()); err != nil {
		return err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return told(err)
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10)) // so that the connection can be used again
	switch {
	case response.StatusCode == http.StatusGone:
		return fault.New(fault.Invalid, "webhook_gone", "It answered 410 Gone: nobody wants it any more.")
	case response.StatusCode >= 300:
		return fmt.Errorf("it answered %s", response.Status)
	}
	return nil
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

// sign sets the three headers of the Standard Webhooks.
func sign(to http.Header, h automation.Hook, now time.Time) error {
	w, err := standard.NewWebhook(h.Secret)
	if err != nil {
		return err
	}
	signature, err := w.Sign(h.ID, now, h.Payload)
	if err != nil {
		return err
	}
	to.Set("Content-Type", "application/json")
	to.Set("User-Agent", "Tidemark")
	to.Set(standard.HeaderWebhookID, h.ID)
	to.Set(standard.HeaderWebhookTimestamp, strconv.FormatInt(now.Unix(), 10))
	to.Set(standard.HeaderWebhookSignature, signature)
	return nil
}
