package api_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/capture"
	"github.com/tidemark/tidemark/workspace"
)

const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0"

// TestFromVisitToRevenue is what a stranger does with the snippet: a visit by a
// campaign, a form, a sale; the campaign is on the timeline and in the report.
func TestFromVisitToRevenue(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	beacon := func(events string) string {
		return `{"key":"` + o.key(workspace.ScopeCollect) + `","visitor":"v-1","events":[` + events + `]}`
	}
	browsing := map[string]string{"User-Agent": browser, "Content-Type": "text/plain"}
	o.play(t,
		scenario{
			name: "a visit", path: "/v1/visit", status: 204, header: browsing,
			body: beacon(`{"id":"e1","type":"page","page":"https://shop.example/pricing?utm_source=news&utm_medium=email&utm_campaign=May","title":"Pricing"}`),
			has:  []string{"Access-Control-Allow-Origin: *", "Cross-Origin-Resource-Policy: cross-origin", "X-Content-Type-Options: nosniff"},
			// They bind pages, and this is none.
			lacks: []string{"Content-Security-Policy", "Permissions-Policy"},
		},
		scenario{name: "nobody knows who it is", path: "/v1/contacts", status: 200, lacks: []string{`"ct_`}},
		scenario{
			name: "a bot", path: "/v1/visit", status: 204, header: map[string]string{"User-Agent": "Googlebot/2.1", "Content-Type": "text/plain"},
			body: beacon(`{"id":"e9","type":"page","page":"https://shop.example/?utm_campaign=Bots&utm_source=x"}`),
		},
		scenario{
			name: "who does not want it", path: "/v1/visit", status: 204, header: map[string]string{"User-Agent": browser, "Sec-GPC": "1"},
			body: beacon(`{"id":"e8","type":"page","page":"https://shop.example/?utm_campaign=Gpc&utm_source=x"}`),
		},
		scenario{name: "no key", path: "/v1/visit", status: 204, header: browsing, body: `{"key":"tmk_nothing","visitor":"v","events":[]}`},
		scenario{name: "not JSON", path: "/v1/visit", status: 204, header: browsing, body: `{`},
		scenario{
			name: "a form", path: "/v1/visit", status: 204, header: browsing,
			body: beacon(`{"id":"e2","type":"form","page":"https://shop.example/demo","form":{"id":"demo","fields":{"email":"ada@example.com","name":"Ada","card":"4111"}}}`),
		},
		scenario{name: "a move forward", path: "/v1/visit", status: 204, header: browsing, body: beacon(`{"id":"e3","type":"stage","stage":"new_lead"}`)},
		scenario{name: "no stranger wins", path: "/v1/visit", status: 204, header: browsing, body: beacon(`{"id":"e4","type":"stage","stage":"customer"}`)},
		scenario{
			name: "a sale", path: "/v1/revenue", status: 200, key: workspace.ScopeWrite,
			body: `[{"id":"r1","contact":{"email":"ada@example.com"},"amount":12000},{"id":"r1","contact":{"email":"ada@example.com"},"amount":12000},{"id":"","contact":{},"amount":1}]`,
			has:  []string{`"accepted":1`, `"duplicate":1`},
		},
		scenario{
			name: "of one by name", path: "/v1/revenue", status: 200, key: workspace.ScopeWrite,
			body: `[{"id":"r2","contact":"email:ada@example.com","amount":700},{"id":"r3","contact":"email:nobody@example.com","amount":700}]`,
			has:  []string{`"accepted":1`, `"rejected":[{"index":1`, "There is no contact"},
		},
		scenario{
			name: "of a name that is none", path: "/v1/revenue", status: 422, key: workspace.ScopeWrite,
			body: `[{"id":"r4","contact":"ct_1","amount":1},{"id":"r5","contact":"nobody","amount":700}]`, has: []string{`"location":"body[1].contact"`},
		},
		scenario{
			name: "a page asks first", method: "OPTIONS", path: "/v1/batch", status: 204, header: map[string]string{"Origin": "https://shop.example"},
			has: []string{"Access-Control-Allow-Origin: *", "Access-Control-Allow-Headers: Authorization"},
		},
		scenario{name: "of no name", path: "/v1/revenue", status: 422, key: workspace.ScopeWrite, body: `[{"id":"r4","contact":7,"amount":700}]`, has: []string{"contact"}},
		scenario{
			name: "who it is", path: "/v1/contacts/email:ada@example.com", status: 200,
			has: []string{`"created_by":"form"`, `"key":"new_lead"`, `"name":"Ada"`}, lacks: []string{"4111"},
		},
		scenario{name: "revenue is listed", path: "/v1/revenue", status: 200, has: []string{`"id":"r1"`, `"amount":12000`, `"kind":"sale"`, `"currency":"EUR"`}},
		scenario{
			name: "the campaign won it", path: "/v1/reports/lifecycle?preset=today&compare=none&group_by=campaign&model=first", status: 200,
			has: []string{`"label":"May"`}, lacks: []string{"Bots", "Gpc"},
		},
		scenario{
			name: "what was not taken", path: "/v1/rejected", status: 200,
			has: []string{`"bots":1`, `"opted_out":1`, "progress stages only"},
		},
	)
}

