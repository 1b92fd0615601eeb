package workspace

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// CreateWorkspace makes a workspace with the template "respond".
func (s *Service) CreateWorkspace(ctx context.Context, in CreateWorkspaceInput) (CreateWorkspaceOutput, error) {
	c := journal.Configuration{
		Name: cmp.Or(strings.TrimSpace(in.Name), "My workspace"), TimeZone: cmp.Or(in.TimeZone, "UTC"),
		Currency: cmp.Or(strings.ToUpper(in.Currency), "EUR"), LifecycleEnabled: true, ForwardOnly: true, NextStage: 1, Edit: 1,
	}
	template, _ := findTemplate("respond")
	template.apply(&c)
	var k checker
	actor := k.actor(in.Actor)
	k.settings(&c)
	if err := k.Err(); err != nil {
		return CreateWorkspaceOutput{}, err
	}
	var out CreateWorkspaceOutput
	err := s.store.Write(ctx, func(tx Tx) error {
		now := s.now()
		w, err := tx.AddWorkspace(now)
		if err != nil {
			return err
		}
		e := journal.Entry{Workspace: w, Kind: journal.KindConfiguration, At: now, Arrived: now, Actor: actor, Configuration: &c}
		done, err := tx.SaveConfiguration(&e)
		if err != nil {
			return err
		}
		out = CreateWorkspaceOutput{Workspace: w, Settings: done.settings(), Seq: done.Seq}
		return nil
	})
	return out, err
}

// ListWorkspaces lists all workspaces in order of creation.
func (s *Service) ListWorkspaces(ctx context.Context) ([]WorkspaceName, error) {
	var out []WorkspaceName
	err := s.store.Read(ctx, func(r Reader) error {
		all, err := r.Workspaces()
		if err != nil {
			return err
		}
		for _, w := range all {
			c, err := r.Configuration(w)
			if err != nil {
				return err
			}
			out = append(out, WorkspaceName{w, c.Name})
		}
		return nil
	})
	return out, err
}

// FindWorkspace finds a workspace by its id or its name, of which there must be
// one only; "" is the only one there is.
func (s *Service) FindWorkspace(ctx context.Context, named string) (WorkspaceName, error) {
	all, err := s.ListWorkspaces(ctx)
	if err != nil {
		return WorkspaceName{}, err
	}
	var found []WorkspaceName
	var names []string
	for _, w := range all {
		id := strconv.FormatInt(int64(w.ID), 10)
		if named == id {
			return w, nil
		}
		if named == w.Name || named == "" {
			found = append(found, w)
			names = append(names, id+" "+w.Name)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return WorkspaceName{}, fault.New(fault.Invalid, "workspace_missing", "Say which workspace: %s.", strings.Join(names, ", "))
	}
	return WorkspaceName{}, fault.New(fault.NotFound, "workspace_not_found", "There is no workspace %q.", named)
}

// settings checks what a workspace can be set to.
func (k *checker) settings(c *journal.Configuration) {
	k.Refuse("body.name", badText(c.Name, maxName))
	if c.Name == "" {
		k.Add("body.name", "needs a text").Coded("missing")
	}
	if _, err := time.LoadLocation(c.TimeZone); err != nil || c.TimeZone == "" || c.TimeZone == "Local" {
		k.Add("body.time_zone", "%s is not an IANA time zone, like Europe/Paris", quoted("value", c.TimeZone)).Coded("not_a_time_zone")
	}
	if !isCurrency(c.Currency) {
		k.Add("body.currency", "%s is not a currency code of three letters (ISO 4217)", quote(c.Currency)).Coded("not_a_currency")
	}
}

func (c *Configured) settings() Settings {
	return Settings{
		Name: c.Name, TimeZone: c.TimeZone, Currency: c.Currency, LifecycleEnabled: c.LifecycleEnabled,
		CountBulk: c.Lifecycle.CountBulk, ForwardOnly: c.ForwardOnly, Edit: c.Edit, DefaultStages: c.defaultStages(),
	}
}

// GetSettings returns what the workspace is set to.
func (s *Service) GetSettings(ctx context.Context, w journal.WorkspaceID) (out Settings, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err == nil {
			out = c.settings()
		}
		return err
	})
	return out, err
}

