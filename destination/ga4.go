package destination

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// ga4 is the Measurement Protocol of Google Analytics 4.
//
// source: Google Analytics, "Measurement Protocol", pages "Protocol reference"
// (query, body, limitations), "Events" (lead events, purchase, refund), "Send
// user-provided data with User-ID" and "Validate events".
func ga4() Service {
	return Service{
		Kind: GA4, Use: Analytics,
		Fields: []Field{
			{Name: "measurement_id", Required: true, Example: "G-XXXXXXXXXX", Pattern: `^G-[A-Z0-9]{4,20}$`},
			{Name: "api_secret", Required: true, Secret: true, Example: "of Admin, Data streams, Measurement Protocol", Pattern: `^[\x21-\x7e]{4,200}$`},
			{Name: "unknown_clients", Choices: []string{"skip", "send"}, Example: "skip"},
			{Name: "user_data", Choices: []string{"no", "yes"}, Example: "no"},
		},
		Names: map[What]string{
			Lead: "generate_lead", StageIn: "working_lead", Opportunity: "qualify_lead", Won: "close_convert_lead", Lost: "close_unconvert_lead",
			Sale: "purchase", Refund: "refund",
		},
		Mapping: []Pair{{To: "lead_source", From: "first.source"}},
		MaxAge:  3 * day,
		wrongName: matching(`^[A-Za-z][A-Za-z0-9_]{0,39}$`,
			"must be at most 40 letters, digits and underscores, a letter first"),
		wrongTarget: wrongParameter, build: buildGA4, judge: judgeGA4,
	}
}

// wrongParameter checks the name of a parameter.
func wrongParameter(name string) string {
	switch {
	case !regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,39}$`).MatchString(name):
		return "must be at most 40 letters, digits and underscores, a letter first"
	case slices.ContainsFunc([]string{"google_", "ga_", "firebase_", "gtag."}, func(p string) bool { return strings.HasPrefix(name, p) }):
		return "begins with what Google keeps for itself"
	}
	return ""
}

// Limits of the protocol.
const (
	maxParameters     = 25
	maxParameterValue = 100
)

type ga4Body struct {
	ClientID string      `json:"client_id"`
	UserID   string      `json:"user_id,omitempty"`
	Micros   int64       `json:"timestamp_micros"`
	UserData *ga4User    `json:"user_data,omitempty"`
	Consent  *ga4Consent `json:"consent,omitempty"`
	Events   []ga4Event  `json:"events"`
}

type ga4Consent struct {
	AdUserData        string `json:"ad_user_data"`
	AdPersonalization string `json:"ad_personalization"`
}

type ga4User struct {
	Emails []string `json:"sha256_email_address,omitempty"`
	Phones []string `json:"sha256_phone_number,omitempty"`
}

type ga4Event struct {
	Name   string         `json:"name"`
	Params map[string]any `json:"params"`
}

func buildGA4(s *Setup, e *Event, c Context) (Request, error) {
	body := ga4Body{ClientID: e.IDs["ga_client_id"].Value, Micros: int64(e.At) * 1000, Events: []ga4Event{{e.Name, ga4Params(s, e)}}}
	if body.ClientID == "" {
		if s.setting("unknown_clients") != "send" {
			return Request{}, Unfit("Google's client id of the contact's browser is not known: the site did not pass it on, or there was no consent.")
		}
		body.ClientID = "tidemark." + e.Contact.ID
	}
	if s.setting("user_data") == "yes" && !e.Contact.refuses(Ads) {
		body.withUser(e)
	}
	text, err := json.Marshal(body)
	if err != nil {
		return Request{}, err
	}
	path := "/mp/collect"
	if e.Test {
		path = "/debug/mp/collect" // checks and records nothing
	}
	query := url.Values{"measurement_id": {s.Settings["measurement_id"]}, "api_secret": {s.Secrets["api_secret"]}}
	return Request{
		Method: http.MethodPost, URL: c.Addresses[GA4] + path + "?" + query.Encode(), Body: string(text),
		Header: map[string]string{"Content-Type": "application/json"},
	}, nil
}

// judgeGA4 reads what the address for tests finds; the real one always answers
// 204.
func judgeGA4(a Answer) Verdict {
	v := judge(a)
	var found struct {
		Messages []struct {
			Description string `json:"description"`
		} `json:"validationMessages"`
	}
	if json.Unmarshal([]byte(a.Body), &found) == nil && len(found.Messages) > 0 {
		v.Result, v.Why = Never, found.Messages[0].Description
	}
	return v
}

// withUser adds what is known of the person; the protocol wants a user id with
// it.
func (b *ga4Body) withUser(e *Event) {
	b.UserID = cmp.Or(e.Contact.ExternalID, e.Contact.ID)
	b.UserData = &ga4User{some(hashed(googleEmail(e.Contact.Email))), some(hashed(googlePhone(e.Contact.Phone)))}
	b.Consent = &ga4Consent{"GRANTED", "GRANTED"}
	if b.UserData.Emails == nil && b.UserData.Phones == nil {
		b.UserData, b.Consent = nil, nil
	}
}

// some is a list of a text, none of the empty one.
func some(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

func ga4Params(s *Setup, e *Event) map[string]any {
	params := map[string]any{"engagement_time_msec": 1}
	if session := e.IDs["ga_session_id"].Value; session != "" {
		params["session_id"] = session
	}
	if e.Currency != "" {
		amount := major(abs(e.Amount), e.Currency) // of a refund too
		params["value"], params["currency"] = amount, e.Currency
	}
	switch e.What {
	case Sale, Refund:
		params["transaction_id"] = cmp.Or(e.RefundOf, e.Sale)
	default:
		params["event_id"] = e.ID
	}
	for name, value := range e.Map(s.Mapping) {
		if text, ok := value.(string); ok {
			value = cut(text, maxParameterValue)
		}
		if _, taken := params[name]; !taken && len(params) < maxParameters {
			params[name] = value
		}
	}
	return params
}

func abs(n int64) int64 { return max(n, -n) }

// cut shortens a text at a character.
func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