// Pages call the script with what they have. What is of no use takes nothing else along, and is seen.
func TestABadEventOfABeacon(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{
			name: "told", path: "/v1/visit", status: 204, header: map[string]string{"User-Agent": browser, "Content-Type": "text/plain"},
			body: `{"key":"` + o.key(workspace.ScopeCollect) + `","visitor":"v-1","events":[
				{"id":"e1","type":"page","page":"https://shop.example/?utm_source=news&utm_medium=email"},
				{"id":"e2","type":"identify","traits":"ada@example.com"},{"id":"e3","type":"track","name":5},17,null,
				{"id":"e4","type":"identify","traits":{"email":"ada@example.com"}}]}`,
		},
		scenario{name: "taken", path: "/v1/contacts/email:ada@example.com/timeline", status: 200, has: []string{`"source":"Email"`}},
		scenario{name: "not taken", path: "/v1/rejected", status: 200, has: []string{`"id":"e2","reason":"the event is not JSON as it should be"`, `"id":"e3"`}},
	)
}

// Beacons come by the thousand: those that are taken fill no log, those that are
// turned away do show.
func TestLogOfCollection(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	browsing := map[string]string{"User-Agent": browser, "Content-Type": "text/plain"}
	o.play(t,
		scenario{
			name: "taken", path: "/v1/visit", status: 204, header: browsing,
			body: `{"key":"` + o.key(workspace.ScopeCollect) + `","visitor":"v","events":[{"id":"e","type":"page","page":"https://shop.example/"}]}`,
		},
		scenario{name: "not taken", path: "/v1/track", status: 401, header: browsing, body: `{"writeKey":"none"}`},
	)
	log := o.log.String()
	for _, line := range []string{
		`level=DEBUG msg=request .*route="POST /v1/visit" status=204`,
		`level=INFO msg=request .*route="POST /v1/track" status=401`,
	} {
		if !regexp.MustCompile(line).MatchString(log) {
			t.Errorf("no line like %s in\n%s", line, log)
		}
	}
}

