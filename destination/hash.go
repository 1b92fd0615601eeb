package destination

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/lifecycle"
)

// hashed is SHA-256 in hex, as all services take it; "" of the empty text.
func hashed(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// digits are those of a phone number.
func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
}

// googleEmail is an e-mail address as Google hashes it: trimmed, in lower case,
// without spaces, and of Gmail without the periods before the domain.
//
// source: Google Analytics, "Send user-provided data with User-ID using the
// Measurement Protocol"; Google Ads API, "Enhanced conversions for leads".
func googleEmail(email string) string {
	email = strings.Join(strings.Fields(strings.ToLower(email)), "")
	local, domain, _ := strings.Cut(email, "@")
	if domain == "gmail.com" || domain == "googlemail.com" {
		local = strings.ReplaceAll(local, ".", "")
	}
	if domain == "" {
		return ""
	}
	return local + "@" + domain
}

// googlePhone is a phone number as Google hashes it: its digits after a plus
// (E.164). A number without a country cannot be told from another one.
func googlePhone(phone string) string {
	if number := international(phone); number != "" {
		return "+" + number
	}
	return ""
}

// metaEmail is an e-mail address as Meta hashes it: trimmed, in lower case.
//
// source: Meta, Conversions API, "Customer Information Parameters".
func metaEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// metaPhone is a phone number as Meta hashes it: digits with the country's, no
// leading zeros.
func metaPhone(phone string) string { return international(phone) }

// international is the digits of a number that says its country, by a plus or
// two zeros; "" of one that does not.
func international(phone string) string {
	phone = strings.TrimSpace(strings.TrimPrefix(phone, "tel:"))
	number := digits(phone)
	if !strings.HasPrefix(phone, "+") {
		after, ok := strings.CutPrefix(number, "00")
		if !ok {
			return ""
		}
		number = after
	}
	return strings.TrimLeft(number, "0")
}

// secretPrefix is how secrets of the Standard Webhooks begin.
const secretPrefix = "whsec_"

// Signed returns the headers of the Standard Webhooks: an id that is the same
// at every attempt, the time of this one, and HMAC-SHA256 over both and the
// body by the secret, which is whsec_ and base64.
//
// source: standardwebhooks.com, "Signature scheme".
func Signed(id, secret string, now lifecycle.Millis, body string) map[string]string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil {
		key = []byte(secret)
	}
	at := strconv.FormatInt(int64(now)/1000, 10)
	h := hmac.New(sha256.New, key)
	h.Write([]byte(id + "." + at + "." + body))
	return map[string]string{
		"Content-Type": "application/json", "webhook-id": id, "webhook-timestamp": at,
		"webhook-signature": "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil)),
	}
}
