package report

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Check is what may explain numbers that look wrong.
type Check struct {
	Range    Range            `json:"range"`
	Seq      int64            `json:"seq" doc:"the last log entry included"`
	AsOf     lifecycle.Millis `json:"as_of"`
	Findings []Finding        `json:"findings"`
}

// Finding is one thing to know, and where to look at it.
type Finding struct {
	Kind   string            `json:"kind" enum:"time_zone,range_has_today,bulk_not_counted,bulk_counted,stage_edits,settings_edits,imports,journeys_left,no_source,no_stage,archived_stage,outside_range,outside_filters,too_young,younger_than_window"`
	Count  int64             `json:"count"`
	Text   string            `json:"text"`
	Path   *string           `json:"path" doc:"of the operation that lists them"`
	Params map[string]string `json:"params" nullable:"true" doc:"its parameters, beside the filters of this query"`
}

// The operations that list what findings count.
const (
	pathJourneys = "/v1/reports/lifecycle/journeys"
	pathMarks    = "/v1/reports/lifecycle/marks"
	pathChanges  = "/v1/changes"
	pathContacts = "/v1/contacts"
)

// Check answers what the system knows that may explain numbers that look
// wrong. It fails like Lifecycle.
func (s *Service) Check(ctx context.Context, w journal.WorkspaceID, q Query) (Check, error) {
	if err := q.refuseSelection("check"); err != nil {
		return Check{}, err
	}
	return ask(ctx, s, w, q, "check", func(ctx context.Context, v *view) (Check, error) {
		return v.check(ctx)
	})
}

func (v *view) check(ctx context.Context) (Check, error) {
	a := v.asked
	c := checking{view: v, plan: a.plan(a.days), out: Check{Range: a.reportRange(a.days), Seq: v.seq, AsOf: a.asOf}}
	c.note("time_zone", 0, "Days begin and end at midnight in "+a.configuration.TimeZone+".", "", nil)
	for _, of := range []func(context.Context) error{
		c.bulk, c.marks, c.journeys, c.source, c.contacts, c.outside,
	} {
		if err := of(ctx); err != nil {
			return Check{}, err
		}
	}
	return c.out, nil
}

// checking is a check under way.
type checking struct {
	*view
	plan    Plan
	entered int64
	out     Check
}

func (c *checking) note(kind string, count int64, text, path string, params map[string]string) {
	c.out.Findings = append(c.out.Findings, Finding{Kind: kind, Count: count, Text: text, Path: journal.OrNil(path), Params: params})
}

// tell notes what the report says too.
func (c *checking) tell(notices []Notice, path string, params map[string]string) {
	for _, n := range notices {
		count := int64(0)
		if n.Count != nil {
			count = *n.Count
		}
		c.note(n.Kind, count, n.Text, path, params)
	}
}

// count notes what there is at least one of.
func (c *checking) count(kind string, n int64, one, many, path string, params map[string]string) {
	if n > 0 {
		c.note(kind, n, plural(n, one, many), path, params)
	}
}

// ranged adds the range to parameters of an operation on it.
func (c *checking) ranged(more map[string]string) map[string]string {
	out := map[string]string{"from": c.asked.days.from.String(), "to": c.asked.days.to.String()}
	maps.Copy(out, more)
	return out
}

// bulk tells of the changes that are not moves, or that they are.
func (c *checking) bulk(ctx context.Context) error {
	if c.asked.configuration.Lifecycle.CountBulk {
		c.note("bulk_counted", 0, "Changes by import and bulk edit count as moves in this workspace.", "", nil)
		return nil
	}
	notices, err := c.unrecorded(ctx, c.plan)
	c.tell(notices, pathChanges, map[string]string{"from": instant(c.plan.From), "to": instant(c.plan.To)})
	return err
}

// instant writes a parameter as answers write instants.
func instant(at lifecycle.Millis) string {
	text, _ := at.MarshalText() // never fails
	return string(text)
}

