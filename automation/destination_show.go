package automation

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"maps"

	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// TrialInput asks what a destination would be told.
type TrialInput struct {
	Draft   *DestinationInput `json:"draft,omitempty" doc:"changes that are not saved yet; of a new destination with its kind"`
	Contact string            `json:"contact,omitempty" doc:"ct_N, external_id:X, email:X or phone:X; a made-up person if absent"`
	Event   destination.What  `json:"event,omitempty" enum:"lead,stage,opportunity,won,lost,sale,refund," doc:"the first one chosen if absent"`

	Once workspace.Idempotency `json:"-"` // of TestDestination
}

// TrialAnswer is what a destination is told, or would be.
type TrialAnswer struct {
	EventID string           `json:"event_id"`
	Name    string           `json:"name" doc:"of the event, as the service calls it"`
	Request *Sent            `json:"request" doc:"exactly what is sent, secrets masked; null if nothing is"`
	Answer  *Answered        `json:"answer" doc:"of a test; null if nothing was answered"`
	OK      bool             `json:"ok" doc:"of a preview: it can be sent; of a test: the service took it"`
	Why     string           `json:"why" doc:"why not"`
	At      lifecycle.Millis `json:"at"`
}

// PreviewDestination says what a destination would be told; of "" a new one,
// which is all in the draft.
func (s *Service) PreviewDestination(ctx context.Context, w journal.WorkspaceID, id string, in TrialInput) (TrialAnswer, error) {
	t, _, err := s.trial(ctx, w, id, in)
	if err != nil {
		return TrialAnswer{}, err
	}
	return t.trialAnswer(!t.unfit), nil
}

// TestDestination sends one test and says what became of it.
func (s *Service) TestDestination(ctx context.Context, w journal.WorkspaceID, id string, in TrialInput) (out TrialAnswer, err error) {
	if in.Draft != nil {
		return out, fault.At("body.draft", "can be previewed only: save it first")
	}
	out, err = workspace.WriteOnce(ctx, s.store, s.now(), w, in.Once, func(workspace.Tx) (TrialAnswer, error) { return TrialAnswer{}, errUntried })
	if !errors.Is(err, errUntried) {
		return out, err
	}
	t, setup, err := s.trial(ctx, w, id, in)
	if err != nil {
		return out, err
	}
	s.call(ctx, setup, id, &t)
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	return workspace.WriteOnce(ctx, s.store, s.now(), w, in.Once, func(workspace.Tx) (TrialAnswer, error) {
		return t.trialAnswer(!t.unfit && t.verdict == destination.Done), nil
	})
}

// errUntried says that a request was not answered before: a service cannot be
// called inside a write.
var errUntried = errors.New("automation: not tried yet")

func (t *telling) trialAnswer(ok bool) TrialAnswer {
	return TrialAnswer{EventID: t.event.ID, Name: t.event.Name, Request: t.shown(), Answer: t.answered(), OK: ok, Why: t.why, At: t.event.At}
}

// trial makes what would be sent.
func (s *Service) trial(ctx context.Context, w journal.WorkspaceID, id string, in TrialInput) (t telling, setup *destination.Setup, err error) {
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		c, reading, err := readingOf(r, w)
		if err != nil {
			return err
		}
		body, err := s.drafted(r, w, c, id, in.Draft)
		if err != nil {
			return err
		}
		setup = &body.Setup
		what := in.Event
		if what == "" {
			what = setup.Events[0].What
		}
		if setup.Choose(what, anyStage(setup, what)) == nil {
			return fault.At("body.event", "is not one that this destination is told of").Coded("event_not_told")
		}
		t.event, err = s.known(r, w, reading, in.Contact)
		if err != nil {
			return err
		}
		t.event.What, t.event.Test, t.event.ID = what, true, destination.EventID("test", destination.Told{Seq: int64(s.now()), What: what})
		reading.Pose(&t.event, setup)
		t, err = s.shape(t, nil, c.Name, setup)
		return err
	})
	return t, setup, err
}

