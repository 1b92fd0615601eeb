package automation_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/mail"
	"github.com/tidemark/tidemark/workspace"
)

// crm takes what it is told, as long as it is not down, and checks signatures.
type crm struct {
	*httptest.Server
	mu       sync.Mutex
	secret   string
	status   int // 0 = 200
	header   map[string]string
	attempts []string // ids
	told     []hooked
	wrong    []string
}

// hooked is what a webhook says.
type hooked struct {
	Type string
	Data struct {
		ID, Event, Contact string
		Stage              *struct{ Key string }
		Value              *struct {
			Amount   json.Number
			Currency string
		}
		Fields map[string]any
	}
}

func startCRM(t *testing.T) *crm {
	c := &crm{}
	c.Server = httptest.NewServer(c)
	t.Cleanup(c.Close)
	return c
}

// ServeHTTP implements http.Handler.
func (c *crm) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	if verifier, err := standard.NewWebhook(c.secret); err != nil || verifier.VerifyIgnoringTimestamp(body, r.Header) != nil {
		c.wrong = append(c.wrong, string(body))
	}
	c.attempts = append(c.attempts, r.Header.Get("webhook-id"))
	if c.status != 0 {
		for name, value := range c.header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(c.status)
		return
	}
	var h hooked
	if err := json.Unmarshal(body, &h); err != nil {
		c.wrong = append(c.wrong, err.Error())
	}
	c.told = append(c.told, h)
}

func (c *crm) answers(status int, header map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status, c.header = status, header
}

// events lists what was taken as "event contact".
func (c *crm) events() (out []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.told {
		out = append(out, h.Data.Event)
	}
	return out
}

func (c *crm) tried() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.attempts)
}

// tells makes a webhook that is told of some events.
func (o *office) tells(t *testing.T, c *crm, whats ...destination.What) automation.DestinationAnswer {
	t.Helper()
	events := make([]automation.EventChoice, len(whats))
	for i, what := range whats {
		events[i].Event = what
	}
	made, err := o.AddDestination(t.Context(), o.w, automation.DestinationInput{
		Name: new("CRM"), Kind: new(destination.Webhook), Settings: &map[string]string{"url": c.URL}, Events: &events,
	})
	if err != nil {
		t.Fatal(err)
	}
	c.mu.Lock()
	c.secret = *made.Secret
	c.mu.Unlock()
	return made
}

func (o *office) count(t *testing.T, id, state string) int {
	t.Helper()
	list, _, err := o.ListEventDeliveries(t.Context(), o.w, id, state, "", 200)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func (o *office) stage(t *testing.T, email, stage string) {
	t.Helper()
	_, err := o.uses.UpsertContact(t.Context(), o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{Email: &email}, Stage: &stage})
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) observe(t *testing.T, all ...workspace.Observation) {
	t.Helper()
	out, err := o.uses.Observe(t.Context(), o.w, workspace.ObserveInput{Observations: all})
	if err != nil || len(out.Refused) > 0 {
		t.Fatal(err, out.Refused)
	}
}

