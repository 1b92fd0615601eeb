package destination

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// salesforceVersion is the version of the REST API that is spoken.
const salesforceVersion = "v62.0"

// salesforce updates fields of a record, as a connected app that signs in by
// itself.
//
// source: Salesforce, "OAuth 2.0 Client Credentials Flow" and REST API Developer
// Guide, "sObject Rows by External ID" (PATCH, 200, 201, 204, 300), "Status codes
// and error responses".
func salesforce() Service {
	return Service{
		Kind: Salesforce,
		Fields: []Field{
			{Name: "instance_url", Required: true, Example: "https://example.my.salesforce.com", Pattern: `^https?://[^/?#\s]+$`},
			{Name: "client_id", Required: true, Secret: true, Example: "consumer key of the connected app", Pattern: `^[\x21-\x7e]{4,500}$`},
			{Name: "client_secret", Required: true, Secret: true, Example: "consumer secret of the connected app", Pattern: `^[\x21-\x7e]{4,500}$`},
			{Name: "object", Choices: []string{"Contact", "Lead", "Opportunity", "Account"}, Example: "Contact"},
			{Name: "match_field", Required: true, Example: "Id, or an external id field such as Tidemark_Id__c", Pattern: `^[A-Za-z][A-Za-z0-9_]{0,79}$`},
			{Name: "match_from", Choices: []string{"contact.external_id", "contact.id", "contact.email"}, Example: "contact.external_id"},
			{Name: "create", Choices: []string{"no", "yes"}, Example: "no"},
		},
		Names: map[What]string{Lead: "lead", StageIn: "stage", Opportunity: "opportunity", Won: "won", Lost: "lost", Sale: "sale", Refund: "refund"},
		Mapping: []Pair{
			{To: "Tidemark_First_Source__c", From: "first.source"},
			{To: "Tidemark_First_Campaign__c", From: "first.campaign"},
			{To: "Tidemark_Last_Source__c", From: "last.source"},
			{To: "Tidemark_Stage__c", From: "stage.name"},
		},
		MaxAge:      usually,
		wrongName:   short(maxName),
		wrongTarget: matching(`^[A-Za-z][A-Za-z0-9_]{0,79}$`, "must be the API name of a field: letters, digits and underscores"),
		build:       buildSalesforce, token: tokenSalesforce,
	}
}

func buildSalesforce(s *Setup, e *Event, c Context) (Request, error) {
	fields := e.Map(s.Mapping)
	if len(fields) == 0 {
		return Request{}, Unfit("None of the mapped fields has a value.")
	}
	id := e.text(s.setting("match_from"))
	if s.setting("match_from") == "contact.external_id" {
		id = strings.TrimPrefix(id, "salesforce:") // as package hook marks who came by its webhook
	}
	if id == "" {
		return Request{}, Unfit("The contact has no value to find its record by.")
	}
	field := s.Settings["match_field"]
	address := s.Settings["instance_url"] + "/services/data/" + salesforceVersion + "/sobjects/" + s.setting("object") + "/"
	if field != "Id" {
		address += field + "/"
	}
	address += url.PathEscape(id)
	if field != "Id" && s.setting("create") != "yes" {
		address += "?updateOnly=true"
	}
	text, err := json.Marshal(fields)
	return Request{
		Method: http.MethodPatch, URL: address, Body: string(text),
		Header: map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + c.Token},
	}, err
}

func tokenSalesforce(s *Setup, _ Context) Request {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {s.Secrets["client_id"]}, "client_secret": {s.Secrets["client_secret"]}}
	return Request{
		Method: http.MethodPost, URL: s.Settings["instance_url"] + "/services/oauth2/token", Body: form.Encode(),
		Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"},
	}
}

// ReadToken reads the answer to a request for an access token.
func ReadToken(a Answer) (token string, ok bool) {
	var body struct {
		Token string `json:"access_token"`
	}
	err := json.Unmarshal([]byte(a.Body), &body)
	return body.Token, err == nil && body.Token != "" && a.Status == http.StatusOK
}
