package report

import (
	"cmp"
	"context"
	"strings"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/touch"
)

// sourceCount is a range being counted, by each model.
type sourceCount struct {
	view                       *sourceView
	plan                       SourcePlan
	tallies                    []*sourceTally // of the query's models
	unratedSales, unratedCosts int64
}

// sourceTally remembers the places of origins.
type sourceTally struct {
	*touch.Tally
	bySource []placed // by the number of the source
	byTags   map[originKey]touch.Place
	passages []touch.Passage // memory of contacts
	came     []touch.Place   // memory of visitors
}

// placed is a place, once it was found.
type placed struct {
	touch.Place
	known bool
}

type originKey struct{ source, utm int64 }

// newTally counts by a model, with the rows that are wanted.
func (v *sourceView) newTally(m touch.Model, wanted func(values []string) bool) *sourceTally {
	return &sourceTally{Tally: touch.NewTally(touch.TallyOptions{
		Model: m, Levels: v.levels, Wanted: wanted,
		Path: touch.PathOptions{LookBack: touch.Millis(v.query.LookBack) * touch.Day, KeepDirect: v.query.KeepDirect},
	}), byTags: map[originKey]touch.Place{}}
}

func (v *sourceView) newCount(p SourcePlan) *sourceCount {
	c := &sourceCount{view: v, plan: p}
	for _, m := range v.query.models() {
		c.tallies = append(c.tallies, v.newTally(m, v.wanted))
	}
	return c
}

// count reads everything of a range.
func (v *sourceView) count(ctx context.Context, days span) (*sourceCount, error) {
	c := v.newCount(v.plan(days))
	if err := c.visits(ctx); err != nil {
		return nil, err
	}
	if err := c.costs(ctx); err != nil {
		return nil, err
	}
	return c, v.trails(ctx, c.plan, func(t *Trail) error {
		c.contact(t, v.conversions(t))
		return nil
	})
}

// place finds the row of an origin. Tags are looked at only where rows are by
// them.
func (v *sourceView) place(t *sourceTally, source, utm int64) touch.Place {
	if v.tagged {
		return v.placeByTags(t, originKey{source, utm})
	}
	for int64(len(t.bySource)) <= source {
		t.bySource = append(t.bySource, placed{})
	}
	p := &t.bySource[source]
	if !p.known {
		*p = placed{t.Place(v.origin(source, 0)), true}
	}
	return p.Place
}

func (v *sourceView) placeByTags(t *sourceTally, key originKey) touch.Place {
	p, known := t.byTags[key]
	if !known {
		p = t.Place(v.origin(key.source, key.utm))
		t.byTags[key] = p
	}
	return p
}

// byTags reports whether a level is one of raw tags.
func byTags(l touch.Level) bool { return strings.HasPrefix(string(l), "utm_") }

func (c *sourceCount) visits(ctx context.Context) error {
	counts, err := c.view.reading.Visits(ctx, c.plan)
	if err != nil {
		return err
	}
	var numbers []int64
	for _, row := range counts.Rows {
		numbers = append(numbers, row.Source, row.UTM)
	}
	if err := c.view.learn(ctx, numbers); err != nil {
		return err
	}
	for _, t := range c.tallies {
		var places []touch.Place
		groups, group := make([]int, len(counts.Rows)), map[touch.Place]int{}
		for i, row := range counts.Rows {
			place := c.view.place(t, row.Source, row.UTM)
			t.Visits(place, row.Visits)
			if _, seen := group[place]; !seen {
				group[place] = len(places)
				places = append(places, place)
			}
			groups[i] = group[place]
		}
		for by, n := range counts.Visitors(groups) {
			t.came = t.came[:0]
			for _, g := range by {
				t.came = append(t.came, places[g])
			}
			t.Visitors(t.came, n)
		}
	}
	return nil
}

func (c *sourceCount) costs(ctx context.Context) error {
	costs, err := c.view.reading.Costs(ctx, c.plan)
	if err != nil {
		return err
	}
	var numbers []int64
	for _, cost := range costs {
		numbers = append(numbers, cost.Source)
		c.unratedCosts += cost.Unrated
	}
	if err := c.view.learn(ctx, numbers); err != nil {
		return err
	}
	for _, t := range c.tallies {
		for _, cost := range costs {
			place := c.view.place(t, cost.Source, 0)
			if c.view.tagged {
				place = t.Place(tagged(c.view.origin(cost.Source, 0).Source))
			}
			t.Cost(place, cost.Amount, cost.Clicks, cost.Impressions)
		}
	}
	return nil
}

