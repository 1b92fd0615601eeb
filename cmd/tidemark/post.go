package main

import (
	"context"
	"strings"
	"time"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/mail"
	"github.com/tidemark/tidemark/webhook"
)

// postFlags say how messages leave the house. The password is best given by
// TIDEMARK_SMTP_PASSWORD: command lines can be read by others.
type postFlags struct {
	PublicURL       string        `name:"public-url" help:"The dashboard's address in messages and in the first link; the one listened on if absent." placeholder:"URL"`
	SMTPHost        string        `name:"smtp-host" help:"The mail server; without one no mail is sent." placeholder:"HOST"`
	SMTPPort        int           `name:"smtp-port" help:"Its port." default:"587"`
	SMTPTLS         string        `name:"smtp-tls" help:"How the connection is encrypted: ${enum}." enum:"starttls,tls,none" default:"starttls"`
	SMTPUsername    string        `name:"smtp-username" help:"To sign in with; without one there is no signing in." placeholder:"NAME"`
	SMTPPassword    string        `name:"smtp-password" help:"To sign in with." placeholder:"SECRET"`
	SMTPFrom        string        `name:"smtp-from" help:"The sender of mail." default:"tidemark@localhost" placeholder:"ADDRESS"`
	WebhooksPrivate bool          `name:"webhooks-private" help:"Call webhooks on this machine and in private networks too."`
	ServicesAt      string        `name:"services-at" help:"Send what goes to GA4, Meta and HubSpot below this address instead, to try destinations without them." placeholder:"URL" hidden:""`
	PostRetry       time.Duration `name:"post-retry" help:"The pause before a message is tried again, doubled every time." default:"1m" hidden:""`
}

// post hands messages to the adapters that send them.
type post struct {
	mail    *mail.Sender
	webhook *webhook.Caller
}

func newPost(f postFlags) (post, error) {
	sender, err := mail.New(mail.Settings{
		Host: f.SMTPHost, Port: f.SMTPPort, Username: f.SMTPUsername, Password: f.SMTPPassword, From: f.SMTPFrom, TLS: mail.TLS(f.SMTPTLS),
	})
	return post{sender, webhook.New(f.WebhooksPrivate)}, err
}

// Mail implements automation.Post.
func (p post) Mail(ctx context.Context, m automation.Mail) error { return p.mail.Send(ctx, m) }

// CanMail implements automation.Post.
func (p post) CanMail() bool { return p.mail.Ready() }

// Webhook implements automation.Post.
func (p post) Webhook(ctx context.Context, h automation.Hook) error { return p.webhook.Call(ctx, h) }

// Send implements automation.Post.
func (p post) Send(ctx context.Context, r destination.Request) (destination.Answer, error) {
	return p.webhook.Do(ctx, r)
}

// CheckWebhook implements automation.Post.
func (p post) CheckWebhook(address string) fault.Detail { return p.webhook.Check(address) }

// addresses are where services are told.
func (f postFlags) addresses() destination.Addresses {
	out := destination.DefaultAddresses()
	if f.ServicesAt != "" {
		for kind := range out {
			out[kind] = strings.TrimRight(f.ServicesAt, "/") + "/" + string(kind)
		}
	}
	return out
}

// openAutomation makes what reacts by itself.
func (a *App) openAutomation(context.Context) error {
	sending, err := newPost(a.config.Post)
	if err != nil {
		return &usageError{err}
	}
	a.automation = automation.New(a.record.Store(), a.report, a.workspace, sending, automation.Options{
		Link: a.link, Pause: a.config.Post.PostRetry, Log: a.log, Addresses: a.config.Post.addresses(),
	})
	return nil
}

// link is the dashboard's address in messages.
func (a *App) link() string {
	if a.config.Post.PublicURL != "" {
		return strings.TrimRight(a.config.Post.PublicURL, "/")
	}
	return a.URL()
}
