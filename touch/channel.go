package touch

import (
	"slices"
	"strings"
)

// tagged is what a channel is decided by: lower-case texts and what the lists
// say of the source.
type tagged struct {
	source, medium, campaign string
	category                 category
}

// channelRule is one line of the table; the first that holds decides.
type channelRule struct {
	channel Channel
	holds   func(t tagged) bool
}

// channelRules is the default channel group, in its order.
//
// source: Google Analytics 4 help, "Default channel group", channels for manual
// traffic. AI assistants is our own line: it stands before the organic ones, so
// that an assistant which tags its links is not called a referral.
func channelRules() []channelRule {
	return []channelRule{
		{Direct, func(t tagged) bool { return t.source == "(direct)" && unset(t.medium) }},
		{CrossNetwork, func(t tagged) bool { return strings.Contains(t.campaign, "cross-network") }},
		{PaidShopping, func(t tagged) bool { return t.paid() && (t.category == shopping || t.shops()) }},
		{PaidSearch, func(t tagged) bool { return t.paid() && t.category == search }},
		{PaidSocial, func(t tagged) bool { return t.paid() && t.category == social }},
		{PaidVideo, func(t tagged) bool { return t.paid() && t.category == video }},
		{Display, func(t tagged) bool { return is(t.medium, "display", "banner", "expandable", "interstitial", "cpm") }},
		{PaidOther, tagged.paid},
		{AIAssistants, func(t tagged) bool { return t.category == assistant }},
		{OrganicShopping, func(t tagged) bool { return t.category == shopping || t.shops() }},
		{OrganicSocial, func(t tagged) bool {
			return t.category == social || is(t.medium, "social", "social-network", "social-media", "sm", "social network", "social media")
		}},
		{OrganicVideo, func(t tagged) bool { return t.category == video || strings.Contains(t.medium, "video") }},
		{OrganicSearch, func(t tagged) bool { return t.category == search || t.medium == "organic" }},
		{Referral, func(t tagged) bool { return is(t.medium, "referral", "app", "link") }},
		{Email, func(t tagged) bool { return mails(t.source) || mails(t.medium) || t.category == mail }},
		{Affiliates, func(t tagged) bool { return is(t.medium, "affiliate", "affiliates") }},
		{Audio, func(t tagged) bool { return t.medium == "audio" }},
		{SMS, func(t tagged) bool { return t.source == "sms" || t.medium == "sms" }},
		{Push, func(t tagged) bool {
			return strings.HasSuffix(t.medium, "push") || strings.Contains(t.medium, "mobile") ||
				strings.Contains(t.medium, "notification") || t.source == "firebase"
		}},
	}
}

// paid is ^(.*cp.*|ppc|retargeting|paid.*)$ of the medium.
func (t tagged) paid() bool {
	return strings.Contains(t.medium, "cp") || is(t.medium, "ppc", "retargeting") || strings.HasPrefix(t.medium, "paid")
}

// shops is ^(.*(([^a-df-z]|^)shop|shopping).*)$ of the campaign: a shop and an
// e-shop, not a workshop.
func (t tagged) shops() bool {
	if strings.Contains(t.campaign, "shopping") {
		return true
	}
	for from := 0; ; from += len("shop") {
		i := strings.Index(t.campaign[from:], "shop")
		if i < 0 {
			return false
		}
		from += i
		if from == 0 || !strings.Contains("abcdfghijklmnopqrstuvwxyz", t.campaign[from-1:from]) {
			return true
		}
	}
}

func is(value string, one ...string) bool { return slices.Contains(one, value) }

func mails(value string) bool { return is(value, "email", "e-mail", "e_mail", "e mail") }
