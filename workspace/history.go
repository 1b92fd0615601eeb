package workspace

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// StageHistory returns the edits of the configuration, newest first, each with
// what it changed in plain sentences, what it did to the numbers, and whether
// it can be undone now.
func (s *Service) StageHistory(ctx context.Context, w journal.WorkspaceID) ([]ConfigurationEdit, error) {
	out := []ConfigurationEdit{}
	err := s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		counts, err := r.StageCounts(w)
		if err != nil {
			return err
		}
		edits, effects, err := readEdits(r, w)
		if err != nil {
			return err
		}
		var before *journal.Configuration
		for i := range edits {
			e := &edits[i]
			edit := ConfigurationEdit{
				Seq: e.Seq, At: e.At, Actor: e.Actor.View(), Summary: summarize(before, e.Configuration), Configuration: *e.Configuration,
			}
			if effect, ok := effects[e.Seq]; ok {
				edit.Effect = &effect
			}
			edit.Recomputes = before != nil && !before.Lifecycle.FoldsLike(&e.Configuration.Lifecycle)
			edit.undoable(before, c, c.resolve(counts), s.now())
			out = append(out, edit)
			before = e.Configuration
		}
		return nil
	})
	slices.Reverse(out)
	return out, err
}

// undoable tries to undo the edit on a copy.
func (e *ConfigurationEdit) undoable(before *journal.Configuration, c *Configured, contacts map[lifecycle.StageID]int64, now lifecycle.Millis) {
	next := c.edited()
	u := undoing{before: before, after: &e.Configuration, next: &next, contacts: contacts, now: now}
	if e.CanUndo = u.undo() == nil; !e.CanUndo {
		e.CannotUndo = &u.reasons[0]
	}
}

// summary collects sentences.
type summary []string

func (s *summary) add(format string, args ...any) { *s = append(*s, fmt.Sprintf(format, args...)) }

// summarize says what differs between a configuration and the one before.
func summarize(before, after *journal.Configuration) []string {
	s := summary{}
	if before == nil {
		s.add("The workspace was created with the stages %s.", names(after.Lifecycle.Stages))
		return s
	}
	s.settings(before, after)
	s.stages(&before.Lifecycle, &after.Lifecycle)
	return s
}

func (s *summary) settings(before, after *journal.Configuration) {
	for _, f := range []struct{ name, from, to string }{
		{"workspace's name", before.Name, after.Name},
		{"time zone", before.TimeZone, after.TimeZone},
		{"currency", before.Currency, after.Currency},
	} {
		if f.from != f.to {
			s.add("The %s was changed from %s to %s.", f.name, f.from, f.to)
		}
	}
	s.defaults(before, after)
	s.rates(before.Rates, after.Rates)
	s.toggle(before.LifecycleEnabled, after.LifecycleEnabled, "Lifecycle was switched on.", "Lifecycle was switched off.")
	s.toggle(before.ForwardOnly, after.ForwardOnly, "Forward only was switched on.", "Forward only was switched off.")
	s.toggle(before.Lifecycle.CountBulk, after.Lifecycle.CountBulk,
		"Imports and bulk assignments count as transitions from now on, past ones too.",
		"Imports and bulk assignments do not count as transitions any more, past ones neither.")
}

// fewRates is how many rates are told one by one.
const fewRates = 5

func (s *summary) rates(before, after []journal.Rate) {
	set, gone := without(after, before), without(before, after)
	if n := max(len(set), len(gone)); n > fewRates {
		s.add("%d exchange rates were changed.", n)
		return
	}
	for _, r := range set {
		s.add("1 %s is %s %s from %s on.", r.Currency, strconv.FormatFloat(r.Rate, 'f', -1, 64), r.Into, dateOf(r.Day))
	}
	for _, r := range gone {
		again := func(n journal.Rate) bool { return n.Currency == r.Currency && n.Into == r.Into && n.Day == r.Day }
		if !slices.ContainsFunc(set, again) {
			s.add("The rate of %s in %s from %s on was taken out.", r.Currency, r.Into, dateOf(r.Day))
		}
	}
}

// without lists the rates that others do not have.
func without(rates, others []journal.Rate) []journal.Rate {
	has := make(map[journal.Rate]bool, len(others))
	for _, r := range others {
		has[r] = true
	}
	return slices.DeleteFunc(slices.Clone(rates), func(r journal.Rate) bool { return has[r] })
}

func (s *summary) toggle(before, after bool, on, off string) {
	switch {
	case after && !before:
		s.add("%s", on)
	case before && !after:
		s.add("%s", off)
	}
}

func (s *summary) stages(before, after *lifecycle.Configuration) {
	for _, stage := range after.Stages {
		old, ok := before.Stage(stage.ID)
		if !ok {
			s.add("Stage %s was added (%s).", stage.Name, stage.Kind)
			continue
		}
		s.stage(old, stage, after)
	}
	for _, stage := range before.Stages {
		if _, ok := after.Stage(stage.ID); !ok {
			s.add("Stage %s was removed.", stage.Name)
		}
	}
	for _, kind := range []lifecycle.Kind{lifecycle.Progress, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside} {
		if reordered(before.Ordered(kind), after.Ordered(kind)) {
			s.add("The %s stages were put in the order %s.", kind, names(after.Ordered(kind)))
		}
	}
}

func (s *summary) stage(old, now lifecycle.Stage, c *lifecycle.Configuration) {
	if old.Name != now.Name {
		s.add("Stage %s was renamed to %s.", old.Name, now.Name)
	}
	if old.Key != now.Key {
		s.add("The key of stage %s was changed from %s to %s.", now.Name, old.Key, now.Key)
	}
	if old.Kind != now.Kind {
		s.add("Stage %s became a %s stage; it was a %s stage.", now.Name, now.Kind, old.Kind)
	}
	if old.Description != now.Description || old.Emoji != now.Emoji || old.Role != now.Role {
		s.add("Stage %s was described anew.", now.Name)
	}
	s.toggle(old.ArchivedAt != 0, now.ArchivedAt != 0, "Stage "+now.Name+" was archived.", "Stage "+now.Name+" was taken out of the archive.")
	s.toggle(old.Erased, now.Erased, "Stage "+now.Name+" was erased"+sentTo(now, c)+".", "Stage "+now.Name+" was restored.")
	if old.MergedInto != now.MergedInto {
		into, _ := c.Stage(now.MergedInto)
		s.toggle(old.MergedInto != 0, now.MergedInto != 0, "Stage "+now.Name+" was merged into "+into.Name+".", "Stage "+now.Name+" was separated again.")
	}
}

// sentTo says where the contacts of an erased stage went, if anywhere.
func sentTo(s lifecycle.Stage, c *lifecycle.Configuration) string {
	into, ok := c.Stage(s.ErasedInto)
	if !ok {
		return ""
	}
	return ", its contacts moved to " + into.Name
}

// reordered reports whether the stages that both lists have changed order.
func reordered(before, after []lifecycle.Stage) bool {
	order := func(list, other []lifecycle.Stage) (ids []lifecycle.StageID) {
		for _, s := range list {
			for _, o := range other {
				if o.ID == s.ID {
					ids = append(ids, s.ID)
				}
			}
		}
		return ids
	}
	return fmt.Sprint(order(before, after)) != fmt.Sprint(order(after, before))
}

func names(stages []lifecycle.Stage) string {
	text := ""
	for i, s := range stages {
		if i > 0 {
			text += ", "
		}
		text += s.Name
	}
	return text
}
