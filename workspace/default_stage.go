package workspace

import (
	"maps"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// waysOfCreation are the ways by which contacts come to be.
var waysOfCreation = [...]string{"import", "api", "manual", "form", "call", "chat", "ad"}

// setDefaultStages changes where new contacts begin, by way of creation; nil
// takes a default away.
func (k *checker) setDefaultStages(c *Configured, next *journal.Configuration, given map[string]*string, now lifecycle.Millis) error {
	if len(given) == 0 {
		return nil
	}
	stages := maps.Clone(next.DefaultStages)
	if stages == nil {
		stages = map[string]lifecycle.StageID{}
	}
	for _, way := range slices.Sorted(maps.Keys(given)) {
		location := "body.default_stages." + way
		if !slices.Contains(waysOfCreation[:], way) {
			k.Add(location, "is not one of %s", strings.Join(waysOfCreation[:], ", "))
			continue
		}
		if given[way] == nil {
			delete(stages, way)
			continue
		}
		stage, ok := c.FindStage(*given[way])
		if !ok {
			return unknownStage(c, location, *given[way])
		}
		if err := checkOpen(c, stage, now); err != nil {
			return err
		}
		stages[way] = stage.ID
	}
	next.DefaultStages = stages
	if len(stages) == 0 {
		next.DefaultStages = nil
	}
	return nil
}

// defaultStages are the defaults that can be had now, by key.
func (c *Configured) defaultStages() map[string]string {
	out := map[string]string{}
	for way, id := range c.DefaultStages {
		if s, ok := c.defaultStage(id); ok {
			out[way] = s.Key
		}
	}
	return out
}

// defaultStage follows merges; a stage that takes nobody is no default.
func (c *Configured) defaultStage(id lifecycle.StageID) (lifecycle.Stage, bool) {
	s, ok := c.endStage(id)
	return s, ok && !s.Gone() && s.ArchivedAt == 0
}

// begin puts a contact that was just made, and of whose stage nothing was
// said, where contacts of its kind begin.
func (l *landing) begin(sub *subject, it *item, out *landed) error {
	s, ok := l.c.defaultStage(l.c.DefaultStages[it.createdBy()])
	if !ok {
		return nil
	}
	first := *it
	text := ShowStageID(s.ID)
	first.move = &move{stage: &text, silent: it.actor.Kind.Silent()}
	return l.move(sub, &first, s.ID, out)
}

// defaults says which defaults changed.
func (s *summary) defaults(before, after *journal.Configuration) {
	for _, way := range waysOfCreation {
		was, is := before.DefaultStages[way], after.DefaultStages[way]
		switch stage, _ := after.Lifecycle.Stage(is); {
		case was == is:
		case is == lifecycle.NoStage:
			s.add("default_stage_none", "New contacts by {way} begin without a stage.", params{"way": way})
		default:
			s.add("default_stage", "New contacts by {way} begin in stage {stage}.", params{"way": way, "stage": stage.Name})
		}
	}
}

// defaults takes back which stages new contacts begin in.
func (u *undoing) defaults() {
	stages := maps.Clone(u.next.DefaultStages)
	for _, way := range waysOfCreation {
		now := stages[way]
		takeBack(u, thing{"default_stage", "The default stage of new contacts by {way}", params{"way": way}}, u.before.DefaultStages[way], u.after.DefaultStages[way], &now)
		delete(stages, way)
		if now != lifecycle.NoStage {
			if stages == nil {
				stages = map[string]lifecycle.StageID{}
			}
			stages[way] = now
		}
	}
	u.next.DefaultStages = stages
	if len(stages) == 0 {
		u.next.DefaultStages = nil
	}
}
