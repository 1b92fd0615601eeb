package api_test

import (
	"encoding/base64"
	"net/http"
	"testing"

	"github.com/tidemark/tidemark/workspace"
)

func TestDestinations(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const admin = workspace.ScopeAdmin
	o.play(t,
		scenario{
			name: "what can be set", path: "/v1/destinations/kinds", key: admin, status: 200,
			has: []string{`"kind":"ga4"`, `"name":"measurement_id"`, `"first.campaign"`, `"name":"purchase"`, `"pulls":true`, `"choices":[]`}, lacks: []string{`:null`},
		},
		scenario{name: "none", path: "/v1/destinations", key: admin, status: 200, has: []string{`"items":[]`}},
		scenario{name: "only admins see them", path: "/v1/destinations", key: workspace.ScopeWrite, status: 403},
		scenario{
			name: "what is wrong is told in its place", path: "/v1/destinations", key: admin, status: 422,
			body: `{"name":" ","kind":"ga4","settings":{"measurement_id":"UA-1","colour":"red"},"events":[{"event":"stage","stages":["gone"]}],"mapping":[{"to":"ga_x","from":"first.campaign"},{"to":"ok","from":"nothing"}]}`,
			has:  []string{"body.name", "body.settings.measurement_id", "body.settings.colour", "body.secrets.api_secret", "body.events[0].stages[0]", "body.mapping[0].to", "body.mapping[1].from"},
		},
		scenario{
			name: "a webhook", path: "/v1/destinations", key: admin, status: 200, header: map[string]string{"Idempotency-Key": "one"},
			body: `{"name":"CRM","kind":"webhook","settings":{"url":"https://crm.example.com/hook"},"events":[{"event":"won"},{"event":"stage","stages":["hot_lead"],"name":"hot"}]}`,
			has:  []string{`"id":"destination_1"`, `"secret":"whsec_`, `"secrets":["secret"]`, `"stages":["stg_2"]`, `"to":"first_campaign","from":"first.campaign"`},
		},
		scenario{
			name: "the same again", path: "/v1/destinations", key: admin, status: 200, header: map[string]string{"Idempotency-Key": "one"},
			body: `{"name":"CRM","kind":"webhook","settings":{"url":"https://crm.example.com/hook"},"events":[{"event":"won"},{"event":"stage","stages":["hot_lead"],"name":"hot"}]}`,
			has:  []string{`"id":"destination_1"`, `"secret":"whsec_`},
		},
		scenario{name: "its secret is not shown again", path: "/v1/destinations/destination_1", key: admin, status: 200, has: []string{`"name":"CRM"`}, lacks: []string{"whsec_"}},
		scenario{
			name: "what would be sent", path: "/v1/destinations/destination_1/preview", key: admin, status: 200, body: `{"event":"won"}`,
			has: []string{`"name":"contact.won"`, `"url":"https://crm.example.com/hook"`, `\"first_campaign\":\"spring\"`, `\"key\":\"customer\"`, `"ok":true`, `"webhook-id"`},
		},
		scenario{
			name: "with changes that are not saved", path: "/v1/destinations/destination_1/preview", key: admin, status: 200,
			body: `{"event":"stage","draft":{"mapping":[{"to":"shoe","from":"first.keyword"}]}}`, has: []string{`\"type\":\"hot\"`, `\"fields\":{\"shoe\":\"red shoes\"}`},
		},
		scenario{
			name: "of a new one", path: "/v1/destinations/preview", key: admin, status: 200,
			body: `{"draft":{"kind":"meta","settings":{"dataset_id":"1234567890"},"secrets":{"access_token":"EAAsecrettoken"}},"event":"sale"}`,
			has:  []string{`"event_name\":\"Purchase\"`, `access_token=•••`, `\"value\":129.00`}, lacks: []string{"EAAsecrettoken", "test@example.com"},
		},
		scenario{
			name: "one that it is not told", path: "/v1/destinations/destination_1/preview", key: admin, status: 422,
			body: `{"event":"lost"}`, has: []string{"body.event"},
		},
		scenario{
			name: "of nobody", path: "/v1/destinations/destination_1/preview", key: admin, status: 404, body: `{"contact":"ct_99"}`,
		},
		scenario{
			name: "before its secret is there", path: "/v1/destinations/preview", key: admin, status: 200,
			body: `{"draft":{"kind":"ga4","settings":{"measurement_id":"G-TEST1"}}}`, has: []string{`"ok":true`}, lacks: []string{"not-typed-in-yet"},
		},
		scenario{name: "a test", path: "/v1/destinations/destination_1/test", key: admin, status: 200, body: `{}`, has: []string{`"ok":true`, `"answer":{"status":204`}},
		scenario{
			name: "somebody else changed it", method: http.MethodPatch, path: "/v1/destinations/destination_1", key: admin, status: 412,
			header: map[string]string{"If-Match": `"7"`}, body: `{"name":"x"}`,
		},
		scenario{
			name: "off", method: http.MethodPatch, path: "/v1/destinations/destination_1", key: admin, status: 200,
			header: map[string]string{"If-Match": `"1"`}, body: `{"enabled":false}`, has: []string{`"enabled":false`, `"name":"CRM"`},
		},
		scenario{name: "its kind stays", method: http.MethodPatch, path: "/v1/destinations/destination_1", key: admin, status: 422, body: `{"kind":"meta"}`, has: []string{"body.kind"}},
		scenario{name: "nothing was told", path: "/v1/destinations/destination_1/deliveries?state=failed", key: admin, status: 200, has: []string{`"items":[]`}},
		scenario{name: "no such delivery", path: "/v1/deliveries/delivery_1", key: admin, status: 404},
		scenario{name: "nor again", path: "/v1/deliveries/delivery_1/replay", key: admin, status: 404, body: `{}`},
		scenario{name: "nothing to replay", path: "/v1/destinations/destination_1/replay", key: admin, status: 200, body: `{}`, has: []string{`"replayed":0`}},
		scenario{name: "it has no file", path: "/v1/destinations/destination_1/conversions.csv", key: admin, status: 404},
		scenario{
			name: "a file", path: "/v1/destinations", key: admin, status: 200, body: `{"name":"Ads","kind":"google_ads","secrets":{"password":"correct-horse-battery"}}`,
			has: []string{`"id":"destination_2"`, `"file_url":"https://tidemark.example.com/v1/conversions/destination_2"`},
		},
		scenario{
			name: "downloaded", path: "/v1/destinations/destination_2/conversions.csv", key: admin, status: 200,
			has: []string{"Parameters:TimeZone=+0000\nGoogle Click ID,", "attachment"},
		},
		scenario{name: "not by everybody", path: "/v1/destinations/destination_2/conversions.csv", key: workspace.ScopeWrite, status: 403},
		scenario{name: "fetched", path: "/v1/conversions/destination_2", key: nobody, header: basic("destination_2", "correct-horse-battery"), status: 200, has: []string{"Google Click ID"}},
		scenario{name: "by a wrong password", path: "/v1/conversions/destination_2", key: nobody, header: basic("destination_2", "x"), status: 401, has: []string{"Basic realm"}},
		scenario{name: "by none", path: "/v1/conversions/destination_2", key: nobody, status: 401},
		scenario{name: "of one that has none", path: "/v1/conversions/destination_1", key: nobody, header: basic("destination_1", ""), status: 401},
		scenario{name: "removed", method: http.MethodDelete, path: "/v1/destinations/destination_1", key: admin, status: 204},
		scenario{name: "gone", path: "/v1/destinations/destination_1", key: admin, status: 404},
	)
}

func basic(name, password string) map[string]string {
	return map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+password))}
}