func TestCosts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const costs = "/v1/costs"
	o.play(t,
		scenario{
			name: "told", path: costs, status: 200, key: workspace.ScopeWrite, has: []string{`"accepted":2`},
			body: `[{"day":"2026-01-02","source":"Paid search","campaign":"May","amount":500,"clicks":7},{"day":"2026-01-03","amount":100,"currency":"usd"}]`,
		},
		scenario{name: "told again", path: costs, status: 200, body: `[{"day":"2026-01-02","source":"Paid search","campaign":"May","amount":500,"clicks":7}]`, has: []string{`"duplicate":1`}},
		scenario{name: "corrected", path: costs, status: 200, body: `[{"day":"2026-01-02","source":"Paid search","campaign":"May","amount":600}]`, has: []string{`"accepted":1`}},
		scenario{name: "no day", path: costs, status: 200, body: `[{"day":"soon","amount":600}]`, has: []string{`"rejected":[{"index":0`}},
		scenario{name: "listed", path: costs + "?from=2026-01-02&to=2026-01-02", status: 200, has: []string{`"amount":600`}, lacks: []string{"USD", `"amount":500`}},
		scenario{name: "all", path: costs, status: 200, has: []string{`"currency":"USD"`}},
		scenario{name: "taken back", method: "DELETE", path: costs + "?day=2026-01-03", status: 200, has: []string{`"accepted":1`}},
		scenario{name: "gone", path: costs, status: 200, lacks: []string{"USD"}},
		scenario{
			name: "a table", path: costs, status: 200, has: []string{`"accepted":1`, `"rejected":[{"index":1`}, header: map[string]string{"Content-Type": "text/csv"},
			body: "\ufeffday,campaign,amount,clicks\n2026-02-01,\"May, late\",700,3\nsoon,May,1,\n",
		},
		scenario{name: "of the table", path: costs + "?from=2026-02-01", status: 200, has: []string{`"campaign":"May, late"`, `"amount":700`, `"clicks":3`}},
		scenario{
			name: "more than sums can hold", path: costs, status: 200, has: []string{`"accepted":1`, `"rejected":[{"index":1,"error":"amount is more than`},
			body: `[{"day":"2026-03-01","amount":1000000000000000},{"day":"2026-03-02","amount":1000000000000001}]`,
		},
		scenario{name: "a value more than that", path: "/v1/contacts", status: 422, body: `{"email":"ann@example.com","value":{"amount":-9000000000000000000,"currency":"EUR"}}`, has: []string{"body.value.amount"}},
		scenario{name: "no table", path: costs, status: 400, header: map[string]string{"Content-Type": "text/csv"}, body: "day,amount\n\"2026"},
		scenario{
			name: "rates", method: "PUT", path: "/v1/rates", status: 200, has: []string{`"currency":"USD","from":"2026-01-01","rate":0.5`},
			body: `[{"currency":"usd","from":"2026-01-01","rate":0.5}]`,
		},
		scenario{name: "no rate", method: "PUT", path: "/v1/rates", status: 422, body: `[{"currency":"EUR","from":"2026-01-01","rate":1},{"currency":"USD","from":"x","rate":0}]`, has: []string{"body[0].currency", "body[1].rate", "body[1].from"}},
		scenario{name: "they stay", path: "/v1/rates", status: 200, has: []string{`"rate":0.5`}},
		scenario{name: "not with a read key", path: costs, key: workspace.ScopeRead, body: `[]`, status: 403},
	)
}

