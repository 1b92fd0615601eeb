package demo

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// channel is a way in: how many come by it, how good they are, and how the
// first contact was made.
type channel struct {
	weight  float64
	quality float64 // multiplies the chance of each step forward
	since   float64 // share of the period after which it exists
	until   float64 // and after which it is gone; 0 = goes on
	by      journal.ActorKind
	source  touch.Source
}

func ad(source, sub, campaign, group, name, keyword string) touch.Source {
	return touch.Source{
		Source: source, SubSource: sub, Medium: "cpc", Campaign: campaign, AdGroup: group, Ad: name,
		Keyword: keyword, LandingPage: "/lp/" + slug(campaign),
	}
}

func plain(source, sub, medium, page string) touch.Source {
	return touch.Source{Source: source, SubSource: sub, Medium: medium, LandingPage: page}
}

// channels are the ways in. Ads of the same group differ in quality on
// purpose: that is what the report is there to show.
var channels = []channel{
	{14, 1.12, 0, 0, journal.ActorForm, ad("Paid search", "Google", "Brand search", "Brand", "Lumen Desk official", "lumen desk")},
	{9, 0.98, 0, 0, journal.ActorForm, ad("Paid search", "Google", "Help desk software", "Generic", "Answer in minutes", "help desk software")},
	{7, 0.86, 0, 0, journal.ActorForm, ad("Paid search", "Google", "Help desk software", "Generic", "Free for 14 days", "free help desk")},
	{5, 1.05, 0.1, 0, journal.ActorForm, ad("Paid search", "Google", "Help desk software", "Competitors", "Switch in a day", "zendesk alternative")},
	{3, 0.95, 0.2, 0, journal.ActorForm, ad("Paid search", "Microsoft", "Help desk software", "Generic", "Answer in minutes", "ticket system")},
	{8, 0.72, 0, 0.55, journal.ActorForm, ad("Paid ads", "Meta", "Summer video", "Founders", "Inbox chaos", "")},
	{6, 0.64, 0, 0.55, journal.ActorForm, ad("Paid ads", "Meta", "Summer video", "Lookalike", "Inbox chaos", "")},
	{8, 0.94, 0.5, 0, journal.ActorForm, ad("Paid ads", "Meta", "Autumn stories", "Founders", "A calmer Monday", "")},
	{5, 0.83, 0.5, 0, journal.ActorForm, ad("Paid ads", "Meta", "Autumn stories", "Retargeting", "Still answering by hand?", "")},
	{5, 0.55, 0.62, 0, journal.ActorForm, ad("Paid ads", "TikTok", "Creators", "Spark ads", "Day in support", "")},
	{4, 1.18, 0.3, 0, journal.ActorForm, ad("Paid ads", "LinkedIn", "Heads of support", "500+ seats", "Benchmark report", "")},
	{18, 1.0, 0, 0, journal.ActorForm, plain("Organic search", "Google", "organic", "/")},
	{5, 0.97, 0, 0, journal.ActorForm, plain("Organic search", "Bing", "organic", "/pricing")},
	{7, 1.25, 0, 0, journal.ActorUser, plain("Referral", "Customers", "referral", "/")},
	{3, 1.2, 0.15, 0, journal.ActorUser, plain("Referral", "Partners", "referral", "/partners")},
	{4, 1.0, 0, 0, journal.ActorForm, touch.Source{Source: "Email", SubSource: "Newsletter", Medium: "email", Campaign: "Monthly letter", LandingPage: "/blog"}},
	{3, 0.9, 0.4, 0, journal.ActorForm, touch.Source{Source: "Email", SubSource: "Webinar", Medium: "email", Campaign: "Support week", LandingPage: "/webinar"}},
	{3, 0.8, 0, 0, journal.ActorForm, plain("Social", "LinkedIn", "social", "/blog")},
	{6, 1.04, 0, 0, journal.ActorForm, plain("Direct", "", "", "/")},
	{3, 0.9, 0, 0, journal.ActorUser, touch.Source{}},
}

// channelAt picks a way in that existed at a time, given as the share of the
// period that had passed.
func channelAt(r *random, share float64) channel {
	var open []channel
	var weights []float64
	for _, c := range channels {
		if share >= c.since && (c.until == 0 || share < c.until) {
			open = append(open, c)
			weights = append(weights, c.weight)
		}
	}
	return open[r.weighted(weights)]
}
