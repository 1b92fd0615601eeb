package api_test

import (
	"testing"

	"github.com/tidemark/tidemark/workspace"
)

func TestGenericHook(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const hook = "/v1/hooks/generic"
	o.play(t,
		scenario{
			name: "an ad opens a chat", path: hook, status: 200, key: workspace.ScopeWrite,
			body: `{"kind":"ad","id":"m1","at":"2026-01-02T10:00:00Z","contact":{"phone":"+33 1 23"},"ad":{"network":"Meta","ad_id":"77","campaign_id":"9"},"stage":"new_lead"}`,
			has:  []string{`"created":true`, `"created_by":"ad"`, `"source":"Paid ads"`, `"sub_source":"Meta"`, `"ad":"77"`, `"duplicate":false`, `"key":"new_lead"`},
		},
		scenario{
			name: "the same message again", path: hook, status: 200,
			body:  `{"kind":"ad","id":"m1","contact":{"phone":"+33 1 23"},"ad":{"network":"Meta","ad_id":"78"}}`,
			has:   []string{`"duplicate":true`, `"created":false`},
			lacks: []string{`"created_by":"call"`},
		},
		scenario{
			name: "a change with the same id is another thing", path: "/v1/changes", status: 200,
			body: `[{"contact":{"phone":"+33 1 23"},"stage":"hot_lead","at":"2026-01-03T10:00:00Z","id":"m1"}]`, has: []string{`"accepted":1`},
		},
		scenario{
			name: "a call earlier, by its page", path: hook, status: 200,
			body: `{"kind":"call","at":"2026-01-01T10:00:00Z","contact":{"phone":"+33 1 23"},"page":"https://shop.example/pricing?utm_source=news&utm_medium=email&utm_campaign=May"}`,
			has:  []string{`"source":"Email"`, `"utm_campaign":"May"`, `"landing_page":"/pricing"`},
		},
		scenario{
			name: "a visit by its referrer", path: hook, status: 200,
			body: `{"kind":"visit","at":"2026-01-04T10:00:00Z","contact":{"phone":"+33 1 23"},"page":"https://shop.example/","referrer":"https://www.google.com/"}`,
			has:  []string{`"source":"Organic search"`, `"sub_source":"Google"`},
		},
		scenario{
			name: "the timeline has them all", path: "/v1/contacts/phone:+33%201%2023/timeline", status: 200,
			has: []string{`"kind":"touch"`, `"kind":"ad","source":{"source":"Paid ads"`, `"kind":"call","source":{"source":"Email"`, `"campaign":"May"`},
		},
		scenario{
			name: "by entry", path: "/v1/reports/lifecycle?from=2026-01-01&to=2026-01-31&compare=none&group_by=source", status: 200,
			has: []string{`"label":"Paid ads"`}, lacks: []string{`"label":"Email"`},
		},
		scenario{
			name: "by the first touch", path: "/v1/reports/lifecycle?from=2026-01-01&to=2026-01-31&compare=none&group_by=campaign&model=first", status: 200,
			has: []string{`"label":"May"`},
		},
		scenario{
			name: "by the last touch", path: "/v1/reports/lifecycle?from=2026-01-01&to=2026-01-31&compare=none&group_by=source&model=last", status: 200,
			has: []string{`"label":"Organic search"`},
		},
		scenario{name: "no contact", path: hook, body: `{"kind":"call","contact":{"name":"Nobody"}}`, status: 422, has: []string{"body.contact"}},
		scenario{name: "no such kind", path: hook, body: `{"kind":"fax","contact":{"email":"a@b.example"}}`, status: 422, has: []string{"body.kind"}},
		scenario{name: "too far ahead", path: hook, body: `{"kind":"call","at":"2999-01-01T00:00:00Z","contact":{"email":"a@b.example"}}`, status: 422},
		scenario{name: "not with a read key", path: hook, key: workspace.ScopeRead, body: `{"kind":"call","contact":{"email":"a@b.example"}}`, status: 403},
		scenario{name: "nothing was made of what was refused", path: "/v1/contacts/email:a@b.example", status: 404},
		scenario{
			name: "a call that nothing is known of", path: hook, status: 200,
			body: `{"kind":"call","contact":{"email":"b@b.example"}}`, has: []string{`"created_by":"call"`, `"touch":{"kind":"call"}`},
		},
	)
}
