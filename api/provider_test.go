package api_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"testing"

	"github.com/tidemark/tidemark/workspace"
)

func TestProviderHooks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	key := "?key=" + o.key(workspace.ScopeCollect)
	sign := func(body string) map[string]string {
		m := hmac.New(sha256.New, []byte("app secret"))
		m.Write([]byte(body))
		return map[string]string{"X-Hub-Signature-256": "sha256=" + hex.EncodeToString(m.Sum(nil))}
	}
	const message = `{"entry":[{"changes":[{"value":{"contacts":[{"profile":{"name":"Sheena"},"wa_id":"16505551234"}],"messages":[{"from":"16505551234","id":"wamid.A","timestamp":"1749416383","referral":{"source_id":"1201","source_type":"ad","headline":"Chat"}}]}}]}]}`
	deal := func(stage, modified string) string {
		return `{"Id":"006A","StageName":"` + stage + `","Amount":1250.5,"CurrencyIsoCode":"USD","CloseDate":"2026-03-31","LastModifiedDate":"` + modified + `","Contact":{"Email":"ada@example.com"}}`
	}
	bearer := map[string]string{"Authorization": "Bearer s3cret"}
	o.play(t,
		scenario{name: "nothing is set up", path: "/v1/hooks/whatsapp" + key, key: nobody, body: message, header: sign(message), status: 401, has: []string{"hook_unsigned"}},
		scenario{name: "set up", method: http.MethodPut, path: "/v1/providers/whatsapp", body: `{"secret":"app secret"}`, status: 200, has: []string{`"ready":true`}, lacks: []string{"app secret"}},
		scenario{name: "Meta asks", path: "/v1/hooks/whatsapp" + key + "&hub.mode=subscribe&hub.challenge=4711&hub.verify_token=" + o.key(workspace.ScopeCollect), key: nobody, status: 200, has: []string{"4711", "text/plain"}},
		scenario{name: "somebody else asks", path: "/v1/hooks/whatsapp" + key + "&hub.mode=subscribe&hub.challenge=4711&hub.verify_token=x", key: nobody, status: 403},
		scenario{name: "unsigned", path: "/v1/hooks/whatsapp" + key, key: nobody, body: message, status: 401},
		scenario{name: "a message by an ad", path: "/v1/hooks/whatsapp" + key, key: nobody, body: message, header: sign(message), status: 204},
		scenario{name: "again", path: "/v1/hooks/whatsapp" + key, key: nobody, body: message, header: sign(message), status: 204},
		scenario{
			name: "on the contact", path: "/v1/contacts/phone:+16505551234/timeline", status: 200,
			has: []string{`"source":"Paid ads","sub_source":"Meta"`, `"ad":"1201"`},
		},
		scenario{name: "no key", path: "/v1/hooks/whatsapp", key: nobody, body: message, header: sign(message), status: 401},
		scenario{name: "no such provider", path: "/v1/hooks/fax" + key, key: nobody, body: message, status: 404},
		scenario{name: "no such stage of ours", method: http.MethodPut, path: "/v1/providers/salesforce", body: `{"stages":{"Won":"gone"}}`, status: 422},
		scenario{
			name: "a CRM", method: http.MethodPut, path: "/v1/providers/salesforce", status: 200,
			body: `{"secret":"s3cret","stages":{"Closed Won":"customer","Proposal":"hot_lead"}}`, has: []string{`"Closed Won":"stg_`},
		},
		scenario{name: "a deal", path: "/v1/hooks/salesforce" + key, key: nobody, header: bearer, body: deal("Proposal", "2026-03-01T10:00:00Z"), status: 204},
		scenario{name: "won", path: "/v1/hooks/salesforce" + key, key: nobody, header: bearer, body: deal("Closed Won", "2026-03-05T10:00:00Z"), status: 204},
		scenario{name: "told again", path: "/v1/hooks/salesforce" + key, key: nobody, header: bearer, body: deal("Closed Won", "2026-03-05T10:00:00Z"), status: 204},
		scenario{
			name: "stage, value and close date", path: "/v1/contacts/email:ada@example.com", status: 200,
			has: []string{`"key":"customer"`, `"amount":125050`, `"currency":"USD"`, `"close_date":"2026-03-31"`},
		},
		scenario{name: "two moves", path: "/v1/changes?contact=email:ada@example.com", status: 200, has: []string{`"id":"salesforce"`}},
		scenario{name: "a stage that is not mapped changes the value only", path: "/v1/hooks/salesforce" + key, key: nobody, header: bearer, body: deal("Other", "2026-03-06T10:00:00Z"), status: 204},
		scenario{name: "what cannot be read is noted", path: "/v1/hooks/salesforce" + key, key: nobody, header: bearer, body: `[1]`, status: 204},
		scenario{name: "for the page", path: "/v1/providers", status: 200, has: []string{`"problem":"The call could not be read."`, `"provider":"twilio","ready":false`}, lacks: []string{"s3cret"}},
		scenario{name: "only admins see them", path: "/v1/providers", key: workspace.ScopeWrite, status: 403},
	)
}

