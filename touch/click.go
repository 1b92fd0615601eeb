package touch

// Click is the id that an ad network adds to the links to a site, so that a
// sale can be sent back to it.
type Click struct {
	Name string `json:"name,omitempty"` // the parameter: gclid, fbclid ...
	ID   string `json:"id,omitempty"`
}

// clickID is what a click id says by itself.
type clickID struct {
	parameter string
	network   string
	channel   Channel
	medium    string
	paid      bool // only ads have it; fbclid is on every link that leaves Facebook
}

// clickIDs are in the order in which they decide when a link has several.
//
// source: Google Ads help "About auto-tagging" (gclid, gbraid, wbraid) and
// Campaign Manager help (dclid); Microsoft Advertising help (msclkid); Meta for
// Developers, "fbp and fbc parameters" (fbclid); TikTok Business Help (ttclid);
// LinkedIn Marketing documentation (li_fat_id); X Business help (twclid).
var clickIDs = [...]clickID{
	{"gclid", "Google", PaidSearch, "cpc", true},
	{"gbraid", "Google", PaidSearch, "cpc", true},
	{"wbraid", "Google", PaidSearch, "cpc", true},
	{"msclkid", "Microsoft", PaidSearch, "cpc", true},
	{"dclid", "Google", Display, "display", true},
	{"ttclid", "TikTok", PaidSocial, "paid social", true},
	{"li_fat_id", "LinkedIn", PaidSocial, "paid social", true},
	{"twclid", "X", PaidSocial, "paid social", true},
	{"fbclid", "Meta", OrganicSocial, "social", false},
}

// click finds the click id of an address.
func (a Address) click() (clickID, Click) {
	for _, c := range clickIDs {
		if id := a.Get(c.parameter); id != "" {
			return c, Click{c.parameter, id}
		}
	}
	return clickID{}, Click{}
}

// Clicks returns all click ids of an address, in the order in which they decide.
func (a Address) Clicks() (all []Click) {
	for _, c := range clickIDs {
		if id := a.Get(c.parameter); id != "" {
			all = append(all, Click{c.parameter, id})
		}
	}
	return all
}

// Click returns the click id of an address, none if it has none.
func (a Address) Click() Click {
	_, c := a.click()
	return c
}
