package automation

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Bounds of telling.
const (
	toldAtOnce   = 20 // destinations that are told at the same time, each one event after another
	toldInARound = 50 // events of one destination
	maxShown     = 16 << 10
	maxAnswer    = 4 << 10
)

// Sent is exactly what was sent, secrets masked.
type Sent struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body" doc:"its first 16 kB"`
}

// Answered is what came back.
type Answered struct {
	Status int    `json:"status"`
	Body   string `json:"body" doc:"its first 4 kB"`
}

// tellers tells destinations, each by one goroutine at a time.
type tellers struct {
	mu     sync.Mutex
	busy   map[string]bool
	until  map[string]lifecycle.Millis // a destination asked not to be called before
	tokens map[string]string           // of services that give access tokens
	group  sync.WaitGroup
}

func newTellers() *tellers {
	return &tellers{busy: map[string]bool{}, until: map[string]lifecycle.Millis{}, tokens: map[string]string{}}
}

// take reports whether a destination may be told now, and makes it busy.
func (t *tellers) take(of string, now lifecycle.Millis) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.busy[of] || len(t.busy) >= toldAtOnce || t.until[of] > now {
		return false
	}
	delete(t.until, of)
	t.busy[of] = true
	return true
}

func (t *tellers) done(of string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.busy, of)
}

func (t *tellers) rest(of string, until lifecycle.Millis) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.until[of] = until
}

func (t *tellers) token(of string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.tokens[of]
}

func (t *tellers) keep(of, token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tokens[of] = token
}

// tell tells the destinations what is due. It does not wait for them: a slow one
// keeps nobody else.
func (s *Service) tell(ctx context.Context) error {
	return s.eachDestination(ctx, func(ctx context.Context, w journal.WorkspaceID, k keptDestination) error {
		if !s.tellers.take(k.ID, s.now()) {
			return nil
		}
		s.tellers.group.Go(func() {
			defer s.tellers.done(k.ID)
			if err := s.tellOne(ctx, w, k); err != nil && ctx.Err() == nil {
				s.complain(ctx, "destination failed", k.ID, err)
			}
		})
		return nil
	})
}

// tellOne tells one destination what is due, in order, until one attempt has to
// be repeated: then the others would fail as well.
func (s *Service) tellOne(ctx context.Context, w journal.WorkspaceID, k keptDestination) error {
	var due []workspace.StoredDelivery
	err := s.store.Read(ctx, func(r workspace.Reader) (err error) {
		due, err = r.Deliveries().DueOf(k.ID, s.now(), toldInARound)
		return err
	})
	for _, d := range due {
		if err := s.tellEvent(ctx, w, &k.Body.Setup, &d); err != nil {
			return err
		}
		if d.State == workspace.DeliveryWaiting {
			return nil
		}
	}
	if len(due) == toldInARound {
		s.wakeDestinations()
	}
	if err != nil || len(due) == 0 {
		return err
	}
	return s.store.Write(ctx, func(tx workspace.Tx) error { return tx.Deliveries().Forget(k.ID, keepEnded) })
}

// tellEvent makes one attempt and notes how it went.
func (s *Service) tellEvent(ctx context.Context, w journal.WorkspaceID, setup *destination.Setup, d *workspace.StoredDelivery) error {
	var t telling
	err := s.store.Read(ctx, func(r workspace.Reader) (err error) {
		t, err = s.prepare(r, w, setup, d)
		return err
	})
	if err != nil {
		return err
	}
	s.call(ctx, setup, d.Of, &t)
	if ctx.Err() != nil {
		return ctx.Err() // the server stops: it stays due
	}
	d.Attempts++
	d.Error, d.Ended, d.Due = cut(t.why, 500), s.now(), 0
	d.Request, d.Answer = t.sentJSON(), t.answeredJSON()
	switch {
	case t.unfit:
		d.State = workspace.DeliverySkipped
	case t.verdict == destination.Done:
		d.State = workspace.DeliverySent
	case t.verdict == destination.Again && s.again(d, t.answer.RetryAfter, patience):
		if t.answer.RetryAfter > 0 {
			s.tellers.rest(d.Of, d.Due)
		}
	default:
		d.State = workspace.DeliveryFailed
	}
	return s.store.Write(ctx, func(tx workspace.Tx) error { return tx.Deliveries().Save(*d) })
}

// telling is one attempt.
type telling struct {
	event   destination.Event
	request destination.Request
	pulls   bool // nothing is called: the request is a row of a file
	unfit   bool // there is nothing to send

	sent    bool // something was
	answer  destination.Answer
	verdict destination.Result
	why     string
}

