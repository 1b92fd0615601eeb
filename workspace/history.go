package workspace

import (
	"context"
	"fmt"
	"slices"

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
				Seq: e.Seq, At: e.At, Actor: e.Actor.View(), Summary: []string{}, Changes: summarize(before, e.Configuration), Configuration: *e.Configuration,
			}
			for _, change := range edit.Changes {
				edit.Summary = append(edit.Summary, change.Text)
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
		e.CannotUndo, e.WhyNot = &u.reasons[0].Text, &u.reasons[0]
	}
}

// params are what a saying names.
type params = map[string]any

// summary collects what an edit changed.
type summary []journal.Saying

func (s *summary) add(code, template string, p params) {
	*s = append(*s, journal.Say(code, template, p))
}

// summarize says what differs between a configuration and the one before.
func summarize(before, after *journal.Configuration) []journal.Saying {
	s := summary{}
	if before == nil {
		s.add("created", "The workspace was created with the stages {stages}.", params{"stages": names(after.Lifecycle.Stages)})
		return s
	}
	s.settings(before, after)
	s.stages(&before.Lifecycle, &after.Lifecycle)
	return s
}

func (s *summary) settings(before, after *journal.Configuration) {
	for _, f := range []struct{ code, name, from, to string }{
		{"name", "workspace's name", before.Name, after.Name},
		{"time_zone", "time zone", before.TimeZone, after.TimeZone},
		{"currency", "currency", before.Currency, after.Currency},
	} {
		if f.from != f.to {
			s.add(f.code, "The "+f.name+" was changed from {from} to {to}.", params{"from": f.from, "to": f.to})
		}
	}
	s.defaults(before, after)
	s.rates(before.Rates, after.Rates)
	s.toggle(before.LifecycleEnabled, after.LifecycleEnabled, "lifecycle", "Lifecycle was switched on.", "Lifecycle was switched off.", nil)
	s.toggle(before.ForwardOnly, after.ForwardOnly, "forward_only", "Forward only was switched on.", "Forward only was switched off.", nil)
	s.toggle(before.Lifecycle.CountBulk, after.Lifecycle.CountBulk, "count_bulk",
		"Imports and bulk assignments count as transitions from now on, past ones too.",
		"Imports and bulk assignments do not count as transitions any more, past ones neither.", nil)
}

// fewRates is how many rates are told one by one.
const fewRates = 5

func (s *summary) rates(before, after []journal.Rate) {
	set, gone := without(after, before), without(before, after)
	if n := max(len(set), len(gone)); n > fewRates {
		s.add("rates", "{count} exchange rates were changed.", params{"count": n})
		return
	}
	for _, r := range set {
		s.add("rate", "1 {currency} is {rate} {into} from {day} on.", params{"currency": r.Currency, "rate": r.Rate, "into": r.Into, "day": dateOf(r.Day)})
	}
	for _, r := range gone {
		again := func(n journal.Rate) bool { return n.Currency == r.Currency && n.Into == r.Into && n.Day == r.Day }
		if !slices.ContainsFunc(set, again) {
			s.add("rate_gone", "The rate of {currency} in {into} from {day} on was taken out.",
				params{"currency": r.Currency, "into": r.Into, "day": dateOf(r.Day)})
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

// toggle says that something was switched on or off, if it was.
func (s *summary) toggle(before, after bool, code, on, off string, p params) {
	switch {
	case after && !before:
		s.add(code+"_on", on, p)
	case before && !after:
		s.add(code+"_off", off, p)
	}
}

func (s *summary) stages(before, after *lifecycle.Configuration) {
	for _, stage := range after.Stages {
		old, ok := before.Stage(stage.ID)
		if !ok {
			s.add("stage_added", "Stage {stage} was added ({kind}).", params{"stage": stage.Name, "kind": stage.Kind.String()})
			continue
		}
		s.stage(old, stage, after)
	}
	for _, stage := range before.Stages {
		if _, ok := after.Stage(stage.ID); !ok {
			s.add("stage_removed", "Stage {stage} was removed.", params{"stage": stage.Name})
		}
	}
	for _, kind := range []lifecycle.Kind{lifecycle.Progress, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside} {
		if reordered(before.Ordered(kind), after.Ordered(kind)) {
			s.add("stages_ordered", "The {kind} stages were put in the order {stages}.",
				params{"kind": kind.String(), "stages": names(after.Ordered(kind))})
		}
	}
}

func (s *summary) stage(old, now lifecycle.Stage, c *lifecycle.Configuration) {
	stage := params{"stage": now.Name}
	if old.Name != now.Name {
		s.add("stage_renamed", "Stage {from} was renamed to {to}.", params{"from": old.Name, "to": now.Name})
	}
	if old.Key != now.Key {
		s.add("stage_key", "The key of stage {stage} was changed from {from} to {to}.", params{"stage": now.Name, "from": old.Key, "to": now.Key})
	}
	if old.Kind != now.Kind {
		s.add("stage_kind", "Stage {stage} became a {kind} stage; it was a {old_kind} stage.",
			params{"stage": now.Name, "kind": now.Kind.String(), "old_kind": old.Kind.String()})
	}
	if old.Description != now.Description || old.Emoji != now.Emoji || old.Role != now.Role {
		s.add("stage_described", "Stage {stage} was described anew.", stage)
	}
	s.toggle(old.ArchivedAt != 0, now.ArchivedAt != 0, "stage_archived", "Stage {stage} was archived.", "Stage {stage} was taken out of the archive.", stage)
	if into, moved := c.Stage(now.ErasedInto); moved && now.Erased && !old.Erased {
		s.add("stage_erased_into", "Stage {stage} was erased, its contacts moved to {into}.", params{"stage": now.Name, "into": into.Name})
	} else {
		s.toggle(old.Erased, now.Erased, "stage_erased", "Stage {stage} was erased.", "Stage {stage} was restored.", stage)
	}
	if old.MergedInto != now.MergedInto {
		into, _ := c.Stage(now.MergedInto)
		s.toggle(old.MergedInto != 0, now.MergedInto != 0, "stage_merged", "Stage {stage} was merged into {into}.", "Stage {stage} was separated again.",
			params{"stage": now.Name, "into": into.Name})
	}
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

func names(stages []lifecycle.Stage) []string {
	out := make([]string, len(stages))
	for i, s := range stages {
		out[i] = s.Name
	}
	return out
}
