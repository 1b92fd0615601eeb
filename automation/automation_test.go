package automation_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/mail"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/webhook"
	"github.com/tidemark/tidemark/workspace"
)

// office is a workspace on a real record, whose time the test moves.
type office struct {
	*automation.Service
	uses *workspace.Service
	w    journal.WorkspaceID

	mu  sync.Mutex
	now time.Time
}

// Now is the office's time.
func (o *office) Now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func (o *office) pass(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

type post struct {
	mail    *mail.Sender
	webhook *webhook.Caller
}

func (p post) Mail(ctx context.Context, m automation.Mail) error { return p.mail.Send(ctx, m) }

func (p post) CanMail() bool { return p.mail.Ready() }

func (p post) Webhook(ctx context.Context, h automation.Hook) error { return p.webhook.Call(ctx, h) }

func (p post) Send(ctx context.Context, r destination.Request) (destination.Answer, error) {
	return p.webhook.Do(ctx, r)
}

func (p post) CheckWebhook(address string) fault.Detail { return p.webhook.Check(address) }

// newOffice opens an office on a Tuesday at 7:30 in Paris, with its automation
// running.
func newOffice(t *testing.T, settings mail.Settings, private bool) *office {
	t.Helper()
	r, err := record.Open(t.Context(), filepath.Join(t.TempDir(), "record.sqlite"), record.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{now: time.Date(2026, 11, 10, 6, 30, 0, 0, time.UTC)}
	o.uses = workspace.NewService(r.Store(), o.Now)
	made, err := o.uses.CreateWorkspace(t.Context(), workspace.CreateWorkspaceInput{Name: "Office", TimeZone: "Europe/Paris"})
	if err != nil {
		t.Fatal(err)
	}
	o.w = made.Workspace
	sender, err := mail.New(settings)
	if err != nil {
		t.Fatal(err)
	}
	reports := &report.Service{Engine: memory.New(r), Clock: o, Changes: changeLog{o.uses}}
	o.Service = automation.New(r.Store(), reports, o.uses, post{sender, webhook.New(private)}, automation.Options{
		Link: func() string { return "https://tidemark.example.com" }, Clock: o.Now, Tick: 10 * time.Millisecond, Pause: time.Minute,
		Log: slog.New(slog.DiscardHandler),
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		_ = o.Run(ctx)
		close(done)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// enter has so many contacts enter a day, some of which are won at once.
func (o *office) enter(t *testing.T, day string, entered, won int) {
	t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	var items []workspace.ChangeItem
	for i := range entered {
		first := lifecycle.MillisOf(at.Add(10 * time.Hour))
		contact := workspace.ContactFields{ExternalID: new(fmt.Sprintf("%s-%d", day, i))}
		stages := []string{"new_lead"}
		if i < won {
			stages = append(stages, "customer")
		}
		for n, stage := range stages {
			when := first + lifecycle.Millis(n*1000)
			items = append(items, workspace.ChangeItem{Contact: contact, Stage: &stage, HasStage: true, At: when, Actor: journal.Actor{Kind: journal.ActorAPI}})
		}
	}
	out, err := o.uses.RecordChanges(t.Context(), o.w, workspace.RecordChangesInput{Items: items})
	if err != nil || len(out.Rejected) > 0 {
		t.Fatal(err, out.Rejected)
	}
}

func (o *office) deliveries(t *testing.T) []automation.DeliveryAnswer {
	t.Helper()
	out, _, err := o.ListDeliveries(t.Context(), o.w, "", 200)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// hookServer takes webhooks and verifies every signature.
type hookServer struct {
	*httptest.Server
	mu       sync.Mutex
	secret   string
	failures int // answers 500 so many times
	ids      []string
	payloads []string
	wrong    []string
}

func startHooks(t *testing.T) *hookServer {
	h := &hookServer{}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

// ServeHTTP implements http.Handler.
func (h *hookServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	verifier, err := standard.NewWebhook(h.secret)
	if err == nil {
		err = verifier.Verify(body, r.Header)
	}
	if err != nil {
		h.wrong = append(h.wrong, err.Error())
	}
	h.ids = append(h.ids, r.Header.Get(standard.HeaderWebhookID))
	if h.failures > 0 {
		h.failures--
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	h.payloads = append(h.payloads, string(body))
}

func (h *hookServer) got() (ids, payloads []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string{}, h.ids...), append([]string{}, h.payloads...)
}

// TestDigests sends by a real mail server and to a real receiver.
func TestDigests(t *testing.T) {
	t.Parallel()
	server, hooks := startMail(t), startHooks(t)
	o := newOffice(t, mail.Settings{Host: "127.0.0.1", Port: server.port, From: "Tidemark <reports@example.com>", TLS: mail.None}, true)
	o.enter(t, "2026-11-09", 40, 10)
	o.enter(t, "2026-11-08", 40, 20)
	made, err := o.AddDigest(t.Context(), o.w, automation.DigestInput{
		Name: new("Täglich: Börse"), Query: new("preset=yesterday&source="), Schedule: &automation.Schedule{Every: automation.EveryDay, Hour: 8},
		Target: &automation.Target{Emails: []string{"ada@example.com", "nobody@example.com"}, Webhook: hooks.URL},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := made.NextAt.Time().UTC(); !got.Equal(time.Date(2026, 11, 10, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("next at %s: eight in Paris is seven", got)
	}
	hooks.mu.Lock()
	hooks.secret, hooks.failures = *made.Secret, 2
	hooks.mu.Unlock()
	time.Sleep(100 * time.Millisecond)
	if n := len(o.deliveries(t)); n != 0 {
		t.Fatalf("%d messages before the time has come", n)
	}
	// The server sleeps over three mornings: one message comes, not three.
	o.pass(3 * 24 * time.Hour)
	until(t, "a letter", func() bool { return len(server.letters(t)) == 1 })
	letter := server.letters(t)[0]
	for _, want := range []string{"To: <ada@example.com>", "reports@example.com", "multipart/alternative", "text/html", "Auto-Submitted: auto-generated", "https://tidemark.example.com/?preset=3Dyesterday"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter lacks %q:\n%s", want, letter)
		}
	}
	// Two failures, each tried again after its pause.
	until(t, "the first attempt", func() bool { ids, _ := hooks.got(); return len(ids) == 1 })
	o.pass(time.Minute)
	until(t, "the second attempt", func() bool { ids, _ := hooks.got(); return len(ids) == 2 })
	time.Sleep(50 * time.Millisecond)
	o.pass(time.Minute)
	time.Sleep(100 * time.Millisecond)
	if ids, _ := hooks.got(); len(ids) != 2 {
		t.Error("the second pause is no longer than the first")
	}
	o.pass(time.Minute)
	until(t, "the payload", func() bool { _, payloads := hooks.got(); return len(payloads) == 1 })
	ids, payloads := hooks.got()
	if ids[0] != ids[1] || ids[1] != ids[2] || ids[0] == "" {
		t.Errorf("attempts of one message have the ids %v", ids)
	}
	var payload struct {
		Type string
		Data struct {
			Name    string
			Summary struct{ Entered int64 }
		}
	}
	if err := json.Unmarshal([]byte(payloads[0]), &payload); err != nil || payload.Type != "report.digest" || payload.Data.Name != "Täglich: Börse" {
		t.Errorf("%v %s", err, payloads[0])
	}
	if len(hooks.wrong) > 0 {
		t.Errorf("signatures do not hold: %v", hooks.wrong)
	}
	until(t, "all ended", func() bool {
		states := map[string]int{}
		for _, d := range o.deliveries(t) {
			states[d.State]++
		}
		return states["sent"] == 2 && states["failed"] == 1
	})
	for _, d := range o.deliveries(t) {
		if d.State == "failed" && (d.To != "nobody@example.com" || d.Attempts != 1 || !strings.Contains(d.Error, "refuses")) {
			t.Errorf("%+v", d)
		}
	}
}

// TestMailSignsIn needs the certificate to be trusted, so the name of the
// machine is checked; a wrong password is told and tried again.
func TestMailSignsIn(t *testing.T) {
	server := startMail(t)
	t.Setenv("SSL_CERT_FILE", filepath.Join(server.folder, "cert.pem"))
	m := automation.Mail{ID: "msg_1", To: "ada@example.com", Subject: "Hello", Text: "Text", HTML: "<p>Text</p>"}
	for _, c := range []struct {
		name     string
		password string
		wants    bool
	}{{"right", "secret", true}, {"wrong", "guess", false}} {
		sender, err := mail.New(mail.Settings{Host: "127.0.0.1", Port: server.port, Username: "tidemark", Password: c.password, From: "a@example.com", TLS: mail.StartTLS})
		if err != nil {
			t.Fatal(err)
		}
		err = sender.Send(t.Context(), m)
		if (err == nil) != c.wants || err != nil && strings.Contains(err.Error(), c.password) {
			t.Errorf("%s password: %v", c.name, err)
		}
	}
	until(t, "a letter", func() bool { return len(server.letters(t)) == 1 })
}

// TestAlerts lets a rate fall, tremble and recover.
func TestAlerts(t *testing.T) {
	t.Parallel()
	hooks := startHooks(t)
	o := newOffice(t, mail.Settings{}, true)
	// Four days of 50 % before, then one of 20 %.
	for _, day := range []string{"2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06"} {
		o.enter(t, day, 40, 20)
	}
	o.enter(t, "2026-11-07", 40, 20)
	made, err := o.AddAlert(t.Context(), o.w, automation.AlertInput{
		Name: new("Conversion"), Metric: new(automation.ConversionRate), Direction: new(automation.Falls), Days: new(1), Window: new(2), By: new(0.0),
		Target: &automation.Target{Webhook: hooks.URL},
	})
	if err != nil {
		t.Fatal(err)
	}
	hooks.mu.Lock()
	hooks.secret = *made.Secret
	hooks.mu.Unlock()
	alert := func() automation.AlertAnswer {
		all, err := o.ListAlerts(t.Context(), o.w)
		if err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	checked := func(what string) automation.AlertAnswer {
		until(t, what, func() bool { a := alert(); return a.CheckedAt != nil && a.CheckedAt.Time().Equal(o.Now()) })
		return alert()
	}
	if a := checked("the first look"); a.Firing || !strings.Contains(a.Why, "Conversion was 50.0 % for those who entered from 2026-11-07") {
		t.Errorf("%+v", a)
	}
	o.enter(t, "2026-11-08", 40, 8)
	o.pass(24 * time.Hour)
	if a := checked("the fall"); !a.Firing || !strings.Contains(a.Why, "20.0 %") || !strings.Contains(a.Why, "outside of its 95 % interval") {
		t.Errorf("%+v", a)
	}
	until(t, "the alarm", func() bool { _, payloads := hooks.got(); return len(payloads) == 1 })
	for range 3 { // still low: the same event
		o.pass(2 * time.Hour)
		checked("another look")
	}
	o.enter(t, "2026-11-09", 40, 19)
	o.pass(24 * time.Hour)
	if a := checked("the recovery"); a.Firing {
		t.Errorf("%+v", a)
	}
	if _, payloads := hooks.got(); len(payloads) != 1 || !strings.Contains(payloads[0], `"report.alert"`) || len(hooks.wrong) > 0 {
		t.Errorf("%d alarms of one event: %v %v", len(payloads), payloads, hooks.wrong)
	}
}

// TestWebhooksStayOutside tries every way to a private address.
func TestWebhooksStayOutside(t *testing.T) {
	t.Parallel()
	hooks := startHooks(t)
	caller := webhook.New(false)
	for _, address := range []string{
		"http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.0.1/", "http://169.254.169.254/latest",
		"http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://0.0.0.0/", "http://100.64.0.1/", "http://[64:ff9b::7f00:1]/", "ftp://example.com/", "example.com", "http://a:b@example.com/",
	} {
		if caller.Check(address).Message == "" {
			t.Errorf("%s may be called", address)
		}
	}
	if bad := caller.Check("https://example.com/hook"); bad.Message != "" {
		t.Error(bad.Message)
	}
	// A name that is checked as one address and resolves to another at the call.
	err := caller.Call(t.Context(), automation.Hook{ID: "msg_1", URL: hooks.URL, Secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Payload: []byte("{}")})
	if ids, _ := hooks.got(); err == nil || len(ids) > 0 || !strings.Contains(err.Error(), "private") {
		t.Errorf("a private address is called: %v", err)
	}
}

// What is wrong with a webhook has a code, so that people read it in their own
// language.
func TestWrongWebhooksHaveCodes(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mail.Settings{}, false)
	for address, want := range map[string]string{"http://127.0.0.1/": "webhook_private", "example.com": "webhook_address"} {
		_, err := o.AddAlert(t.Context(), o.w, logAlert("x", automation.Either, "", automation.Target{Webhook: address}))
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || len(f.Details) != 1 || f.Details[0].Location != "body.webhook" || f.Details[0].Code != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestRedirectsAreNotFollowed would otherwise lead inside again.
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	hooks := startHooks(t)
	redirect := httptest.NewServer(http.RedirectHandler(hooks.URL, http.StatusTemporaryRedirect))
	defer redirect.Close()
	err := webhook.New(true).Call(t.Context(), automation.Hook{ID: "msg_1", URL: redirect.URL, Secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Payload: []byte("{}")})
	if ids, _ := hooks.got(); err == nil || len(ids) > 0 {
		t.Errorf("a redirect is followed: %v", err)
	}
}

// A query that the report refuses is refused in the report's words.
func TestWrongQueriesAreTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t, mail.Settings{}, true)
	in := automation.DigestInput{
		Name: new("x"), Query: new("?preset=never"), Schedule: &automation.Schedule{Every: automation.EveryDay},
		Target: &automation.Target{Webhook: "https://example.com/"},
	}
	_, err := o.AddDigest(t.Context(), o.w, in)
	want := `has something that the report refuses: query.preset "never" is not one of `
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || len(f.Details) != 1 || f.Details[0].Location != "body.query" || !strings.HasPrefix(f.Details[0].Message, want) {
		t.Error(err)
	}
}
