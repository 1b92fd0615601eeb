package automation

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// DestinationInput makes or changes a destination; nil is left as it is.
type DestinationInput struct {
	Name     *string             `json:"name,omitempty"`
	Kind     *destination.Kind   `json:"kind,omitempty" enum:"webhook,ga4,meta,google_ads,hubspot,salesforce" doc:"of a new one; it stays"`
	Enabled  *bool               `json:"enabled,omitempty" doc:"what happens while it is off is not told later; what waits goes on when it is on again"`
	Settings *map[string]string  `json:"settings,omitempty" doc:"by the names of /v1/destinations/kinds; replaces all"`
	Secrets  *map[string]string  `json:"secrets,omitempty" doc:"those named are set, or removed by an empty text; they are never shown again"`
	Events   *[]EventChoice      `json:"events,omitempty" doc:"what is told; the usual ones of the service if absent"`
	Mapping  *[]destination.Pair `json:"mapping,omitempty" doc:"which fields of the service are filled, and with what; the usual ones if absent"`
	IfMatch  *int64              `json:"-"`

	Once workspace.Idempotency `json:"-"` // of AddDestination
}

// EventChoice is something that a destination is told of.
type EventChoice struct {
	Event  destination.What `json:"event" enum:"lead,stage,opportunity,won,lost,sale,refund"`
	Stages []string         `json:"stages,omitempty" doc:"of stage: ids or keys; none = every stage"`
	Name   string           `json:"name,omitempty" doc:"as the service calls it; the usual name if absent"`
}

// DestinationAnswer is a service that is told what contacts do.
type DestinationAnswer struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Kind     destination.Kind   `json:"kind" enum:"webhook,ga4,meta,google_ads,hubspot,salesforce"`
	Enabled  bool               `json:"enabled"`
	Settings map[string]string  `json:"settings"`
	Secrets  []string           `json:"secrets" doc:"the names of those that are set"`
	Events   []EventChoice      `json:"events"`
	Mapping  []destination.Pair `json:"mapping"`
	Waiting  int64              `json:"waiting"`
	Sent     int64              `json:"sent" doc:"of the deliveries that are kept"`
	Failed   int64              `json:"failed" doc:"nobody tries any more; they can be replayed"`
	Skipped  int64              `json:"skipped" doc:"there was nothing to send, or it must not be"`
	LastAt   *lifecycle.Millis  `json:"last_at" doc:"when something was sent last"`
	FileURL  *string            `json:"file_url" doc:"of google_ads: the address that Google fetches, with the id as user name and the password"`
	Secret   *string            `json:"secret" doc:"the secret that the server made for it; shown this once"`
	Edit     int64              `json:"-"`
}

// EditNumber is where the answer has it.
func (a *DestinationAnswer) EditNumber() *int64 { return &a.Edit }

func (a *DestinationAnswer) secret() *string { return a.Secret }

// destinationBody is a destination as it is kept.
type destinationBody struct {
	Name    string
	Enabled bool
	Setup   destination.Setup
}

func destinations() workspace.Shelf[destinationBody] {
	return workspace.Shelf[destinationBody]{Kind: workspace.SavedDestination, Noun: "destination", Most: 20}
}

// keptDestination is one of a shelf.
type keptDestination = workspace.Kept[destinationBody]

// destinationAnswer shows a destination with what became of its deliveries.
func (s *Service) destinationAnswer(r workspace.DeliveryReader, c *workspace.Configured, k *keptDestination) (DestinationAnswer, error) {
	b := &k.Body
	out := DestinationAnswer{
		ID: k.ID, Name: b.Name, Kind: b.Setup.Kind, Enabled: b.Enabled, Settings: b.Setup.Settings, Edit: k.Edit,
		Secrets: slices.Sorted(maps.Keys(b.Setup.Secrets)), Events: showChoices(c, b.Setup.Events), Mapping: append([]destination.Pair{}, b.Setup.Mapping...),
	}
	if out.Secrets == nil {
		out.Secrets = []string{}
	}
	if service := b.Setup.Service(); service.Pulls {
		out.FileURL = new(s.options.Link() + "/v1/conversions/" + k.ID)
	}
	counts, err := r.Counts(k.ID)
	out.Waiting, out.Sent = counts[workspace.DeliveryWaiting].Count, counts[workspace.DeliverySent].Count
	out.Failed, out.Skipped = counts[workspace.DeliveryFailed].Count, counts[workspace.DeliverySkipped].Count
	if last := counts[workspace.DeliverySent].Last; last != 0 {
		out.LastAt = &last
	}
	return out, err
}

