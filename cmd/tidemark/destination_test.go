package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// services stands in for all that destinations tell, each checking what its
// documentation asks for.
type services struct {
	*httptest.Server
	mu     sync.Mutex
	secret string // of the webhook
	down   bool
	got    map[string][]string // bodies by service
	ids    []string            // of webhooks, every attempt
	wrong  []string
}

func startServices(t *testing.T) *services {
	s := &services{got: map[string][]string{}}
	mux := http.NewServeMux()
	for pattern, check := range map[string]func(*http.Request, string) string{
		"POST /hook":                                  s.webhook,
		"POST /ga4/mp/collect":                        ga4Shape,
		"POST /meta/v23.0/12345678/events":            metaShape,
		"PATCH /hubspot/crm/v3/objects/contacts/{id}": hubSpotShape,
		"PATCH /services/data/v62.0/sobjects/Contact/Tidemark_Id__c/{id}": salesforceShape,
	} {
		name := regexp.MustCompile(`hook|ga4|meta|hubspot|sobjects`).FindString(pattern)
		if strings.Contains(pattern, "hubspot") {
			name = "hubspot"
		}
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.take(w, r, name, check) })
	}
	mux.HandleFunc("POST /services/oauth2/token", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("grant_type") != "client_credentials" || r.FormValue("client_id") != "3MVGclient" || r.FormValue("client_secret") != "shhh-secret" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		fmt.Fprint(w, `{"access_token":"00Dtoken","instance_url":"x","token_type":"Bearer"}`)
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *services) take(w http.ResponseWriter, r *http.Request, name string, check func(*http.Request, string) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	if name == "hook" {
		s.ids = append(s.ids, r.Header.Get("webhook-id"))
	}
	if s.down {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	if problem := check(r, string(body)); problem != "" {
		s.wrong = append(s.wrong, name+": "+problem+": "+string(body))
	}
	s.got[name] = append(s.got[name], string(body))
	w.WriteHeader(http.StatusOK)
}

func (s *services) webhook(r *http.Request, body string) string {
	verifier, err := standard.NewWebhook(s.secret)
	if err == nil {
		err = verifier.Verify([]byte(body), r.Header)
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// shape reports which texts a body lacks.
func shape(body string, patterns ...string) string {
	if !json.Valid([]byte(body)) {
		return "is no JSON"
	}
	for _, p := range patterns {
		if !regexp.MustCompile(p).MatchString(body) {
			return "lacks " + p
		}
	}
	return ""
}

func ga4Shape(r *http.Request, body string) string {
	if q := r.URL.Query(); q.Get("measurement_id") != "G-TEST1" || q.Get("api_secret") != "s3cr3t" {
		return "the query is " + r.URL.RawQuery
	}
	return shape(body, `"client_id":"111\.222"`, `"timestamp_micros":\d{16}`, `"events":\[\{"name":"[a-z_]+","params":\{`, `"session_id":"333"`)
}

func metaShape(r *http.Request, body string) string {
	if r.URL.Query().Get("access_token") != "EAAtoken-long" {
		return "there is no token"
	}
	return shape(body, `^\{"data":\[\{"event_name":"`, `"event_time":\d{10},`, `"event_id":"tm_`, `"action_source":"system_generated"`, `"em":\["[0-9a-f]{64}"\]`, `"fbp":"fb\.1\.1\.2"`, `"custom_data":`)
}

func hubSpotShape(r *http.Request, body string) string {
	if r.Header.Get("Authorization") != "Bearer pat-eu1-token" || r.PathValue("id") != "ada@example.com" || r.URL.Query().Get("idProperty") != "email" {
		return r.URL.String()
	}
	return shape(body, `^\{"properties":\{"tidemark_first_campaign":"spring"`)
}

func salesforceShape(r *http.Request, body string) string {
	if r.Header.Get("Authorization") != "Bearer 00Dtoken" || r.PathValue("id") != "ada@example.com" || r.URL.RawQuery != "updateOnly=true" {
		return r.URL.String()
	}
	return shape(body, `^\{"Tidemark_First_Campaign__c":"spring"`)
}

func (s *services) count(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.got[name])
}

func (s *services) fails(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

type madeDestination struct {
	ID, Secret string
	FileURL    string `json:"file_url"`
}

func (p *program) destination(t *testing.T, body string) (out madeDestination) {
	t.Helper()
	if _, err := p.call(http.MethodPost, "/v1/destinations", json.RawMessage(body), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func (p *program) visits(t *testing.T, body string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, p.url+"/v1/visit", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	response, err := http.DefaultClient.Do(r)
	if err != nil || response.StatusCode >= 300 {
		t.Fatal(err, response)
	}
	response.Body.Close()
}

func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 30 s: %s", what)
		}
	}
}

// TestDestinations has a visitor come by a campaign, tell who she is, be won and
// pay; the real program tells six services. Then it is killed while a service is
// down: what was not told is told after, once.
func TestDestinations(t *testing.T) {
	t.Parallel()
	s := startServices(t)
	data, key := newData(t)
	flags := []string{"--webhooks-private", "--services-at", s.URL, "--post-retry", "100ms"}
	p := startServer(t, data, key, flags...)
	hook := p.destination(t, `{"name":"CRM","kind":"webhook","settings":{"url":"`+s.URL+`/hook"}}`)
	s.mu.Lock()
	s.secret = hook.Secret
	s.mu.Unlock()
	p.destination(t, `{"name":"Analytics","kind":"ga4","settings":{"measurement_id":"G-TEST1"},"secrets":{"api_secret":"s3cr3t"},"events":[{"event":"sale"}]}`)
	p.destination(t, `{"name":"Meta","kind":"meta","settings":{"dataset_id":"12345678"},"secrets":{"access_token":"EAAtoken-long"},"events":[{"event":"sale"}]}`)
	ads := p.destination(t, `{"name":"Ads","kind":"google_ads","secrets":{"password":"correct-horse-battery"},"events":[{"event":"sale","name":"Paid"}]}`)
	p.destination(t, `{"name":"HubSpot","kind":"hubspot","secrets":{"access_token":"pat-eu1-token"},"events":[{"event":"won"}],"mapping":[{"to":"tidemark_first_campaign","from":"first.campaign"}]}`)
	p.destination(t, `{"name":"Salesforce","kind":"salesforce","settings":{"instance_url":"`+s.URL+`","match_field":"Tidemark_Id__c","match_from":"contact.email"},
		"secrets":{"client_id":"3MVGclient","client_secret":"shhh-secret"},"events":[{"event":"won"}],"mapping":[{"to":"Tidemark_First_Campaign__c","from":"first.campaign"}]}`)

	at := time.Now().UnixMilli()
	p.visits(t, fmt.Sprintf(`{"key":"%s","visitor":"v-ada","sent_at":%d,"internal":false,"consent":{"analytics":true,"ads":true},"ga":"GA1.1.111.222","ga_session":"GS1.1.333.1","fbp":"fb.1.1.2","events":[
		{"id":"a","type":"page","at":%d,"page":"https://shop.example/?utm_source=google&utm_medium=cpc&utm_campaign=spring&gclid=Cj0K","title":"Shop","referrer":""},
		{"id":"b","type":"identify","at":%d,"page":"https://shop.example/","traits":{"email":"ada@example.com"}}]}`, key, at, at-2000, at-1000))
	var ignored json.RawMessage
	for _, call := range [][2]string{
		{"/v1/contacts/email:ada@example.com/stage", `{"stage":"customer","value":{"amount":12345,"currency":"EUR"}}`},
		{"/v1/revenue", `[{"id":"order-1","contact":{"email":"ada@example.com"},"amount":12345,"currency":"EUR"}]`},
	} {
		if _, err := p.call(http.MethodPost, call[0], json.RawMessage(call[1]), &ignored); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "everybody is told", func() bool {
		return s.count("hook") == 4 && s.count("ga4") == 1 && s.count("meta") == 1 && s.count("hubspot") == 1 && s.count("sobjects") == 1
	})
	won := s.got["hook"][slices.IndexFunc(s.got["hook"], func(b string) bool { return strings.Contains(b, `"contact.won"`) })]
	for _, want := range []string{`"first_source":"Paid search"`, `"first_campaign":"spring"`, `"email":"ada@example.com"`, `"amount":123.45`} {
		if !strings.Contains(won, want) {
			t.Errorf("the webhook lacks %s: %s", want, won)
		}
	}
	if got := s.got["ga4"][0]; !strings.Contains(got, `"transaction_id":"order-1","value":123.45`) {
		t.Error(got)
	}
	eventually(t, "a row of the file", func() bool { return strings.Contains(fetched(t, p, ads), "Cj0K,Paid,") })
	if file := fetched(t, p, ads); !regexp.MustCompile(`^Parameters:TimeZone=\+0000\nGoogle Click ID,.*\nCj0K,Paid,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0000,123\.45,EUR,Granted,Granted\n$`).MatchString(file) {
		t.Error(file)
	}
	p = s.killed(t, p, data, key, flags)
	if len(s.wrong) > 0 {
		t.Errorf("not as documented: %v", s.wrong)
	}
	if out := must(t, "check", "--data", data); !strings.Contains(out, "The record is consistent") {
		t.Error(out)
	}
	_ = p
}

// killed kills the program again and again while a service is down.
func (s *services) killed(t *testing.T, p *program, data, key string, flags []string) *program {
	t.Helper()
	s.fails(true)
	const people = 20
	for i := range people {
		var ignored json.RawMessage
		path := fmt.Sprintf(`{"external_id":"late-%d","stage":"customer"}`, i)
		if _, err := p.call(http.MethodPost, "/v1/contacts", json.RawMessage(path), &ignored); err != nil {
			t.Fatal(err)
		}
		if i%8 == 7 {
			_ = p.command.Process.Kill()
			_ = p.command.Wait()
			p = startServer(t, data, key, flags...)
		}
	}
	s.fails(false)
	before := 4
	eventually(t, "what was not told is told", func() bool { return s.count("hook") >= before+2*people })
	time.Sleep(300 * time.Millisecond)
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.got["hook"]); n != before+2*people { // an opportunity and a win each
		t.Errorf("%d events were told, not %d", n, before+2*people)
	}
	ids := slices.Clone(s.ids)
	slices.Sort(ids)
	if n := len(slices.Compact(ids)); n != before+2*people {
		t.Errorf("%d ids of %d events", n, before+2*people)
	}
	return p
}

func fetched(t *testing.T, p *program, of madeDestination) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, of.FileURL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth(of.ID, "correct-horse-battery")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return string(body)
}
