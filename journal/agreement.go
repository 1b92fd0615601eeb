package journal

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Answer is what somebody said about one use of what is known of them; "" =
// they were not asked.
type Answer string

// The answers.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// AnswerOf is a yes or a no.
func AnswerOf(yes bool) Answer {
	if yes {
		return Yes
	}
	return No
}

// Agreement is what a visitor agreed to, and what other services call its
// browser: the whole of it, from its entry on.
type Agreement struct {
	Analytics Answer `json:"analytics,omitempty"`
	Ads       Answer `json:"ads,omitempty"`
	GAClient  string `json:"ga_client_id,omitempty"`  // of Google Analytics: needs Analytics
	GASession string `json:"ga_session_id,omitempty"` // of the same client
	FBP       string `json:"fbp,omitempty"`           // of Meta: needs Ads
	FBC       string `json:"fbc,omitempty"`
}

// Properties of a contact that say what it agreed to.
const (
	PropertyAnalytics = "consent_analytics"
	PropertyAds       = "consent_ads"
)

// Clean leaves out what is no such id, and ids whose use was not agreed to.
func (a Agreement) Clean() Agreement {
	if a.GAClient = idOf(a.GAClient, 64, "."); a.Analytics != Yes || a.GAClient == "" {
		a.GAClient, a.GASession = "", ""
	}
	a.GASession = idOf(a.GASession, 32, "")
	a.FBP, a.FBC = metaID(a.FBP), metaID(a.FBC)
	if a.Ads != Yes {
		a.FBP, a.FBC = "", ""
	}
	return a
}

// idOf is a text of digits and some more characters, "" if it is none.
func idOf(text string, limit int, more string) string {
	if len(text) > limit || strings.Trim(text, "0123456789"+more) != "" {
		return ""
	}
	return text
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// metaID is an id as Meta's script makes them: fb.N.time.random.
func metaID(text string) string {
	rest, ok := strings.CutPrefix(text, "fb.")
	if !ok || len(rest) > touch.MaxValue || strings.Trim(rest, letters+"0123456789._-") != "" {
		return ""
	}
	return text
}

// After is what holds once a was said after something else: what was not asked
// again stays, ids too while their use is agreed to.
func (a Agreement) After(before Agreement) Agreement {
	a.Analytics, a.Ads = cmp.Or(a.Analytics, before.Analytics), cmp.Or(a.Ads, before.Ads)
	if a.GAClient == "" {
		a.GAClient, a.GASession = before.GAClient, before.GASession
	}
	a.FBP, a.FBC = cmp.Or(a.FBP, before.FBP), cmp.Or(a.FBC, before.FBC)
	return a.Clean()
}

// Answers is an agreement without ids.
func (a Agreement) Answers() Agreement { return Agreement{Analytics: a.Analytics, Ads: a.Ads} }

// Properties are the answers as a contact has them.
func (a Agreement) Properties() map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for name, answer := range map[string]Answer{PropertyAnalytics: a.Analytics, PropertyAds: a.Ads} {
		if answer != "" {
			out[name] = json.RawMessage(strconv.FormatBool(answer == Yes))
		}
	}
	return out
}

// agreed is an agreement of a visitor.
type agreed struct {
	event
	Agreement
}

// AdID is what another service calls somebody.
type AdID struct {
	Name    string           `json:"name" doc:"ga_client_id, ga_session_id, fbp, fbc, or the parameter of a click: gclid, gbraid, wbraid, dclid, msclkid, ttclid, li_fat_id, twclid, fbclid"`
	Value   string           `json:"value"`
	At      lifecycle.Millis `json:"at" doc:"when it was last seen"`
	Visitor ContactID        `json:"-"` // the browser
}

// AdIDs returns the latest id of each name by which other services know a
// contact, in order of time. Those are left out whose use it said no to: a
// browser's no holds for what that browser brought, the contact's own for all.
// The entries are those of the contact with those of its visitors.
func AdIDs(c ContactID, entries []Entry) []AdID {
	h := newHistory(entries)
	if !h.has(c) {
		return nil
	}
	own := h.person(c).Agreed()
	latest := map[string]AdID{}
	for number, v := range h.visitors(c) {
		for _, id := range v.adIDs(c, h.rootOf, own) {
			id.Visitor = number
			if before, ok := latest[id.Name]; !ok || id.newer(before) {
				latest[id.Name] = id
			}
		}
	}
	return inOrder(latest)
}

// newer reports whether an id takes the place of another one. At the same
// moment the later browser wins, whatever the order of reading.
func (a AdID) newer(b AdID) bool {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Visitor, b.Visitor)) >= 0
}

func inOrder(latest map[string]AdID) []AdID {
	out := make([]AdID, 0, len(latest))
	for _, id := range latest {
		// A session is one of its client's.
		if client := latest["ga_client_id"]; id.Name != "ga_session_id" || id.Visitor == client.Visitor && id.At == client.At {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b AdID) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Name, b.Name)) })
	return out
}

// adIDs are those that a visitor brought while it was a contact, oldest first.
func (v *visitor) adIDs(c ContactID, root func(ContactID) ContactID, own Agreement) (out []AdID) {
	said, b := v.agreement(), v.book(root)
	add := func(use, ownUse Answer, at touch.Millis, name, value string) {
		if value != "" && use != No && ownUse != No {
			out = append(out, AdID{Name: name, Value: value, At: lifecycle.Millis(at)})
		}
	}
	for _, visit := range v.owned(c, root) {
		for _, view := range visit.Views {
			for _, click := range touch.ParseAddress(view.Page).Clicks() {
				add(said.Ads, own.Ads, view.At, click.Name, click.ID)
			}
		}
	}
	for _, a := range v.agreements {
		if owner, ok := b.Owner("", a.at); !ok || owner != c {
			continue
		}
		add(said.Analytics, own.Analytics, a.at, "ga_client_id", a.GAClient)
		add(said.Analytics, own.Analytics, a.at, "ga_session_id", a.GASession)
		add(said.Ads, own.Ads, a.at, "fbp", a.FBP)
		add(said.Ads, own.Ads, a.at, "fbc", a.FBC)
	}
	slices.SortStableFunc(out, func(a, b AdID) int { return cmp.Compare(a.At, b.At) })
	return out
}

// agreement is what a visitor said last.
func (v *visitor) agreement() Agreement { return v.lastAgreed().Agreement }

// lastAgreed is the latest agreement, the zero value without any.
func (v *visitor) lastAgreed() (last agreed) {
	for _, a := range v.agreements {
		if a.at >= last.at {
			last = a
		}
	}
	return last
}

// Agreed is what a contact itself agreed to, as its properties say.
func (p *Person) Agreed() Agreement {
	return Agreement{Analytics: answer(p.Fields[PropertyPrefix+PropertyAnalytics]), Ads: answer(p.Fields[PropertyPrefix+PropertyAds])}
}

// answer reads a property that says what a contact agreed to: true and false,
// as text too.
func answer(value json.RawMessage) Answer {
	switch strings.ToLower(Label(value)) {
	case "":
		return ""
	case "true", "yes", "1", "granted":
		return Yes
	}
	return No
}
