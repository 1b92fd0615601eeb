package destination_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

const (
	day = lifecycle.Millis(24 * 60 * 60 * 1000)
	now = lifecycle.Millis(1_790_000_000_000) // 2026-09-21T14:13:20Z
)

// ada paid: her first click was an ad, her last one a letter.
func ada() destination.Event {
	return destination.Event{
		ID: "tm_1_42_sale", What: destination.Sale, Name: "purchase", At: now, Amount: 123_450, Currency: "EUR", Sale: "order-7",
		Stage: destination.Stage{ID: 4, Key: "customer", Name: "Customer", Kind: lifecycle.Won},
		Contact: destination.Contact{
			ID: "ct_9", ExternalID: "u-1", Email: "Ada.Lovelace@Gmail.com", Phone: "+33 (0)6 12 34 56 78", Name: "Ada",
			Properties: map[string]json.RawMessage{"plan": json.RawMessage(`"pro"`), "seats": json.RawMessage(`12`)},
		},
		First: &destination.Click{
			Touch: touch.Touch{At: touch.Millis(now - 9*day), Kind: touch.KindVisit, Source: touch.Source{Source: "Paid search", Campaign: "spring"}},
			Click: touch.Click{Name: "gclid", ID: "Cj0K"},
		},
		Last: &destination.Click{Touch: touch.Touch{At: touch.Millis(now - day), Kind: touch.KindVisit, Source: touch.Source{Source: "Email"}}},
		IDs: map[string]journal.AdID{
			"ga_client_id": {Value: "111.222"}, "ga_session_id": {Value: "333"}, "gclid": {Value: "Cj0K"}, "fbp": {Value: "fb.1.1.2"},
			"fbclid": {Value: "IwAR", At: 1_789_000_000_000},
		},
	}
}

var with = destination.Context{Addresses: destination.DefaultAddresses(), Now: now, Token: "00Dtoken", Workspace: "Shop"}

func setup(kind destination.Kind, settings map[string]string, mapping ...destination.Pair) *destination.Setup {
	secrets := map[string]string{
		"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "api_secret": "s3cr3t", "access_token": "EAAtoken-long", "password": "correct-horse-battery",
		"client_id": "3MVGclient", "client_secret": "shhhh-secret",
	}
	s := &destination.Setup{Kind: kind, Settings: settings, Secrets: map[string]string{}, Events: []destination.Choice{{What: destination.Sale}}, Mapping: mapping}
	service := s.Service()
	for _, f := range service.Fields {
		if f.Secret {
			s.Secrets[f.Name] = secrets[f.Name]
		}
	}
	return s
}

var campaign = destination.Pair{To: "first_campaign", From: "first.campaign"}