func showChoices(c *workspace.Configured, choices []destination.Choice) []EventChoice {
	out := make([]EventChoice, len(choices))
	for i, choice := range choices {
		out[i] = EventChoice{Event: choice.What, Name: choice.Name}
		for _, id := range choice.Stages {
			out[i].Stages = append(out[i].Stages, workspace.ShowStageID(id))
		}
	}
	return out
}

// change applies an input; made is a secret that was made for it.
func (b *destinationBody) change(c *workspace.Configured, in DestinationInput, post Post) (made string, err error) {
	var f faults
	take(&b.Name, in.Name)
	take(&b.Enabled, in.Enabled)
	b.Name = strings.TrimSpace(b.Name)
	f.name(b.Name)
	if in.Kind != nil && *in.Kind != b.Setup.Kind {
		f.Add("body.kind", "stays %s: make another destination", b.Setup.Kind)
	}
	if in.Settings != nil {
		b.Setup.Settings = trimmedTexts(*in.Settings)
	}
	take(&b.Setup.Mapping, in.Mapping)
	if in.Events != nil {
		b.Setup.Events = f.choices(c, *in.Events)
	}
	made = b.secrets(in.Secrets)
	f.Details = append(f.Details, b.Setup.Check()...)
	for _, name := range []string{"url", "instance_url"} {
		f.address("body.settings."+name, b.Setup.Settings[name], post)
	}
	return made, f.Err()
}

// address checks one that will be called.
func (f *faults) address(location, address string, post Post) {
	if address != "" {
		f.Refuse(location, post.CheckWebhook(address))
	}
}

// secrets sets those that were given and makes the one that the service leaves
// to us.
func (b *destinationBody) secrets(given *map[string]string) (made string) {
	secrets := maps.Clone(b.Setup.Secrets)
	if secrets == nil {
		secrets = map[string]string{}
	}
	if given != nil {
		maps.Copy(secrets, trimmedTexts(*given))
		maps.DeleteFunc(secrets, func(_, value string) bool { return value == "" })
	}
	for _, f := range b.Setup.Service().Fields {
		if f.Made && secrets[f.Name] == "" {
			made = rand.Text()
			if f.Name == "secret" {
				made = newSecret()
			}
			secrets[f.Name] = made
		}
	}
	b.Setup.Secrets = secrets
	return made
}

func trimmedTexts(texts map[string]string) map[string]string {
	out := make(map[string]string, len(texts))
	for name, text := range texts {
		out[name] = strings.TrimSpace(text)
	}
	return out
}

// choices reads what is told; stages are named by id or key.
func (f *faults) choices(c *workspace.Configured, choices []EventChoice) []destination.Choice {
	out := make([]destination.Choice, len(choices))
	for i, choice := range choices {
		out[i] = destination.Choice{What: choice.Event, Name: strings.TrimSpace(choice.Name)}
		for j, name := range choice.Stages {
			stage, ok := c.FindStage(name)
			if !ok {
				f.Add(fmt.Sprintf("body.events[%d].stages[%d]", i, j), "is no stage")
			}
			out[i].Stages = append(out[i].Stages, stage.ID)
		}
	}
	return out
}

