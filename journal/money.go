package journal

import (
	"math"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Revenue is a sale to a contact, or what of one it was paid back. Its time is
// that of its entry.
type Revenue struct {
	ID       string `json:"id"`     // unique within the workspace
	Amount   int64  `json:"amount"` // minor units; negative of a refund
	Currency string `json:"currency"`
	Refund   bool   `json:"refund,omitempty"`
	RefundOf string `json:"refund_of,omitempty"` // the id of the sale; "" = not known
}

// Cost is what a day of a source cost, with what was said of it before, so
// that each entry tells by itself what it changes.
type Cost struct {
	Day    int32        `json:"day"`             // local, counted from 1970-01-01
	Source touch.Source `json:"source,omitzero"` // without landing page
	From   *Spend       `json:"from,omitempty"`  // nil = nothing was said
	To     *Spend       `json:"to,omitempty"`    // nil = taken back
}

// Spend is what was paid, and for what.
type Spend struct {
	Amount      int64  `json:"amount"` // minor units
	Currency    string `json:"currency"`
	Clicks      int64  `json:"clicks,omitempty"`
	Impressions int64  `json:"impressions,omitempty"`
}

// Rate is what a currency is worth from a day on, until the next rate of it.
type Rate struct {
	Currency string  `json:"currency"`
	Into     string  `json:"into"`   // the workspace's when the rate was given; it says nothing of another one
	Day      int32   `json:"day"`    // local, counted from 1970-01-01
	Rate     float64 `json:"rate"`   // one unit of Currency in units of Into
	Factor   float64 `json:"factor"` // the same of minor units
}

// Convert returns an amount of minor units in the workspace's currency at the
// rate of a day; ok is false if none is known.
func (c *Configuration) Convert(amount int64, currency string, day int32) (converted int64, ok bool) {
	if currency == "" || currency == c.Currency {
		return amount, true
	}
	since := int32(math.MinInt32)
	for _, r := range c.Rates {
		if r.Currency == currency && r.Into == c.Currency && r.Day <= day && r.Day >= since {
			since, ok = r.Day, true
			converted = int64(math.Round(float64(amount) * r.Factor))
		}
	}
	return converted, ok
}

// Sale is a revenue record of a person.
type Sale struct {
	At lifecycle.Millis
	Revenue
}

// Valued is a value that a person was given at a time.
type Valued struct {
	At lifecycle.Millis
	Value
}

// Value is the value of a contact, as FieldValue has it.
type Value struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}