// prepare makes what is sent of an event, by what the log says now.
func (s *Service) prepare(r workspace.Reader, w journal.WorkspaceID, setup *destination.Setup, d *workspace.StoredDelivery) (t telling, err error) {
	c, reading, err := readingOf(r, w)
	if err != nil {
		return t, err
	}
	told := destination.Told{Seq: d.Seq, What: destination.What(d.Event)}
	whole, err := workspace.ReadWhole(r, w, workspace.ContactRef{ID: d.Contact})
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return t, err
	}
	t.event, err = reading.Event(whole.ID, whole.Entries, told)
	t.event.ID = destination.EventID(destinationNumber(d.Of), told)
	t.event.Contact.ID = workspace.ShowContactID(whole.ID)
	return s.shape(t, err, c.Name, setup)
}

// shape makes the request of an event that was read; why it is not sent is no
// error.
func (s *Service) shape(t telling, unfit error, name string, setup *destination.Setup) (telling, error) {
	if unfit == nil {
		t.event.Name = setup.Call(setup.Choose(t.event.What, t.event.Stage.ID), &t.event)
		t.pulls = setup.Service().Pulls
		t.request, unfit = setup.Request(&t.event, destination.Context{
			Addresses: s.options.Addresses, Now: s.now(), Token: tokenPlace, Workspace: name,
		})
	}
	if reason, ok := errors.AsType[destination.Unfit](unfit); ok {
		t.unfit, t.why = true, reason.Error()
		return t, nil
	}
	return t, unfit
}

// tokenPlace is where an access token goes once there is one.
const tokenPlace = "{access token}"

// call sends what was prepared, and says what the answer means.
func (s *Service) call(ctx context.Context, setup *destination.Setup, of string, t *telling) {
	switch {
	case t.unfit:
		return
	case t.pulls:
		t.verdict = destination.Done
		return
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if !s.authorize(ctx, setup, of, t) {
		return
	}
	t.sent = true
	var err error
	if t.answer, err = s.post.Send(ctx, t.request); err != nil {
		t.refused(err)
		return
	}
	v := setup.Judge(t.answer)
	t.verdict, t.why = v.Result, t.request.Hide(v.Why)
	if v.Renew {
		s.tellers.keep(of, "")
	}
}

// refused notes that nothing was answered.
func (t *telling) refused(err error) {
	t.verdict, t.why = destination.Again, t.request.Hide(err.Error())
	if fault.KindOf(err) == fault.Invalid {
		t.verdict = destination.Never
	}
}

// authorize puts an access token into a request that needs one, asking the
// service for one first if there is none.
func (s *Service) authorize(ctx context.Context, setup *destination.Setup, of string, t *telling) bool {
	ask, needed := setup.Token(destination.Context{Addresses: s.options.Addresses, Now: s.now()})
	if !needed {
		return true
	}
	token := s.tellers.token(of)
	if token == "" {
		answer, err := s.post.Send(ctx, ask)
		if err != nil {
			t.refused(err)
			return false
		}
		var ok bool
		if token, ok = destination.ReadToken(answer); !ok {
			t.answer, t.verdict = answer, destination.Again
			t.why = "The service gave no access token: " + ask.Hide(cut(answer.Body, 200))
			return false
		}
		s.tellers.keep(of, token)
	}
	t.request = t.request.With(tokenPlace, token)
	return true
}

// patience is how long an event is tried.
const patience = 72 * time.Hour

// longest is the longest pause between two attempts.
const longest = 8 * time.Hour

// again sets when a delivery is tried again, doubling the pause every time; the
// last time is when its patience ends. false: nobody tries any more.
func (s *Service) again(d *workspace.StoredDelivery, atLeast, patience time.Duration) bool {
	pause := longest
	if n := d.Attempts - 1; n < 20 {
		pause = min(pause, s.options.Pause<<n)
	}
	pause = max(pause, min(atLeast, 24*time.Hour))
	end := d.Since.Add(patience)
	if s.now() >= end {
		return false
	}
	d.State, d.Ended = workspace.DeliveryWaiting, 0
	d.Due = min(s.now().Add(pause), end)
	return true
}

func (t *telling) shown() *Sent {
	if t.request.Method == "" && t.request.Body == "" {
		return nil
	}
	r := t.request.Masked()
	return &Sent{r.Method, r.URL, r.Header, cut(r.Body, maxShown)}
}

func (t *telling) answered() *Answered {
	if t.answer.Status == 0 {
		return nil
	}
	return &Answered{t.answer.Status, cut(t.request.Hide(t.answer.Body), maxAnswer)}
}

func (t *telling) sentJSON() []byte     { return jsonOf(t.shown()) }
func (t *telling) answeredJSON() []byte { return jsonOf(t.answered()) }

// jsonOf is a value as it is kept, nothing for none.
func jsonOf[T any](value *T) []byte {
	if value == nil {
		return nil
	}
	text, _ := json.Marshal(value) // texts and numbers
	return text
}

func (s *Service) complain(ctx context.Context, what, of string, err error) {
	s.options.Log.LogAttrs(ctx, slog.LevelError, what, slog.String("of", of), slog.Any("error", err))
}
