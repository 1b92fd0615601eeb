// Package mail sends messages by SMTP. It is an adapter of package automation.
package mail

import (
	"context"
	"errors"
	"fmt"
	"time"

	smtp "github.com/wneessen/go-mail"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/fault"
)

// Settings say which server takes the messages.
type Settings struct {
	Host     string // "" = none: mail is not set up
	Port     int
	Username string // "" = without signing in
	Password string
	From     string // an address, with or without a name
	TLS      TLS    // "" = StartTLS
}

// TLS is how the connection is encrypted.
type TLS string

// The ways.
const (
	StartTLS TLS = "starttls" // must be possible
	Implicit TLS = "tls"      // from the first byte
	None     TLS = "none"     // only to a server on the same machine or network
)

// Sender sends messages.
type Sender struct{ settings Settings }

// New makes a sender. It fails on a sender address that is none.
func New(s Settings) (*Sender, error) {
	if s.Host == "" {
		return &Sender{}, nil
	}
	if err := smtp.NewMsg().From(s.From); err != nil {
		return nil, fmt.Errorf("--smtp-from is not an e-mail address: %w", err)
	}
	return &Sender{s}, nil
}

// Ready reports whether mail is set up.
func (s *Sender) Ready() bool { return s.settings.Host != "" }

// Send sends a message. A server that refuses it for good is fault.Invalid.
func (s *Sender) Send(ctx context.Context, m automation.Mail) error {
	if !s.Ready() {
		return fault.New(fault.Invalid, "mail_not_set_up", "This server is not set up to send mail.")
	}
	message, err := s.message(m)
	if err != nil {
		return fault.New(fault.Invalid, "mail_invalid", "The message cannot be written: %s.", err)
	}
	client, err := s.client()
	if err != nil {
		return err
	}
	return told(client.DialAndSendWithContext(ctx, message))
}

func (s *Sender) message(m automation.Mail) (*smtp.Msg, error) {
	message := smtp.NewMsg()
	if err := message.From(s.settings.From); err != nil {
		return nil, err
	}
	if err := message.To(m.To); err != nil {
		return nil, err
	}
	message.Subject(m.Subject)
	message.SetDate()
	// The same at every attempt, so that a repeated one is recognised.
	message.SetMessageIDWithValue(m.ID + "@" + s.settings.Host)
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetBodyString(smtp.TypeTextPlain, m.Text)
	message.AddAlternativeString(smtp.TypeTextHTML, m.HTML)
	return message, nil
}

func (s *Sender) client() (*smtp.Client, error) {
	options := []smtp.Option{smtp.WithPort(s.settings.Port), smtp.WithTimeout(20 * time.Second)}
	switch s.settings.TLS {
	case Implicit:
		options = append(options, smtp.WithSSL())
	case None:
		options = append(options, smtp.WithTLSPolicy(smtp.NoTLS))
	default:
		options = append(options, smtp.WithTLSPolicy(smtp.TLSMandatory))
	}
	if s.settings.Username != "" {
		options = append(options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(s.settings.Username), smtp.WithPassword(s.settings.Password))
	}
	return smtp.NewClient(s.settings.Host, options...)
}

// told tells refusals for good from those for now.
func told(err error) error {
	refused, ok := errors.AsType[*smtp.SendError](err)
	if ok && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return &fault.Error{Kind: fault.Invalid, Code: "mail_refused", Message: "The mail server refuses it.", Err: err}
	}
	return err
}
