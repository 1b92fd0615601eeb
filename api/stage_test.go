package api_test

import "testing"

func TestStages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "a new workspace", path: "/v1/stages", status: 200, has: []string{`"key":"new_lead"`, `"key":"hot_lead"`, `"key":"payment"`, `"key":"customer"`, `"key":"cold_lead"`, `"kind":"won"`}},
		scenario{name: "add", path: "/v1/stages", body: `{"name":"Proposal","kind":"progress"}`, status: 200, has: []string{`"key":"proposal"`, `"position":4`, "Etag:", `"seq":`}},
		scenario{name: "the key is taken", path: "/v1/stages", body: `{"name":"Proposal!","kind":"progress"}`, status: 200, has: []string{`"key":"proposal_7"`}},
		scenario{name: "a second Won", path: "/v1/stages", body: `{"name":"Won too","kind":"won"}`, status: 409, has: []string{"won_is_fixed"}},
		scenario{name: "no name", path: "/v1/stages", body: `{"kind":"lost"}`, status: 422, has: []string{"body.name"}},
		scenario{name: "no kind of stage", path: "/v1/stages", body: `{"name":"x","kind":"maybe"}`, status: 422, has: []string{"body.kind"}},
		scenario{name: "rename", method: "PATCH", path: "/v1/stages/proposal", body: `{"name":"Offer"}`, status: 200, has: []string{`"name":"Offer"`, `"key":"proposal"`}},
		scenario{name: "unknown", method: "PATCH", path: "/v1/stages/nowhere", body: `{"name":"x"}`, status: 404, has: []string{"stage_not_found"}},
		scenario{name: "stale edit", method: "PATCH", path: "/v1/stages/proposal", body: `{"name":"x"}`, header: map[string]string{"If-Match": `"1"`}, status: 412},
		scenario{name: "order", method: "PUT", path: "/v1/stages/order", body: `{"ids":["hot_lead","new_lead","payment","proposal","proposal_7"]}`, status: 200, has: []string{`"items":[{"id":"stg_2"`}},
		scenario{name: "order without one", method: "PUT", path: "/v1/stages/order", body: `{"ids":["hot_lead","new_lead"]}`, status: 422},
		scenario{name: "history", path: "/v1/stages/history", status: 200, has: []string{"Offer", `"summary":[`}},
		scenario{name: "template", path: "/v1/stages/template", body: `{"name":"hubspot"}`, status: 200, has: []string{`"key":"subscriber"`}},
		scenario{name: "no such template", path: "/v1/stages/template", body: `{"name":"own"}`, status: 422, has: []string{"body.name"}},
		scenario{name: "a journey", path: "/v1/contacts", body: `{"email":"a@example.com","stage":"lead"}`, status: 200},
		scenario{name: "too late", path: "/v1/stages/template", body: `{"name":"aarrr"}`, status: 409},
	)
}

func TestWorkspace(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "get", path: "/v1/workspace", status: 200, has: []string{`"time_zone":"UTC"`, `"currency":"EUR"`, `"lifecycle_enabled":true`, "Etag:"}},
		scenario{name: "edit", method: "PATCH", path: "/v1/workspace", body: `{"time_zone":"Europe/Paris","count_bulk":true}`, status: 200, has: []string{`"time_zone":"Europe/Paris"`, `"count_bulk":true`, `"seq":`}},
		scenario{name: "no such zone", method: "PATCH", path: "/v1/workspace", body: `{"time_zone":"Europe/Atlantis"}`, status: 422, has: []string{"time_zone"}},
		scenario{name: "no such currency", method: "PATCH", path: "/v1/workspace", body: `{"currency":"euro"}`, status: 422, has: []string{"currency"}},
		scenario{name: "stale", method: "PATCH", path: "/v1/workspace", body: `{"name":"x"}`, header: map[string]string{"If-Match": `"1"`}, status: 412},
	)
}
