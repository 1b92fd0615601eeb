package automation

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// DigestInput makes or changes a digest; nil is left as it is.
type DigestInput struct {
	Name     *string   `json:"name,omitempty"`
	Enabled  *bool     `json:"enabled,omitempty"`
	Query    *string   `json:"query,omitempty" doc:"of the report page's address"`
	Schedule *Schedule `json:"schedule,omitempty"`
	Target   *Target   `json:"target,omitempty"`
	IfMatch  *int64    `json:"-"`

	Once workspace.Idempotency `json:"-"` // of AddDigest
}

// DigestAnswer is a report that is sent on a schedule.
type DigestAnswer struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Enabled  bool              `json:"enabled"`
	Query    string            `json:"query"`
	Schedule Schedule          `json:"schedule"`
	Target   Target            `json:"target"`
	NextAt   *lifecycle.Millis `json:"next_at"`
	LastAt   *lifecycle.Millis `json:"last_at"`
	Problem  *string           `json:"problem" doc:"why the last one could not be made"`
	Secret   *string           `json:"webhook_secret" doc:"signs the webhook's calls; shown once, when the webhook is set"`
	Edit     int64             `json:"-"`
}

// EditNumber is where the answer has it.
func (a *DigestAnswer) EditNumber() *int64 { return &a.Edit }

func (a *DigestAnswer) secret() *string { return a.Secret }

type digestBody struct {
	Name, Query string
	Enabled     bool
	Schedule    Schedule
	Target      Target
	Secret      string
	Next, Last  lifecycle.Millis
	Problem     string
}

func digests() workspace.Shelf[digestBody] {
	return workspace.Shelf[digestBody]{Kind: workspace.SavedDigest, Noun: "digest", Most: 100}
}

func digestAnswer(k workspace.Kept[digestBody]) DigestAnswer {
	b := k.Body
	out := DigestAnswer{ID: k.ID, Name: b.Name, Enabled: b.Enabled, Query: b.Query, Schedule: b.Schedule, Target: b.Target, Problem: journal.OrNil(b.Problem), Edit: k.Edit}
	if b.Enabled {
		out.NextAt = &b.Next
	}
	if b.Last != 0 {
		out.LastAt = &b.Last
	}
	return out
}

// change applies an input; secret is the new one of a webhook that was set.
func (b *digestBody) change(in DigestInput, post Post) (secret string, err error) {
	var f faults
	take(&b.Name, in.Name)
	take(&b.Enabled, in.Enabled)
	take(&b.Query, in.Query)
	take(&b.Schedule, in.Schedule)
	b.Name, b.Query = strings.TrimSpace(b.Name), strings.TrimPrefix(b.Query, "?")
	if in.Target != nil {
		secret = retarget(&b.Target, &b.Secret, *in.Target)
	}
	f.name(b.Name)
	f.query(b.Query)
	b.Schedule.check(&f)
	f.target(b.Target, post)
	return secret, f.Err()
}

// retarget sets a target and, of another webhook, another secret.
func retarget(target *Target, secret *string, to Target) (fresh string) {
	before := target.Webhook
	*target = to.trimmed()
	switch {
	case target.Webhook == "":
		*secret = ""
	case target.Webhook != before:
		*secret = newSecret()
		return *secret
	}
	return ""
}

func (f *faults) query(query string) {
	if len(query) > maxQuery {
		f.Add("body.query", "is longer than %d bytes", maxQuery)
		return
	}
	_, err := report.ParsePage(query, "body.query")
	if e, ok := errors.AsType[*fault.Error](err); ok {
		f.Details = append(f.Details, e.Details...)
	}
}

// ListDigests lists the digests in order of creation.
func (s *Service) ListDigests(ctx context.Context, w journal.WorkspaceID) (out []DigestAnswer, err error) {
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		all, err := digests().All(r.Saved(), w)
		for _, k := range all {
			out = append(out, digestAnswer(k))
		}
		return err
	})
	return out, err
}

