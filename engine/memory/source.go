package memory

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// Sources is what a log can tell that numbers sources. Of one that does not,
// sources have numbers that only hold within a view.
type Sources interface {
	InternSources(ctx context.Context, w journal.WorkspaceID, sources [][8]string) ([]int64, error)
}

// numbering gives sources their numbers.
type numbering func(values [8]string) (int64, error)

func (e *Engine) numbering(ctx context.Context, w journal.WorkspaceID) numbering {
	if s, ok := e.log.(Sources); ok {
		return func(values [8]string) (int64, error) {
			numbers, err := s.InternSources(ctx, w, [][8]string{values})
			if err != nil {
				return 0, err
			}
			return numbers[0], nil
		}
	}
	known := map[[8]string]int64{{}: 0}
	return func(values [8]string) (int64, error) {
		if _, ok := known[values]; !ok {
			known[values] = int64(len(known))
		}
		return known[values], nil
	}
}

// pair numbers a source and tags.
func (n numbering) pair(s touch.Source, u touch.UTM) (source, utm int64, err error) {
	if source, err = n(s.Values()); err == nil {
		utm, err = n(u.Values())
	}
	return source, utm, err
}

// costs are what was last said of each day and source.
type costs map[costKey]*journal.Spend

type costKey struct {
	day    int32
	source touch.Source
}

func (c costs) say(of *journal.Cost) { c[costKey{of.Day, of.Source}] = of.To }

// chosenBy are the contacts that a plan asks for, in order of their numbers.
func (r *reading) chosenBy(p *report.SourcePlan) []contact {
	members := r.members(p.Segment, p.AsOf)
	out := slices.DeleteFunc(slices.Clone(r.contacts), func(c contact) bool {
		return !members[c.id] || slices.ContainsFunc(p.Filters, func(f report.Filter) bool { return !keeps(f, journey{person: c.person}) })
	})
	slices.SortFunc(out, func(a, b contact) int { return cmp.Compare(a.id, b.id) })
	return out
}

// visitsOf are the visits that began in the range of a plan.
func (r *reading) visitsOf(p *report.SourcePlan) (visits []touch.Visit) {
	if p.Segment == nil && len(p.Filters) == 0 {
		visits = append(visits, r.unknown...)
	}
	for _, c := range r.chosenBy(p) {
		visits = append(visits, c.person.Visits...)
	}
	return slices.DeleteFunc(visits, func(v touch.Visit) bool {
		at := lifecycle.Millis(v.At)
		return at < p.From || at >= p.To
	})
}

// Sights implements report.SourceReading.
func (r *reading) Sights(_ context.Context, p report.SourcePlan) (out []report.SightCount, err error) {
	counts := map[report.SightCount]int64{}
	for _, v := range r.visitsOf(&p) {
		for _, s := range v.Sightings() {
			c := report.SightCount{Landing: s.Landing}
			if c.Sight, err = r.number(s.Sight.Values()); err != nil {
				return nil, err
			}
			if c.Source, c.UTM, err = r.number.pair(v.Arrival.Source, v.Arrival.UTM); err != nil {
				return nil, err
			}
			counts[c]++
		}
	}
	for c, n := range counts {
		c.Visits = n
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b report.SightCount) int {
		return cmp.Or(cmp.Compare(a.Sight, b.Sight), report.CompareFlags(a.Landing, b.Landing), cmp.Compare(a.Source, b.Source), cmp.Compare(a.UTM, b.UTM))
	})
	return out, nil
}

// Visits implements report.SourceReading.
func (r *reading) Visits(_ context.Context, p report.SourcePlan) (report.VisitCounts, error) {
	visits := r.visitsOf(&p)
	type row struct{ source, utm int64 }
	counts, came := map[row]int64{}, map[string]map[row]bool{}
	for i := range visits {
		v := &visits[i]
		source, utm, err := r.number.pair(v.Arrival.Source, v.Arrival.UTM)
		if err != nil {
			return report.VisitCounts{}, err
		}
		counts[row{source, utm}]++
		if came[v.Visitor] == nil {
			came[v.Visitor] = map[row]bool{}
		}
		came[v.Visitor][row{source, utm}] = true
	}
	order := func(a, b row) int { return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.utm, b.utm)) }
	rows := slices.SortedFunc(maps.Keys(counts), order)
	var out report.VisitCounts
	index := make(map[row]int, len(rows))
	for i, k := range rows {
		index[k] = i
		out.Rows = append(out.Rows, report.VisitCount{Source: k.source, UTM: k.utm, Visits: counts[k]})
	}
	out.Visitors = func(groups []int) (ofGroups []int64, all int64, err error) {
		ofGroups = make([]int64, report.CountGroups(groups))
		for _, by := range came {
			met := map[int]bool{}
			for k := range by {
				met[groups[index[k]]] = true
			}
			delete(met, touch.NoRow)
			for group := range met {
				ofGroups[group]++
			}
			if len(met) > 0 {
				all++
			}
		}
		return ofGroups, all, nil
	}
	return out, nil
}