// A deal whose stage is not mapped counts once too: an old event that is sent
// again brings no old value back.
func TestUnmappedDealTwice(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	hook := "/v1/hooks/salesforce?key=" + o.key(workspace.ScopeCollect)
	bearer := map[string]string{"Authorization": "Bearer s3cret"}
	tell := func(name, amount, modified string) scenario {
		return scenario{
			name: name, path: hook, key: nobody, header: bearer, status: 204,
			body: `{"Id":"006A","StageName":"Other","Amount":` + amount + `,"LastModifiedDate":"` + modified + `","Contact":{"Email":"ada@example.com"}}`,
		}
	}
	worth := func(name, minor string) scenario {
		return scenario{name: name, path: "/v1/contacts/email:ada@example.com", status: 200, has: []string{`"amount":` + minor + `,`}}
	}
	o.play(t,
		scenario{name: "set up", method: http.MethodPut, path: "/v1/providers/salesforce", body: `{"secret":"s3cret"}`, status: 200},
		tell("makes the contact", "100", "2026-03-01T10:00:00Z"),
		tell("changes it", "200", "2026-03-02T10:00:00Z"),
		tell("changes nothing", "200", "2026-03-03T10:00:00Z"),
		tell("changes it once more", "300", "2026-03-04T10:00:00Z"),
		worth("the latest", "30000"),
		tell("made it already", "100", "2026-03-01T10:00:00Z"),
		worth("not the first again", "30000"),
		tell("changed it already", "200", "2026-03-02T10:00:00Z"),
		worth("not the second again", "30000"),
		tell("changed nothing already", "200", "2026-03-03T10:00:00Z"),
		worth("not the third again", "30000"),
		scenario{name: "mapped", method: http.MethodPut, path: "/v1/providers/salesforce", body: `{"stages":{"Other":"payment"}}`, status: 200},
		tell("changed it before it was mapped", "300", "2026-03-04T10:00:00Z"),
		scenario{name: "no move", path: "/v1/contacts/email:ada@example.com", status: 200, has: []string{`"stage":null`}},
		scenario{name: "nothing is told of what changed nothing", path: "/v1/contacts/email:ada@example.com/timeline", status: 200, has: []string{`"fields":["value"]`}, lacks: []string{`"fields":[]`}},
	)
}

// What a deal was worth first and is learnt last is no news: neither after what
// came later changed it, nor after it only said the same, nor after somebody
// edited it by hand.
func TestDealLearntLate(t *testing.T) {
	t.Parallel()
	for _, stage := range []string{"Other", "Proposal"} {
		t.Run(stage, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			hook := "/v1/hooks/salesforce?key=" + o.key(workspace.ScopeCollect)
			tell := func(name, amount, closes, modified string) scenario {
				return scenario{
					name: name, path: hook, key: nobody, header: map[string]string{"Authorization": "Bearer s3cret"}, status: 204,
					body: `{"Id":"006A","StageName":"` + stage + `","Amount":` + amount + `,"CloseDate":"` + closes + `","LastModifiedDate":"` + modified + `","Contact":{"Email":"ada@example.com","Phone":"+4930` + amount + `00000","Name":"Ada ` + amount + `"}}`,
				}
			}
			const ada = "/v1/contacts/email:ada@example.com"
			worth := func(name, minor, closes string) scenario {
				return scenario{name: name, path: ada, status: 200, has: []string{`"amount":` + minor + `,`, `"close_date":"` + closes + `"`}}
			}
			o.play(t,
				scenario{name: "set up", method: http.MethodPut, path: "/v1/providers/salesforce", body: `{"secret":"s3cret","stages":{"Proposal":"hot_lead"}}`, status: 200},
				tell("the second", "200", "2026-04-30", "2026-03-02T10:00:00Z"),
				tell("the first", "100", "2026-03-31", "2026-03-01T10:00:00Z"),
				worth("the second stays", "20000", "2026-04-30"),
				scenario{name: "and how to reach her", path: ada, status: 200, has: []string{`"phone":"+493020000000"`, `"name":"Ada 200"`}},
				tell("the fourth says the same", "200", "2026-04-30", "2026-03-04T10:00:00Z"),
				tell("the third", "300", "2026-05-31", "2026-03-03T10:00:00Z"),
				worth("the fourth stays", "20000", "2026-04-30"),
				tell("the fifth", "400", "2026-06-30", "2026-03-05T10:00:00Z"),
				worth("the latest", "40000", "2026-06-30"),
				tell("the sixth, within the same second", "450", "2026-06-30", "2026-03-05T10:00:00Z"),
				worth("the latest of the second", "45000", "2026-06-30"),
				tell("the fifth again", "400", "2026-06-30", "2026-03-05T10:00:00Z"),
				worth("the latest of the second still", "45000", "2026-06-30"),
				scenario{name: "by hand", method: http.MethodPatch, path: ada, body: `{"value":{"amount":50000,"currency":"USD"}}`, status: 200},
				tell("from before", "600", "2026-07-31", "2026-03-06T10:00:00Z"),
				worth("what was edited stays, what was not is new", "50000", "2026-07-31"),
				scenario{name: "edits that changed nothing are not told", path: ada + "/timeline", status: 200, lacks: []string{`"kind":"edited","at":"2026-03-04T`, `"kind":"created","at":"2026-03-02T`}},
			)
		})
	}
}
