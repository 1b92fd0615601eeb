package automation

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

const (
	messagePatience = 9 * time.Hour // a report is soon of no use
	atOnce          = 4             // deliveries under way
	batch           = 100           // deliveries a look
)

// DeliveryAnswer is one message to one place, and what became of it.
type DeliveryAnswer struct {
	ID        string            `json:"id"`
	Of        string            `json:"of" doc:"the digest or the alert"`
	Channel   string            `json:"channel" enum:"email,webhook"`
	To        string            `json:"to"`
	Subject   string            `json:"subject"`
	State     string            `json:"state" enum:"waiting,sent,failed"`
	Attempts  int64             `json:"attempts"`
	Error     string            `json:"error" doc:"of the last attempt"`
	CreatedAt lifecycle.Millis  `json:"created_at"`
	NextAt    *lifecycle.Millis `json:"next_at" doc:"of waiting: the next attempt"`
	EndedAt   *lifecycle.Millis `json:"ended_at"`
}

// ListDeliveries lists what was sent, newest first; the last thousand are
// kept. Next is the cursor of the page after, "" at the end.
func (s *Service) ListDeliveries(ctx context.Context, w journal.WorkspaceID, cursor string, limit int) (out []DeliveryAnswer, next string, err error) {
	before, err := beforeOf(cursor)
	if err != nil {
		return nil, "", err
	}
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		list, err := r.Deliveries().List(w, before, limit)
		for _, d := range list {
			out = append(out, deliveryAnswer(d))
			next = strconv.FormatInt(d.Number, 10)
		}
		return err
	})
	if len(out) < limit {
		next = ""
	}
	return out, next, err
}

func deliveryAnswer(d workspace.StoredDelivery) DeliveryAnswer {
	out := DeliveryAnswer{
		ID: showDelivery(d.Number), Of: d.Of, Channel: string(d.Channel), To: d.To, Subject: d.Subject,
		State: string(d.State), Attempts: d.Attempts, Error: d.Error, CreatedAt: d.Created,
	}
	if d.State == workspace.DeliveryWaiting {
		out.NextAt = &d.Due
	} else {
		out.EndedAt = &d.Ended
	}
	return out
}

// enqueue writes down what is to be sent, one row a place, in the write of the
// event itself: either both are there or neither.
func (s *Service) enqueue(tx workspace.Tx, w journal.WorkspaceID, of string, to Target, secret string, m message) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	add := func(channel workspace.Channel, to, secret string) error {
		return tx.Deliveries().Add(workspace.StoredDelivery{
			Workspace: w, Of: of, Channel: channel, To: to, Secret: secret, Subject: m.Subject, Body: body,
			State: workspace.DeliveryWaiting, Created: s.now(), Due: s.now(),
		})
	}
	for _, address := range to.Emails {
		if err := add(workspace.ChannelEmail, address, ""); err != nil {
			return err
		}
	}
	if to.Webhook == "" {
		return nil
	}
	return add(workspace.ChannelWebhook, to.Webhook, secret)
}

// deliver sends what is due.
func (s *Service) deliver(ctx context.Context) error {
	var due []workspace.StoredDelivery
	err := s.store.Read(ctx, func(r workspace.Reader) (err error) {
		due, err = r.Deliveries().Due(s.now(), batch)
		return err
	})
	var group sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for _, d := range due {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			if err := s.attempt(ctx, d); err != nil && ctx.Err() == nil {
				s.options.Log.LogAttrs(ctx, slog.LevelError, "delivery failed", slog.Int64("delivery", d.Number), slog.Any("error", err))
			}
		})
	}
	group.Wait()
	return err
}

// attempt sends one and notes how it went.
func (s *Service) attempt(ctx context.Context, d workspace.StoredDelivery) error {
	err := s.send(ctx, d)
	if ctx.Err() != nil {
		return ctx.Err() // the server stops: it stays due
	}
	d.Attempts++
	d.State, d.Error, d.Ended, d.Due = workspace.DeliverySent, "", s.now(), 0
	if err != nil {
		d.State, d.Error = workspace.DeliveryFailed, cut(err.Error(), 500)
		if fault.KindOf(err) != fault.Invalid {
			s.again(&d, 0, messagePatience)
		}
	}
	return s.store.Write(ctx, func(tx workspace.Tx) error { return tx.Deliveries().Save(d) })
}

const sendTimeout = 30 * time.Second

func (s *Service) send(ctx context.Context, d workspace.StoredDelivery) error {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	var m message
	if err := json.Unmarshal(d.Body, &m); err != nil {
		return err
	}
	id := fmt.Sprintf("msg_%d_%d", d.Created, d.Number)
	if d.Channel == workspace.ChannelWebhook {
		return s.post.Webhook(ctx, Hook{ID: id, URL: d.To, Secret: d.Secret, Payload: m.Payload})
	}
	return s.post.Mail(ctx, Mail{ID: id, To: d.To, Subject: m.Subject, Text: m.Text, HTML: m.HTML})
}

// cut shortens a text at a character.
func cut(text string, most int) string {
	runes := []rune(text)
	return string(runes[:min(most, len(runes))])
}

// rangeQuery is the page's query with another range.
func rangeQuery(query string, r report.Range) string {
	values, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	for _, name := range []string{"preset", "around", "days", "compare_from", "compare_to"} {
		values.Del(name)
	}
	values.Set("from", r.From.String())
	values.Set("to", r.To.String())
	return values.Encode()
}
