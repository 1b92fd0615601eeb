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
	return c, c.contacts(ctx)
}

// contacts credits what contacts did: as many as the engine gives to each part,
// which are added up in the end.
func (c *sourceCount) contacts(ctx context.Context) error {
	parts := []*sourceCount{}
	var learners []*learner
	err := c.view.reading.TrailsAtOnce(ctx, c.plan, func() func(*Trail) error {
		part := c
		if len(parts) > 0 {
			part = c.view.beside().newCount(c.plan)
		}
		l := &learner{view: part.view, visit: func(t *Trail) error {
			part.contact(t, part.view.conversions(t))
			return nil
		}}
		parts, learners = append(parts, part), append(learners, l)
		return func(t *Trail) error { return l.add(ctx, t) }
	})
	if err != nil {
		return err
	}
	for i, part := range parts {
		if err := learners[i].flush(ctx); err != nil {
			return err
		}
		if part != c {
			c.merge(part)
		}
	}
	return nil
}

// beside is a view of the same question that counts at the same time.
func (v *sourceView) beside() *sourceView {
	out := *v
	out.origins, out.did = v.origins.clone(), nil
	return &out
}

// merge adds what was counted of other contacts.
func (c *sourceCount) merge(other *sourceCount) {
	for i, t := range c.tallies {
		t.Merge(other.tallies[i].Tally)
	}
	c.unratedSales += other.unratedSales
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
		rows := make([]int, len(counts.Rows))
		for i, row := range counts.Rows {
			place := c.view.place(t, row.Source, row.UTM)
			t.Visits(place, row.Visits)
			rows[i] = place.Row()
		}
		ofRows, all, err := counts.Visitors(rows)
		if err != nil {
			return err
		}
		t.Visitors(ofRows, all)
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
	l := &learner{view: v, visit: visit}
	if err := v.reading.Trails(ctx, p, func(t *Trail) error { return l.add(ctx, t) }); err != nil {
		return err
	}
	return l.flush(ctx)
}

// learner visits trails, in their order, once what their numbers say is known.
type learner struct {
	view    *sourceView
	visit   func(*Trail) error
	waiting []Trail
}

func (l *learner) add(ctx context.Context, t *Trail) error {
	if len(l.waiting) == 0 && l.view.knowsAll(t) {
		return l.visit(t)
	}
	if l.waiting = append(l.waiting, *t); len(l.waiting) < chunk {
		return nil
	}
	return l.flush(ctx)
}

// flush looks up what is not known, and visits those that wait for it.
func (l *learner) flush(ctx context.Context) error {
	var numbers []int64
	for i := range l.waiting {
		numbers = append(numbers, l.waiting[i].Own)
		for _, t := range l.waiting[i].Touches {
			numbers = append(numbers, t.Source, t.UTM)
		}
		for _, s := range l.waiting[i].Sights {
			numbers = append(numbers, s.Sight, s.Source, s.UTM)
		}
	}
	if err := l.view.learn(ctx, numbers); err != nil {
		return err
	}
	for i := range l.waiting {
		if err := l.visit(&l.waiting[i]); err != nil {
			return err
		}
	}
	l.waiting = l.waiting[:0]
	return nil
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
		until = touch.Never
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
