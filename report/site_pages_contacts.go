package report

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// SitePageContacts are the contacts behind a number of the report on pages.
type SitePageContacts struct {
	Range Range             `json:"range"`
	Seq   int64             `json:"seq" doc:"the last log entry included"`
	AsOf  lifecycle.Millis  `json:"as_of"`
	Items []SitePageContact `json:"items" doc:"the latest contacts first"`
	Next  *string           `json:"next"`
}

// SitePageContact is a contact with the pages that it met.
type SitePageContact struct {
	ID         string             `json:"id"`
	ExternalID *string            `json:"external_id"`
	Name       *string            `json:"name"`
	FirstSeen  lifecycle.Millis   `json:"first_seen"`
	Customer   bool               `json:"customer"`
	Credit     float64            `json:"credit" doc:"the row's parts of its leads or sales"`
	Amount     int64              `json:"amount" doc:"the row's part of its revenue, minor units"`
	Moments    []lifecycle.Millis `json:"moments" doc:"when what is counted happened"`
	Pages      []PageSeen         `json:"pages" doc:"all of them, the first at most 100"`
}

// PageSeen is a page that a contact saw: once for each visit.
type PageSeen struct {
	At      lifecycle.Millis `json:"at"`
	Page    string           `json:"page"`
	Landing bool             `json:"landing" doc:"the visit began with it"`
	Row     bool             `json:"row" doc:"it is of the row"`
	Source  string           `json:"source" doc:"of the visit"`
	Device  string           `json:"device"`
	Country string           `json:"country"`
}

// SitePageContacts answers a page of the contacts behind a number. It fails like
// Lifecycle.
func (s *Service) SitePageContacts(ctx context.Context, w journal.WorkspaceID, q SitePageQuery) (SitePageContacts, error) {
	q = q.withDefaults()
	return askWith(ctx, s, w, q.Query, "pages contacts", q, func(ctx context.Context, v *view) (SitePageContacts, error) {
		return newSitePageView(v, q).behind(ctx)
	})
}

func (v *sitePageView) behind(ctx context.Context) (SitePageContacts, error) {
	a := v.asked
	measures, customer := cellMeasures(v.query.Cell.Column)
	if len(measures) == 0 {
		return SitePageContacts{}, fault.At("query.column", "says which number is meant; it is missing")
	}
	out := SitePageContacts{Range: a.reportRange(a.days), Seq: v.seq, AsOf: a.asOf}
	var err error
	out.Items, out.Next, err = latest(ctx, v.sourceView, v.plan(a.days), func(t *Trail) (c SitePageContact, ok bool) {
		if customer != nil && *customer != t.Customer {
			return c, false
		}
		return v.adds(t, measures)
	}, func(c *SitePageContact, name Name) {
		c.ID, c.ExternalID, c.Name = name.ID, journal.OrNil(name.ExternalID), journal.OrNil(name.Name)
	})
	return out, err
}

// adds counts one contact by itself.
func (v *sitePageView) adds(t *Trail, measures []touch.Measure) (c SitePageContact, ok bool) {
	did := slices.DeleteFunc(v.conversions(t), func(d touch.Conversion) bool { return !slices.Contains(measures, d.Measure) })
	tally := v.newTally()
	v.contact(tally, t, did)
	rows, total := tally.Rows()
	sums := total
	if cell := &v.query.Cell; !cell.Total {
		sums = rows[cell.Value] // of none, the empty one
	}
	if sums.IsZero() {
		return c, false
	}
	c = SitePageContact{FirstSeen: t.FirstSeen, Customer: t.Customer, Amount: sums.Revenue, Moments: []lifecycle.Millis{}, Pages: []PageSeen{}}
	for _, b := range sums.Before {
		c.Credit += b.Credit.Float()
	}
	for _, d := range did {
		c.Moments = append(c.Moments, lifecycle.Millis(d.At))
	}
	for _, s := range t.Sights[:min(maxTouches, len(t.Sights))] {
		c.Pages = append(c.Pages, v.seen(s))
	}
	return c, true
}

func (v *sitePageView) seen(s SightFact) PageSeen {
	sight, m := touch.SightOf(v.origins.of(s.Sight)), v.met(sightKey{s.Sight, s.Source, s.UTM})
	cell := &v.query.Cell
	return PageSeen{
		At: s.At, Page: sight.Page, Landing: s.Landing, Device: sight.Device, Country: sight.Country,
		Source: v.origin(s.Source, s.UTM).Source.Source,
		Row:    m.Shown && v.role.meant(s.Landing) && (cell.Total || m.Value == cell.Value),
	}
}
