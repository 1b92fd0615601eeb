// Package hook reads what other services tell by calling an address of ours:
// calls, chats, clicks on ads, deals. It is pure: it proves who called, and
// turns the body into messages; what becomes of them is up to others.
//
// Every provider is one file: how it signs, and the shape that it documents.
// What a body has beyond that is passed over, never an error.
package hook

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/touch"
)

// Message is one thing that a provider tells of one person.
type Message struct {
	ID         string     // of the event at the provider: the same twice is one
	Kind       touch.Kind // "" = a deal
	At         touch.Millis
	Email      string
	Phone      string
	ExternalID string
	Name       string
	Called     string    // the number, of a call
	Ad         *touch.Ad // that opened the chat
	Deal       *Deal
}

// Deal is what a CRM tells of a deal. What it does not tell is empty.
type Deal struct {
	Stage    string // as the CRM names it
	Amount   string // a decimal number in whole units of the currency
	Currency string
	CloseAt  touch.Millis
}

// event names what is told of a deal: that it was like this at a time. CRMs tell
// times by the second, in which a deal can change more than once, and sent again
// an event says the same under another number.
func (d *Deal) event(id, at string) string {
	return strings.Join([]string{id, at, d.Stage, d.Amount, d.Currency, strconv.FormatInt(int64(d.CloseAt), 10)}, " ")
}

// Call is a request as it came.
type Call struct {
	Method string
	URL    string              // whole, as the provider was given it
	Header func(string) string // the value of a header, "" = none
	Body   []byte
	Now    touch.Millis
}

// replayed is how old a signed call may be that says when it was made.
const replayed = 5 * touch.Minute

// provider is how one of them proves itself, and what it says.
type provider struct {
	verify func(c Call, secret string) bool
	read   func(c Call) ([]Message, error)
}

func providers() map[string]provider {
	return map[string]provider{
		"twilio":     {verifyTwilio, readTwilio},
		"whatsapp":   {verifyWhatsApp, readWhatsApp},
		"tiktok":     {verifyTikTok, readTikTok},
		"hubspot":    {verifyHubSpot, readHubSpot},
		"salesforce": {verifySalesforce, readSalesforce},
		"pipedrive":  {verifyPipedrive, readPipedrive},
	}
}

// Providers lists their names.
func Providers() []string { return slices.Sorted(maps.Keys(providers())) }

// What can be wrong with a call.
var (
	ErrUnknown  = errors.New("there is no such provider")
	ErrUnsigned = errors.New("the signature does not hold")
)

// Verify proves that a call is the provider's own, and not an old one again
// where it says how old it is.
func Verify(name string, c Call, secret string) error {
	p, ok := providers()[name]
	switch {
	case !ok:
		return ErrUnknown
	case secret == "" || !p.verify(c, secret):
		return ErrUnsigned
	}
	return nil
}

// Read turns the body of a call into messages. What tells of nobody, or of
// something else, is none.
func Read(name string, c Call) ([]Message, error) {
	p, ok := providers()[name]
	if !ok {
		return nil, ErrUnknown
	}
	all, err := p.read(c)
	return slices.DeleteFunc(all, Message.empty), err
}

func (m Message) empty() bool {
	return m.Email == "" && m.Phone == "" && m.ExternalID == "" || m.Kind == "" && m.Deal == nil
}
