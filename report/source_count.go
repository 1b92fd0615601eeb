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
	places map[originKey]touch.Place
}

type originKey struct{ source, utm int64 }

func (v *sourceView) newTally(m touch.Model) *sourceTally {
	return &sourceTally{touch.NewTally(touch.TallyOptions{
		Model: m, Levels: v.levels,
		Path: touch.PathOptions{LookBack: touch.Millis(v.query.LookBack) * touch.Day, KeepDirect: v.query.KeepDirect},
	}), map[originKey]touch.Place{}}
}

func (v *sourceView) newCount(p SourcePlan) *sourceCount {
	c := &sourceCount{view: v, plan: p}
	for _, m := range v.query.models() {
		c.tallies = append(c.tallies, v.newTally(m))
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
	if !v.byTags() {
		utm = 0
	}
	key := originKey{source, utm}
	p, known := t.places[key]
	if !known {
		p = t.Place(v.origin(source, utm))
		t.places[key] = p
	}
	return p
}

func (v *sourceView) byTags() bool {
	for _, l := range v.levels {
		if strings.HasPrefix(string(l), "utm_") {
			return true
		}
	}
	return false
}

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
		places := make([]touch.Place, len(counts.Rows))
		for i, row := range counts.Rows {
			places[i] = c.view.place(t, row.Source, row.UTM)
			t.Visits(places[i], row.Visits)
		}
		for _, visitors := range counts.Visitors {
			came := make([]touch.Place, len(visitors.Rows))
			for i, row := range visitors.Rows {
				came[i] = places[row]
			}
			t.Visitors(came, visitors.Visitors)
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
			if c.view.byTags() {
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
	err := v.reading.Trails(ctx, p, func(t Trail) error {
		if waiting = append(waiting, t); len(waiting) < chunk {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
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

func (v *sourceView) passages(tally *sourceTally, t *Trail) []touch.Passage {
	out := make([]touch.Passage, len(t.Touches))
	for i, at := range t.Touches {
		out[i] = touch.Passage{At: touch.Millis(at.At), Place: v.place(tally, at.Source, at.UTM)}
	}
	return out
}

// measures are what a source report makes of conversions.
var measures = map[conversion.Kind]touch.Measure{
	conversion.SubmissionForm: touch.Submission, conversion.SubmissionCall: touch.Submission, conversion.SubmissionChat: touch.Submission,
	conversion.LeadForm: touch.LeadForm, conversion.LeadCall: touch.LeadCall, conversion.LeadChat: touch.LeadChat, conversion.LeadOther: touch.LeadOther,
	conversion.Opportunity: touch.Opportunity, conversion.Customer: touch.NewCustomer,
	conversion.Sale: touch.Sale, conversion.Refund: touch.Refund, conversion.Known: touch.KnownContact,
}

// conversions are what a contact did, as it is credited.
func (v *sourceView) conversions(t *Trail) []touch.Conversion {
	out := make([]touch.Conversion, 0, len(t.Conversions)+1)
	for _, c := range t.Conversions {
		m, at := measures[c.Kind], touch.Millis(c.PathAt)
		if c.Kind == conversion.Known && t.Customer {
			m = touch.KnownCustomer
		}
		out = append(out, touch.Conversion{Measure: m, At: at, Amount: c.Amount})
		if t.Customer && m >= touch.LeadForm && m <= touch.LeadOther {
			out = append(out, touch.Conversion{Measure: touch.LeadCustomer, At: at})
		}
	}
	return out
}
