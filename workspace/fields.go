package workspace

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// checker collects what is wrong with an input.
type checker struct{ fault.Details }

// text trims a text and checks it.
func (k *checker) text(location string, text *string, limit int) *string {
	if text == nil {
		return nil
	}
	clean := strings.TrimSpace(*text)
	k.Refuse(location, badText(clean, limit))
	return &clean
}

// contact cleans the fields of a contact.
func (k *checker) contact(location string, f ContactFields) ContactFields {
	out := ContactFields{
		ExternalID: k.text(location+".external_id", f.ExternalID, maxIdentifier),
		Email:      k.text(location+".email", f.Email, maxIdentifier),
		Phone:      k.text(location+".phone", f.Phone, maxIdentifier),
		Name:       k.text(location+".name", f.Name, maxName),
		Owner:      k.text(location+".owner", f.Owner, maxName),
		Value:      k.money(location+".value", f.Value),
		Source:     k.source(location+".source", f.Source),
		Properties: k.properties(location+".properties", f.Properties),
	}
	if e := orEmpty(out.Email); e != "" && !isEmail(e) {
		k.Add(location+".email", "is not an e-mail address").Coded("not_an_email")
	}
	if p := orEmpty(out.Phone); p != "" && !isPhone(p) {
		k.Add(location+".phone", "is not a phone number").Coded("not_a_phone")
	}
	return out
}

// isEmail is a plausibility check: something, one @, something.
func isEmail(text string) bool {
	local, domain, _ := strings.Cut(text, "@")
	return local != "" && domain != "" && !strings.ContainsAny(domain, "@") && !strings.ContainsFunc(text, isSpace)
}

// isPhone accepts digits with the signs that people put between them.
func isPhone(text string) bool {
	text = strings.TrimPrefix(text, "tel:")
	other := func(r rune) bool { return !strings.ContainsRune("0123456789+()-./ \u00a0", r) }
	digits := len(phone(text).Value) - 1
	return digits >= 3 && digits <= 20 && !strings.ContainsFunc(text, other)
}

func isSpace(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xa0 }

// money checks an amount at a location, "" = the top.
func (k *checker) money(location string, m *Money) *Money {
	if m == nil {
		return nil
	}
	out := *m
	out.Currency = strings.ToUpper(strings.TrimSpace(out.Currency))
	if out.Currency != "" && !isCurrency(out.Currency) {
		k.Add(strings.TrimPrefix(location+".currency", "."), "is not a currency code of three letters (ISO 4217)").Coded("not_a_currency")
	}
	if out.Amount > maxMoney || out.Amount < -maxMoney {
		k.Add(strings.TrimPrefix(location+".amount", "."), "is more than %d minor units", int64(maxMoney))
	}
	return &out
}

// maxMoney is the most that one amount can be, in minor units: sums of
// thousands of such fit into 64 bits, and JavaScript reads each exactly.
const maxMoney = 1e15

func isCurrency(text string) bool {
	return len(text) == 3 && !strings.ContainsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' })
}

// maxSource is the limit of a source field; landing pages are addresses.
const maxSource = 2048

func (k *checker) source(location string, s *touch.Source) *touch.Source {
	if s == nil {
		return nil
	}
	values := s.Values()
	for i, field := range touch.Fields {
		values[i] = *k.text(location+"."+string(field), &values[i], maxSource)
	}
	out := touch.SourceOf(values)
	return &out
}

// properties brings values into one spelling, so that equal ones are equal bytes.
func (k *checker) properties(location string, given map[string]json.RawMessage) map[string]json.RawMessage {
	if len(given) == 0 {
		return nil
	}
	if len(given) > maxProperties {
		k.Add(location, "are %d; a contact has at most %d", len(given), maxProperties)
		return nil
	}
	out := make(map[string]json.RawMessage, len(given))
	for name, value := range given {
		at := location + "." + strings.ToValidUTF8(name, "?")
		reason := badText(name, maxProperty).Message
		if strings.TrimSpace(name) == "" {
			reason = "needs a name"
		}
		clean, bad := cleanJSON(value)
		if reason == "" {
			reason = bad
		}
		if reason != "" {
			k.Add(at, "%s", reason)
			continue
		}
		out[name] = clean
	}
	return out
}

// cleanJSON compacts a JSON value, or says what is wrong with it.
func cleanJSON(value json.RawMessage) (clean json.RawMessage, reason string) {
	if len(value) > maxValue {
		return nil, fmt.Sprintf("is longer than %d bytes", maxValue)
	}
	if !utf8.Valid(value) {
		return nil, "is not valid UTF-8"
	}
	clean, err := json.Marshal(value)
	if err != nil {
		return nil, "is not valid JSON"
	}
	if strings.Contains(string(clean), `\u0000`) && hasNUL(clean) {
		return nil, "contains a NUL character"
	}
	return clean, ""
}

// hasNUL looks into the texts of a JSON value.
func hasNUL(value json.RawMessage) bool {
	var decoded any
	if json.Unmarshal(value, &decoded) != nil {
		return true
	}
	return containsNUL(decoded)
}

func containsNUL(value any) bool {
	switch v := value.(type) {
	case string:
		return strings.ContainsRune(v, 0)
	case []any:
		for _, e := range v {
			if containsNUL(e) {
				return true
			}
		}
	case map[string]any:
		for name, e := range v {
			if strings.ContainsRune(name, 0) || containsNUL(e) {
				return true
			}
		}
	}
	return false
}

// actor checks who acts; nobody said is the API.
func (k *checker) actor(a journal.Actor) journal.Actor {
	if a.Kind == "" {
		a.Kind = journal.ActorAPI
	}
	known := false
	for _, kind := range journal.ActorKinds {
		known = known || kind == a.Kind
	}
	if !known {
		k.Add("body.actor.kind", "%s is not one of user, api, workflow, form, import, bulk", quote(string(a.Kind)))
	}
	a.ID = *k.text("body.actor.id", &a.ID, maxIdentifier)
	a.Name = *k.text("body.actor.name", &a.Name, maxName)
	return a
}

// maxAhead is how far ahead of our clock the time of a change may be.
const maxAhead = 5 * time.Minute

// checkAt refuses a time that no change can have.
func (s *Service) checkAt(at lifecycle.Millis) error {
	if at > s.now().Add(maxAhead) {
		const says = "is more than five minutes ahead of the server's clock"
		return &fault.Error{
			Kind: fault.Invalid, Code: "at_in_future", Message: "The time of the change " + says + ".",
			Details: []fault.Detail{{Location: "body.at", Message: says, Code: "in_future"}},
		}
	}
	if at.Time().Year() < 1900 {
		return fault.At("body.at", "is before the year %s", fault.Named("year", "1900")).Coded("too_early")
	}
	return nil
}
