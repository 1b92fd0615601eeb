package scenario

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// DrawConfiguration draws stages of all kinds, some of them erased, merged or
// archived, in a random order; erasures are near start.
func DrawConfiguration(t *rapid.T, start lifecycle.Millis) lifecycle.Configuration {
	kinds := []lifecycle.Kind{lifecycle.Won, lifecycle.Lost}
	kinds = append(kinds, rapid.SliceOfN(rapid.SampledFrom([]lifecycle.Kind{
		lifecycle.Progress, lifecycle.Progress, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside,
	}), 1, 6).Draw(t, "kinds")...)
	kinds = append(kinds, lifecycle.Progress)
	c := lifecycle.Configuration{CountBulk: rapid.IntRange(0, 5).Draw(t, "count bulk") == 0}
	for i, kind := range rapid.Permutation(kinds).Draw(t, "order") {
		name := fmt.Sprintf("%s%d", kind, i+1)
		c.Stages = append(c.Stages, lifecycle.Stage{ID: lifecycle.StageID(i + 1), Key: name, Name: name, Kind: kind})
	}
	EditStages(t, &c, start)
	return c
}

// EditStages erases, merges, archives and restores some stages.
func EditStages(t *rapid.T, c *lifecycle.Configuration, start lifecycle.Millis) {
	for i := range c.Stages {
		s := &c.Stages[i]
		if s.Kind == lifecycle.Won {
			continue
		}
		s.Restore()
		switch rapid.IntRange(0, 11).Draw(t, "edit") {
		case 0:
			at := start + lifecycle.Millis(rapid.IntRange(-24, 25*24).Draw(t, "erased after hours"))*hour
			s.Erase(at, lifecycle.StageID(rapid.IntRange(0, len(c.Stages)).Draw(t, "into")))
		case 1:
			if i > 0 {
				s.MergedInto = c.Stages[i-1].ID
			}
		case 2:
			s.ArchivedAt = 1
		}
	}
}

const hour = 60 * 60 * 1000

// DrawChanges draws changes of one contact in order of arrival, at times that
// are hours apart from start, in any order, often the same.
func DrawChanges(t *rapid.T, c *lifecycle.Configuration, start lifecycle.Millis) []lifecycle.Change {
	one := rapid.Custom(func(t *rapid.T) lifecycle.Change {
		return lifecycle.Change{
			At:     start + lifecycle.Millis(rapid.IntRange(0, 20*24).Draw(t, "hours"))*hour,
			To:     lifecycle.StageID(rapid.IntRange(0, len(c.Stages)).Draw(t, "to")),
			Silent: rapid.IntRange(0, 3).Draw(t, "silent") == 0,
		}
	})
	changes := rapid.SliceOfN(one, 0, 12).Draw(t, "changes")
	for i := range changes {
		changes[i].Arrival = int64(i + 1)
	}
	return changes
}

// DrawLog draws the log of a workspace: a configuration, some contacts with
// sources, fields and changes, and perhaps an edit of the stages at the end.
func DrawLog(t *rapid.T, start lifecycle.Millis) []journal.Entry {
	c := DrawConfiguration(t, start)
	b := newBuilder(&Scenario{Start: start, Now: start}, "UTC")
	b.now.Lifecycle.CountBulk = c.CountBulk
	_ = b.setStages(c.Stages) // never fails: it takes any stages
	pick := func(label string, values ...string) string {
		return rapid.SampledFrom(values).Draw(t, label)
	}
	for contact := range journal.ContactID(rapid.IntRange(1, 6).Draw(t, "contacts")) {
		fields := []string{
			"created_by=" + pick("created by", "api", "form", "import"),
			"source=" + pick("source", "", "Email", "Paid search", "Direct"),
			"campaign=" + pick("campaign", "", "Spring", "Autumn", "Other"),
		}
		if owner := pick("owner", "", "Ann", "Bob"); owner != "" {
			fields = append(fields, "owner="+owner)
		}
		id, err := b.contact(fmt.Sprint("contact", contact), fields)
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range DrawChanges(t, &c, start) {
			b.append(journal.Entry{
				Workspace: Workspace, Kind: journal.KindChange, Contact: id, At: change.At, Arrived: start,
				Actor: journal.Actor{Kind: journal.ActorAPI}, Stage: change.To, Silent: change.Silent,
			})
		}
	}
	if rapid.Bool().Draw(t, "edited") {
		EditStages(t, &c, start)
		b.now.Lifecycle.Stages = c.Stages
		b.configure()
	}
	return b.scenario.Entries
}
