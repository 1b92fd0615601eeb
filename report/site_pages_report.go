package report

import (
	"cmp"
	"context"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// SitePages answers the report on pages. It fails like Lifecycle.
func (s *Service) SitePages(ctx context.Context, w journal.WorkspaceID, q SitePageQuery) (SitePages, error) {
	q = q.withDefaults()
	return askWith(ctx, s, w, q.Query, "pages", q, func(ctx context.Context, v *view) (SitePages, error) {
		return newSitePageView(v, q).report(ctx)
	})
}

// sitePageView is one question about pages being answered through one reading.
type sitePageView struct {
	*sourceView
	role  SitePageQuery
	known map[sightKey]touch.Met // without its time
}

// sightKey is a page in a visit of a source.
type sightKey struct{ sight, source, utm int64 }

func newSitePageView(v *view, q SitePageQuery) *sitePageView {
	return &sitePageView{newSourceView(v, q.SourceQuery), q, map[sightKey]touch.Met{}}
}

// met is the row of a page in a visit. What the numbers say must have been
// learned.
func (v *sitePageView) met(key sightKey) touch.Met {
	m, known := v.known[key]
	if !known {
		sight, origin := touch.SightOf(v.origins.of(key.sight)), v.origin(key.source, key.utm)
		m = touch.Met{Value: sight.Value(v.query.Level), Shown: v.shows(sight, origin)}
		v.known[key] = m
	}
	return m
}

// shows reports whether the filters keep a page of a visit; they choose after
// crediting, as those of the source report do.
func (v *sitePageView) shows(s touch.Sight, o touch.Origin) bool {
	return !slices.ContainsFunc(v.kept, func(f TagFilter) bool {
		return !f.keeps(cmp.Or(s.Value(f.Level), o.Value(f.Level))) // a level is of one of them
	})
}

// report answers the range, and what it is compared with.
func (v *sitePageView) report(ctx context.Context) (SitePages, error) {
	a, q := v.asked, &v.role
	out := SitePages{
		Range: a.reportRange(a.days), By: q.By, Role: q.Role, Model: q.Credit, Level: q.Level,
		Seq: v.seq, AsOf: a.asOf, Currency: a.configuration.Currency,
	}
	if q.LookBack > 0 {
		out.LookBack = &q.LookBack
	}
	var unrated sourceCount
	var err error
	if out.Rows, out.Totals, err = v.count(ctx, a.days, &unrated); err != nil {
		return SitePages{}, err
	}
	out.Notices = append([]Notice{}, slices.Concat(v.spans(), v.rangeHasToday(), unrated.notices())...)
	if a.before == nil {
		return out, nil
	}
	out.Compare = &SitePageCompare{Range: a.reportRange(*a.before)}
	out.Compare.Rows, out.Compare.Totals, err = v.count(ctx, *a.before, &sourceCount{})
	return out, err
}

// plan is that of the source report, with pages for touches.
func (v *sitePageView) plan(days span) SourcePlan {
	p := v.sourceView.plan(days)
	p.Pages, p.All = true, false
	return p
}

// count counts a range.
func (v *sitePageView) count(ctx context.Context, days span, left *sourceCount) ([]SitePageRow, SitePageFigures, error) {
	p, tally := v.plan(days), v.newTally()
	if err := v.visits(ctx, p, tally); err != nil {
		return nil, SitePageFigures{}, err
	}
	err := v.trails(ctx, p, func(t *Trail) error {
		left.note(t)
		v.contact(tally, t, v.conversions(t))
		return nil
	})
	if err != nil {
		return nil, SitePageFigures{}, err
	}
	sums, total := tally.Rows()
	rows := make([]SitePageRow, 0, len(sums))
	for value, s := range sums {
		row := SitePageRow{Value: &value, Label: value, SitePageFigures: sitePageFigures(&s)}
		if value == "" {
			row.Value, row.Label = nil, noneLabel(Dimension(v.query.Level))
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b SitePageRow) int {
		return cmp.Or(CompareFlags(a.Value == nil, b.Value == nil), cmp.Compare(b.Revenue, a.Revenue), cmp.Compare(b.BeforeLead.Credit, a.BeforeLead.Credit),
			cmp.Compare(b.Visits, a.Visits), cmp.Compare(a.Label, b.Label))
	})
	return rows, sitePageFigures(&total), nil
}

func (v *sitePageView) newTally() *touch.PageTally {
	return touch.NewPageTally(v.query.Credit, touch.Millis(v.query.LookBack)*touch.Day)
}

func (v *sitePageView) visits(ctx context.Context, p SourcePlan, tally *touch.PageTally) error {
	counts, err := v.reading.Sights(ctx, p)
	if err != nil {
		return err
	}
	var numbers []int64
	for _, c := range counts {
		numbers = append(numbers, c.Sight, c.Source, c.UTM)
	}
	if err := v.learn(ctx, numbers); err != nil {
		return err
	}
	for _, c := range counts {
		m := v.met(sightKey{c.Sight, c.Source, c.UTM})
		if m.Shown && v.role.meant(c.Landing) {
			tally.Visits(m.Value, c.Visits)
		}
		if m.Shown && c.Landing {
			tally.AllVisits(c.Visits)
		}
	}
	return nil
}

// contact counts what a contact did under the pages that it had met.
func (v *sitePageView) contact(tally *touch.PageTally, t *Trail, did []touch.Conversion) {
	met := make([]touch.Met, 0, len(t.Sights))
	for _, s := range t.Sights {
		if v.role.meant(s.Landing) {
			m := v.met(sightKey{s.Sight, s.Source, s.UTM})
			m.At = touch.Millis(s.At)
			met = append(met, m)
		}
	}
	tally.Contact(met, t.Customer, v.shows(touch.Sight{}, touch.Origin{}), did)
}
