package api_test

import (
	"net/http"
	"testing"

	"github.com/tidemark/tidemark/workspace"
)

func TestForms(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const send = "/v1/forms/form_1/submissions"
	o.play(t,
		scenario{name: "no purpose", path: "/v1/forms", body: `{"name":"Demo"}`, status: 422, has: []string{"body.purpose"}},
		scenario{name: "no such stage", path: "/v1/forms", body: `{"name":"Demo","purpose":"demo","stages":["gone"]}`, status: 422, has: []string{"body.stages[0]"}},
		scenario{name: "no such role", path: "/v1/forms", body: `{"name":"Demo","purpose":"demo","fields":{"x":"password"}}`, status: 422, has: []string{"body.fields.x"}},
		scenario{
			name: "a form", path: "/v1/forms", body: `{"name":"Demo","purpose":"demo","stages":["hot_lead","new_lead"],"fields":{"co":"property.company","hp":"ignore"}}`,
			status: 200, has: []string{`"id":"form_1"`, `"stages":["stg_1","stg_2"]`},
		},
		scenario{
			name: "a lead, by the public key", path: send, key: workspace.ScopeCollect, status: 200,
			body: `{"fields":{"your-email":"Ada@Example.com","fname":"Ada","lname":"Lovelace","tel":"+33 1 23 45","co":"Analytical","hp":"bot?","note":"call me"},` +
				`"page":"https://shop.example/demo?utm_source=news&utm_medium=email&utm_campaign=May","stage":"hot_lead"}`,
			has: []string{`"seq":`, "Access-Control-Allow-Origin: *"}, lacks: []string{"Ada", "ct_"},
		},
		scenario{
			name: "as it was understood", path: "/v1/contacts/email:ada@example.com", status: 200,
			has: []string{`"created_by":"form"`, `"name":"Ada Lovelace"`, `"phone":"+33 1 23 45"`, `"company":"Analytical"`, `"note":"call me"`, `"key":"hot_lead"`}, lacks: []string{"bot?"},
		},
		scenario{
			name: "its touch", path: "/v1/contacts/email:ada@example.com/timeline", status: 200,
			has: []string{`"kind":"form","source":{"source":"Email"`, `"campaign":"May"`, `"kind":"form","id":"form_1","name":"Demo"`},
		},
		scenario{
			name: "a stranger overwrites nothing", path: send, key: workspace.ScopeCollect, status: 200,
			body: `{"fields":{"email":"ada@example.com","name":"Eve","phone":"+1 555 000","co":"Evil","city":"Paris"},"stage":"new_lead"}`,
		},
		scenario{
			name: "and moves nobody back", path: "/v1/contacts/email:ada@example.com", status: 200,
			has: []string{`"Ada Lovelace"`, `"+33 1 23 45"`, `"Analytical"`, `"Paris"`, `"key":"hot_lead"`}, lacks: []string{"Eve", "Evil", "555"},
		},
		scenario{
			name: "a stage that it may not set is no reason to lose the lead", path: send, key: workspace.ScopeCollect, status: 200,
			body: `{"fields":{"email":"bob@example.com"},"stage":"customer"}`,
		},
		scenario{name: "no stage", path: "/v1/contacts/email:bob@example.com", status: 200, has: []string{`"stage":null`}},
		scenario{
			name: "the phone of another one is left out", path: send, key: workspace.ScopeCollect, status: 200,
			body: `{"fields":{"email":"bob@example.com","phone":"+33 12345"}}`,
		},
		scenario{name: "nobody", path: send, key: workspace.ScopeCollect, status: 422, body: `{"fields":{"message":"hello"}}`, has: []string{"body.fields"}},
		scenario{name: "no form", path: "/v1/forms/form_9/submissions", key: workspace.ScopeCollect, status: 404, body: `{"fields":{"email":"a@b.example"}}`},
		scenario{name: "without a key", path: send, key: nobody, status: 401, body: `{"fields":{"email":"a@b.example"}}`},
		scenario{name: "a reading key sends nothing", path: send, key: workspace.ScopeRead, status: 403, body: `{"fields":{"email":"a@b.example"}}`},
		scenario{name: "the public key reads nothing", path: "/v1/forms", key: workspace.ScopeCollect, status: 403},
		scenario{name: "browsers ask first", method: http.MethodOptions, path: send, key: nobody, status: 204, has: []string{"Access-Control-Allow-Headers: Authorization"}},
		scenario{name: "and only here", method: http.MethodOptions, path: "/v1/contacts", key: nobody, status: 401, lacks: []string{"Access-Control"}},
		scenario{
			name: "the hidden field that carries the stage", path: send, key: workspace.ScopeCollect, status: 200,
			body: `{"fields":{"email":"cid@example.com","tidemark_stage":"hot_lead"}}`,
		},
		scenario{name: "is no property", path: "/v1/contacts/email:cid@example.com", status: 200, has: []string{`"key":"hot_lead"`}, lacks: []string{"tidemark_stage"}},
		scenario{name: "it was sent five times", path: "/v1/forms", status: 200, has: []string{`"submissions":5`}},
		scenario{name: "another name", method: http.MethodPatch, path: "/v1/forms/form_1", body: `{"name":"Book a demo","stages":[]}`, status: 200, has: []string{`"name":"Book a demo"`, `"stages":[]`, `"submissions":5`}},
		scenario{name: "gone", method: http.MethodDelete, path: "/v1/forms/form_1", status: 204},
		scenario{name: "none", path: "/v1/forms", status: 200, has: []string{`"items":[]`}},
	)
}

