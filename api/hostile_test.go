package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

// beacon is a page view and who it turned out to be, as the script tells.
func (o *office) beacon(visitor, email, page, referrer string) string {
	body, _ := json.Marshal(map[string]any{
		"key": o.key(workspace.ScopeCollect), "visitor": visitor, "events": []map[string]any{
			{"id": visitor + email, "type": "page", "page": page, "referrer": referrer, "at": 5_000},
			{"type": "identify", "traits": map[string]string{"email": email}, "at": 5_000},
		}, "sent_at": 10_000, // by a clock that stands in 1970
	})
	return string(body)
}

// TestHostileAddresses sends what the web is full of: it is cut, cleaned and
// counted, and nothing of it runs or breaks.
func TestHostileAddresses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	browsing := map[string]string{"User-Agent": browser, "Content-Type": "text/plain"}
	long := strings.Repeat("x", 10_000)
	for i, c := range []struct{ name, page, referrer, has, lacks string }{
		{"10 kB of campaign", "https://shop.example/?utm_source=a&utm_medium=email&utm_campaign=" + long, "", `"campaign":"` + long[:500] + `"`, long[:2049]},
		{"bad percent signs", "https://shop.example/?utm_source=a%zz&utm_medium=email&utm_campaign=%E0%A4%A", "", `"campaign":"%E0%A4%A"`, "\ufffd"},
		{"emoji", "https://shop.example/?utm_source=a&utm_medium=email&utm_campaign=%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB", "", `"campaign":"👩‍💻"`, ""},
		{"right to left", "https://shop.example/?utm_source=a&utm_medium=email&utm_campaign=%D8%B1%D8%A8%D9%8A%D8%B9%E2%80%AE", "", `"campaign":"ربيع"`, "\u202e"},
		{"a script as referrer", "https://shop.example/script", "javascript:alert(1)", `"source":"Direct"`, `"source":"Referral"`},
		{"the site itself", "https://shop.example/self", "https://shop.example/pricing", `"source":"Direct"`, `"source":"Referral"`},
		{"back from a payment", "https://shop.example/thanks", "https://checkout.stripe.com/c/pay", `"source":"Direct"`, `"source":"Referral"`},
		{"no address", "not an address <b>", "//", `"source":"Direct"`, ""},
	} {
		email := fmt.Sprintf("guest%d@example.com", i)
		o.play(t,
			scenario{name: c.name, path: "/v1/visit", status: 204, header: browsing, body: o.beacon("v-"+email, email, c.page, c.referrer)},
			scenario{name: c.name + ", read", path: "/v1/contacts/email:" + email + "/timeline", status: 200, has: []string{c.has}, lacks: lacking(c.lacks)},
		)
	}
	o.play(t, scenario{name: "they are counted", path: "/v1/reports/sources?preset=today&compare=none&level=campaign&model=first&direct=keep", status: 200, has: []string{"ربيع", "👩‍💻"}})
}

func lacking(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// TestSpoofedOrigins: a key of a site is of no use to the pages of another, and
// they are not told so.
func TestSpoofedOrigins(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	made, err := o.uses.CreateKey(t.Context(), workspace.CreateKeyInput{
		Workspace: o.workspace, Name: "shop", Scope: workspace.ScopeCollect, Origins: []string{"https://shop.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	o.keys[workspace.ScopeCollect] = made.Secret
	for origin, status := range map[string]int{
		"https://shop.example": 200, "https://shop.example.evil.example": 404, "https://evil.example/shop.example": 404, "http://shop.example": 404, "null": 404,
	} {
		email := fmt.Sprintf("%x@example.com", origin)
		header := map[string]string{"User-Agent": browser, "Content-Type": "text/plain", "Origin": origin}
		o.play(t,
			scenario{name: origin, path: "/v1/visit", status: http.StatusNoContent, header: header, body: o.beacon("v-"+email, email, "https://shop.example/", "")},
			scenario{name: origin + " is known", path: "/v1/contacts/email:" + email, status: status},
		)
	}
}

// TestPeopleAndTheirDevices: one person on ten devices is one, two people on one
// device are two, and each has the visits that were theirs.
func TestPeopleAndTheirDevices(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	browsing := map[string]string{"User-Agent": browser, "Content-Type": "text/plain"}
	var pages []string
	for i := range 10 {
		page := fmt.Sprintf("https://shop.example/?utm_source=a&utm_medium=email&utm_campaign=Device%d", i)
		pages = append(pages, fmt.Sprintf(`"campaign":"Device%d"`, i))
		o.play(t, scenario{name: "a device", path: "/v1/visit", status: 204, header: browsing, body: o.beacon(fmt.Sprint("device-", i), "ada@example.com", page, "")})
	}
	shared := o.beacon("device-0", "ben@example.com", "https://shop.example/?utm_source=a&utm_medium=email&utm_campaign=Ben", "")
	o.play(t,
		scenario{name: "somebody else", path: "/v1/visit", status: 204, header: browsing, body: shared},
		scenario{name: "ten devices", path: "/v1/contacts/email:ada@example.com/timeline", status: 200, has: pages, lacks: []string{`"campaign":"Ben"`}},
		scenario{name: "the other one", path: "/v1/contacts/email:ben@example.com/timeline", status: 200, has: []string{`"campaign":"Ben"`}, lacks: []string{"Device"}},
		scenario{name: "both are contacts", path: "/v1/reports/sources?preset=today&compare=none&model=last", status: 200, has: []string{`"visitors":10`, `"all":2`}},
	)
}

// TestOddMoney: refunds, currencies without a rate and amounts that are none.
func TestOddMoney(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	at := time.Now().Add(-5 * time.Second).Format(time.RFC3339)
	o.play(t,
		scenario{
			name: "told", path: "/v1/revenue", status: 200, has: []string{`"accepted":4`, `"rejected":[{"index":4`},
			body: strings.ReplaceAll(`[{"id":"a",WHO,"amount":1000},{"id":"b",WHO,"amount":-400},{"id":"c",WHO,"amount":50,"kind":"refund","refund_of":"a"},
				{"id":"d",WHO,"amount":7,"currency":"XTS"},{"id":"e",WHO,"amount":7,"currency":"EURO"}]`,
				"WHO", `"contact":{"email":"ada@example.com"},"at":"`+at+`"`),
		},
		scenario{name: "no amount", path: "/v1/revenue", status: 422, body: `[{"id":"f","contact":{"email":"ada@example.com"},"amount":"ten"}]`, has: []string{"body[0].amount"}},
		scenario{
			name: "counted", path: "/v1/reports/sources?preset=today&compare=none&model=last", status: 200,
			has: []string{`"revenue":550`},
		},
	)
}
