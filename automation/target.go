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
type faults struct{ fault.Details }

func (f *faults) name(name string) {
	if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name) || strings.ContainsAny(name, "\x00\r\n") {
		f.Add("body.name", "must be one line of 1 to %d characters", fault.Named("max", maxName)).Coded("not_one_line")
	}
}

// target checks where something is to be sent.
func (f *faults) target(t Target, post Post) {
	if len(t.Emails) == 0 && t.Webhook == "" {
		f.Add("body.emails", "or a webhook is needed: there is nowhere to send to").Coded("needs_target")
	}
	if len(t.Emails) > maxEmails {
		f.Add("body.emails", "are %d, more than %d", len(t.Emails), fault.Named("max", maxEmails)).Coded("beyond_limit")
	}
	if len(t.Emails) > 0 && !post.CanMail() {
		f.Add("body.emails", "cannot be written to: this server is not set up to send mail (--smtp-host)").Coded("no_mail")
	}
	for i, address := range t.Emails {
		if a, err := mail.ParseAddress(address); err != nil || a.Address != address || len(address) > 320 {
			f.Add(fmt.Sprintf("body.emails[%d]", i), "is not an e-mail address").Coded("not_an_email", fault.Named("value", address))
		}
	}
	if t.Webhook == "" {
		return
	}
	if len(t.Webhook) > maxAddress {
		f.Add("body.webhook", "is longer than %d bytes", maxAddress)
	} else {
		f.Refuse("body.webhook", post.CheckWebhook(t.Webhook))
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