// LifecycleEnabled reports whether reports are wanted, as of the latest edit.
func (s *Service) LifecycleEnabled(ctx context.Context, w journal.WorkspaceID) (bool, error) {
	settings, err := s.GetSettings(ctx, w)
	return settings.LifecycleEnabled, err
}

// EditSettings changes what the workspace is set to.
func (s *Service) EditSettings(ctx context.Context, w journal.WorkspaceID, in EditSettingsInput) (SettingsOutput, error) {
	edit := func(_ Tx, now *Configured, next *journal.Configuration) error {
		if in.IfMatch != nil && *in.IfMatch != now.Edit {
			return errEdited()
		}
		set(&next.Name, trimmed(in.Name))
		set(&next.TimeZone, in.TimeZone)
		set(&next.Currency, upper(in.Currency))
		set(&next.LifecycleEnabled, in.LifecycleEnabled)
		set(&next.Lifecycle.CountBulk, in.CountBulk)
		set(&next.ForwardOnly, in.ForwardOnly)
		var k checker
		if err := k.setDefaultStages(now, next, in.DefaultStages, s.now()); err != nil {
			return err
		}
		k.settings(next)
		return k.Err()
	}
	return configureOnce(ctx, s, w, in.Actor, Idempotency{}, edit, func(_ Tx, c *Configured) (SettingsOutput, error) {
		return SettingsOutput{c.settings(), c.Seq}, nil
	})
}

// set copies a value that was given.
func set[T any](field, given *T) {
	if given != nil {
		*field = *given
	}
}

func trimmed(text *string) *string {
	if text == nil {
		return nil
	}
	clean := strings.TrimSpace(*text)
	return &clean
}

func upper(text *string) *string {
	if text == nil {
		return nil
	}
	clean := strings.ToUpper(strings.TrimSpace(*text))
	return &clean
}

// configurationEdit changes a copy of the latest configuration.
type configurationEdit func(tx Tx, now *Configured, next *journal.Configuration) error

// configureOnce edits the configuration in one write. An edit that changes
// nothing is not logged.
func configureOnce[T any](ctx context.Context, s *Service, w journal.WorkspaceID, by journal.Actor, once Idempotency,
	edit configurationEdit, answer func(Tx, *Configured) (T, error),
) (out T, err error) {
	var k checker
	by = k.actor(by)
	if err := cmp.Or(k.Err(), once.check()); err != nil {
		return out, err
	}
	err = s.store.Write(ctx, func(tx Tx) error {
		var fresh T
		if ok, err := s.recall(tx, w, once, &fresh); err != nil || ok {
			out = fresh
			return err
		}
		c, err := s.configure(tx, w, by, edit)
		if err != nil {
			return err
		}
		if out, err = answer(tx, c); err != nil {
			return err
		}
		return s.remember(tx, w, once, &out)
	})
	if err == nil {
		s.tellReread()
	}
	return out, err
}

// tellReread wakes FollowEffects.
func (s *Service) tellReread() {
	select {
	case s.reread <- struct{}{}:
	default:
	}
}

func (s *Service) configure(tx Tx, w journal.WorkspaceID, by journal.Actor, edit configurationEdit) (*Configured, error) {
	c, err := tx.Configuration(w)
	if err != nil {
		return nil, err
	}
	next := c.edited()
	if err := edit(tx, c, &next); err != nil {
		return nil, err
	}
	if same := next; sameConfiguration(&c.Configuration, &same) {
		return c, nil
	}
	now := s.now()
	return tx.SaveConfiguration(&journal.Entry{
		Workspace: w, Kind: journal.KindConfiguration, At: now, Arrived: now, Actor: by, Configuration: &next,
	})
}

// sameConfiguration compares all but the numbers of edits.
func sameConfiguration(a, b *journal.Configuration) bool {
	return a.Name == b.Name && a.TimeZone == b.TimeZone && a.Currency == b.Currency &&
		a.LifecycleEnabled == b.LifecycleEnabled && a.ForwardOnly == b.ForwardOnly &&
		a.Lifecycle.CountBulk == b.Lifecycle.CountBulk && maps.Equal(a.DefaultStages, b.DefaultStages) && slices.Equal(a.Rates, b.Rates) &&
		slices.EqualFunc(a.Lifecycle.Stages, b.Lifecycle.Stages, sameStage)
}

func sameStage(a, b lifecycle.Stage) bool {
	a.Edit, b.Edit = 0, 0
	return a == b
}
