package api_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

func TestNotes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "nobody", path: "/v1/notes", key: nobody, status: 401},
		scenario{name: "a reader writes none", path: "/v1/notes", key: workspace.ScopeRead, body: `{"day": "2026-11-03", "text": "x"}`, status: 403},
		scenario{name: "no day", path: "/v1/notes", body: `{"day": "2026-11-30", "text": " "}`, status: 422, has: []string{"body.text"}},
		scenario{name: "an impossible day", path: "/v1/notes", body: `{"day": "2026-02-30", "text": "x"}`, status: 422, has: []string{"body.day"}},
		scenario{name: "add", path: "/v1/notes", key: workspace.ScopeWrite, body: `{"day": "2026-11-03", "text": "New pricing page"}`, status: 200, has: []string{`"id":"note_1"`, `"author":"write"`, `Etag: "1"`}},
		scenario{name: "earlier", path: "/v1/notes", body: `{"day": "2026-11-01", "text": "Fair"}`, status: 200},
		scenario{name: "by day", path: "/v1/notes", key: workspace.ScopeRead, status: 200, has: []string{`"text":"Fair","author":"admin"`}},
		scenario{name: "edit", method: "PATCH", path: "/v1/notes/note_1", body: `{"text": "Pricing"}`, header: map[string]string{"If-Match": `"1"`}, status: 200, has: []string{`"day":"2026-11-03"`, `"text":"Pricing"`, `Etag: "2"`}},
		scenario{name: "late", method: "PATCH", path: "/v1/notes/note_1", body: `{"text": "x"}`, header: map[string]string{"If-Match": `"1"`}, status: 412},
		scenario{name: "remove", method: "DELETE", path: "/v1/notes/note_1", status: 204},
		scenario{name: "gone", method: "DELETE", path: "/v1/notes/note_1", status: 404, has: []string{"note_not_found"}},
	)
}

func TestSavedReports(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "nonsense", path: "/v1/reports/saved", body: `{"name": "", "query": "preset=soon", "visible": "all"}`, status: 422, has: []string{"body.query", "preset"}},
		scenario{name: "add", path: "/v1/reports/saved", key: workspace.ScopeWrite, body: `{"name": "Ads", "description": "weekly", "query": "?preset=last_week&source=Ads&explain=x"}`, status: 200, has: []string{`"query":"preset=last_week&source=Ads&explain=x"`, `"mine":true`, `Etag: "1"`}},
		scenario{name: "private", path: "/v1/reports/saved", key: workspace.ScopeWrite, body: `{"name": "Mine", "visible": "me"}`, status: 200},
		scenario{name: "others see the shared one", path: "/v1/reports/saved", key: workspace.ScopeRead, status: 200, has: []string{"Ads", `"mine":false`}, lacks: []string{"Mine"}},
		scenario{name: "others do not see the private one", path: "/v1/reports/saved/report_2", key: workspace.ScopeRead, status: 404},
		scenario{name: "edit", method: "PATCH", path: "/v1/reports/saved/report_1", key: workspace.ScopeWrite, body: `{"name": "Ads!"}`, header: map[string]string{"If-Match": `"1"`}, status: 200, has: []string{`"description":"weekly"`, `Etag: "2"`}},
		scenario{name: "late", method: "PATCH", path: "/v1/reports/saved/report_1", key: workspace.ScopeWrite, body: `{"name": "x"}`, header: map[string]string{"If-Match": `"1"`}, status: 412},
		scenario{name: "an administrator may", method: "PATCH", path: "/v1/reports/saved/report_1", body: `{"visible": "me"}`, status: 200},
		scenario{name: "remove", method: "DELETE", path: "/v1/reports/saved/report_1", key: workspace.ScopeWrite, status: 204},
		scenario{name: "gone", path: "/v1/reports/saved/report_1", status: 404},
	)
}