func sha(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

// TestShapes compares what is sent with what each service documents.
func TestShapes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		setup  *destination.Setup
		change func(*destination.Event)
		want   string // method, address, headers without content type, body
	}{
		{
			name:  "webhook",
			setup: setup(destination.Webhook, map[string]string{"url": "https://crm.example.com/hook"}, campaign, destination.Pair{To: "plan", From: "property.plan"}, destination.Pair{To: "by", Value: "tidemark"}, destination.Pair{To: "none", From: "last.campaign"}),
			want: `POST https://crm.example.com/hook
{"type":"purchase","timestamp":"2026-09-21T14:13:20.000Z","data":{"id":"tm_1_42_sale","event":"sale","workspace":"Shop","contact":"ct_9","test":false,"stage":{"key":"customer","name":"Customer","kind":"won"},"value":{"amount":1234.50,"currency":"EUR"},"sale_id":"order-7","refund_of":null,"fields":{"by":"tidemark","first_campaign":"spring","plan":"pro"}}}`,
		},
		{
			name:  "ga4",
			setup: setup(destination.GA4, map[string]string{"measurement_id": "G-ABC123"}, campaign, destination.Pair{To: "seats", From: "property.seats"}),
			want: `POST https://www.google-analytics.com/mp/collect?api_secret=s3cr3t&measurement_id=G-ABC123
{"client_id":"111.222","timestamp_micros":1790000000000000,"events":[{"name":"purchase","params":{"currency":"EUR","engagement_time_msec":1,"first_campaign":"spring","seats":12,"session_id":"333","transaction_id":"order-7","value":1234.50}}]}`,
		},
		{
			name:  "ga4, a refund with user data, in a currency without decimals",
			setup: setup(destination.GA4, map[string]string{"measurement_id": "G-ABC123", "user_data": "yes"}),
			change: func(e *destination.Event) {
				e.What, e.Name, e.Sale, e.RefundOf, e.Amount, e.Currency = destination.Refund, "refund", "r-1", "order-7", -500, "JPY"
			},
			want: `POST https://www.google-analytics.com/mp/collect?api_secret=s3cr3t&measurement_id=G-ABC123
{"client_id":"111.222","user_id":"u-1","timestamp_micros":1790000000000000,"user_data":{"sha256_email_address":["` + sha("adalovelace@gmail.com") + `"],"sha256_phone_number":["` + sha("+330612345678") + `"]},"consent":{"ad_user_data":"GRANTED","ad_personalization":"GRANTED"},"events":[{"name":"refund","params":{"currency":"JPY","engagement_time_msec":1,"session_id":"333","transaction_id":"order-7","value":500}}]}`,
		},
		{
			name:  "meta",
			setup: setup(destination.Meta, map[string]string{"dataset_id": "12345678", "test_event_code": "TEST1"}, campaign, destination.Pair{To: "lead_id", From: "property.seats"}),
			want: `POST https://graph.facebook.com/v23.0/12345678/events?access_token=EAAtoken-long
{"data":[{"event_name":"purchase","event_time":1790000000,"event_id":"tm_1_42_sale","action_source":"system_generated","user_data":{"em":["` + sha("ada.lovelace@gmail.com") + `"],"ph":["` + sha("330612345678") + `"],"external_id":["` + sha("u-1") + `"],"fbc":"fb.1.1789000000000.IwAR","fbp":"fb.1.1.2","lead_id":12},"custom_data":{"currency":"EUR","event_source":"crm","first_campaign":"spring","lead_event_source":"Tidemark","order_id":"order-7","value":1234.50}}],"test_event_code":"TEST1"}`,
		},
		{
			name:  "google ads, by click",
			setup: setup(destination.GoogleAds, map[string]string{}),
			want: ` 
Cj0K,purchase,2026-09-21 14:13:20+0000,1234.50,EUR,Granted,Granted
`,
		},
		{
			name:  "google ads, by e-mail",
			setup: setup(destination.GoogleAds, map[string]string{"match": "user_data"}),
			want: ` 
` + sha("adalovelace@gmail.com") + "," + sha("+330612345678") + `,purchase,2026-09-21 14:13:20+0000,1234.50,EUR,order-7,Granted,Granted
`,
		},
		{
			name:  "hubspot, by e-mail",
			setup: setup(destination.HubSpot, map[string]string{}, campaign),
			want: `PATCH https://api.hubapi.com/crm/v3/objects/contacts/Ada.Lovelace@Gmail.com?idProperty=email Bearer EAAtoken-long
{"properties":{"first_campaign":"spring"}}`,
		},
		{
			name:   "hubspot, who came from there",
			setup:  setup(destination.HubSpot, map[string]string{}, campaign),
			change: func(e *destination.Event) { e.Contact.ExternalID = "hubspot:501" },
			want: `PATCH https://api.hubapi.com/crm/v3/objects/contacts/501 Bearer EAAtoken-long
{"properties":{"first_campaign":"spring"}}`,
		},
		{
			name:  "hubspot, made if it is not there",
			setup: setup(destination.HubSpot, map[string]string{"create": "yes"}, campaign),
			want: `POST https://api.hubapi.com/crm/v3/objects/contacts/batch/upsert Bearer EAAtoken-long
{"inputs":[{"id":"Ada.Lovelace@Gmail.com","idProperty":"email","properties":{"first_campaign":"spring"}}]}`,
		},
		{
			name:   "hubspot, a deal",
			setup:  setup(destination.HubSpot, map[string]string{"object": "deals"}, campaign),
			change: func(e *destination.Event) { e.Contact.ExternalID = "hubspot:deal:77" },
			want: `PATCH https://api.hubapi.com/crm/v3/objects/deals/77 Bearer EAAtoken-long
{"properties":{"first_campaign":"spring"}}`,
		},
		{
			name:  "salesforce, by an external id",
			setup: setup(destination.Salesforce, map[string]string{"instance_url": "https://x.my.salesforce.com", "match_field": "Tidemark_Id__c"}, destination.Pair{To: "Campaign__c", From: "first.campaign"}, destination.Pair{To: "Amount__c", From: "value.amount"}),
			want: `PATCH https://x.my.salesforce.com/services/data/v62.0/sobjects/Contact/Tidemark_Id__c/u-1?updateOnly=true Bearer 00Dtoken
{"Amount__c":1234.50,"Campaign__c":"spring"}`,
		},
		{
			name:   "salesforce, who came from there",
			setup:  setup(destination.Salesforce, map[string]string{"instance_url": "https://x.my.salesforce.com", "match_field": "Id", "object": "Opportunity"}, destination.Pair{To: "Campaign__c", From: "first.campaign"}),
			change: func(e *destination.Event) { e.Contact.ExternalID = "salesforce:006A" },
			want: `PATCH https://x.my.salesforce.com/services/data/v62.0/sobjects/Opportunity/006A Bearer 00Dtoken
{"Campaign__c":"spring"}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := ada()
			if c.change != nil {
				c.change(&e)
			}
			r, err := c.setup.Request(&e, with)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.TrimRight(r.Method+" "+r.URL+" "+r.Header["Authorization"], " ") + "\n" + r.Body
			if diff := cmp.Diff(strings.TrimLeft(c.want, " "), strings.TrimLeft(got, " ")); diff != "" {
				t.Errorf("what is sent differs (-want +got):\n%s", diff)
			}
			masked := r.Masked()
			for _, secret := range append([]string{"00Dtoken"}, values(c.setup.Secrets)...) {
				if shown := masked.URL + masked.Body + strings.Join(values(masked.Header), " "); strings.Contains(shown, secret) {
					t.Errorf("%q is shown: %s", secret, shown)
				}
			}
		})
	}
}

func values(m map[string]string) (out []string) {
	for v := range maps.Values(m) {
		out = append(out, v)
	}
	return out
}

// TestSignatureHolds has it verified by the library of the Standard Webhooks.
func TestSignatureHolds(t *testing.T) {
	t.Parallel()
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	verifier, err := standard.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{}
	for name, value := range destination.Signed("tm_1_2_won", secret, now, `{"a":1}`) {
		header.Set(name, value)
	}
	if err := verifier.VerifyIgnoringTimestamp([]byte(`{"a":1}`), header); err != nil {
		t.Error(err)
	}
	if verifier.VerifyIgnoringTimestamp([]byte(`{"a":2}`), header) == nil {
		t.Error("another body is taken")
	}
}

// TestHashing is by the examples of Meta's page on customer information.
func TestHashing(t *testing.T) {
	t.Parallel()
	e := ada()
	e.Contact.Email, e.Contact.Phone = " John_Smith@gmail.com ", "+1 (650)555-1212"
	r, err := setup(destination.Meta, map[string]string{"dataset_id": "12345678"}).Request(&e, with)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f", "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176"} {
		if !strings.Contains(r.Body, want) {
			t.Errorf("%s lacks %s", r.Body, want)
		}
	}
}

func TestWhatIsNotSent(t *testing.T) {
	t.Parallel()
	nobody := func(e *destination.Event) { e.Contact = destination.Contact{ID: "ct_9"}; e.IDs = nil }
	for _, c := range []struct {
		name   string
		setup  *destination.Setup
		change func(*destination.Event)
		why    string
	}{
		{"a no to ads", setup(destination.Meta, nil), func(e *destination.Event) { e.Contact.Agreed.Ads = journal.No }, "said no to ads"},
		{"a no to ads, for the file", setup(destination.GoogleAds, nil), func(e *destination.Event) { e.Contact.Agreed.Ads = journal.No }, "said no to ads"},
		{"a no to analytics", setup(destination.GA4, nil), func(e *destination.Event) { e.Contact.Agreed.Analytics = journal.No }, "said no to analytics"},
		{"no client", setup(destination.GA4, nil), nobody, "client id"},
		{"nothing to know it by at Meta", setup(destination.Meta, nil), nobody, "nothing to know it by"},
		{"a phone without a country", setup(destination.Meta, nil), func(e *destination.Event) { nobody(e); e.Contact.Phone = "06 12 34 56 78" }, "nothing to know it by"},
		{"no click of Google", setup(destination.GoogleAds, nil), nobody, "no click id"},
		{"no e-mail", setup(destination.HubSpot, nil, destination.Pair{To: "a", Value: "b"}), nobody, "no e-mail"},
		{"no deal", setup(destination.HubSpot, map[string]string{"object": "deals"}, destination.Pair{To: "a", Value: "b"}), nobody, "no deal"},
		{"nothing to update", setup(destination.HubSpot, nil, destination.Pair{To: "a", From: "last.campaign"}), nil, "mapped fields"},
		{"no record", setup(destination.Salesforce, nil, destination.Pair{To: "a", Value: "b"}), nobody, "no value to find"},
		{"old", setup(destination.GA4, nil), func(e *destination.Event) { e.At -= 3*day + 1 }, "older than the 3 days"},
	} {
		e := ada()
		if c.change != nil {
			c.change(&e)
		}
		_, err := c.setup.Request(&e, with)
		if _, ok := err.(destination.Unfit); !ok || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind   destination.Kind
		status int
		body   string
		want   destination.Result
	}{
		{destination.Webhook, 200, "", destination.Done},
		{destination.Webhook, 302, "", destination.Again},
		{destination.Webhook, 404, "", destination.Again},
		{destination.Webhook, 410, "", destination.Never},
		{destination.GA4, 204, "", destination.Done},
		{destination.GA4, 400, "", destination.Never},
		{destination.GA4, 200, `{"validationMessages":[]}`, destination.Done},
		{destination.GA4, 200, `{"validationMessages":[{"description":"Unable to parse"}]}`, destination.Never},
		{destination.Meta, 200, `{"events_received":1}`, destination.Done},
		{destination.Meta, 400, `{"error":{"message":"Invalid parameter","code":100}}`, destination.Never},
		{destination.Meta, 400, `{"error":{"message":"Invalid OAuth access token","code":190}}`, destination.Again},
		{destination.Meta, 400, `{"error":{"message":"limit","code":80004}}`, destination.Again},
		{destination.Meta, 400, `{"error":{"message":"later","code":100,"is_transient":true}}`, destination.Again},
		{destination.HubSpot, 200, "{}", destination.Done},
		{destination.HubSpot, 207, "{}", destination.Never},
		{destination.HubSpot, 404, "", destination.Never},
		{destination.HubSpot, 429, "", destination.Again},
		{destination.HubSpot, 401, "", destination.Again},
		{destination.Salesforce, 204, "", destination.Done},
		{destination.Salesforce, 300, "[]", destination.Never},
		{destination.Salesforce, 503, "", destination.Again},
	} {
		v := setup(c.kind, nil).Judge(destination.Answer{Status: c.status, Body: c.body})
		if v.Result != c.want || (v.Why == "") != (c.want == destination.Done) {
			t.Errorf("%s %d %s: %+v", c.kind, c.status, c.body, v)
		}
	}
}