func TestSegmentCalls(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	key := o.key(workspace.ScopeCollect)
	call := func(rest string) string { return `{"writeKey":"` + key + `",` + rest + `}` }
	o.play(t,
		scenario{
			name: "page", path: "/v1/page", status: 200, has: []string{`"success":true`},
			body: call(`"anonymousId":"a1","messageId":"m1","context":{"page":{"url":"https://shop.example/"},"campaign":{"name":"June","source":"news","medium":"email"}}`),
		},
		scenario{
			name: "identify", path: "/v1/i", status: 200,
			body: call(`"anonymousId":"a1","userId":"u1","messageId":"m2","traits":{"email":"bob@example.com","firstName":"Bob","plan":"pro"}`),
		},
		scenario{name: "track, twice", path: "/v1/track", status: 200, body: call(`"userId":"u1","messageId":"m3","event":"Signed Up","properties":{"n":1}`)},
		scenario{name: "track again", path: "/v1/track", status: 200, body: call(`"userId":"u1","messageId":"m3","event":"Signed Up","properties":{"n":1}`)},
		scenario{name: "group", path: "/v1/group", status: 200, body: call(`"userId":"u1","groupId":"g1","messageId":"m4","traits":{"name":"Acme"}`)},
		scenario{
			name: "batch with a bad event", path: "/v1/batch", status: 200,
			body: call(`"batch":[{"type":"track","userId":"u1","messageId":"m5","event":"Paid"},{"type":"fax","userId":"u1","messageId":"m6"},7]`),
		},
		scenario{
			name: "a bot with the library", path: "/v1/track", status: 200,
			body: call(`"userId":"u1","messageId":"m8","event":"Crawled","context":{"userAgent":"Mozilla/5.0 (compatible; Googlebot/2.1)"}`),
		},
		scenario{
			name: "a browser that does not want it", path: "/v1/track", status: 200, header: map[string]string{"Sec-GPC": "1"},
			body: call(`"userId":"u1","messageId":"m9","event":"Followed"`),
		},
		scenario{
			name: "consent", path: "/v1/track", status: 200,
			body: call(`"userId":"u1","messageId":"m10","event":"Agreed","context":{"consent":{"categoryPreferences":{"Advertising":false,"Analytics":true}}}`),
		},
		scenario{
			name: "own people", method: http.MethodPut, path: "/v1/tracking", key: workspace.ScopeAdmin, status: 200,
			body: `{"domains":[],"rules":[],"numbers":[],"ignore":["192.0.2.0/24","203.0.113.7"],"consent":"implied"}`,
		},
		scenario{
			name: "one of them, told by a server", path: "/v1/track", status: 200,
			body: call(`"userId":"u1","messageId":"m11","event":"Tried","context":{"ip":"203.0.113.7"}`),
		},
		scenario{
			name: "one of them, told of a whole batch", path: "/v1/batch", status: 200,
			body: call(`"context":{"ip":"203.0.113.7"},"batch":[{"type":"track","userId":"u1","messageId":"m14","event":"Tried twice"},{"type":"track","userId":"u1","messageId":"m15","event":"Sold","context":{"ip":7}}]`),
		},
		scenario{
			name: "one of them, in a browser", path: "/v1/track", status: 200,
			body: call(`"userId":"u1","messageId":"m12","event":"Clicked","context":{"userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}`),
		},
		scenario{
			name: "a visitor, told by one of their servers", path: "/v1/track", status: 200,
			body: call(`"userId":"u1","messageId":"m13","event":"Ordered"`),
		},
		scenario{
			name: "times as ISO 8601 has them", path: "/v1/batch", status: 200,
			body: call(`"batch":[{"type":"track","userId":"u2","event":"Zone","timestamp":"2026-01-02T03:04:05.006+0200"},{"type":"track","userId":"u2","event":"None","timestamp":"2026-01-03T03:04:05"},
				{"type":"track","userId":"u2","event":"Day","timestamp":"2026-01-04"},{"type":"track","userId":"u2","event":"Never","timestamp":"soon","messageId":"m16"}]`),
		},
		scenario{
			name: "when it was", path: "/v1/contacts/external_id:u2/timeline", status: 200, lacks: []string{"Never"},
			has: []string{"2026-01-02T01:04:05.006Z", "2026-01-03T03:04:05.000Z", "2026-01-04T00:00:00.000Z"},
		},
		scenario{
			name: "a page in parts", path: "/v1/page", status: 200,
			body: call(`"userId":"u2","context":{"page":{"path":"/offer","search":"?gclid=1"}}`),
		},
		scenario{name: "its click", path: "/v1/contacts/external_id:u2/timeline", status: 200, has: []string{`"source":"Paid search"`, `"landing_page":"/offer"`}},
		scenario{name: "too much", path: "/v1/batch", status: 413, body: call(`"batch":["` + strings.Repeat("x", capture.MaxBatch) + `"]`), has: []string{"larger than 500 KiB"}},
		scenario{name: "no such key", path: "/v1/track", status: 401, body: `{"writeKey":"tmk_no","event":"x","userId":"u"}`},
		scenario{
			name: "who it is", path: "/v1/contacts/external_id:u1", key: workspace.ScopeRead, status: 200,
			has: []string{`"email":"bob@example.com"`, `"name":"Bob"`, `"plan":"pro"`, `"company":"Acme"`, `"consent_ads":false`, `"consent_analytics":true`},
		},
		scenario{name: "what it did", path: "/v1/contacts/external_id:u1/timeline", status: 200, has: []string{"Agreed", "Ordered", "Sold"}, lacks: []string{"Crawled", "Followed", "Tried", "Clicked"}},
		scenario{name: "rejected", path: "/v1/rejected", status: 200, has: []string{"none that is known", "not JSON as it should be", `"id":"m6"`, `"bots":1`, `"opted_out":1`, `"internal":3`}},
		scenario{name: "settings", path: "/v1/projects/" + key + "/settings", status: 200, has: []string{"Segment.io"}},
	)
}
