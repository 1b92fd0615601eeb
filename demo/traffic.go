package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// The business is found here.
const (
	host = "lumendesk.example"
	site = "https://" + host
)

// strangers is how many visitors come for each one who is ever known.
const strangers = 2.4

// Traffic is what the site saw: the visits of those who sent its form, that
// form, what others told by phone or chat, and the visits of strangers.
func (b Business) Traffic() []workspace.Observation {
	var out []workspace.Observation
	start := b.Now.Add(-time.Duration(b.Days) * day)
	for number := b.Contacts / 20; number < b.Contacts; number++ {
		items := b.story(number)
		if len(items) == 0 {
			continue
		}
		r := newRandom(b.Seed+1, uint64(number))
		w := walker{random: r, reader: newReader(b.Seed+3, uint64(number)), visitor: fmt.Sprintf("v-%d", number), now: b.Now}
		w.before(&items[0])
		w.later(items)
		out = append(out, w.seen...)
		for n := strangers; r.chance(n); n-- {
			out = append(out, b.stranger(r, start, number)...)
		}
	}
	slices.SortStableFunc(out, func(a, b workspace.Observation) int { return cmp.Compare(a.At, b.At) })
	return out
}

// stranger is a visit that nothing came of.
func (b Business) stranger(r *random, start time.Time, number int) []workspace.Observation {
	when := b.arrival(r, start)
	c := channelAt(r, float64(when.Sub(start))/float64(b.Now.Sub(start)))
	w := walker{
		random: r, reader: newReader(b.Seed+4, uint64(when.Unix())), visitor: fmt.Sprintf("s-%d-%d", number, when.Unix()), now: b.Now,
	}
	w.visit(when, c.source)
	return w.seen
}

// walker is one browser, and what it was seen to do.
type walker struct {
	*random
	reader  reader
	visitor string
	now     time.Time
	seen    []workspace.Observation
}

// before is how somebody came to the first thing that is known of them.
func (w *walker) before(first *workspace.ChangeItem) {
	when, contact := first.At.Time(), workspace.ContactFields{ExternalID: first.Contact.ExternalID}
	var from touch.Source
	if first.Contact.Source != nil {
		from = *first.Contact.Source
	}
	told := workspace.Observation{At: first.At, Contact: &contact}
	switch {
	case from.Source == touch.PaidAds:
		told.Touch = &journal.Touch{Kind: touch.KindAd, Source: from}
	case first.Actor.Kind == journal.ActorForm:
		for n := w.weighted([]float64{55, 28, 17}); n > 0; n-- {
			w.visit(when.Add(-w.wait(time.Duration(n)*4*day)), w.found(n, from))
		}
		w.visit(when.Add(-time.Duration(2+w.IntN(15))*time.Minute), from)
		told.Visitor, told.Touch = w.visitor, &journal.Touch{Kind: touch.KindForm}
		if from.Source == touch.Direct { // else nothing would be known of these at all
			told.Touch.Source.Source = touch.Direct
		}
	case w.chance(0.5):
		told.Touch = &journal.Touch{Kind: pick(w.random, []touch.Kind{touch.KindCall, touch.KindCall, touch.KindChat}), Source: from}
	default:
		return
	}
	w.seen = append(w.seen, told)
}

// found is how an earlier visit came about: mostly as the last one did.
func (w *walker) found(n int, last touch.Source) touch.Source {
	if n == 1 && w.chance(0.5) {
		return last
	}
	return pick(w.random, channels).source
}

// later is who comes back to the site before buying: by the newsletter, or by
// typing the address.
func (w *walker) later(items []workspace.ChangeItem) {
	if len(w.seen) == 0 || w.seen[len(w.seen)-1].Visitor == "" {
		return
	}
	for _, item := range items[1:] {
		if w.chance(0.35) {
			news := plain("Email", "Newsletter", "email", "/blog")
			news.Campaign = "Monthly news"
			w.visit(item.At.Time().Add(-w.wait(8*time.Hour)), pick(w.random, []touch.Source{news, {}}))
		}
	}
}

// visit begins with the page where a source leads to.
func (w *walker) visit(when time.Time, from touch.Source) {
	// Ads of messengers open a chat, not the site.
	if when.After(w.now) || from.Source == touch.PaidAds {
		return
	}
	view := &journal.View{Page: site + cmp.Or(from.LandingPage, "/"), Referrer: referrers[from.Source]}
	tags := touch.UTM{Medium: from.Medium, Campaign: from.Campaign, Term: from.Keyword, Content: from.Ad, AdGroup: from.AdGroup}
	switch from.Source {
	case touch.PaidSearch:
		tags.Source = map[string]string{"Google": "google", "Microsoft": "bing"}[from.SubSource]
	case touch.Email:
		tags.Source = "newsletter"
	case "Social":
		tags.Source = strings.ToLower(from.SubSource)
	case touch.Referral:
		tags, view.Referrer = touch.UTM{}, "https://"+slug(from.SubSource)+".example/"
	default:
		tags = touch.UTM{}
	}
	w.seen = append(w.seen, workspace.Observation{Visitor: w.visitor, At: at(when), View: w.reader.on(view), UTM: tags})
	for _, page := range w.reader.pages() {
		when = when.Add(time.Duration(15+w.reader.IntN(20)) * time.Second)
		if !when.After(w.now) {
			next := &journal.View{Page: site + page, Referrer: view.Page}
			w.seen = append(w.seen, workspace.Observation{Visitor: w.visitor, At: at(when), View: w.reader.on(next)})
		}
	}
}

// referrers are the pages that visitors by a source come from.
var referrers = map[string]string{
	touch.OrganicSearch: "https://www.google.com/", touch.PaidSearch: "https://www.google.com/",
}

// Costs are what the ads of each day cost: clicks by season and chance, at the
// price of their words.
func (b Business) Costs() []workspace.CostItem {
	var out []workspace.CostItem
	r := newRandom(b.Seed+2, 0)
	for n := range b.Days + 1 {
		when := b.Now.AddDate(0, 0, n-b.Days)
		age := float64(n) / float64(b.Days)
		for _, c := range channels {
			paid := c.source.Medium == "cpc"
			if !paid || age < c.since || c.until > 0 && age > c.until {
				continue
			}
			clicks := int64(c.weight * (0.5 + 0.9*r.Float64()) * (0.55 + 0.45*age))
			out = append(out, workspace.CostItem{
				Day: when.Format(time.DateOnly), Source: c.source.Source, SubSource: c.source.SubSource, Medium: c.source.Medium,
				Campaign: c.source.Campaign, AdGroup: c.source.AdGroup, Ad: c.source.Ad, Keyword: c.source.Keyword,
				Clicks: clicks, Impressions: clicks * int64(18+r.IntN(30)), Amount: clicks * int64(1400+r.IntN(3200)),
			})
		}
	}
	return out
}