// drafted is a destination with changes that are not saved.
func (s *Service) drafted(r workspace.Reader, w journal.WorkspaceID, c *workspace.Configured, id string, draft *DestinationInput) (b destinationBody, err error) {
	if draft == nil {
		draft = &DestinationInput{}
	}
	if id == "" {
		b, err = newDestination(draft.Kind)
		if b.Name = "?"; err != nil {
			return b, err
		}
	} else {
		k, err := destinations().Get(r.Saved(), w, id, nil)
		if err != nil {
			return b, err
		}
		b = k.Body
	}
	b.Setup.Secrets = b.withSecrets()
	_, err = b.change(c, *draft, s.post)
	return b, err
}

// withSecrets are the secrets with something in place of those that nobody
// typed in yet: what is seen of a preview is masked.
func (b *destinationBody) withSecrets() map[string]string {
	out := map[string]string{}
	for _, f := range b.Setup.Service().Fields {
		if f.Secret && f.Required {
			out[f.Name] = "not-typed-in-yet"
		}
	}
	maps.Copy(out, b.Setup.Secrets)
	return out
}

// known is an event of a contact that did nothing just now, or of nobody.
func (s *Service) known(r workspace.Reader, w journal.WorkspaceID, reading *destination.Reading, contact string) (destination.Event, error) {
	if contact == "" {
		return destination.Sample(s.now()), nil
	}
	ref, err := workspace.ParseContactRef(contact)
	if err != nil {
		return destination.Event{}, fault.At("body.contact", "names nobody").Coded("names_nobody")
	}
	whole, err := workspace.ReadWhole(r, w, ref)
	if err != nil {
		return destination.Event{}, err
	}
	p := journal.ReadOf(whole.ID, whole.Entries)
	e := reading.Known(whole.ID, &p, whole.Entries, s.now())
	e.Contact.ID = workspace.ShowContactID(whole.ID)
	return e, nil
}

// anyStage is a stage by which an event was chosen.
func anyStage(setup *destination.Setup, what destination.What) lifecycle.StageID {
	for _, c := range setup.Events {
		if c.What == what && len(c.Stages) > 0 {
			return c.Stages[0]
		}
	}
	return lifecycle.NoStage
}

// fileDays is how long a conversion stays in the file that Google fetches.
const fileDays = 30

// ConversionFile is the file that Google Ads fetches.
func (s *Service) ConversionFile(ctx context.Context, w journal.WorkspaceID, id string) (file string, err error) {
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		k, err := pulled(r, w, id)
		if err != nil {
			return err
		}
		file, err = conversionFile(r.Deliveries(), &k, s.now())
		return err
	})
	return file, err
}

// FetchConversions is ConversionFile for whoever has the password of the
// destination.
func (s *Service) FetchConversions(ctx context.Context, id, password string) (file string, err error) {
	refused := fault.New(fault.Unauthenticated, "unauthenticated", "The user name is the id of the destination, and the password its own.")
	all, err := s.workspaces.ListWorkspaces(ctx)
	if err != nil {
		return "", err
	}
	for _, w := range all {
		err := s.store.Read(ctx, func(r workspace.Reader) error {
			k, err := pulled(r, w.ID, id)
			if err != nil {
				return ignoreGone(err)
			}
			if same(password, k.Body.Setup.Secrets["password"]) {
				file, err = conversionFile(r.Deliveries(), &k, s.now())
			}
			return err
		})
		if err != nil || file != "" {
			return file, err
		}
	}
	return "", refused
}

// pulled is a destination that is fetched.
func pulled(r workspace.Reader, w journal.WorkspaceID, id string) (keptDestination, error) {
	k, err := destinations().Get(r.Saved(), w, id, nil)
	if service := k.Body.Setup.Service(); err == nil && !service.Pulls {
		err = destinations().NotFound(id)
	}
	return k, err
}

func conversionFile(r workspace.DeliveryReader, k *keptDestination, now lifecycle.Millis) (string, error) {
	var rows []string
	err := r.EachSent(k.ID, now-fileDays*lifecycle.Millis(touch.Day), func(request []byte) error {
		var sent Sent
		err := json.Unmarshal(request, &sent)
		rows = append(rows, sent.Body)
		return err
	})
	return k.Body.Setup.GoogleFile(rows), err
}

// same compares secrets in constant time.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return b != "" && subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