// TestSharedReports also looks for every trace of a contact in what a
// stranger can get.
func TestSharedReports(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	at := time.Now().UTC().Format(time.RFC3339)
	o.play(t,
		scenario{name: "a contact", path: "/v1/contacts", body: `{"external_id": "crm-77", "email": "ada@example.com", "name": "Ada Lovelace", "stage": "new_lead", "at": "` + at + `", "source": {"source": "Ads"}}`, status: 200},
		scenario{name: "over already", path: "/v1/shares", body: `{"name": "x", "query": "", "expires_at": "2020-01-01T00:00:00Z"}`, status: 422, has: []string{"body.expires_at"}},
		scenario{name: "readers share nothing", path: "/v1/shares", key: workspace.ScopeRead, body: `{"name": "x", "query": ""}`, status: 403},
	)
	made := o.do(t, scenario{path: "/v1/shares", key: workspace.ScopeWrite, body: `{"name": "Board", "query": "preset=today&group_by=source&explain=won"}`})
	var share struct{ ID, Token string }
	if err := json.Unmarshal([]byte(made.body), &share); err != nil || share.Token == "" {
		t.Fatal(made.text())
	}
	path := "/v1/shared/" + share.Token
	other := strings.Replace(share.Token, "-", "-0", 1) + "x"
	o.play(t,
		scenario{name: "opens", path: path, key: nobody, status: 200, has: []string{`"name":"Board"`, `"entered":1`, `"label":"Ads"`, "X-Robots-Tag: noindex", "Referrer-Policy: no-referrer", "no-store"}, lacks: []string{"ada", "Ada", "crm-77", "ct_1"}},
		scenario{name: "a wrong secret", path: "/v1/shared/" + other, key: nobody, status: 404, has: []string{"share_ended"}},
		scenario{name: "no token", path: "/v1/shared/x", key: nobody, status: 404, has: []string{"share_ended"}},
		scenario{name: "nothing below", path: path + "/journeys", key: nobody, status: 404},
		scenario{name: "no key", path: "/v1/contacts", key: nobody, header: map[string]string{"Authorization": "Bearer " + share.Token}, status: 401},
		scenario{name: "counted", path: "/v1/shares", status: 200, has: []string{`"uses":1`, `"state":"open"`, `"last_used_at":"20`, `"token":null`}, lacks: []string{share.Token}},
		scenario{name: "the page", path: "/share/" + share.Token, key: nobody, header: map[string]string{"Accept": "text/html"}, status: 200, has: []string{"X-Robots-Tag: noindex", "Referrer-Policy: no-referrer"}},
		scenario{name: "revoke", method: "DELETE", path: "/v1/shares/" + share.ID, status: 204},
		scenario{name: "ended", path: path, key: nobody, status: 404, has: []string{"share_ended"}},
		scenario{name: "still listed", path: "/v1/shares", status: 200, has: []string{`"state":"revoked"`}},
	)
	if regexp.MustCompile(regexp.QuoteMeta(share.Token)).MatchString(o.log.String()) {
		t.Error("the log has the token")
	}
	limited := false
	for range 100 {
		limited = limited || o.do(t, scenario{path: path, key: nobody}).status == 429
	}
	if !limited {
		t.Error("a stranger may ask without limit")
	}
}

