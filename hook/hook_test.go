package hook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/hook"
	"github.com/tidemark/tidemark/touch"
)

const now touch.Millis = 1_760_000_000_000

// call makes a call with headers, "Name: value" each.
func call(body string, headers ...string) hook.Call {
	h := http.Header{}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		h.Set(name, value)
	}
	return hook.Call{Method: http.MethodPost, URL: "https://t.example/v1/hooks/x?key=k", Header: h.Get, Body: []byte(body), Now: now}
}

func signed(secret string, parts ...string) []byte {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(strings.Join(parts, "")))
	return m.Sum(nil)
}

// TestTwilioSignature is the example of Twilio's own documentation.
func TestTwilioSignature(t *testing.T) {
	t.Parallel()
	c := call("CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309", "X-Twilio-Signature: RSOYDt4T1cUTdK1PDd93/VVr8B8=")
	c.URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
	if err := hook.Verify("twilio", c, "12345"); err != nil {
		t.Error(err)
	}
	c.URL += "x"
	if err := hook.Verify("twilio", c, "12345"); err == nil {
		t.Error("another address is signed")
	}
}

func TestSignatures(t *testing.T) {
	t.Parallel()
	const body, secret = `{"a":1}`, "s3cret"
	at := strconv.FormatInt(int64(now), 10)
	old := strconv.FormatInt(int64(now-6*touch.Minute), 10)
	address := "https://t.example/v1/hooks/x?key=k"
	hub := func(at string) string {
		return "X-HubSpot-Signature-v3: " + base64.StdEncoding.EncodeToString(signed(secret, "POST", address, body, at))
	}
	tik := func(at string) string {
		return "TikTok-Signature: t=" + at + ",s=" + hex.EncodeToString(signed(secret, at, ".", body))
	}
	for _, c := range []struct {
		name, provider string
		headers        []string
		holds          bool
	}{
		{"whatsapp", "whatsapp", []string{"X-Hub-Signature-256: sha256=" + hex.EncodeToString(signed(secret, body))}, true},
		{"of another body", "whatsapp", []string{"X-Hub-Signature-256: sha256=" + hex.EncodeToString(signed(secret, body+" "))}, false},
		{"none", "whatsapp", nil, false},
		{"no hex", "whatsapp", []string{"X-Hub-Signature-256: sha256=zz"}, false},
		{"tiktok", "tiktok", []string{tik(at[:10])}, true},
		{"tiktok again later", "tiktok", []string{tik(old[:10])}, false},
		{"hubspot", "hubspot", []string{hub(at), "X-HubSpot-Request-Timestamp: " + at}, true},
		{"hubspot again later", "hubspot", []string{hub(old), "X-HubSpot-Request-Timestamp: " + old}, false},
		{"hubspot at another time than signed", "hubspot", []string{hub(old), "X-HubSpot-Request-Timestamp: " + at}, false},
		{"salesforce", "salesforce", []string{"Authorization: Bearer " + secret}, true},
		{"salesforce, a guess", "salesforce", []string{"Authorization: Bearer guess"}, false},
		{"pipedrive", "pipedrive", []string{"Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte("any:"+secret))}, true},
		{"pipedrive, a guess", "pipedrive", []string{"Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(secret+":"))}, false},
		{"nobody", "fax", nil, false},
	} {
		if err := hook.Verify(c.provider, call(body, c.headers...), secret); (err == nil) != c.holds {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, provider := range hook.Providers() {
		if hook.Verify(provider, call(body, "Authorization: Bearer ", "Authorization: Basic Og=="), "") == nil {
			t.Errorf("%s holds without a secret", provider)
		}
	}
}

// TestRead reads what the providers document.
func TestRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, provider, body, want string }{
		{
			"a call", "twilio", "CallSid=CA1&From=%2B15550100&To=%2B15550199&Direction=inbound&CallStatus=completed&Timestamp=Tue%2C+31+Aug+2010+20%3A36%3A28+%2B0000",
			`[{"ID":"CA1","Kind":"call","At":1283286988000,"Phone":"+15550100","Called":"+15550199"}]`,
		},
		{"a message that we sent", "twilio", "MessageSid=SM2&SmsSid=SM2&MessageStatus=delivered&SmsStatus=delivered&From=%2B15550199&To=%2B15550100", `[]`},
		{"a caller who hides", "twilio", "CallSid=CA2&From=%2B266696687&To=%2B15550199&Direction=inbound", `[]`},
		{"a call that we made", "twilio", "CallSid=CA1&From=%2B15550100&Direction=outbound-api", `[]`},
		{
			"a WhatsApp message by an ad", "twilio", "MessageSid=SM1&From=whatsapp%3A%2B15550100&To=whatsapp%3A%2B15550199&ProfileName=Ada&ReferralSourceId=77&ReferralHeadline=Sale&ReferralCtwaClid=abc",
			`[{"ID":"SM1","Kind":"ad","At":1760000000000,"Phone":"+15550100","Name":"Ada","Called":"+15550199","Ad":{"Network":"Meta","CampaignID":"","AdGroupID":"","AdID":"77","Headline":"Sale","ClickID":"abc"}}]`,
		},
		{
			"a message by an ad", "whatsapp", `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
			"metadata":{"display_phone_number":"15550783881","phone_number_id":"106"},"contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234"}],
			"messages":[{"from":"16505551234","id":"wamid.A","timestamp":"1749416383","type":"text","text":{"body":"Hi"},
			"referral":{"source_url":"https://fb.me/x","source_id":"1201","source_type":"ad","headline":"Chat with us","ctwa_clid":"Aff"}}]}}]}]}`,
			`[{"ID":"wamid.A","Kind":"ad","At":1749416383000,"Phone":"+16505551234","Name":"Sheena Nelson","Called":"15550783881","Ad":{"Network":"Meta","CampaignID":"","AdGroupID":"","AdID":"1201","Headline":"Chat with us","ClickID":"Aff"}}]`,
		},
		{"a status of ours", "whatsapp", `{"entry":[{"changes":[{"value":{"statuses":[{"id":"wamid.B","status":"read"}]}}]}]}`, `[]`},
		{
			"a TikTok arrival by an ad", "tiktok", `{"client_key":"k","event":"im_referral_msg","create_time":1760000000,"user_openid":"b","content":"{\"from\":\"ada\",\"to\":\"shop\",\"unique_identifier\":\"u1\",\"from_user\":{\"id\":\"u1\",\"role\":\"personal_account\"},\"to_user\":{\"id\":\"b\",\"role\":\"business_account\"},\"conversation_id\":\"c1\",\"timestamp\":1759999000000,\"referral\":{\"source\":\"ad\",\"ad\":{\"advertiser_id\":\"7\",\"ad_id\":\"3\",\"ad_name\":\"Spring\",\"embed_url\":\"https://www.tiktok.com/player/v1/1\",\"message_material_id\":\"\"}}}"}`,
			`[{"ID":"im_referral_msg c1 1759999000000","Kind":"ad","At":1759999000000,"ExternalID":"tiktok:u1","Name":"ada","Ad":{"Network":"TikTok","CampaignID":"","AdGroupID":"","AdID":"3","Headline":"Spring","ClickID":""}}]`,
		},
		{
			"a TikTok message", "tiktok", `{"client_key":"k","event":"im_receive_msg","create_time":1760000000,"user_openid":"b","content":"{\"message_id\":\"m1\",\"conversation_id\":\"c1\",\"from\":\"ada\",\"from_user\":{\"id\":\"u1\",\"role\":\"personal_account\"},\"timestamp\":1759999000000,\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}"}`,
			`[{"ID":"m1","Kind":"chat","At":1759999000000,"ExternalID":"tiktok:u1","Name":"ada"}]`,
		},
		{"another event", "tiktok", `{"event":"im_mark_read_msg","content":"{}"}`, `[]`},
		{
			"changes of a deal", "hubspot", `[{"eventId":100,"subscriptionId":1,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"deal.propertyChange","attemptNumber":0,"objectId":123,"propertyName":"dealstage","propertyValue":"closedwon","changeSource":"CRM"},
			{"eventId":101,"occurredAt":1564113600001,"subscriptionType":"deal.propertyChange","objectId":123,"propertyName":"amount","propertyValue":"1200.5"},
			{"eventId":102,"occurredAt":1564113600002,"subscriptionType":"deal.propertyChange","objectId":123,"propertyName":"dealname","propertyValue":"x"},
			{"eventId":103,"occurredAt":1564113600003,"subscriptionType":"company.creation","objectId":9}]`,
			`[{"ID":"100 dealstage 1564113600000","At":1564113600000,"ExternalID":"hubspot:deal:123","Deal":{"Stage":"closedwon"}},{"ID":"101 amount 1564113600001","At":1564113600001,"ExternalID":"hubspot:deal:123","Deal":{"Amount":"1200.5"}}]`,
		},
		{
			"an opportunity", "salesforce", `{"Id":"006A","StageName":"Closed Won","Amount":1.25E5,"CloseDate":"2026-03-31","LastModifiedDate":"2026-03-30T10:00:00.000+0000","Contact":{"Id":"003B","Email":"ada@example.com"}}`,
			`[{"ID":"006A 2026-03-30T10:00:00.000+0000 Closed Won 125000  1774915200000","At":1774864800000,"Email":"ada@example.com","Deal":{"Stage":"Closed Won","Amount":"125000","CloseAt":1774915200000}}]`,
		},
		{
			"a flow that does not say when: what it says tells events apart", "salesforce", `{"Id":"006A","StageName":"Proposal","Amount":900,"Contact":{"Email":"ada@example.com"}}`,
			`[{"ID":"006A  Proposal 900  0","At":1760000000000,"Email":"ada@example.com","Deal":{"Stage":"Proposal","Amount":"900"}}]`,
		},
		{
			"a deal won", "pipedrive", `{"meta":{"action":"change","entity":"deal","version":"2.0","id":"u","timestamp":"2025-04-15T15:39:01Z"},"data":{"id":7,"person_id":3,"stage_id":2,"status":"won","value":99.9,"currency":"BRL","update_time":"2025-04-15T15:39:01Z","close_time":"2025-04-15T15:39:01Z","expected_close_date":null},"previous":{"stage_id":1}}`,
			`[{"ID":"7 2025-04-15T15:39:01Z won 99.9 BRL 1744731541000","At":1744731541000,"ExternalID":"pipedrive:3","Deal":{"Stage":"won","Amount":"99.9","Currency":"BRL","CloseAt":1744731541000}}]`,
		},
		{"a deal removed", "pipedrive", `{"meta":{"action":"delete","entity":"deal"},"data":null}`, `[]`},
	} {
		got, err := hook.Read(c.provider, call(c.body))
		if text := short(t, got); err != nil || text != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s", c.name, err, text, c.want)
		}
	}
}

// short is JSON without empty fields of the messages.
func short(t *testing.T, all []hook.Message) string {
	t.Helper()
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	s := string(text)
	for _, empty := range []string{`"Kind":"",`, `"Email":"",`, `"Phone":"",`, `"ExternalID":"",`, `"Name":"",`, `"Called":"",`, `"Ad":null,`, `,"Deal":null`, `,"CloseAt":0`, `"Amount":"",`, `,"Currency":""`, `,"Amount":""`, `"Stage":"",`, `,"Ad":null`} {
		s = strings.ReplaceAll(s, empty, "")
	}
	if s == "null" {
		return "[]"
	}
	return s
}

// FuzzRead sends anything: it is read or refused, and names somebody.
func FuzzRead(f *testing.F) {
	f.Add("CallSid=CA1&From=%2B15550100")
	f.Add(`{"entry":[{"changes":[{"value":{"messages":[{"from":"1","id":"2","referral":null}]}}]}]}`)
	f.Add(`{"event":"im_receive_msg","content":"{}"}`)
	f.Add(`[{"eventId":1,"subscriptionType":"deal.propertyChange","propertyName":"amount"}]`)
	f.Add(`{"Id":"1","Amount":1e400}`)
	f.Add(`{"meta":{"entity":"deal"},"data":{"id":1}}`)
	f.Fuzz(func(t *testing.T, body string) {
		for _, provider := range hook.Providers() {
			all, err := hook.Read(provider, call(body))
			if err != nil && len(all) > 0 {
				t.Errorf("%s: %d messages of a body that is none", provider, len(all))
			}
			for _, m := range all {
				if m.Email+m.Phone+m.ExternalID == "" {
					t.Errorf("%s: a message of nobody: %+v", provider, m)
				}
			}
		}
	})
}
