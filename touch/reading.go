package touch

import (
	"cmp"
	"strings"
)

// reading is a page view taken apart.
type reading struct {
	page     Address
	utm      UTM
	id       clickID
	click    Click
	referrer string // the host of the referrer, "" = none that counts
	inside   bool   // the referrer is the site itself or a payment service

	from  place // what is known of the referrer
	known bool
	lists *Lists
}

func (c *Classifier) read(v View) reading {
	r := reading{page: ParseAddress(v.Page), lists: c.lists}
	r.utm = v.UTM.Clean()
	if r.utm.IsZero() {
		r.utm = r.page.UTM()
	}
	r.id, r.click = r.page.click()
	r.referrer = ParseAddress(v.Referrer).Outside()
	r.inside = r.referrer != "" && (c.own(r.referrer, r.page.Host) || c.lists.pays(r.referrer))
	if r.referrer != "" && !r.inside {
		r.from, r.known = c.lists.host(r.referrer)
	}
	return r
}

// own reports whether a referrer is the site: the host of the page, one above
// or below it, or a domain of the workspace.
func (c *Classifier) own(referrer, page string) bool {
	referrer, page = strings.TrimPrefix(referrer, "www."), strings.TrimPrefix(page, "www.")
	if within(referrer, page) || within(page, referrer) {
		return true
	}
	for _, domain := range c.rules.Own {
		if within(referrer, domain) {
			return true
		}
	}
	return false
}

// tagged reports whether the link says what campaign it belongs to.
func (r *reading) tagged() bool {
	return r.utm.Source != "" || r.utm.Medium != "" || r.utm.Campaign != ""
}

// source is where the view comes from without the workspace's rules.
func (r *reading) source() Source {
	s := r.byTags()
	if r.click.ID != "" {
		s = r.byClick(s)
	}
	if r.utm.Source != "" || r.utm.Medium != "" {
		return s
	}
	from := r.byReferrer(s.Source)
	if s.Source == "" || s.Source == Unassigned {
		s.Source, s.SubSource = from.Source, from.SubSource
	}
	s.Medium = cmp.Or(s.Medium, from.Medium)
	return s
}

// byTags is the source by the UTM values, none if there are none.
func (r *reading) byTags() Source {
	if !r.tagged() {
		return Source{}
	}
	known, ok := r.lists.named(r.utm.Source)
	if r.utm.Source == "" {
		known, ok = r.from, r.known
	}
	t := tagged{strings.ToLower(r.utm.Source), strings.ToLower(r.utm.Medium), strings.ToLower(r.utm.Campaign), known.category}
	s := Source{Source: r.lists.channel(t), Medium: t.medium, Campaign: r.utm.Campaign}
	switch {
	case s.Source == Direct:
	case ok:
		s.SubSource = known.name
	case r.utm.Source != "":
		s.SubSource = r.utm.Source
	case !r.inside:
		s.SubSource = strings.TrimPrefix(r.referrer, "www.")
	}
	return s
}

// channel is the first one in the table whose rule holds.
func (l *Lists) channel(t tagged) Channel {
	for _, rule := range l.rules {
		if rule.holds(t) {
			return rule.channel
		}
	}
	return Unassigned
}

// byClick lays what the click id says over what the tags say. An id that only
// ads have decides, unless the tags name another paid channel, which knows more
// (Google's id stands on search, display and video ads alike). The one that
// every link has decides where the tags say nothing, or only that it is paid, and
// is the place where they name none that is known.
func (r *reading) byClick(s Source) Source {
	if named, known := r.lists.named(r.utm.Source); known && !r.id.paid && named.name != r.id.network {
		return s // a link of another place that was shared
	}
	paid := tagged{medium: s.Medium}.paid() || is(s.Source, PaidSearch, PaidSocial, PaidVideo, PaidShopping, PaidOther, Display, CrossNetwork)
	switch {
	case r.id.paid && (!paid || s.Source == PaidOther):
		s.Source = r.id.channel
	case !r.id.paid && s.Source == PaidOther:
		s.Source = PaidSocial
	case !r.id.paid && (s.Source == "" || s.Source == Unassigned):
		s.Source = r.id.channel
	case !r.id.paid && !paid && s.Source != OrganicSocial:
		return s // a newsletter that was shared: the link says where it was published
	}
	s.SubSource = r.id.network
	s.Medium = cmp.Or(s.Medium, r.id.medium)
	return s
}

// byReferrer is the source by the referrer; without one it is Direct, or what
// is said of links without a place.
func (r *reading) byReferrer(otherwise Channel) Source {
	if r.referrer == "" || r.inside {
		return Source{Source: cmp.Or(otherwise, Direct)}
	}
	if !r.known {
		return Source{Source: Referral, SubSource: strings.TrimPrefix(r.referrer, "www."), Medium: "referral"}
	}
	channel, medium := r.from.category.organic()
	return Source{Source: channel, SubSource: r.from.name, Medium: medium}
}

// organic is the channel of an unpaid visit from a place, and its medium.
func (c category) organic() (Channel, string) {
	switch c {
	case search:
		return OrganicSearch, "organic"
	case social:
		return OrganicSocial, "social"
	case video:
		return OrganicVideo, "video"
	case shopping:
		return OrganicShopping, "shopping"
	case mail:
		return Email, "email"
	case assistant:
		return AIAssistants, "ai-assistant"
	}
	return Referral, "referral"
}
