package touch

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// Rule is a workspace's own rule: where it holds, its source fields are taken,
// and those that it leaves empty are filled as without it. Rules are asked in
// their order, before everything else.
type Rule struct {
	Host      string `json:"host"`      // of the referrer, with all hosts below it; "" = any or none
	Parameter string `json:"parameter"` // of the page; "" = any
	Value     string `json:"value"`     // of the parameter, whatever its case; "" = any
	Source    Source `json:"source"`
}

// Rules is what a workspace says of its own traffic.
type Rules struct {
	Own   []string // its domains, with all hosts below them
	Rules []Rule
}

// Classifier says where page views come from. It is safe to share.
type Classifier struct {
	lists *Lists
	rules Rules
}

// NewClassifier makes a classifier by the lists and the rules of a workspace.
func NewClassifier(lists *Lists, rules Rules) *Classifier {
	own := Rules{Rules: append([]Rule(nil), rules.Rules...)}
	for _, domain := range rules.Own {
		own.Own = append(own.Own, hostOf(domain))
	}
	for i := range own.Rules {
		own.Rules[i].Host = hostOf(own.Rules[i].Host)
	}
	return &Classifier{lists, own}
}

// With is the classifier of a site with more domains of its own.
func (c *Classifier) With(own []string) *Classifier {
	if len(own) == 0 {
		return c
	}
	more := &Classifier{c.lists, c.rules}
	more.rules.Own = slices.Clip(c.rules.Own)
	for _, domain := range own {
		more.rules.Own = append(more.rules.Own, hostOf(domain))
	}
	return more
}

// hostOf takes a domain as people write it, with or without https:// and www.
func hostOf(domain string) string {
	if a := ParseAddress(domain); a.Host != "" {
		domain = a.Host
	}
	return strings.TrimPrefix(hostName(domain), "www.")
}

// Arrival is what a page view says about where its visitor comes from.
type Arrival struct {
	Source   Source `json:"source,omitzero"`
	UTM      UTM    `json:"utm,omitzero"`
	Click    Click  `json:"click,omitzero"`
	Referrer string `json:"referrer,omitempty"` // the host; "" = none

	// Inside is true of a view that came from the site itself or back from a
	// payment: it never starts a touch.
	Inside bool

	// Origin tells arrivals apart: a visit goes on under the same one. "" = the
	// view names none: no campaign, no click id, no outside referrer.
	Origin string `json:"origin,omitempty"`
}

// Classify says where a page view comes from: by the workspace's rules, click
// ids and tags, the referrer, and Direct if nothing is known.
func (c *Classifier) Classify(v View) Arrival {
	r := c.read(v)
	a := Arrival{UTM: r.utm, Click: r.click, Referrer: r.referrer}
	a.Source = r.source()
	switch i, ok := c.rule(&r); {
	case ok:
		rule := c.rules.Rules[i]
		a.Source = over(rule.Source, a.Source)
		a.Origin = origin("rule", rule.Host, rule.Parameter, r.page.Get(rule.Parameter), r.utm, r.click)
	case r.click.ID != "" || r.tagged() && a.Source.Source != Direct:
		a.Origin = origin("tag", "", "", "", r.utm, r.click)
	case r.inside:
		a.Inside = true
	case r.referrer != "":
		a.Origin = "from " + r.referrer
	}
	a.Source.Keyword, a.Source.Ad = cmp.Or(a.Source.Keyword, r.utm.Term), cmp.Or(a.Source.Ad, r.utm.Content)
	a.Source.AdGroup = cmp.Or(a.Source.AdGroup, r.utm.AdGroup)
	a.Source.LandingPage = cmp.Or(a.Source.LandingPage, r.page.Path)
	return a
}

// origin names what a view came by. It is only ever compared, and kept with
// every view, so it is a short digest.
func origin(kind, host, parameter, value string, u UTM, click Click) string {
	h := fnv.New64a()
	for _, part := range [...]string{
		host, parameter, value, u.Source, u.Medium, u.Campaign, u.Term, u.Content, u.AdGroup, click.Name, click.ID,
	} {
		_, _ = h.Write(append([]byte(part), 0))
	}
	return kind + " " + strconv.FormatUint(h.Sum64(), 36)
}

// over lays the fields of a rule over those found without it.
func over(rule, found Source) Source {
	values, under := rule.Values(), found.Values()
	if rule.Source != "" && rule.Source != found.Source {
		under[1], under[2] = "", "" // the place and the medium of another channel
	}
	for i := range values {
		values[i] = cmp.Or(values[i], under[i])
	}
	return SourceOf(values)
}

// RuleOf returns the place of the first rule of the workspace that holds.
func (c *Classifier) RuleOf(v View) (int, bool) {
	r := c.read(v)
	return c.rule(&r)
}

func (c *Classifier) rule(r *reading) (int, bool) {
	for i, rule := range c.rules.Rules {
		if rule.holds(r) {
			return i, true
		}
	}
	return 0, false
}

func (rule Rule) holds(r *reading) bool {
	if rule.Host == "" && rule.Parameter == "" {
		return false
	}
	if rule.Host != "" && !within(r.referrer, rule.Host) {
		return false
	}
	if rule.Parameter == "" {
		return true
	}
	value := r.page.Get(rule.Parameter)
	return value != "" && (rule.Value == "" || strings.EqualFold(value, rule.Value))
}

// within reports whether a host is a domain or below it.
func within(host, domain string) bool {
	return domain != "" && (host == domain || strings.HasSuffix(host, "."+domain))
}