// A public key stands in pages, so an address sends few forms by it. A server tells of all that a site gets.
func TestFormsOfAServer(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.do(t, scenario{path: "/v1/forms", body: `{"name":"Demo","purpose":"demo"}`})
	for _, key := range []workspace.Scope{workspace.ScopeWrite, workspace.ScopeCollect} {
		limited := false
		for range 60 {
			limited = limited || o.do(t, scenario{path: "/v1/forms/form_1/submissions", key: key, body: `{"fields":{"email":"ann@example.com"}}`}).status == 429
		}
		if limited != (key == workspace.ScopeCollect) {
			t.Errorf("limited by the key of scope %s: %t", key, limited)
		}
	}
}

func TestTracking(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const page = `{"page":"https://shop.example/?partner=acme","referrer":"https://www.google.com/"}`
	rules := `"rules":[{"host":"","parameter":"partner","value":"","source":{"source":"Affiliates","sub_source":"Acme"}}]`
	o.play(t,
		scenario{name: "as it begins", path: "/v1/tracking", status: 200, has: []string{`"consent":"implied"`, `"rules":[]`}},
		scenario{name: "by the lists", path: "/v1/tracking/classify", body: page, status: 200, has: []string{`"source":"Organic search"`, `"rule":null`}},
		scenario{name: "a rule is tried", path: "/v1/tracking/classify", body: page[:len(page)-1] + "," + rules + "}", status: 200, has: []string{`"source":"Affiliates"`, `"rule":0`}},
		scenario{name: "and not kept", path: "/v1/tracking/classify", body: page, status: 200, has: []string{`"rule":null`}},
		scenario{
			name: "a rule of nothing", method: http.MethodPut, path: "/v1/tracking", status: 422, has: []string{"body.rules[0]", "body.rules[0].source", "body.numbers[0].number", "body.ignore[0]"},
			body: `{"domains":[],"rules":[{"host":"","parameter":"","value":"","source":{}}],"numbers":[{"number":"call","source":{"source":"Email"}}],"ignore":["home"],"consent":"implied"}`,
		},
		scenario{
			name: "kept", method: http.MethodPut, path: "/v1/tracking", status: 200,
			body: `{"domains":["shop.example"],` + rules + `,"numbers":[{"number":"+33 1 00","source":{"source":"Affiliates"}}],"ignore":["192.0.2.0/24"],"consent":"required"}`,
			has:  []string{`Etag: "1"`, `"required"`},
		},
		scenario{
			name: "old news", method: http.MethodPut, path: "/v1/tracking", header: map[string]string{"If-Match": `"9"`}, status: 412,
			body: `{"domains":[],"rules":[],"numbers":[],"ignore":[],"consent":"implied"}`,
		},
		scenario{name: "by the rule", path: "/v1/tracking/classify", body: page, status: 200, has: []string{`"source":"Affiliates"`, `"sub_source":"Acme"`, `"rule":0`, `"number":"+33 1 00"`}},
		scenario{
			name: "a touch by the rule", path: "/v1/hooks/generic", status: 200, has: []string{`"source":"Affiliates"`},
			body: `{"kind":"visit","contact":{"email":"a@b.example"},"page":"https://shop.example/?partner=acme"}`,
		},
		scenario{
			name: "a call by its number", path: "/v1/hooks/generic", status: 200, has: []string{`"touch":{"kind":"call","source":{"source":"Affiliates"}}`},
			body: `{"kind":"call","contact":{"phone":"+33 6 11 22"},"called":"0033100"}`,
		},
		scenario{
			name: "the number of a visitor", path: "/v1/phone?key=" + o.key(workspace.ScopeCollect) + "&page=https%3A%2F%2Fshop.example%2F%3Fpartner%3Dx", key: nobody, status: 200,
			has: []string{`"number":"+33 1 00"`, "Access-Control-Allow-Origin: *"},
		},
		scenario{name: "none for others", path: "/v1/phone?key=" + o.key(workspace.ScopeCollect) + "&page=https%3A%2F%2Fshop.example%2F", key: nobody, status: 200, has: []string{`"number":null`}},
		scenario{name: "not without a key", path: "/v1/phone?key=tmk_x", key: nobody, status: 401},
		scenario{
			name: "only admins set it", method: http.MethodPut, path: "/v1/tracking", key: workspace.ScopeWrite, status: 403,
			body: `{"domains":[],"rules":[],"numbers":[],"ignore":[],"consent":"implied"}`,
		},
	)
}

