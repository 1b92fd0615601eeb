package hook

import (
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/touch"
)

// verifyHubSpot checks X-HubSpot-Signature-v3: HMAC-SHA256 by the app's secret
// over method, address, body and time (developers.hubspot.com, "Validating
// requests").
func verifyHubSpot(c Call, secret string) bool {
	at := c.Header("X-HubSpot-Request-Timestamp")
	ms, err := strconv.ParseInt(at, 10, 64)
	if err != nil || !c.fresh(touch.Millis(ms)) {
		return false
	}
	signature := c.Header("X-HubSpot-Signature-v3")
	return isBase64(sha256.New, signature, secret, []byte(c.Method), []byte(decoded(c.URL)), c.Body, []byte(at))
}

// decoded is an address with the few characters decoded that HubSpot decodes
// before it signs; the mark before the query stays.
func decoded(address string) string {
	return strings.NewReplacer(
		"%3A", ":", "%2F", "/", "%3F", "?", "%40", "@", "%21", "!", "%24", "$", "%27", "'", "%28", "(", "%29", ")", "%2A", "*", "%2C", ",", "%3B", ";",
	).Replace(address)
}

// hubSpot is one event of a subscription; several come in one call. A deal is
// known by its id only, so its contact has that as its external id.
type hubSpot struct {
	EventID          json.Number `json:"eventId"`
	SubscriptionType string      `json:"subscriptionType"`
	ObjectID         json.Number `json:"objectId"`
	OccurredAt       int64       `json:"occurredAt"`
	PropertyName     string      `json:"propertyName"`
	PropertyValue    string      `json:"propertyValue"`
}

func readHubSpot(c Call) (out []Message, err error) {
	var events []hubSpot
	if err := json.Unmarshal(c.Body, &events); err != nil {
		return nil, err
	}
	for _, e := range events {
		m := Message{ID: e.id(), At: touch.Millis(e.OccurredAt), Deal: e.deal()}
		switch e.SubscriptionType {
		case "deal.propertyChange":
			m.ExternalID = "hubspot:deal:" + e.ObjectID.String()
		case "contact.propertyChange":
			m.ExternalID = "hubspot:" + e.ObjectID.String()
		default:
			continue
		}
		out = append(out, m)
	}
	return out, nil
}

// id is the same whenever an event is sent again. The eventId alone "is not
// guaranteed to be unique" (developers.hubspot.com, "Webhooks").
func (e *hubSpot) id() string {
	return e.EventID.String() + " " + e.PropertyName + " " + strconv.FormatInt(e.OccurredAt, 10)
}

func (e *hubSpot) deal() *Deal {
	switch e.PropertyName {
	case "dealstage", "lifecyclestage":
		return &Deal{Stage: e.PropertyValue}
	case "amount":
		return &Deal{Amount: e.PropertyValue}
	case "closedate":
		ms, err := strconv.ParseInt(e.PropertyValue, 10, 64)
		if err == nil {
			return &Deal{CloseAt: touch.Millis(ms)}
		}
	}
	return nil
}