// AddDigest makes a digest.
func (s *Service) AddDigest(ctx context.Context, w journal.WorkspaceID, in DigestInput) (out DigestAnswer, err error) {
	zone, _, err := s.zone(ctx, w)
	if err != nil {
		return out, err
	}
	body := digestBody{Enabled: true}
	secret, err := body.change(in, s.post)
	if err != nil {
		return out, err
	}
	body.Next = body.Schedule.next(s.now(), zone)
	return workspace.WriteSecretOnce(ctx, s.store, s.now(), w, in.Once, (*DigestAnswer).secret, func(tx workspace.Tx) (DigestAnswer, error) {
		k, err := digests().Add(tx.Saved(), w, body, s.now())
		out := digestAnswer(k)
		out.Secret = journal.OrNil(secret)
		return out, err
	})
}

// EditDigest changes a digest; what is next follows from the new schedule.
func (s *Service) EditDigest(ctx context.Context, w journal.WorkspaceID, id string, in DigestInput) (out DigestAnswer, err error) {
	zone, _, err := s.zone(ctx, w)
	if err != nil {
		return out, err
	}
	err = s.store.Write(ctx, func(tx workspace.Tx) error {
		k, err := digests().Get(tx.Saved(), w, id, in.IfMatch)
		if err != nil {
			return err
		}
		secret, err := k.Body.change(in, s.post)
		if err != nil {
			return err
		}
		k.Body.Next = k.Body.Schedule.next(s.now(), zone)
		err = k.Save(tx.Saved())
		out = digestAnswer(k)
		out.Secret = journal.OrNil(secret)
		return err
	})
	return out, err
}

// RemoveDigest forgets a digest.
func (s *Service) RemoveDigest(ctx context.Context, w journal.WorkspaceID, id string) error {
	return s.store.Write(ctx, func(tx workspace.Tx) error {
		return digests().Remove(tx.Saved(), w, id)
	})
}

// SendDigest sends a digest now, besides its schedule.
func (s *Service) SendDigest(ctx context.Context, w journal.WorkspaceID, id string, once workspace.Idempotency) error {
	var kept workspace.Kept[digestBody]
	err := s.store.Read(ctx, func(r workspace.Reader) (err error) {
		kept, err = digests().Get(r.Saved(), w, id, nil)
		return err
	})
	if err != nil {
		return err
	}
	m, err := s.compose(ctx, w, kept)
	if err != nil {
		return err
	}
	_, err = workspace.WriteOnce(ctx, s.store, s.now(), w, once, func(tx workspace.Tx) (sent struct{}, err error) {
		return sent, s.enqueue(tx, w, kept.ID, kept.Body.Target, kept.Body.Secret, m)
	})
	s.soon()
	return err
}

// runDigests sends the digests that are due. One that was missed, however
// often, is sent once.
func (s *Service) runDigests(ctx context.Context) error {
	return s.eachWorkspace(ctx, func(ctx context.Context, w journal.WorkspaceID) error {
		var all []workspace.Kept[digestBody]
		err := s.store.Read(ctx, func(r workspace.Reader) (err error) {
			all, err = digests().All(r.Saved(), w)
			return err
		})
		all = slices.DeleteFunc(all, func(k workspace.Kept[digestBody]) bool { return !k.Body.Enabled || k.Body.Next > s.now() })
		for _, k := range all {
			if err := s.runDigest(ctx, w, k); err != nil {
				return err
			}
		}
		return err
	})
}

// runDigest composes outside the write and queues inside it, if nobody changed
// the digest meanwhile.
func (s *Service) runDigest(ctx context.Context, w journal.WorkspaceID, k workspace.Kept[digestBody]) error {
	zone, _, err := s.zone(ctx, w)
	if err != nil {
		return err
	}
	m, problem := s.compose(ctx, w, k)
	if fault.KindOf(problem) == fault.Unavailable || ctx.Err() != nil {
		return problem // the reports are not ready: it stays due
	}
	return s.store.Write(ctx, func(tx workspace.Tx) error {
		now, err := digests().Get(tx.Saved(), w, k.ID, nil)
		if err != nil || now.Edit != k.Edit || now.Body.Next != k.Body.Next {
			return ignoreGone(err)
		}
		now.Body.Next, now.Body.Problem = now.Body.Schedule.next(s.now(), zone), ""
		if problem != nil {
			now.Body.Problem = shown(problem)
			return now.Note(tx.Saved())
		}
		now.Body.Last = s.now()
		if err := s.enqueue(tx, w, k.ID, now.Body.Target, now.Body.Secret, m); err != nil {
			return err
		}
		return now.Note(tx.Saved())
	})
}

// ignoreGone takes something that was removed meanwhile for nothing to do.
func ignoreGone(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}