// newDestination is one of a kind as it usually is.
func newDestination(kind *destination.Kind) (destinationBody, error) {
	b := destinationBody{Enabled: true, Setup: destination.Setup{Settings: map[string]string{}}}
	if kind == nil {
		return b, fault.At("body.kind", "is needed")
	}
	b.Setup.Kind = *kind
	service := b.Setup.Service()
	if service.Kind == "" {
		return b, fault.At("body.kind", "is not a kind of destination")
	}
	b.Setup.Mapping = service.Mapping
	for _, what := range service.Whats() {
		if what != destination.StageIn {
			b.Setup.Events = append(b.Setup.Events, destination.Choice{What: what})
		}
	}
	return b, nil
}

// ListDestinations lists the destinations in order of creation.
func (s *Service) ListDestinations(ctx context.Context, w journal.WorkspaceID) (out []DestinationAnswer, err error) {
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		all, err := destinations().All(r.Saved(), w)
		for i := range all {
			answer, err := s.destinationAnswer(r.Deliveries(), c, &all[i])
			if err != nil {
				return err
			}
			out = append(out, answer)
		}
		return err
	})
	return out, err
}

// GetDestination returns one.
func (s *Service) GetDestination(ctx context.Context, w journal.WorkspaceID, id string) (out DestinationAnswer, err error) {
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		k, err := destinations().Get(r.Saved(), w, id, nil)
		if err != nil {
			return err
		}
		out, err = s.destinationAnswer(r.Deliveries(), c, &k)
		return err
	})
	return out, err
}

// AddDestination makes a destination. It is told of what happens from then on.
func (s *Service) AddDestination(ctx context.Context, w journal.WorkspaceID, in DestinationInput) (DestinationAnswer, error) {
	out, err := workspace.WriteSecretOnce(ctx, s.store, s.now(), w, in.Once, (*DestinationAnswer).secret, func(tx workspace.Tx) (out DestinationAnswer, err error) {
		c, err := tx.Configuration(w)
		if err != nil {
			return out, err
		}
		body, err := newDestination(in.Kind)
		if err != nil {
			return out, err
		}
		made, err := body.change(c, in, s.post)
		if err != nil {
			return out, err
		}
		k, err := destinations().Add(tx.Saved(), w, body, s.now())
		if err != nil {
			return out, err
		}
		if err := tx.Deliveries().Follow(k.ID, tx.LastSeq(w)); err != nil {
			return out, err
		}
		out, err = s.destinationAnswer(tx.Deliveries(), c, &k)
		out.Secret = journal.OrNil(made)
		return out, err
	})
	s.wakeDestinations()
	return out, err
}

// EditDestination changes a destination. One that is switched on again is told
// of what happens from then on.
func (s *Service) EditDestination(ctx context.Context, w journal.WorkspaceID, id string, in DestinationInput) (out DestinationAnswer, err error) {
	err = s.store.Write(ctx, func(tx workspace.Tx) error {
		c, err := tx.Configuration(w)
		if err != nil {
			return err
		}
		k, err := destinations().Get(tx.Saved(), w, id, in.IfMatch)
		if err != nil {
			return err
		}
		before := k.Body.Enabled
		made, err := k.Body.change(c, in, s.post)
		if err != nil {
			return err
		}
		if k.Body.Enabled && !before {
			if err := tx.Deliveries().Follow(id, tx.LastSeq(w)); err != nil {
				return err
			}
		}
		if err := k.Save(tx.Saved()); err != nil {
			return err
		}
		out, err = s.destinationAnswer(tx.Deliveries(), c, &k)
		out.Secret = journal.OrNil(made)
		return err
	})
	s.wakeDestinations()
	return out, err
}

// RemoveDestination forgets a destination with everything that it was told.
func (s *Service) RemoveDestination(ctx context.Context, w journal.WorkspaceID, id string) error {
	return s.store.Write(ctx, func(tx workspace.Tx) error {
		k, err := destinations().Get(tx.Saved(), w, id, nil)
		if err != nil {
			return err
		}
		if err := tx.Deliveries().RemoveOf(id); err != nil {
			return err
		}
		return k.Remove(tx.Saved())
	})
}