// TestKeysOfASiteAreOfNoUseElsewhere sends what the pages of other sites may
// send with a key that names one site.
func TestKeysOfASiteAreOfNoUseElsewhere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	made, err := o.uses.CreateKey(t.Context(), workspace.CreateKeyInput{
		Workspace: o.workspace, Name: "shop", Scope: workspace.ScopeCollect, Origins: []string{"https://shop.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]string{"Authorization": "Bearer " + made.Secret, "Origin": "https://shop.example"}
	foreign := map[string]string{"Authorization": "Bearer " + made.Secret, "Origin": "https://evil.example"}
	const send = "/v1/forms/form_1/submissions"
	const body = `{"fields":{"email":"ada@example.com"}}`
	phone := "/v1/phone?key=" + made.Secret + "&page=https%3A%2F%2Fshop.example%2F"
	o.play(t,
		scenario{name: "a form", path: "/v1/forms", body: `{"name":"Demo","purpose":"demo"}`, status: 200},
		scenario{name: "from the site", path: send, key: nobody, header: own, body: body, status: 200},
		scenario{name: "from another", path: send, key: nobody, header: foreign, body: body, status: 403, has: []string{"origin_not_allowed"}},
		scenario{name: "the site's number", path: phone, key: nobody, header: own, status: 200},
		scenario{name: "another's", path: phone, key: nobody, header: foreign, status: 403, has: []string{"origin_not_allowed"}},
	)
}

// Browsers send hosts of other alphabets in Punycode; people write them as they read them.
func TestHostsOfOtherAlphabets(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{
			name: "own", method: http.MethodPut, path: "/v1/tracking", status: 200, has: []string{"Bücher.example"},
			body: `{"domains":["https://www.Bücher.example/"],"rules":[{"host":"партнёр.рф","parameter":"","value":"","source":{"source":"Affiliates"}}],"numbers":[],"ignore":[],"consent":"implied"}`,
		},
		scenario{
			name: "inside", path: "/v1/tracking/classify", status: 200, has: []string{`"inside":true`},
			body: `{"page":"https://pay.example/x","referrer":"https://shop.xn--bcher-kva.example/"}`,
		},
		scenario{
			name: "by the rule", path: "/v1/tracking/classify", status: 200, has: []string{`"source":"Affiliates"`, `"rule":0`},
			body: `{"page":"https://xn--bcher-kva.example/x","referrer":"https://xn--80a0aefbk0i.xn--p1ai/"}`,
		},
		scenario{
			name: "a key", path: "/v1/keys", status: 200,
			body: `{"name":"site","scope":"collect","origins":["https://Bücher.example:8443","http://[::1]:3000"]}`,
		},
		scenario{name: "its sites", path: "/v1/keys", status: 200, has: []string{`"origins":["https://xn--bcher-kva.example:8443","http://[::1]:3000"]`}},
	)
}
