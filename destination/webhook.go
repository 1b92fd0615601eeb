package destination

import (
	"encoding/json"
	"net/http"
)

// webhook is a signed call of any address (standardwebhooks.com). It gets what
// the mapping says in fields, so nothing of a contact goes out by default that
// nobody chose.
func webhook() Service {
	return Service{
		Kind: Webhook,
		Fields: []Field{
			{Name: "url", Required: true, Example: "https://crm.example.com/hook", Pattern: `^https?://\S+$`},
			{Name: "secret", Secret: true, Made: true, Pattern: `^whsec_[A-Za-z0-9+/]{32,}={0,2}$`, Example: "whsec_ and base64"},
		},
		Names: map[What]string{
			Lead: "contact.lead", StageIn: "contact.stage", Opportunity: "contact.opportunity", Won: "contact.won", Lost: "contact.lost",
			Sale: "revenue.sale", Refund: "revenue.refund",
		},
		Mapping: []Pair{
			{To: "email", From: "contact.email"},
			{To: "phone", From: "contact.phone"},
			{To: "name", From: "contact.name"},
			{To: "external_id", From: "contact.external_id"},
			{To: "first_source", From: "first.source"},
			{To: "first_sub_source", From: "first.sub_source"},
			{To: "first_medium", From: "first.medium"},
			{To: "first_campaign", From: "first.campaign"},
			{To: "first_keyword", From: "first.keyword"},
			{To: "first_landing_page", From: "first.landing_page"},
			{To: "last_source", From: "last.source"},
			{To: "last_campaign", From: "last.campaign"},
		},
		MaxAge:    usually,
		wrongName: short(maxName), wrongTarget: short(maxName),
		build: buildWebhook, judge: judgeWebhook,
	}
}

// payload is the body, in the form of the Standard Webhooks.
type payload struct {
	Type      string      `json:"type"`
	Timestamp string      `json:"timestamp"`
	Data      payloadData `json:"data"`
}

type payloadData struct {
	ID        string         `json:"id"`
	Event     What           `json:"event"`
	Workspace string         `json:"workspace"`
	Contact   string         `json:"contact"`
	Test      bool           `json:"test"`
	Stage     *payloadStage  `json:"stage"`
	Value     *payloadValue  `json:"value"`
	Sale      *string        `json:"sale_id"`
	RefundOf  *string        `json:"refund_of"`
	Fields    map[string]any `json:"fields"`
}

type payloadStage struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type payloadValue struct {
	Amount   json.Number `json:"amount"` // whole units
	Currency string      `json:"currency"`
}

func buildWebhook(s *Setup, e *Event, c Context) (Request, error) {
	p := payload{Type: e.Name, Timestamp: stamp(e.At), Data: payloadData{
		ID: e.ID, Event: e.What, Workspace: c.Workspace, Contact: e.Contact.ID, Test: e.Test, Fields: e.Map(s.Mapping),
	}}
	if e.Stage.Key != "" {
		p.Data.Stage = &payloadStage{e.Stage.Key, e.Stage.Name, e.Stage.Kind.String()}
	}
	if e.Currency != "" {
		p.Data.Value = &payloadValue{e.amount(), e.Currency}
	}
	if e.Sale != "" {
		p.Data.Sale = &e.Sale
	}
	if e.RefundOf != "" {
		p.Data.RefundOf = &e.RefundOf
	}
	body, err := json.Marshal(p)
	if err != nil {
		return Request{}, err
	}
	return Request{
		Method: http.MethodPost, URL: s.Settings["url"], Body: string(body),
		Header: Signed(e.ID, s.Secrets["secret"], c.Now, string(body)),
	}, nil
}

// judgeWebhook tries everything again but 410: "the endpoint is gone".
func judgeWebhook(a Answer) Verdict {
	switch {
	case a.Status >= 200 && a.Status < 300:
		return Verdict{Result: Done}
	case a.Status == http.StatusGone:
		return Verdict{Result: Never, Why: answered(a) + ": nobody wants it any more"}
	}
	return Verdict{Result: Again, Why: answered(a)}
}
