package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

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

func TestStageEdits(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := map[string]string{"If-Match": `"1"`}
	o.play(t,
		scenario{name: "a journey", path: "/v1/contacts", body: `{"email":"a@example.com","stage":"new_lead"}`, status: 200},
		scenario{name: "on", path: "/v1/contacts", body: `{"email":"a@example.com","stage":"hot_lead"}`, status: 200},
		scenario{name: "what erasing would do", method: "DELETE", path: "/v1/stages/hot_lead?mode=erase&preview=true", status: 200, has: []string{
			`"journeys_changed":1`, `"contacts_changed":1`, `"contacts_in_stage":1`, `"before":{"entered":1,"won":0,"lost":0,"left":0,"open":1,"conversion_rate":0`,
			`"after":{"entered":1,"won":0,"lost":0,"left":1,"open":0`, `"text":["1 journey of 1 contact will read differently."`, "without a stage afterwards",
		}, lacks: []string{`"seq"`}},
		scenario{name: "and did not", path: "/v1/contacts/email:a@example.com", status: 200, has: []string{`"key":"hot_lead"`}},
		scenario{name: "what another kind would do", method: "PATCH", path: "/v1/stages/hot_lead?preview=true", body: `{"kind":"lost"}`, status: 200, has: []string{`"lost":1`}},
		scenario{name: "what another order would do", method: "PUT", path: "/v1/stages/order?preview=true", body: `{"ids":["hot_lead","new_lead","payment"]}`, status: 200, has: []string{`"journeys_changed":1`}},
		scenario{name: "erase", method: "DELETE", path: "/v1/stages/hot_lead?mode=erase&into=payment", header: first, status: 200, has: []string{`"erased":true`, `"into":{"id":"stg_3"`, "Etag:", `"seq":`}},
		scenario{name: "the contact went on", path: "/v1/contacts/email:a@example.com", status: 200, has: []string{`"key":"payment"`, `"outcome":"open"`}},
		scenario{name: "by stage", path: "/v1/contacts?stage=payment", status: 200, has: []string{"a@example.com"}},
		scenario{name: "its timeline", path: "/v1/contacts/email:a@example.com/timeline", status: 200, has: []string{`"kind":"erasure"`}},
		scenario{name: "not listed", path: "/v1/stages", status: 200, has: []string{`"contacts":1`}, lacks: []string{"hot_lead"}},
		scenario{name: "unless asked for", path: "/v1/stages?gone=true", status: 200, has: []string{"hot_lead"}},
		scenario{name: "no change into it", path: "/v1/contacts/email:a@example.com/stage", body: `{"stage":"hot_lead"}`, status: 409, has: []string{"stage_erased", "restore it"}},
		scenario{name: "the second is told", method: "DELETE", path: "/v1/stages/hot_lead", header: first, status: 412},
		scenario{name: "twice", method: "DELETE", path: "/v1/stages/hot_lead", status: 409, has: []string{"stage_erased"}},
		scenario{name: "rename what is gone", method: "PATCH", path: "/v1/stages/hot_lead", body: `{"name":"x"}`, status: 409},
		scenario{name: "merge into what is gone", method: "DELETE", path: "/v1/stages/payment?mode=merge&into=hot_lead", status: 422, has: []string{"query.into", "not in use"}},
		scenario{name: "merge into itself", method: "DELETE", path: "/v1/stages/payment?mode=merge&into=payment", status: 422, has: []string{"itself"}},
		scenario{name: "merge into nothing", method: "DELETE", path: "/v1/stages/payment?mode=merge", status: 422, has: []string{"query.into"}},
		scenario{name: "no such way", method: "DELETE", path: "/v1/stages/payment?mode=burn", status: 422, has: []string{"query.mode"}},
		scenario{name: "Won is fixed", method: "DELETE", path: "/v1/stages/customer?mode=erase", status: 409, has: []string{"won_is_fixed"}},
		scenario{name: "Won keeps its kind", method: "PATCH", path: "/v1/stages/customer", body: `{"kind":"lost"}`, status: 409, has: []string{"won_is_fixed"}},
		scenario{name: "Won keeps its place", method: "PUT", path: "/v1/stages/order", body: `{"kind":"won","ids":["customer"]}`, status: 409, has: []string{"won_is_fixed"}},
		scenario{name: "merge the target", method: "DELETE", path: "/v1/stages/payment?mode=merge&into=new_lead", status: 200},
		scenario{name: "the last in use", method: "DELETE", path: "/v1/stages/new_lead", status: 409, has: []string{"last_progress_stage"}},
		scenario{name: "restore after its target went", path: "/v1/stages/hot_lead/restore", body: `{}`, status: 200, has: []string{`"erased":false`, `"contacts":1`}},
		scenario{name: "nothing to restore", path: "/v1/stages/hot_lead/restore", body: `{}`, status: 409, has: []string{"stage_in_use"}},
		scenario{name: "history", path: "/v1/stages/history", status: 200, has: []string{`its contacts moved to Payment`, `"can_undo":true`, `"can_undo":false,"cannot_undo":"This is how the workspace began."`, `"recomputing":null`, `"recomputes":true`}},
	)
}

