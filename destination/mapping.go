package destination

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/tabular"
	"github.com/tidemark/tidemark/touch"
)

// Pair fills a field of the service with one of ours, or with a fixed text.
type Pair struct {
	To    string `json:"to"`
	From  string `json:"from,omitempty" doc:"one of the sources of /v1/destinations/kinds, or property.NAME"`
	Value string `json:"value,omitempty" doc:"a fixed text"`
}

// plain are the sources that are neither properties nor of a touch.
func plain() []string {
	return []string{
		"event.name", "event.id", "event.at",
		"contact.id", "contact.external_id", "contact.email", "contact.phone", "contact.name", "contact.owner", "contact.created_at", "contact.created_by",
		"stage.key", "stage.name", "stage.kind", "value.amount", "value.currency", "sale.id", "sale.refund_of",
	}
}

// ofTouch are the sources of a touch besides its source fields.
func ofTouch() []string {
	return []string{"at", "kind", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "click_name", "click_id"}
}

// Sources lists where fields can be filled from, but for properties.
func Sources() (out []string) {
	out = plain()
	for _, of := range []string{"first.", "last."} {
		for _, f := range touch.Fields {
			out = append(out, of+string(f))
		}
		for _, name := range ofTouch() {
			out = append(out, of+name)
		}
	}
	for _, f := range touch.Fields {
		out = append(out, "own."+string(f))
	}
	return out
}

// knownSource reports whether there is a source of a name.
func knownSource(name string) bool {
	if property, ok := strings.CutPrefix(name, journal.PropertyPrefix); ok {
		return property != "" && len(property) <= maxSetting
	}
	for _, s := range Sources() {
		if s == name {
			return true
		}
	}
	return false
}

// Map fills the fields of a mapping. What has no value is left out.
func (e *Event) Map(pairs []Pair) map[string]any {
	out := map[string]any{}
	for _, p := range pairs {
		if p.From == "" {
			out[p.To] = p.Value
		} else if v := e.value(p.From); v != nil {
			out[p.To] = v
		}
	}
	return out
}

// value returns what a source says: a text, a number, a truth; nil for nothing.
func (e *Event) value(source string) any {
	group, name, _ := strings.Cut(source, ".")
	switch group {
	case "property":
		return scalar(e.Contact.Properties[name])
	case "first":
		return e.First.value(name)
	case "last":
		return e.Last.value(name)
	case "own":
		return given(sourceField(e.Contact.Source, name))
	case "value":
		if e.Currency == "" {
			return nil
		}
		if name == "currency" {
			return e.Currency
		}
		return e.amount()
	}
	return given(e.text(source))
}

func (e *Event) text(source string) string {
	c := &e.Contact
	switch source {
	case "event.name":
		return e.Name
	case "event.id":
		return e.ID
	case "event.at":
		return stamp(e.At)
	case "contact.id":
		return c.ID
	case "contact.external_id":
		return c.ExternalID
	case "contact.email":
		return c.Email
	case "contact.phone":
		return c.Phone
	case "contact.name":
		return c.Name
	case "contact.owner":
		return c.Owner
	case "contact.created_by":
		return c.CreatedBy
	case "contact.created_at":
		return stamp(c.CreatedAt)
	case "stage.key":
		return e.Stage.Key
	case "stage.name":
		return e.Stage.Name
	case "stage.kind":
		return e.Stage.Kind.String()
	case "sale.id":
		return e.Sale
	case "sale.refund_of":
		return e.RefundOf
	}
	return ""
}

// value is what a touch says; nil of none.
func (c *Click) value(name string) any {
	if c == nil {
		return nil
	}
	switch name {
	case "at":
		return stamp(lifecycle.Millis(c.At))
	case "kind":
		return string(c.Kind)
	case "utm_source":
		return given(c.UTM.Source)
	case "utm_medium":
		return given(c.UTM.Medium)
	case "utm_campaign":
		return given(c.UTM.Campaign)
	case "utm_term":
		return given(c.UTM.Term)
	case "utm_content":
		return given(c.UTM.Content)
	case "click_name":
		return given(c.Click.Name)
	case "click_id":
		return given(c.Click.ID)
	}
	return given(sourceField(c.Source, name))
}

func sourceField(s touch.Source, name string) string {
	for i, f := range touch.Fields {
		if string(f) == name {
			return s.Values()[i]
		}
	}
	return ""
}

// given takes the empty text for nothing.
func given(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// stamp is an instant as JSON has it, "" for none.
func stamp(at lifecycle.Millis) string {
	if at == 0 {
		return ""
	}
	text, _ := at.MarshalText()
	return string(text)
}

// scalar is a property as services take it; lists and objects as JSON text.
func scalar(value json.RawMessage) any {
	var v any
	if len(value) == 0 || json.Unmarshal(value, &v) != nil {
		return nil
	}
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return given(v)
	case bool:
		return v
	case float64:
		return json.Number(value)
	}
	return string(value)
}

// amount is the value in whole units of its currency, exactly.
func (e *Event) amount() json.Number { return major(e.Amount, e.Currency) }

// major writes minor units of a currency as a decimal number of whole units,
// after the decimals of ISO 4217: 1234 EUR is 12.34, 1234 JPY is 1234.
func major(minor int64, currency string) json.Number {
	decimals := tabular.MinorDigits(currency)
	sign := ""
	if minor < 0 {
		sign = "-"
	}
	digits := strconv.FormatUint(magnitude(minor), 10)
	if decimals > 0 {
		digits = strings.Repeat("0", max(0, decimals+1-len(digits))) + digits
		digits = digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
	}
	return json.Number(sign + digits)
}

func magnitude(n int64) uint64 {
	if n == math.MinInt64 {
		return 1 << 63
	}
	return uint64(max(n, -n))
}