func TestDigestsAndAlerts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	digest := `{"name": "Weekly", "query": "preset=last_week", "schedule": {"every": "week", "weekday": 1, "day": 0, "hour": 8}, "target": {"emails": [" ada@example.com "], "webhook": "https://example.com/hook"}}`
	alert := `{"name": "Fall", "metric": "conversion_rate", "direction": "falls", "by": 0.2, "target": {"emails": ["ada@example.com"], "webhook": ""}}`
	o.play(t,
		scenario{name: "readers make none", path: "/v1/digests", key: workspace.ScopeRead, body: digest, status: 403},
		scenario{
			name: "nowhere to send", path: "/v1/digests", body: `{"name": "x", "schedule": {"every": "week", "weekday": 8, "day": 0, "hour": 24}, "query": "top=x", "target": {"emails": [], "webhook": ""}}`, status: 422,
			has: []string{"body.schedule.weekday", "body.schedule.hour", "body.emails"},
		},
		scenario{name: "no address", path: "/v1/digests", body: strings.Replace(digest, " ada@example.com ", "Ada <ada@example.com>", 1), status: 422, has: []string{"body.emails[0]"}},
		scenario{name: "add", path: "/v1/digests", key: workspace.ScopeWrite, body: digest, status: 200, has: []string{`"webhook_secret":"whsec_`, `"emails":["ada@example.com"]`, `"next_at":"20`}},
		scenario{name: "the secret is shown once", path: "/v1/digests", key: workspace.ScopeRead, status: 200, has: []string{"digest_1"}, lacks: []string{"whsec_"}},
		scenario{name: "edit", method: "PATCH", path: "/v1/digests/digest_1", body: `{"enabled": false}`, header: map[string]string{"If-Match": `"1"`}, status: 200, has: []string{`"next_at":null`}, lacks: []string{"whsec_"}},
		scenario{name: "late", method: "PATCH", path: "/v1/digests/digest_1", body: `{"enabled": true}`, header: map[string]string{"If-Match": `"1"`}, status: 412},
		scenario{name: "send now", method: "POST", path: "/v1/digests/digest_1/send", status: 204},
		scenario{name: "the log", path: "/v1/deliveries?limit=1", key: workspace.ScopeRead, status: 200, has: []string{`"of":"digest_1"`, `"channel":"webhook"`, `"state":"waiting"`, `"next":"2"`}, lacks: []string{"whsec_"}},
		scenario{name: "its next page", path: "/v1/deliveries?limit=1&cursor=2", status: 200, has: []string{`"to":"ada@example.com"`}},
		scenario{name: "another webhook", method: "PATCH", path: "/v1/digests/digest_1", body: `{"target": {"emails": [], "webhook": "https://example.com/other"}}`, status: 200, has: []string{"whsec_"}},
		scenario{name: "remove", method: "DELETE", path: "/v1/digests/digest_1", status: 204},
		scenario{name: "gone", method: "POST", path: "/v1/digests/digest_1/send", status: 404},
		scenario{name: "no metric", path: "/v1/alerts", body: `{"name": "x", "target": {"emails": ["ada@example.com"], "webhook": ""}}`, status: 422, has: []string{"body.metric"}},
		scenario{name: "alert", path: "/v1/alerts", key: workspace.ScopeWrite, body: alert, status: 200, has: []string{`"days":7`, `"window":14`, `"firing":false`}},
		scenario{name: "edit the alert", method: "PATCH", path: "/v1/alerts/alert_2", body: `{"days": 1}`, status: 200, has: []string{`"days":1`, `"by":0.2`}},
		scenario{name: "an alert on the log", path: "/v1/alerts", body: strings.Replace(alert, "conversion_rate", "changes\", \"actor\": \"import", 1), status: 200, has: []string{`"metric":"changes"`, `"actor":"import"`, `"found":null`}},
		scenario{name: "no such actor", path: "/v1/alerts", body: strings.Replace(alert, "conversion_rate", "changes\", \"actor\": \"robot", 1), status: 422, has: []string{"body.actor"}},
		scenario{name: "of every actor again", method: "PATCH", path: "/v1/alerts/alert_3", body: `{"actor": ""}`, status: 200, has: []string{`"actor":null`}},
		scenario{name: "the log has no filters", method: "PATCH", path: "/v1/alerts/alert_3", body: `{"query": "source=Ads"}`, status: 422, has: []string{"body.query"}},
		scenario{name: "remove the alert", method: "DELETE", path: "/v1/alerts/alert_2", status: 204},
	)
}
