package touch

import "cmp"

// Ad is what a message tells of the ad that opened its chat: the referral block
// of a click-to-chat message.
type Ad struct {
	Network    string // Meta, TikTok
	CampaignID string
	AdGroupID  string
	AdID       string
	Headline   string
	ClickID    string
}

// AdNames are the names of an ad's parts, as the cost table knows them; "" =
// not known.
type AdNames struct{ Campaign, AdGroup, Ad string }

// Touch is the click on the ad: its ids at once, names where they are known.
func (a Ad) Touch(at Millis, names AdNames) Touch {
	return Touch{At: at, Kind: KindAd, Source: Source{
		Source:    PaidAds,
		SubSource: Clean(a.Network, MaxValue),
		Medium:    "click to chat",
		Campaign:  Clean(cmp.Or(names.Campaign, a.CampaignID), MaxValue),
		AdGroup:   Clean(cmp.Or(names.AdGroup, a.AdGroupID), MaxValue),
		Ad:        Clean(cmp.Or(names.Ad, a.AdID, a.Headline), MaxValue),
	}}
}
