package api_test

import (
	"testing"

	"github.com/tidemark/tidemark/workspace"
)

// TestFormsOfVisitors sends a form in both ways, by the script's beacon and by
// the API: the visits before it become the contact's.
func TestFormsOfVisitors(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	beacon := func(visitor, events string) string {
		return `{"key":"` + o.key(workspace.ScopeCollect) + `","visitor":"` + visitor + `","sent_at":0,"internal":false,"consent":{"given":true},"events":[` + events + `]}`
	}
	page := func(id, campaign string) string {
		return `{"id":"` + id + `","type":"page","page":"https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=` + campaign + `"}`
	}
	browsing := map[string]string{"User-Agent": browser, "Content-Type": "text/plain"}
	o.play(t,
		scenario{name: "a form", path: "/v1/forms", body: `{"name":"Demo","purpose":"demo","stages":["hot_lead"],"fields":{"co":"property.company"}}`, status: 200},
		scenario{name: "a visit", path: "/v1/visit", header: browsing, body: beacon("v1", page("p1", "May")), status: 204},
		scenario{
			name: "its form", path: "/v1/visit", header: browsing, status: 204,
			body: beacon("v1", `{"id":"f1","type":"form","page":"https://shop.example/demo","form":{"id":"form_1","fields":{"email":"ada@example.com","co":"Analytical","cardnumber":"4111"},"stage":"hot_lead"}}`),
		},
		scenario{
			name: "as its settings say", path: "/v1/contacts/email:ada@example.com", status: 200,
			has: []string{`"created_by":"form"`, `"company":"Analytical"`, `"key":"hot_lead"`}, lacks: []string{"4111"},
		},
		scenario{name: "with the visit before", path: "/v1/contacts/email:ada@example.com/timeline", status: 200, has: []string{`"campaign":"May"`, `"kind":"visit"`, `"actor":null`, `"ad_group":null`}, lacks: []string{`"kind":""`}},
		scenario{
			name: "a stage that it may not set", path: "/v1/visit", header: browsing, status: 204,
			body: beacon("v2", `{"id":"f2","type":"form","form":{"id":"form_1","fields":{"email":"bob@example.com"},"stage":"payment"}}`),
		},
		scenario{name: "loses its wish, not the lead", path: "/v1/contacts/email:bob@example.com", status: 200, has: []string{`"stage":null`}},
		scenario{
			name: "a stranger overwrites nothing", path: "/v1/visit", header: browsing, status: 204,
			body: beacon("v3", `{"id":"f3","type":"form","form":{"id":"form_1","fields":{"email":"ada@example.com","co":"Evil"}}}`),
		},
		scenario{name: "it stays", path: "/v1/contacts/email:ada@example.com", status: 200, has: []string{"Analytical"}, lacks: []string{"Evil"}},
		scenario{name: "another visit", path: "/v1/visit", header: browsing, body: beacon("v4", page("p4", "June")), status: 204},
		scenario{
			name: "its form by the API", path: "/v1/forms/form_1/submissions", key: workspace.ScopeCollect, status: 200,
			body: `{"fields":{"email":"eve@example.com"},"visitor":"v4"}`,
		},
		scenario{name: "whose visit it was", path: "/v1/contacts/email:eve@example.com/timeline", status: 200, has: []string{`"campaign":"June"`}},
		scenario{name: "all were counted", path: "/v1/forms", status: 200, has: []string{`"submissions":4`}},
	)
}