// tagged is the origin of a cost where rows are by tags: costs have none, so
// they stand under those that the same fields of a visit are read from.
func tagged(s touch.Source) touch.Origin {
	return touch.Origin{Source: s, UTM: touch.UTM{
		Source: cmp.Or(s.SubSource, s.Source), Medium: s.Medium, Campaign: s.Campaign, Term: s.Keyword, Content: s.Ad, AdGroup: s.AdGroup,
	}}
}

// chunk is how many trails are read before their sources are looked up.
const chunk = 4096

// trails visits the trails of a plan once what their numbers say is known.
func (v *sourceView) trails(ctx context.Context, p SourcePlan, visit func(*Trail) error) error {
	var waiting []Trail
	flush := func() error {
		var numbers []int64
		for i := range waiting {
			numbers = append(numbers, waiting[i].Own)
			for _, t := range waiting[i].Touches {
				numbers = append(numbers, t.Source, t.UTM)
			}
			for _, s := range waiting[i].Sights {
				numbers = append(numbers, s.Sight, s.Source, s.UTM)
			}
		}
		if err := v.learn(ctx, numbers); err != nil {
			return err
		}
		for i := range waiting {
			if err := visit(&waiting[i]); err != nil {
				return err
			}
		}
		waiting = waiting[:0]
		return nil
	}
	err := v.reading.Trails(ctx, p, func(t *Trail) error {
		if len(waiting) == 0 && v.knowsAll(t) {
			return visit(t)
		}
		if waiting = append(waiting, *t); len(waiting) < chunk {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// knowsAll reports whether all numbers of a trail were looked up.
func (v *sourceView) knowsAll(t *Trail) bool {
	for i := range t.Touches {
		if !v.origins.knows(t.Touches[i].Source) || !v.origins.knows(t.Touches[i].UTM) {
			return false
		}
	}
	for i := range t.Sights {
		s := &t.Sights[i]
		if !v.origins.knows(s.Sight) || !v.origins.knows(s.Source) || !v.origins.knows(s.UTM) {
			return false
		}
	}
	return v.origins.knows(t.Own)
}

// contact credits what a contact did.
func (c *sourceCount) contact(t *Trail, did []touch.Conversion) {
	c.note(t)
	until := touch.Millis(c.plan.To - 1)
	if c.plan.Cohort {
		until = touch.Millis(c.plan.AsOf)
	}
	for _, tally := range c.tallies {
		tally.Contact(c.view.passages(tally, t), c.view.place(tally, t.Own, 0), did, until)
	}
}

// note counts what is left out of the sums.
func (c *sourceCount) note(t *Trail) {
	for _, conversion := range t.Conversions {
		if conversion.Unrated {
			c.unratedSales++
		}
	}
}

// passages are the touches of a contact by their places, until the next is
// asked for.
func (v *sourceView) passages(tally *sourceTally, t *Trail) []touch.Passage {
	tally.passages = tally.passages[:0]
	for i := range t.Touches {
		at := &t.Touches[i]
		tally.passages = append(tally.passages, touch.Passage{At: touch.Millis(at.At), Place: v.place(tally, at.Source, at.UTM)})
	}
	return tally.passages
}

// measures are what a source report makes of conversions.
var measures = [...]touch.Measure{
	conversion.SubmissionForm: touch.Submission, conversion.SubmissionCall: touch.Submission, conversion.SubmissionChat: touch.Submission,
	conversion.LeadForm: touch.LeadForm, conversion.LeadCall: touch.LeadCall, conversion.LeadChat: touch.LeadChat, conversion.LeadOther: touch.LeadOther,
	conversion.Opportunity: touch.Opportunity, conversion.Customer: touch.NewCustomer,
	conversion.Sale: touch.Sale, conversion.Refund: touch.Refund, conversion.Known: touch.KnownContact,
}

// conversions are what a contact did, as it is credited, until the next is asked
// for.
func (v *sourceView) conversions(t *Trail) []touch.Conversion {
	v.did = v.did[:0]
	for i := range t.Conversions {
		c := &t.Conversions[i]
		m, at := measures[c.Kind], touch.Millis(c.PathAt)
		if c.Kind == conversion.Known && t.Customer {
			m = touch.KnownCustomer
		}
		v.did = append(v.did, touch.Conversion{Measure: m, At: at, Amount: c.Amount})
		if t.Customer && m >= touch.LeadForm && m <= touch.LeadOther {
			v.did = append(v.did, touch.Conversion{Measure: touch.LeadCustomer, At: at})
		}
	}
	return v.did
}
