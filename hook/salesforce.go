package hook

import (
	"cmp"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/touch"
)

// verifySalesforce checks the secret of the named credential by which a flow
// calls out: Authorization: Bearer SECRET. Salesforce signs nothing by itself.
func verifySalesforce(c Call, secret string) bool {
	given, ok := strings.CutPrefix(c.Header("Authorization"), "Bearer ")
	return ok && same(given, secret)
}

// salesforce is a record of an Opportunity, by the names of its fields, with
// the contact of its primary role beside it.
type salesforce struct {
	ID               string `json:"Id"`
	StageName        string
	Amount           json.Number
	CurrencyIsoCode  string
	CloseDate        string
	LastModifiedDate string
	Contact          struct {
		Email, Phone, Name string
		ID                 string `json:"Id"`
	}
}

func readSalesforce(c Call) ([]Message, error) {
	var r salesforce
	if err := json.Unmarshal(c.Body, &r); err != nil {
		return nil, err
	}
	if r.ID == "" {
		return nil, nil
	}
	m := Message{
		At:    instant(r.LastModifiedDate, c.Now),
		Email: r.Contact.Email, Phone: r.Contact.Phone, Name: r.Contact.Name,
		Deal: &Deal{Stage: r.StageName, Amount: plain(r.Amount), Currency: r.CurrencyIsoCode, CloseAt: instant(r.CloseDate, 0)},
	}
	m.ID = m.Deal.event(r.ID, r.LastModifiedDate)
	if m.Email == "" && m.Phone == "" {
		m.ExternalID = "salesforce:" + cmp.Or(r.Contact.ID, r.ID)
	}
	return []Message{m}, nil
}

// plain writes a number without an exponent, which large amounts come with.
func plain(n json.Number) string {
	value, err := strconv.ParseFloat(n.String(), 64)
	if err != nil || math.Abs(value) >= 1e15 {
		return n.String()
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}

// instant reads a time or a day as CRMs write them.
func instant(text string, otherwise touch.Millis) touch.Millis {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05.000-0700", time.DateTime, time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return touch.Millis(at.UnixMilli())
		}
	}
	return otherwise
}
