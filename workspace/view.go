package workspace

import (
	"cmp"
	"encoding/json"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// contactView shows a contact. Its profile must be loaded and its state be
// one of the configuration.
func contactView(c *Configured, h *Held) Contact {
	p := h.Profile
	out := Contact{
		ID: ShowContactID(h.ID), ExternalID: journal.OrNil(p.ExternalID), Email: journal.OrNil(p.Email), Phone: journal.OrNil(p.Phone),
		Name: journal.OrNil(p.Name), Owner: journal.OrNil(p.Owner), Value: p.Value, Properties: p.Properties, Source: journal.ViewSource(p.Source),
		CreatedBy: p.CreatedBy, CreatedAt: p.CreatedAt, Edit: h.Head.Last,
	}
	if out.Properties == nil {
		out.Properties = map[string]json.RawMessage{}
	}
	if out.Stage = c.stageRef(h.Head.State.Present); out.Stage != nil {
		since := h.Head.State.Since
		out.StageSince = &since
	}
	return out
}

// stageRef names a stage, merges followed; nil for none.
func (c *Configured) stageRef(id lifecycle.StageID) *StageRef {
	s, ok := c.endStage(id)
	if !ok {
		return nil
	}
	return &StageRef{ID: ShowStageID(s.ID), Key: s.Key, Name: s.Name, Emoji: journal.OrNil(s.Emoji), Kind: s.Kind, Position: c.position(s)}
}

// position is where a stage is in the funnel, nil for those that have no place.
func (c *Configured) position(s lifecycle.Stage) *int {
	p, ok := c.Positions[s.ID]
	if !ok {
		return nil
	}
	return &p
}

// keyOf names a stage in answers that give keys only; nil for none.
func (c *Configured) keyOf(id lifecycle.StageID) *string {
	s, ok := c.endStage(id)
	if !ok {
		return nil
	}
	return &s.Key
}

// journeyView shows a journey; nil for none.
func (c *Configured) journeyView(j *lifecycle.Journey) *Journey {
	if j == nil {
		return nil
	}
	out := &Journey{
		Number: j.Number, EnteredAt: j.EnteredAt, Outcome: j.Outcome.String(), Furthest: c.Positions[j.Furthest],
		LostStage: c.keyOf(j.LostStage), Reached: []string{}, Visited: []string{}, Visits: []Visit{},
		Times: map[string]float64{},
	}
	if j.Outcome != lifecycle.Open {
		out.EndedAt = &j.EndedAt
	}
	if d, ok := j.Duration(); ok {
		out.DurationSeconds = seconds(d)
	}
	main := c.Lifecycle.MainStages()
	if j.Outcome == lifecycle.OutcomeLost || j.Outcome == lifecycle.OutcomeLeft {
		out.Origin = c.originKey(j, main)
	}
	for i := range min(out.Furthest, len(main)) {
		out.Reached = append(out.Reached, main[i].Key)
	}
	for _, id := range j.Visited {
		out.Visited = append(out.Visited, *c.keyOf(id))
	}
	for i := range j.Stays {
		c.addVisit(out, &j.Stays[i])
	}
	return out
}

// originKey names the stage that was really left; without one, the first.
func (c *Configured) originKey(j *lifecycle.Journey, main []lifecycle.Stage) *string {
	if key := c.keyOf(j.Origin); key != nil || len(main) == 0 {
		return key
	}
	return &main[0].Key
}

func (c *Configured) addVisit(out *Journey, s *lifecycle.Stay) {
	v := Visit{Stage: *c.keyOf(s.Stage), EnteredAt: s.Begin}
	if s.Exit != lifecycle.StillThere {
		v.LeftAt = &s.End
	}
	if s.Timed {
		v.Seconds = seconds(s.Duration())
		out.Times[v.Stage] += *v.Seconds
	}
	out.Visits = append(out.Visits, v)
}

// seconds is a length as answers have it.
func seconds(d lifecycle.Millis) *float64 {
	s := float64(d) / 1000
	return &s
}

// stageView shows a stage.
func (c *Configured) stageView(s lifecycle.Stage, contacts int64) StageView {
	return StageView{
		ID: ShowStageID(s.ID), Key: s.Key, Name: s.Name, Description: s.Description, Emoji: journal.OrNil(s.Emoji), Kind: s.Kind,
		Role: journal.OrNil(s.Role), Position: c.position(s), Archived: s.ArchivedAt != 0, Erased: s.Erased,
		Into: c.stageRef(cmp.Or(s.MergedInto, s.ErasedInto)), Merged: s.MergedInto != lifecycle.NoStage,
		Contacts: contacts, Edit: s.Edit,
	}
}

// stageViews shows all stages that are not gone, main ones first, then, if
// asked for, those that are.
func (c *Configured) stageViews(counts map[lifecycle.StageID]int64, gone bool) []StageView {
	resolved := c.resolve(counts)
	out := []StageView{}
	for _, s := range c.Lifecycle.Ordered(lifecycle.Progress, lifecycle.Won, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside) {
		out = append(out, c.stageView(s, resolved[s.ID]))
	}
	for _, s := range c.Lifecycle.Stages {
		if gone && s.Gone() {
			out = append(out, c.stageView(s, 0))
		}
	}
	return out
}

// resolve counts contacts by the stage where they are now, of counts by the
// stage that their last change was to.
func (c *Configured) resolve(counts map[lifecycle.StageID]int64) map[lifecycle.StageID]int64 {
	out := map[lifecycle.StageID]int64{}
	for id, n := range counts {
		out[c.Folder.Resolve(id)] += n
	}
	return out
}