// marks tells of the edits and imports in the range.
func (c *checking) marks(ctx context.Context) error {
	marks, err := c.view.marks(ctx)
	if err != nil {
		return err
	}
	count := map[MarkKind]int64{}
	for _, m := range marks {
		count[m.Kind]++
	}
	where := c.ranged(nil)
	c.count("stage_edits", count[MarkStages], "edit of the stages in the range; the stages as they are now read the whole history.",
		"edits of the stages in the range; the stages as they are now read the whole history.", pathMarks, where)
	c.count("settings_edits", count[MarkSettings], "edit of a setting that the numbers depend on in the range.",
		"edits of settings that the numbers depend on in the range.", pathMarks, where)
	c.count("imports", count[MarkImport], "import in the range.", "imports in the range.", pathMarks, where)
	return nil
}

// journeys tells of those that are counted and easily overlooked.
func (c *checking) journeys(ctx context.Context) error {
	counts, err := c.reading.Count(ctx, c.plan)
	if err != nil {
		return err
	}
	c.entered = journeys(counts)
	c.count("journeys_left", c.tally(c.plan, counts)[0].Summary.Left, "journey left the funnel without being won or lost.",
		"journeys left the funnel without being won or lost.", pathJourneys, c.ranged(map[string]string{"outcome": "left"}))
	c.tell(c.rangeHasToday(), "", nil)
	younger, err := c.youngerThanWindow(ctx, c.plan, c.entered)
	c.tell(younger, "", nil)
	return err
}

// source tells of the journeys that no source is known of.
func (c *checking) source(ctx context.Context) error {
	ranking, err := c.reading.Values(ctx, c.plan, "source", 1)
	c.count("no_source", ranking.None, "journey has no source.", "journeys have no source.",
		pathJourneys, c.ranged(map[string]string{"source": ""}))
	return err
}

// contacts tells of those that are in no stage, or in one out of use: as they
// are now, whatever the range.
func (c *checking) contacts(ctx context.Context) error {
	in, err := c.reading.CountContacts(ctx, ContactQuery{Segment: c.plan.Segment, AsOf: c.plan.AsOf})
	if err != nil {
		return err
	}
	c.count("no_stage", in[lifecycle.NoStage], "contact is in no stage, so no open journey is theirs.",
		"contacts are in no stage, so no open journey is theirs.", pathContacts, map[string]string{"filter": "not stage exists"})
	var keys []string
	archived := int64(0)
	for _, s := range c.asked.configuration.Lifecycle.Stages {
		if s.ArchivedAt != 0 && !s.Gone() && in[s.ID] > 0 {
			keys, archived = append(keys, s.Key), archived+in[s.ID]
		}
	}
	slices.Sort(keys)
	c.count("archived_stage", archived, "contact is in an archived stage.", "contacts are in archived stages.",
		pathContacts, map[string]string{"filter": fmt.Sprintf("stage in (%s)", strings.Join(keys, ", "))})
	return nil
}

// outside tells of the journeys that the query leaves out, each for one reason:
// the range, else the filters, else their age.
func (c *checking) outside(ctx context.Context) error {
	all := c.plan
	all.From, all.To, all.FromDay, all.ToDay = everFrom, everTo, -1<<31, 1<<31-1
	all.MaxEntered = 0
	young := c.plan
	young.MaxEntered = 0
	free := young
	free.Filters, free.Segment = nil, nil
	var n [3]int64
	for i, p := range []Plan{all, young, free} {
		counts, err := c.reading.Count(ctx, p)
		if err != nil {
			return err
		}
		n[i] = journeys(counts)
	}
	c.count("outside_range", n[0]-n[1], "journey was entered outside the range.", "journeys were entered outside the range.", "", nil)
	c.count("outside_filters", n[2]-n[1], "journey of the range does not match the filters.",
		"journeys of the range do not match the filters.", "", nil)
	c.count("too_young", n[1]-c.entered, "journey is too young for the minimum age.", "journeys are too young for the minimum age.", "", nil)
	return nil
}

// All the time there is, as engines can still reckon with it.
const (
	everFrom = lifecycle.Millis(-1 << 53)
	everTo   = lifecycle.Millis(1 << 53)
)
