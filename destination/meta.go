package destination

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// metaVersion is the version of the Graph API that is spoken.
const metaVersion = "v23.0"

// meta is the Conversions API of Meta. Events of websites need the user agent of
// the browser, which is not kept, so they are told as those of a system.
//
// source: Meta, "Conversions API", pages "Using the API", "Parameters", "Customer
// Information Parameters", "fbp and fbc Parameters", "Conversions API for CRM";
// "Handling errors" of the Graph API.
func meta() Service {
	return Service{
		Kind: Meta, Use: Ads,
		Fields: []Field{
			{Name: "dataset_id", Required: true, Example: "1234567890123456", Pattern: `^[0-9]{5,25}$`},
			{Name: "access_token", Required: true, Secret: true, Example: "of Events Manager, Settings", Pattern: `^[\x21-\x7e]{10,1000}$`},
			{Name: "action_source", Choices: []string{"system_generated", "phone_call", "chat", "email", "physical_store", "business_messaging", "other"}, Example: "system_generated"},
			{Name: "test_event_code", Example: "TEST12345", Pattern: `^[A-Za-z0-9_-]{1,50}$`},
		},
		Names: map[What]string{
			Lead: "Lead", StageIn: "", Opportunity: "Opportunity", Won: "Converted", Lost: "Lost", Sale: "Purchase",
		},
		MaxAge:    usually,
		wrongName: short(50), wrongTarget: short(40),
		build: buildMeta, judge: judgeMeta,
	}
}

type metaBody struct {
	Data []metaEvent `json:"data"`
	Test string      `json:"test_event_code,omitempty"`
}

type metaEvent struct {
	Name   string         `json:"event_name"`
	Time   int64          `json:"event_time"`
	ID     string         `json:"event_id"`
	Source string         `json:"action_source"`
	User   metaUser       `json:"user_data"`
	Custom map[string]any `json:"custom_data,omitempty"`
}

type metaUser struct {
	Emails    []string `json:"em,omitempty"`
	Phones    []string `json:"ph,omitempty"`
	Externals []string `json:"external_id,omitempty"`
	FBC       string   `json:"fbc,omitempty"`
	FBP       string   `json:"fbp,omitempty"`
	LeadID    any      `json:"lead_id,omitempty"`
}

// leadID is the field of a mapping that goes to the person, not to the event:
// the id of a lead that came by a form of Meta's.
const leadID = "lead_id"

func buildMeta(s *Setup, e *Event, c Context) (Request, error) {
	source := s.setting("action_source")
	event := metaEvent{Name: e.Name, Time: int64(e.At) / 1000, ID: e.ID, Source: source, User: e.metaUser(), Custom: e.Map(s.Mapping)}
	if lead, ok := event.Custom[leadID]; ok {
		event.User.LeadID = lead
		delete(event.Custom, leadID)
	}
	u := &event.User
	if len(u.Emails)+len(u.Phones) == 0 && u.FBC == "" && u.FBP == "" && u.LeadID == nil {
		return Request{}, Unfit("The contact has neither e-mail, nor phone with its country, nor a click or browser id of Meta: there is nothing to know it by.")
	}
	if e.Currency != "" {
		event.Custom["value"], event.Custom["currency"] = e.amount(), e.Currency
	}
	if e.Sale != "" {
		event.Custom["order_id"] = e.Sale
	}
	if source == "system_generated" {
		event.Custom["event_source"], event.Custom["lead_event_source"] = "crm", "Tidemark"
	}
	text, err := json.Marshal(metaBody{[]metaEvent{event}, s.Settings["test_event_code"]})
	if err != nil {
		return Request{}, err
	}
	query := url.Values{"access_token": {s.Secrets["access_token"]}}
	return Request{
		Method: http.MethodPost, URL: c.Addresses[Meta] + "/" + metaVersion + "/" + s.Settings["dataset_id"] + "/events?" + query.Encode(),
		Header: map[string]string{"Content-Type": "application/json"}, Body: string(text),
	}, nil
}

// metaUser is by what Meta may know the person.
func (e *Event) metaUser() metaUser {
	c := &e.Contact
	u := metaUser{
		Emails: some(hashed(metaEmail(c.Email))), Phones: some(hashed(metaPhone(c.Phone))), FBC: e.IDs["fbc"].Value, FBP: e.IDs["fbp"].Value,
	}
	if c.ExternalID != "" {
		u.Externals = some(hashed(c.ExternalID))
	}
	if click, ok := e.IDs["fbclid"]; ok && u.FBC == "" {
		u.FBC = "fb.1." + strconv.FormatInt(int64(click.At), 10) + "." + click.Value
	}
	return u
}

// judgeMeta reads the error that Meta answers: its own word that it will pass,
// limits of calls and what is wrong with the token is tried again.
func judgeMeta(a Answer) Verdict {
	v := judge(a)
	var problem struct {
		Error struct {
			Message   string `json:"message"`
			Code      int    `json:"code"`
			Transient bool   `json:"is_transient"`
			User      string `json:"error_user_msg"`
		} `json:"error"`
	}
	if v.Result == Done || json.Unmarshal([]byte(a.Body), &problem) != nil || problem.Error.Code == 0 {
		return v
	}
	e := problem.Error
	v.Why += ": " + e.Message
	if e.User != "" {
		v.Why += " " + e.User
	}
	switch code := e.Code; {
	case e.Transient, code == 1, code == 2, code == 4, code == 10, code == 17, code == 32, code == 102, code == 190, code == 341, code == 613,
		code >= 200 && code < 300, code >= 80000 && code < 80100:
		v.Result = Again
	}
	return v
}
