package workspace

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/hook"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// ProviderInput sets up a provider; nil is left as it is.
type ProviderInput struct {
	Secret *string            `json:"secret,omitempty" maxLength:"500" doc:"that the provider signs or identifies its calls with; empty switches it off. It is never shown again"`
	Stages *map[string]string `json:"stages,omitempty" doc:"of a CRM: its stage, as it names it -> id or key of ours"`
}

// ProviderAnswer is a service that calls us.
type ProviderAnswer struct {
	Provider string            `json:"provider"`
	Ready    bool              `json:"ready" doc:"it has a secret"`
	Stages   map[string]string `json:"stages"`
	LastAt   *lifecycle.Millis `json:"last_at" doc:"when a call was taken"`
	Problem  *string           `json:"problem" doc:"what was wrong with the latest call that was proven to be the provider's"`
}

type providerBody struct {
	Provider string
	Secret   string
	Stages   map[string]string // to ids
	Last     *lifecycle.Millis
	Problem  string
}

func providers() Shelf[providerBody] { return Shelf[providerBody]{SavedProvider, "provider", 20} }

// provider returns what is set of one; its ID is "" if nothing is.
func provider(r SavedReader, w journal.WorkspaceID, name string) (k Kept[providerBody], err error) {
	if !slices.Contains(hook.Providers(), name) {
		return k, fault.New(fault.NotFound, "provider_not_found", "There is no provider %s; there are %s.", quote(name), strings.Join(hook.Providers(), ", "))
	}
	all, err := providers().All(r, w)
	for _, k := range all {
		if k.Body.Provider == name {
			return k, err
		}
	}
	k.Body = providerBody{Provider: name, Stages: map[string]string{}}
	return k, err
}

func (b *providerBody) answer() ProviderAnswer {
	return ProviderAnswer{Provider: b.Provider, Ready: b.Secret != "", Stages: b.Stages, LastAt: b.Last, Problem: journal.OrNil(b.Problem)}
}

// ListProviders lists all, set up or not.
func (s *Service) ListProviders(ctx context.Context, w journal.WorkspaceID) (out []ProviderAnswer, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		for _, name := range hook.Providers() {
			k, err := provider(r.Saved(), w, name)
			if err != nil {
				return err
			}
			out = append(out, k.Body.answer())
		}
		return nil
	})
	return out, err
}

// SetProvider sets one up.
func (s *Service) SetProvider(ctx context.Context, w journal.WorkspaceID, name string, in ProviderInput) (out ProviderAnswer, err error) {
	err = s.noteProvider(ctx, w, name, func(tx Tx, b *providerBody) error {
		c, err := tx.Configuration(w)
		if err != nil {
			return err
		}
		if err := b.change(c, in); err != nil {
			return err
		}
		out = b.answer()
		return nil
	})
	return out, err
}

func (b *providerBody) change(c *Configured, in ProviderInput) error {
	var k checker
	set(&b.Secret, trimmed(in.Secret))
	if in.Stages == nil {
		return nil
	}
	if len(*in.Stages) > maxRules {
		k.Add("body.stages", "are %d, more than %d", len(*in.Stages), fault.Named("max", maxRules)).Coded("beyond_limit")
		return k.Err()
	}
	b.Stages = map[string]string{}
	for _, theirs := range slices.Sorted(maps.Keys(*in.Stages)) {
		ours := (*in.Stages)[theirs]
		stage, ok := c.FindStage(ours)
		if !ok {
			k.Add("body.stages."+strings.ToValidUTF8(theirs, "?"), "there is no stage %s", quoted("stage", ours)).Coded("no_stage")
			continue
		}
		b.Stages[strings.TrimSpace(theirs)] = ShowStageID(stage.ID)
	}
	return k.Err()
}

// noteProvider changes what is kept of a provider.
func (s *Service) noteProvider(ctx context.Context, w journal.WorkspaceID, name string, change func(Tx, *providerBody) error) error {
	return s.store.Write(ctx, func(tx Tx) error {
		k, err := provider(tx.Saved(), w, name)
		if err != nil {
			return err
		}
		if err := change(tx, &k.Body); err != nil {
			return err
		}
		if k.ID == "" {
			_, err = providers().Add(tx.Saved(), w, k.Body, s.now())
			return err
		}
		return k.Save(tx.Saved())
	})
}