// Trails implements report.SourceReading.
func (r *reading) Trails(_ context.Context, p report.SourcePlan, visit func(*report.Trail) error) error {
	for _, c := range r.chosenBy(&p) {
		t, err := r.trail(&c, p.Pages)
		if err != nil {
			return err
		}
		if p.Cohort && (t.FirstSeen < p.From || t.FirstSeen >= p.To) {
			continue
		}
		for _, done := range c.conversions {
			if p.Cohort || done.At >= p.From && done.At < p.To {
				t.Conversions = append(t.Conversions, done)
			}
		}
		if p.All || p.Cohort || len(t.Conversions) > 0 {
			if err := visit(&t); err != nil {
				return err
			}
		}
	}
	return nil
}

// TrailsAtOnce implements report.SourceReading: by one goroutine, as numbers are
// given on the way.
func (r *reading) TrailsAtOnce(ctx context.Context, p report.SourcePlan, begin func() func(*report.Trail) error) error {
	return r.Trails(ctx, p, begin())
}

// trail is a contact with its touches, or with what it saw.
func (r *reading) trail(c *contact, pages bool) (t report.Trail, err error) {
	t = report.Trail{Contact: c.id, FirstSeen: c.person.Known(), Customer: c.customer}
	if t.Own, err = r.number(c.person.Source.Values()); err != nil {
		return t, err
	}
	if pages {
		t.Sights, err = r.sights(c.person.Visits)
		return t, err
	}
	t.Touches, err = r.touches(c.person.Touches)
	return t, err
}

func (r *reading) touches(all []touch.Touch) (out []report.TouchFact, err error) {
	for _, of := range all {
		fact := report.TouchFact{At: lifecycle.Millis(of.At), Kind: of.Kind}
		if fact.Source, fact.UTM, err = r.number.pair(of.Source, of.UTM); err != nil {
			return nil, err
		}
		out = append(out, fact)
	}
	kind := func(f report.TouchFact) int { return slices.Index(touch.Kinds[:], f.Kind) }
	slices.SortFunc(out, func(a, b report.TouchFact) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(kind(a), kind(b)), cmp.Compare(a.Source, b.Source), cmp.Compare(a.UTM, b.UTM))
	})
	return out, nil
}

func (r *reading) sights(visits []touch.Visit) (out []report.SightFact, err error) {
	for _, v := range visits {
		for _, s := range v.Sightings() {
			fact := report.SightFact{At: lifecycle.Millis(s.At), Landing: s.Landing}
			if fact.Sight, err = r.number(s.Sight.Values()); err != nil {
				return nil, err
			}
			if fact.Source, fact.UTM, err = r.number.pair(v.Arrival.Source, v.Arrival.UTM); err != nil {
				return nil, err
			}
			out = append(out, fact)
		}
	}
	slices.SortFunc(out, func(a, b report.SightFact) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Sight, b.Sight), report.CompareFlags(a.Landing, b.Landing),
			cmp.Compare(a.Source, b.Source), cmp.Compare(a.UTM, b.UTM))
	})
	return out, nil
}

// Costs implements report.SourceReading.
func (r *reading) Costs(_ context.Context, p report.SourcePlan) ([]report.CostCount, error) {
	counts := map[int64]*report.CostCount{}
	for key, spend := range r.costs {
		if spend == nil || key.day < p.FromDay || key.day >= p.ToDay {
			continue
		}
		number, err := r.number(key.source.Values())
		if err != nil {
			return nil, err
		}
		c := counts[number]
		if c == nil {
			c = &report.CostCount{Source: number}
			counts[number] = c
		}
		c.Clicks, c.Impressions = c.Clicks+spend.Clicks, c.Impressions+spend.Impressions
		if amount, rated := r.cursor.Configuration.Convert(spend.Amount, spend.Currency, key.day); rated {
			c.Amount += amount
		} else {
			c.Unrated++
		}
	}
	out := make([]report.CostCount, 0, len(counts))
	for _, c := range counts {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b report.CostCount) int { return cmp.Compare(a.Source, b.Source) })
	return out, nil
}