func TestStageHistoryUndo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	edit := func(body string) string {
		return field(t, o.do(t, scenario{method: "PATCH", path: "/v1/stages/payment", body: body}).body, "seq")
	}
	kind, rename := edit(`{"kind":"lost"}`), edit(`{"name":"Paid"}`)
	undo := func(seq string) string { return "/v1/stages/history/" + seq + "/undo" }
	o.play(t,
		scenario{name: "the first, though not the latest", path: undo(kind), body: `{}`, status: 200, has: []string{`"name":"Paid"`, `"position":3`}},
		scenario{name: "twice", path: undo(kind), body: `{}`, status: 409, has: []string{"cannot_undo", "already"}},
		scenario{name: "the other", path: undo(rename), body: `{}`, status: 200, has: []string{`"name":"Payment"`}},
		scenario{name: "no edit", path: undo("4711"), body: `{}`, status: 404, has: []string{"edit_not_found"}},
		scenario{name: "no number", path: undo("x"), body: `{}`, status: 422},
		scenario{name: "by a writer", path: undo(rename), body: `{}`, key: workspace.ScopeWrite, status: 403},
	)
}

func TestBadStages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.play(t,
		scenario{name: "no name", path: "/v1/stages", body: `{"name":" ","kind":"lost"}`, status: 422, has: []string{"body.name"}},
		scenario{name: "a long name", path: "/v1/stages", body: `{"name":"` + strings.Repeat("n", 300) + `","kind":"lost"}`, status: 422, has: []string{"body.name"}},
		scenario{name: "a name twice", path: "/v1/stages", body: `{"name":"payment","kind":"lost"}`, status: 422, has: []string{"already the name"}},
		scenario{name: "a key twice", path: "/v1/stages", body: `{"name":"x","key":"payment","kind":"lost"}`, status: 422, has: []string{"already the key"}},
		scenario{name: "a key of ids", path: "/v1/stages", body: `{"name":"x","key":"stg_7","kind":"lost"}`, status: 422, has: []string{"body.key"}},
		scenario{name: "a key of another system", path: "/v1/stages", body: `{"name":"x","key":"Deal.Lost-2","kind":"lost"}`, status: 200, has: []string{`"key":"Deal.Lost-2"`}},
		scenario{name: "order: missing", method: "PUT", path: "/v1/stages/order", body: `{"ids":["new_lead","payment"]}`, status: 422, has: []string{"is missing"}},
		scenario{name: "order: foreign", method: "PUT", path: "/v1/stages/order", body: `{"ids":["new_lead","hot_lead","payment","cold_lead"]}`, status: 422, has: []string{"is a lost stage"}},
		scenario{name: "order: unknown", method: "PUT", path: "/v1/stages/order", body: `{"ids":["new_lead","hot_lead","payment","stg_77"]}`, status: 422, has: []string{"there is no stage"}},
		scenario{name: "order: repeated", method: "PUT", path: "/v1/stages/order", body: `{"ids":["new_lead","hot_lead","payment","new_lead"]}`, status: 422, has: []string{"twice"}},
	)
	for i := range lifecycle.MaxStages {
		got := o.do(t, scenario{path: "/v1/stages", body: fmt.Sprintf(`{"name":"Reason %d","kind":"lost"}`, i)})
		if got.status == 200 {
			continue
		}
		if want := lifecycle.MaxStages - 6; got.status != 409 || !strings.Contains(got.body, "500 stages") || i != want {
			t.Fatalf("%d stages more, want %d: %d %s", i, want, got.status, got.body)
		}
		break
	}
	o.play(t, scenario{name: "the last one", path: "/v1/stages", status: 200, has: []string{"stg_500"}, lacks: []string{"stg_501"}})
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