// TestDestinationsAreTold follows a person from an ad to a refund, beside what
// must not be told.
func TestDestinationsAreTold(t *testing.T) {
	t.Parallel()
	c := startCRM(t)
	o := newOffice(t, mail.Settings{}, true)
	o.stage(t, "before@example.com", "customer")
	made := o.tells(t, c, destination.Whats[:]...)
	at := lifecycle.MillisOf(o.Now())
	o.observe(t, workspace.Observation{Visitor: "v", At: at - 1000, View: &journal.View{Page: "https://shop.example/?utm_source=google&utm_medium=cpc&utm_campaign=spring&gclid=Cj0"}})
	o.observe(t, workspace.Observation{Visitor: "v", At: at, Contact: &workspace.ContactFields{Email: new("ada@example.com"), Value: &workspace.Money{Amount: 12_345, Currency: "EUR"}}})
	o.stage(t, "ada@example.com", "hot_lead")
	o.stage(t, "ada@example.com", "customer")
	o.stage(t, "ben@example.com", "cold_lead") // opened and lost by one move
	for _, r := range []workspace.RevenueItem{
		{ID: "s1", Contact: workspace.ContactFields{Email: new("ada@example.com")}, Money: workspace.Money{Amount: 999, Currency: "JPY"}},
		{ID: "r1", Contact: workspace.ContactFields{Email: new("ada@example.com")}, Money: workspace.Money{Amount: 100, Currency: "JPY"}, Refund: true, RefundOf: "s1"},
	} {
		if _, err := o.uses.AddRevenue(t.Context(), o.w, workspace.AddRevenueInput{Items: []workspace.RevenueItem{r}}); err != nil {
			t.Fatal(err)
		}
	}
	// History and bulk edits are no news.
	old := at - lifecycle.Millis((8 * 24 * time.Hour).Milliseconds())
	o.change(t, "old@example.com", "customer", old, journal.ActorAPI)
	o.change(t, "bulk@example.com", "customer", at, journal.ActorBulk)
	o.change(t, "import@example.com", "customer", at, journal.ActorImport)
	// Whoever is won has been an opportunity, as reports count it.
	want := []string{"lead", "stage", "stage", "opportunity", "won", "stage", "lost", "sale", "refund"}
	until(t, "everything is told", func() bool { return len(c.events()) >= len(want) })
	time.Sleep(100 * time.Millisecond)
	if got := c.events(); !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	if len(c.wrong) > 0 {
		t.Errorf("signatures do not hold: %v", c.wrong)
	}
	won := c.told[4]
	if won.Type != "contact.won" || won.Data.Stage.Key != "customer" || won.Data.Value.Amount != "123.45" || won.Data.Fields["first_campaign"] != "spring" ||
		won.Data.Fields["first_source"] != "Paid search" || won.Data.Fields["email"] != "ada@example.com" {
		t.Errorf("%+v", won)
	}
	if sale := c.told[7]; sale.Data.Value.Amount != "999" || sale.Data.Value.Currency != "JPY" {
		t.Errorf("%+v", sale)
	}
	ids := slices.Clone(c.attempts)
	slices.Sort(ids)
	if n := len(slices.Compact(ids)); n != len(want) {
		t.Errorf("%d events have %d ids", len(want), n)
	}
	sent, _, err := o.ListEventDeliveries(t.Context(), o.w, made.ID, "sent", "", 3)
	if err != nil || len(sent) != 3 {
		t.Fatal(sent, err)
	}
	detail, err := o.GetEventDelivery(t.Context(), o.w, sent[0].ID)
	if err != nil || detail.Request == nil || detail.Request.URL != c.URL || !strings.Contains(detail.Request.Body, `"event":"refund"`) || detail.Answer.Status != 200 {
		t.Errorf("%+v %v", detail, err)
	}
}

func (o *office) change(t *testing.T, email, stage string, at lifecycle.Millis, by journal.ActorKind) {
	t.Helper()
	out, err := o.uses.RecordChanges(t.Context(), o.w, workspace.RecordChangesInput{Items: []workspace.ChangeItem{
		{Contact: workspace.ContactFields{Email: &email}, Stage: &stage, HasStage: true, At: at, Actor: journal.Actor{Kind: by}},
	}})
	if err != nil || len(out.Rejected) > 0 {
		t.Fatal(err, out.Rejected)
	}
}

