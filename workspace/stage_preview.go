package workspace

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/whatif"
)

// PreviewDeleteStage says what DeleteStage would do.
func (s *Service) PreviewDeleteStage(ctx context.Context, w journal.WorkspaceID, in DeleteStageInput) (StagePreview, error) {
	var id lifecycle.StageID
	return s.preview(ctx, w, &id, s.deleting(in, &id))
}

// PreviewEditStage says what EditStage would do.
func (s *Service) PreviewEditStage(ctx context.Context, w journal.WorkspaceID, in EditStageInput) (StagePreview, error) {
	var id lifecycle.StageID
	return s.preview(ctx, w, &id, in.editing(&id))
}

// PreviewOrderStages says what OrderStages would do.
func (s *Service) PreviewOrderStages(ctx context.Context, w journal.WorkspaceID, in OrderStagesInput) (StagePreview, error) {
	var none lifecycle.StageID
	return s.preview(ctx, w, &none, in.ordering())
}

// preview tries an edit and folds the whole log under both configurations.
// Previews wait for each other: each holds the log in memory.
func (s *Service) preview(ctx context.Context, w journal.WorkspaceID, id *lifecycle.StageID, edit configurationEdit) (out StagePreview, err error) {
	select {
	case s.comparing <- struct{}{}:
		defer func() { <-s.comparing }()
	case <-ctx.Done():
		return out, ctx.Err()
	}
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		next := c.edited()
		if err := edit(nil, c, &next); err != nil {
			return err
		}
		effect, err := whatif.Compare(ctx, &c.Lifecycle, &next.Lifecycle, logOf{r, w, 1 << 62})
		if err != nil {
			return err
		}
		counts, err := r.StageCounts(w)
		if err != nil {
			return err
		}
		out = StagePreview{EditEffect: effectOf(effect), ContactsInStage: c.resolve(counts)[*id]}
		out.Text = out.sentences(&next.Lifecycle, *id)
		return nil
	})
	return out, err
}

// edited is a copy of the configuration for an edit.
func (c *Configured) edited() journal.Configuration {
	next := c.Configuration
	next.Lifecycle.Stages = slices.Clone(c.Lifecycle.Stages)
	next.Edit++
	return next
}

// logOf is the log of a workspace up to a seq.
type logOf struct {
	r    ChangeReader
	w    journal.WorkspaceID
	upTo int64
}

// EachChange implements whatif.Log.
func (l logOf) EachChange(ctx context.Context, visit func(journal.ContactID, lifecycle.Change) error) error {
	n := 0
	return l.r.EachChange(l.w, l.upTo, func(contact journal.ContactID, c lifecycle.Change) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return visit(contact, c)
	})
}

func effectOf(e whatif.Effect) EditEffect {
	return EditEffect{
		JourneysChanged: e.Journeys, ContactsChanged: e.Contacts, Before: headlineOf(e.Before), After: headlineOf(e.After),
	}
}

func headlineOf(s funnel.Summary) Headline {
	return Headline{
		Entered: s.Entered, Won: s.Won, Lost: s.Lost, Left: s.Left, Open: s.Open,
		ConversionRate: s.ConversionRate(), DropOffRate: s.DropOffRate(),
		TimeToConversion: meanTime(s.ToConversion), TimeToDropOff: meanTime(s.ToDropOff),
	}
}

func meanTime(t funnel.Times) MeanTime {
	out := MeanTime{Journeys: t.N}
	if mean := t.Mean(); mean != nil {
		seconds := *mean / 1000
		out.Mean = &seconds
	}
	return out
}

// sentences are collected for people who read English.
type sentences []string

func (s *sentences) add(format string, args ...any) { *s = append(*s, fmt.Sprintf(format, args...)) }

// sentences says what an edit does, as people would.
func (p *StagePreview) sentences(next *lifecycle.Configuration, id lifecycle.StageID) []string {
	var s sentences
	if p.JourneysChanged == 0 {
		s.add("No journey changes.")
	} else {
		s.add("%s of %s will read differently.", plural(p.JourneysChanged, "journey"), countContacts(p.ContactsChanged))
		s.moves("conversion rate", percent(p.Before.ConversionRate), percent(p.After.ConversionRate))
		s.moves("drop-off rate", percent(p.Before.DropOffRate), percent(p.After.DropOffRate))
		s.moves("average time to conversion", length(p.Before.TimeToConversion.Mean), length(p.After.TimeToConversion.Mean))
		s.moves("average time to drop-off", length(p.Before.TimeToDropOff.Mean), length(p.After.TimeToDropOff.Mean))
	}
	if stage, ok := next.Stage(id); ok {
		s.whoIsThere(next, stage, p.ContactsInStage)
	}
	return append(s, "It can be undone at any time: the log itself stays as it is.")
}

// moves says how a number of the report changes.
func (s *sentences) moves(name, before, after string) {
	if before == after {
		s.add("The %s stays: %s.", name, before)
		return
	}
	s.add("The %s changes from %s to %s.", name, before, after)
}

// whoIsThere says what becomes of the contacts in the stage.
func (s *sentences) whoIsThere(next *lifecycle.Configuration, stage lifecycle.Stage, contacts int64) {
	if contacts == 0 {
		s.add("No contact is in stage %s now.", stage.Name)
		return
	}
	there := countContacts(contacts) + " in stage " + stage.Name + " now: "
	into, sent := next.Stage(stage.ErasedInto)
	switch {
	case stage.MergedInto != lifecycle.NoStage:
		s.add("%scounted in %s.", there, next.MergeEnd(stage).Name)
	case stage.Erased && sent:
		s.add("%smoved to %s, which counts as no transition.", there, into.Name)
	case stage.Erased:
		s.add("%swithout a stage afterwards; their open journeys end as left.", there)
	default:
		s.add("%sthey stay there.", there)
	}
}

func plural(n int64, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// percent writes a rate; there is none without journeys.
func percent(rate *float64) string {
	if rate == nil {
		return "none"
	}
	return fmt.Sprintf("%.1f %%", *rate*100)
}

// length writes a length in seconds.
func length(seconds *float64) string {
	const hour, day = 3600, 86_400
	switch {
	case seconds == nil:
		return "none"
	case *seconds < 2*hour:
		return fmt.Sprintf("%.0f minutes", *seconds/60)
	case *seconds < 2*day:
		return fmt.Sprintf("%.1f hours", *seconds/hour)
	}
	return fmt.Sprintf("%.1f days", *seconds/day)
}
