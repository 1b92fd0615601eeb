package destination

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// hubSpot updates properties of a contact or a deal by a private app's token.
//
// source: HubSpot Developers, "CRM API": PATCH
// /crm/v3/objects/{object}/{id}?idProperty=, POST
// /crm/v3/objects/contacts/batch/upsert; "API usage guidelines" (429).
func hubSpot() Service {
	return Service{
		Kind: HubSpot,
		Fields: []Field{
			{Name: "access_token", Required: true, Secret: true, Example: "pat-eu1-...", Pattern: `^[\x21-\x7e]{10,500}$`},
			{Name: "object", Choices: []string{"contacts", "deals"}, Example: "contacts"},
			{Name: "create", Choices: []string{"no", "yes"}, Example: "no"},
		},
		Names: map[What]string{Lead: "lead", StageIn: "stage", Opportunity: "opportunity", Won: "won", Lost: "lost", Sale: "sale", Refund: "refund"},
		Mapping: []Pair{
			{To: "tidemark_first_source", From: "first.source"},
			{To: "tidemark_first_campaign", From: "first.campaign"},
			{To: "tidemark_last_source", From: "last.source"},
			{To: "tidemark_stage", From: "stage.name"},
		},
		MaxAge:      usually,
		wrongName:   short(maxName),
		wrongTarget: matching(`^[a-z][a-z0-9_]{0,99}$`, "must be the internal name of a property: small letters, digits and underscores"),
		build:       buildHubSpot, judge: judgeHubSpot,
	}
}

func buildHubSpot(s *Setup, e *Event, c Context) (Request, error) {
	object, properties := s.setting("object"), e.Map(s.Mapping)
	if len(properties) == 0 {
		return Request{}, Unfit("None of the mapped fields has a value.")
	}
	r := Request{
		Method: http.MethodPatch, URL: c.Addresses[HubSpot] + "/crm/v3/objects/" + object + "/",
		Header: map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + s.Secrets["access_token"]},
	}
	var body any = map[string]any{"properties": properties}
	id, own := e.Contact.hubSpotID(object)
	switch {
	case own:
		r.URL += url.PathEscape(id)
	case object == "deals":
		return Request{}, Unfit("The contact is no deal of HubSpot: its external id does not begin with hubspot:deal:.")
	case e.Contact.Email == "":
		return Request{}, Unfit("The contact has no e-mail and did not come from HubSpot: there is nothing to find it by.")
	case s.setting("create") == "yes":
		r.Method, r.URL = http.MethodPost, r.URL+"batch/upsert"
		body = map[string]any{"inputs": []any{map[string]any{"idProperty": "email", "id": e.Contact.Email, "properties": properties}}}
	default:
		r.URL += url.PathEscape(e.Contact.Email) + "?idProperty=email"
	}
	text, err := json.Marshal(body)
	r.Body = string(text)
	return r, err
}

// hubSpotID is the id at HubSpot of who came by its webhook, whose external id
// says so (package hook).
func (c *Contact) hubSpotID(object string) (id string, ok bool) {
	after, ok := strings.CutPrefix(c.ExternalID, "hubspot:")
	deal, isDeal := strings.CutPrefix(after, "deal:")
	if object == "deals" {
		return deal, ok && isDeal
	}
	return after, ok && !isDeal
}

// judgeHubSpot takes 207, some failed, for the failure that it is of one.
func judgeHubSpot(a Answer) Verdict {
	if a.Status == http.StatusMultiStatus {
		return Verdict{Result: Never, Why: answered(a) + ": HubSpot did not take it"}
	}
	return judge(a)
}