// TestDestinationsAreTriedForThreeDays has a receiver that is down, one that
// asks for a rest, and a replay of what nobody tries any more.
func TestDestinationsAreTriedForThreeDays(t *testing.T) {
	t.Parallel()
	c := startCRM(t)
	o := newOffice(t, mail.Settings{}, true)
	made := o.tells(t, c, destination.Won)
	c.answers(http.StatusServiceUnavailable, map[string]string{"Retry-After": "600"})
	began := o.Now()
	o.stage(t, "ada@example.com", "customer")
	o.stage(t, "ben@example.com", "customer")
	until(t, "the first attempt", func() bool { return c.tried() == 1 })
	o.pass(9 * time.Minute)
	time.Sleep(100 * time.Millisecond)
	if c.tried() != 1 {
		t.Fatalf("%d attempts within the ten minutes that were asked for", c.tried())
	}
	c.answers(http.StatusInternalServerError, nil)
	for o.Now().Sub(began) < 72*time.Hour {
		o.pass(30 * time.Minute)
		time.Sleep(15 * time.Millisecond)
	}
	o.pass(8 * time.Hour)
	until(t, "both failed", func() bool { return o.count(t, made.ID, "failed") == 2 })
	tries := c.tried()
	if tries < 20 || tries > 50 {
		t.Errorf("%d attempts for two events in three days", tries)
	}
	failed, _, err := o.ListEventDeliveries(t.Context(), o.w, made.ID, "failed", "", 10)
	if err != nil || !strings.Contains(failed[0].Error, "500") {
		t.Errorf("%+v %v", failed, err)
	}
	o.pass(24 * time.Hour)
	time.Sleep(100 * time.Millisecond)
	if c.tried() != tries {
		t.Error("what failed for good is tried again")
	}
	c.answers(0, nil)
	out, err := o.ReplayDestination(t.Context(), o.w, made.ID, workspace.Idempotency{})
	if err != nil || out.Replayed != 2 {
		t.Fatal(out, err)
	}
	until(t, "the replay", func() bool { return len(c.events()) == 2 })
	if _, err := o.ReplayDelivery(t.Context(), o.w, failed[0].ID, workspace.Idempotency{}); err != nil {
		t.Fatal(err)
	}
	until(t, "one again", func() bool { return len(c.events()) == 3 })
	if c.told[2].Data.ID != failed[0].EventID {
		t.Errorf("a replay has the id %s, not %s", c.told[2].Data.ID, failed[0].EventID)
	}
}

// TestDestinationsFollowPeople merges and erases while events wait, and switches
// off and on.
func TestDestinationsFollowPeople(t *testing.T) {
	t.Parallel()
	c := startCRM(t)
	o := newOffice(t, mail.Settings{}, true)
	made := o.tells(t, c, destination.Won)
	c.answers(http.StatusServiceUnavailable, nil)
	for _, email := range []string{"ada@example.com", "ben@example.com", "cid@example.com"} {
		o.stage(t, email, "customer")
	}
	until(t, "three wait", func() bool { return o.count(t, made.ID, "waiting") == 3 && c.tried() > 0 })
	if _, err := o.EditDestination(t.Context(), o.w, made.ID, automation.DestinationInput{Enabled: new(false)}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.uses.EraseContact(t.Context(), o.w, workspace.EraseContactInput{Ref: workspace.ContactRef{Email: "ada@example.com"}}); err != nil {
		t.Fatal(err)
	}
	if n := o.count(t, made.ID, ""); n != 2 {
		t.Errorf("%d deliveries after an erasure of one of three", n)
	}
	if _, err := o.uses.MergeContacts(t.Context(), o.w, workspace.MergeContactsInput{Keep: workspace.ContactRef{Email: "cid@example.com"}, Drop: workspace.ContactRef{Email: "ben@example.com"}}); err != nil {
		t.Fatal(err)
	}
	o.stage(t, "dan@example.com", "customer") // while it is off
	c.answers(0, nil)
	o.pass(time.Hour)
	if _, err := o.EditDestination(t.Context(), o.w, made.ID, automation.DestinationInput{Enabled: new(true)}); err != nil {
		t.Fatal(err)
	}
	o.stage(t, "eva@example.com", "customer")
	until(t, "two and one", func() bool { return len(c.events()) == 3 })
	if c.told[0].Data.Contact != c.told[1].Data.Contact || c.told[0].Data.Fields["email"] != "cid@example.com" || c.told[2].Data.Fields["email"] != "eva@example.com" {
		t.Errorf("%+v", c.told)
	}
}
