package hook

import (
	"crypto/sha1" // what Twilio signs with
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/touch"
)

// verifyTwilio checks X-Twilio-Signature: HMAC-SHA1 by the auth token over the
// address and then every parameter, name and value, in order of names
// (twilio.com/docs/usage/security, "Validating requests").
func verifyTwilio(c Call, secret string) bool {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil {
		return false
	}
	said := []byte(c.URL)
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			said = append(append(said, name...), value...)
		}
	}
	return isBase64(sha1.New, c.Header("X-Twilio-Signature"), secret, said)
}

// hidden are what Twilio says of callers who hide their number: ANONYMOUS,
// RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on the keys of a phone. They are
// not one person.
//
// source: Twilio help, "Why am I getting calls from these strange numbers?"
var hidden = [...]string{"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"}

// readTwilio reads a call (status callback or voice webhook) or a message, by
// SMS or WhatsApp. What one of our own numbers began is no lead: a call says so
// by its direction, a message by a status that only sent ones have.
func readTwilio(c Call) ([]Message, error) {
	form, err := url.ParseQuery(string(c.Body))
	if err != nil {
		return nil, err
	}
	sent := form.Get("MessageStatus")
	if strings.HasPrefix(form.Get("Direction"), "outbound") || sent != "" && sent != "received" || slices.Contains(hidden[:], form.Get("From")) {
		return nil, nil
	}
	m := Message{
		At: c.Now, Phone: strings.TrimPrefix(form.Get("From"), "whatsapp:"), Called: strings.TrimPrefix(form.Get("To"), "whatsapp:"),
	}
	if at, err := time.Parse(time.RFC1123Z, form.Get("Timestamp")); err == nil {
		m.At = touch.Millis(at.UnixMilli())
	}
	switch {
	case form.Get("CallSid") != "":
		m.Kind, m.ID, m.Name = touch.KindCall, form.Get("CallSid"), form.Get("CallerName")
	case form.Get("MessageSid") != "":
		m.Kind, m.ID, m.Name = touch.KindChat, form.Get("MessageSid"), form.Get("ProfileName")
		m.Ad = twilioAd(form)
	}
	if m.Ad != nil {
		m.Kind = touch.KindAd
	}
	return []Message{m}, nil
}

// twilioAd is the referral of a WhatsApp message that an ad opened.
func twilioAd(form url.Values) *touch.Ad {
	if form.Get("ReferralSourceId") == "" {
		return nil
	}
	return &touch.Ad{
		Network: "Meta", AdID: form.Get("ReferralSourceId"), Headline: form.Get("ReferralHeadline"), ClickID: form.Get("ReferralCtwaClid"),
	}
}
