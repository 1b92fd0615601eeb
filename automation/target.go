package automation

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/mail"
	"strings"
	"unicode/utf8"

	"github.com/tidemark/tidemark/fault"
)

// Target is where something is sent.
type Target struct {
	Emails  []string `json:"emails" doc:"at most 20 addresses; the server must be set up to send mail"`
	Webhook string   `json:"webhook" doc:"an address that gets a signed POST after the Standard Webhooks; empty = none"`
}

const (
	maxEmails  = 20
	maxAddress = 2000
	maxName    = 300
	maxQuery   = 8192
)

// faults collects what is wrong with an input.
type faults []fault.Detail

// add adds a fault, which can be named at once.
func (f *faults) add(location, format string, args ...any) *fault.Detail {
	*f = append(*f, fault.Detail{Location: location, Message: fmt.Sprintf(format, args...)})
	return &(*f)[len(*f)-1]
}

func (f faults) err() error {
	if err := fault.Invalids(f); err != nil {
		return err
	}
	return nil
}

func (f *faults) name(name string) {
	if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name) || strings.ContainsAny(name, "\x00\r\n") {
		f.add("body.name", "must be one line of 1 to %d characters", maxName).Named("not_one_line", fault.Params{"max": maxName})
	}
}

// target checks where something is to be sent.
func (f *faults) target(t Target, post Post) {
	if len(t.Emails) == 0 && t.Webhook == "" {
		f.add("body.emails", "or a webhook is needed: there is nowhere to send to").Named("needs_target", nil)
	}
	if len(t.Emails) > maxEmails {
		f.add("body.emails", "are %d, more than %d", len(t.Emails), maxEmails).Named("beyond_limit", fault.Params{"max": maxEmails})
	}
	if len(t.Emails) > 0 && !post.CanMail() {
		f.add("body.emails", "cannot be written to: this server is not set up to send mail (--smtp-host)").Named("no_mail", nil)
	}
	for i, address := range t.Emails {
		if a, err := mail.ParseAddress(address); err != nil || a.Address != address || len(address) > 320 {
			f.add(fmt.Sprintf("body.emails[%d]", i), "is not an e-mail address").Named("not_an_email", fault.Params{"value": address})
		}
	}
	if t.Webhook == "" {
		return
	}
	if len(t.Webhook) > maxAddress {
		f.add("body.webhook", "is longer than %d bytes", maxAddress)
	} else if err := post.CheckWebhook(t.Webhook); err != nil {
		f.add("body.webhook", "%s", err).Named(fault.CodeOf(err), nil)
	}
}

// trimmed is the target without what people type around addresses.
func (t Target) trimmed() Target {
	out := Target{Emails: []string{}, Webhook: strings.TrimSpace(t.Webhook)}
	for _, address := range t.Emails {
		if address = strings.TrimSpace(address); address != "" {
			out.Emails = append(out.Emails, address)
		}
	}
	return out
}

// newSecret signs the calls of one webhook.
func newSecret() string {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return "whsec_" + base64.StdEncoding.EncodeToString(key)
}
