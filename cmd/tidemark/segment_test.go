package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// funnelApp is an App with five contacts: a and b in New lead, c in Hot lead
// (brought by an import), d a customer, e nowhere.
type funnelApp struct {
	*runningApp
	seq int64
}

func startFunnel(t *testing.T) *funnelApp {
	t.Helper()
	a := &funnelApp{runningApp: startApp(t, Config{})}
	a.post(t, "/v1/changes", `[
		{"contact":{"external_id":"a","name":"Ann","email":"ann@example.com","owner":"Kim","properties":{"size":42,"city":"Paris"}},"stage":"new_lead","at":"2026-03-01T10:00:00Z"},
		{"contact":{"external_id":"b","name":"Bob","properties":{"size":"7"}},"stage":"new_lead","at":"2026-03-20T10:00:00Z"},
		{"contact":{"external_id":"c","source":{"campaign":"Spring sale"}},"stage":"hot_lead","at":"2026-03-05T10:00:00Z","actor":{"kind":"import"}},
		{"contact":{"external_id":"d","value":{"amount":120000}},"stage":"new_lead","at":"2026-03-02T10:00:00Z"},
		{"contact":{"external_id":"d"},"stage":"customer","at":"2026-03-09T10:00:00Z"}]`)
	a.post(t, "/v1/contacts", `{"external_id":"e","properties":{"marketing_owner":"Lou"}}`)
	return a
}

// post sends a body and remembers the write.
func (a *funnelApp) post(t *testing.T, path, body string) map[string]any {
	t.Helper()
	var out map[string]any
	if _, err := a.call(http.MethodPost, path, json.RawMessage(body), &out); err != nil {
		t.Fatalf("POST %s: %v", path, err)
	}
	if seq, ok := out["seq"].(float64); ok && int64(seq) > a.seq {
		a.seq = int64(seq)
	}
	return out
}

// who lists the external ids of the contacts that a filter means.
func (a *funnelApp) who(t *testing.T, parameters ...string) string {
	t.Helper()
	values := url.Values{"min_seq": {strconv.FormatInt(a.seq, 10)}}
	for i := 0; i < len(parameters); i += 2 {
		values.Set(parameters[i], parameters[i+1])
	}
	var ids []string
	for {
		var page struct {
			Items []struct {
				ExternalID string `json:"external_id"`
			}
			Next *string
		}
		a.get(t, "/v1/contacts?"+values.Encode(), &page)
		for _, item := range page.Items {
			ids = append(ids, item.ExternalID)
		}
		if page.Next == nil {
			return strings.Join(ids, "")
		}
		values.Set("cursor", *page.Next)
	}
}

func TestContactsByFilter(t *testing.T) {
	t.Parallel()
	a := startFunnel(t)
	for filter, want := range map[string]string{
		`stage = new_lead`:                                  "ba",
		`stage.kind = won`:                                  "d",
		`not stage exists`:                                  "e",
		`not stage = new_lead`:                              "dc", // e has none: unknown
		`property.size >= 7`:                                "ba",
		`property.size > 7`:                                 "a",
		`property.city contains "ari"`:                      "a",
		`property.city = "PARIS"`:                           "a",
		`source.campaign starts "spring"`:                   "c",
		`value >= 1200`:                                     "d",
		`owner = kim or value exists`:                       "da",
		`journey.outcome = won`:                             "d",
		`not journey.outcome exists`:                        "ec",
		`days_in_stage > 100 and stage.kind = won`:          "d",
		`name = "ann" and email contains "EXAMPLE"`:         "a",
		`created_by in (api, import) and name exists`:       "ba",
		`{"not":{"field":"stage","op":"exists"}}`:           "e",
		`view:ready_customers`:                              "d",
		`view:ready_others`:                                 "ecba",
		`view:ready_nurtured`:                               "e",
		`view:ready_hand_to_sales`:                          "ba",
		`view:ready_no_marketing_contact`:                   "edcba",
		`stage in (new_lead, hot_lead) and not name exists`: "c",
	} {
		if got := a.who(t, "filter", filter); got != want {
			t.Errorf("%s means %q, want %q", filter, got, want)
		}
	}
	for _, test := range [][]string{
		{"ab", "filter", "stage = new_lead", "sort", "stage_since"},
		{"ba", "filter", "stage = new_lead", "sort", "days_in_stage", "limit", "1"},
		{"acdbe", "sort", "stage_since", "limit", "2"}, // d came to Customer on the 9th
		{"bdcae", "sort", "-stage_since", "limit", "2"},
		{"a", "filter", "stage = new_lead", "q", "an"},
		{"b", "filter", "stage exists", "q", "BO", "stage", "new_lead"},
		{"abcde", "filter", "all()", "sort", "created_at", "limit", "2"},
	} {
		if got := a.who(t, test[1:]...); got != test[0] {
			t.Errorf("%v lists %q, want %q", test[1:], got, test[0])
		}
	}
}

func TestReportsOfASegment(t *testing.T) {
	t.Parallel()
	a := startFunnel(t)
	march := "/v1/reports/lifecycle?from=2026-03-01&to=2026-03-31&compare=none&min_seq=" + strconv.FormatInt(a.seq, 10)
	for filter, want := range map[string]int64{
		"": 3, "property.size > 7": 1, "stage.kind = won": 1, `created_at within 1 day and not stage.kind = won`: 2, "any()": 0,
	} {
		var report lifecycleReport
		a.get(t, march+"&segment="+url.QueryEscape(filter), &report)
		if report.Summary.Entered != want {
			t.Errorf("%d entered of %q, want %d", report.Summary.Entered, filter, want)
		}
	}
	status, err := a.call(http.MethodGet, march+"&segment="+url.QueryEscape("stage =\n nonsense"), nil, nil)
	if status != http.StatusUnprocessableEntity && status != http.StatusBadRequest || err == nil ||
		!strings.Contains(err.Error(), "query.segment") || !strings.Contains(err.Error(), "line 2, column 2") {
		t.Errorf("a wrong segment is answered %d: %v", status, err)
	}
}

func TestBoard(t *testing.T) {
	t.Parallel()
	a := startFunnel(t)
	var board struct {
		Total   int64
		Columns []struct {
			Stage *struct{ Key string }
			Count int64
			Items []struct {
				ExternalID string `json:"external_id"`
			}
			Next *string
		}
	}
	a.get(t, "/v1/contacts/board?limit=1&min_seq="+strconv.FormatInt(a.seq, 10), &board)
	var lines []string
	for _, c := range board.Columns {
		line := "none"
		if c.Stage != nil {
			line = c.Stage.Key
		}
		line += fmt.Sprintf(" %d", c.Count)
		for _, item := range c.Items {
			line += " " + item.ExternalID
		}
		lines = append(lines, line)
		if c.Next != nil {
			lines = append(lines, "then "+a.who(t, "stage", c.Stage.Key, "sort", "-stage_since", "cursor", *c.Next))
		}
	}
	want := []string{"new_lead 2 b", "then a", "hot_lead 1 c", "payment 0", "customer 1 d", "cold_lead 0", "none 1 e"}
	if diff := cmp.Diff(want, lines); diff != "" || board.Total != 5 {
		t.Errorf("%d in all (-want +got):\n%s", board.Total, diff)
	}
}

func TestListsAndViews(t *testing.T) {
	t.Parallel()
	a := startFunnel(t)
	static := a.post(t, "/v1/lists", `{"name":"Partners"}`)["id"].(string)
	members := a.post(t, "/v1/lists/"+static+"/members", `{"add":["external_id:a","external_id:a","external_id:zz"],"csv":"c,x\nann@example.com\n"}`)
	if diff := cmp.Diff([]any{2.0, 2.0, 1}, []any{members["added"], members["unchanged"], len(members["rejected"].([]any))}); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
	smart := a.post(t, "/v1/lists", `{"name":"Big partners","kind":"smart","filter":"in_list(\"partners\") and property.size > 10"}`)["id"].(string)
	view := a.post(t, "/v1/views", `{"name":"Not partners","filter":"not in_list(\"Partners\")","sort":"created_at","columns":["name","property.size"]}`)
	for filter, want := range map[string]string{
		`in_list("Partners")`: "ca", "list:" + static: "ca", "list:" + smart: "a", `not in_list("Big partners")`: "edcb",
		"view:" + view["id"].(string): "edb", "list exists": "ca",
	} {
		if got := a.who(t, "filter", filter); got != want {
			t.Errorf("%s means %q, want %q", filter, got, want)
		}
	}
	a.post(t, "/v1/lists/"+static+"/members", `{"remove":["external_id:c"]}`)
	if got := a.who(t, "filter", "list:"+static); got != "a" {
		t.Errorf("%q are left", got)
	}
	a.followsLists(t, static, smart)
	a.keepsNames(t, static, view["id"].(string))
	a.refuses(t)
}

// followsLists checks the histories of both kinds of lists.
func (a *funnelApp) followsLists(t *testing.T, static, smart string) {
	t.Helper()
	follow := func() {
		if err := a.workspace.FollowList(t.Context(), 1, smart); err != nil {
			t.Fatal(err)
		}
	}
	history := func(list string) (out []string) {
		var page struct {
			Items []struct {
				Entered bool
				Contact string `json:"contact_id"`
			}
		}
		a.get(t, "/v1/lists/"+list+"/history", &page)
		for _, item := range page.Items {
			out = append(out, fmt.Sprint(item.Contact, item.Entered))
		}
		return out
	}
	if diff := cmp.Diff([]string{"ct_3false", "ct_3true", "ct_1true"}, history(static)); diff != "" {
		t.Errorf("static list (-want +got):\n%s", diff)
	}
	follow()
	a.post(t, "/v1/contacts", `{"external_id":"a","properties":{"size":1}}`)
	if got := a.who(t, "filter", "list:"+smart); got != "" {
		t.Errorf("%q are in the smart list", got)
	}
	follow()
	follow()
	if diff := cmp.Diff([]string{"ct_1false", "ct_1true"}, history(smart)); diff != "" {
		t.Errorf("smart list (-want +got):\n%s", diff)
	}
}

// keepsNames renames a list: what names it follows.
func (a *funnelApp) keepsNames(t *testing.T, static, view string) {
	t.Helper()
	if _, err := a.call(http.MethodPatch, "/v1/lists/"+static, json.RawMessage(`{"name":"Allies"}`), &struct{}{}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Filter string
		Valid  bool
	}
	a.get(t, "/v1/views/"+view, &got)
	if !got.Valid || got.Filter != `not in_list("Allies")` {
		t.Errorf("the view says %+v", got)
	}
	if status, err := a.call(http.MethodDelete, "/v1/lists/"+static, nil, nil); status != http.StatusConflict {
		t.Errorf("a list in use was removed: %d %v", status, err)
	}
}

// refuses sends what no filter, list or view can be.
func (a *funnelApp) refuses(t *testing.T) {
	t.Helper()
	first := a.post(t, "/v1/lists", `{"name":"Circle A","kind":"smart","filter":"all()"}`)["id"].(string)
	b := a.post(t, "/v1/lists", `{"name":"Circle B","kind":"smart","filter":"in_list(\"Circle A\")"}`)["id"].(string)
	for _, bad := range []struct{ method, path, body, says string }{
		{http.MethodPost, "/v1/lists", `{"name":"circle a"}`, "name_taken"},
		{http.MethodPost, "/v1/lists", `{"name":""}`, "body.name"},
		{http.MethodPost, "/v1/lists", `{"name":"No rule","kind":"smart"}`, "body.filter"},
		{http.MethodPost, "/v1/lists", `{"name":"Any","kind":"smart","filter":"list exists"}`, "itself"},
		{http.MethodPatch, "/v1/lists/" + b, `{"filter":"in_list(\"Circle B\")"}`, "itself"},
		{http.MethodPatch, "/v1/lists/" + first, `{"filter":"in_list(\"Circle B\")"}`, "itself"},
		{http.MethodPost, "/v1/lists/" + b + "/members", `{"add":["ct_1"]}`, "smart_list"},
		{http.MethodPost, "/v1/lists/list_99/members", `{"add":["ct_1"]}`, "list_not_found"},
		{http.MethodPatch, "/v1/views/ready_customers", `{"name":"Mine"}`, "ready_made"},
		{http.MethodPost, "/v1/views", `{"name":"Odd","sort":"size"}`, "sort"},
		{http.MethodPost, "/v1/views", `{"name":"Odd","filter":"nothing = 1"}`, "there is no field"},
		{http.MethodPost, "/v1/contacts/bulk/stage", `{"stage":"hot_lead"}`, "either contacts or a filter"},
		{http.MethodPost, "/v1/contacts/bulk/stage", `{"stage":"hot_lead","filter":"stage = nowhere"}`, "body.filter"},
		{http.MethodPost, "/v1/contacts/bulk/stage", `{"stage":"nowhere","filter":"all()"}`, "nowhere"},
		{http.MethodPost, "/v1/contacts/bulk/edit", `{"fields":{},"filter":"all()"}`, "say nothing"},
		{http.MethodGet, "/v1/contacts?filter=stage", "", "query.filter"},
		{http.MethodGet, "/v1/contacts?filter=all()&sort=name", "", "query.sort"},
		{http.MethodGet, "/v1/contacts?filter=all()&cursor=xx", "", "query.cursor"},
		{http.MethodGet, "/v1/contacts?filter=view:view_99", "", "view_99"},
	} {
		var body any
		if bad.body != "" {
			body = json.RawMessage(bad.body)
		}
		status, err := a.call(bad.method, bad.path, body, nil)
		if status < 400 || status >= 500 || err == nil || !strings.Contains(err.Error(), bad.says) {
			t.Errorf("%s %s %s is answered %d, without %q: %v", bad.method, bad.path, bad.body, status, bad.says, err)
		}
	}
}

func TestBulkByFilter(t *testing.T) {
	t.Parallel()
	a := startFunnel(t)
	moved := a.post(t, "/v1/contacts/bulk/stage", fmt.Sprintf(`{"filter":"stage in (new_lead, hot_lead)","stage":"hot_lead","min_seq":%d}`, a.seq))
	want := map[string]any{"matched": 3.0, "changed": 2.0, "unchanged": 1.0, "unrecorded": 2.0, "refused": 0.0}
	for name := range want {
		if moved[name] != want[name] {
			t.Errorf("%s is %v, want %v: %v", name, moved[name], want[name], moved)
		}
	}
	if got := a.who(t, "filter", "stage = hot_lead"); got != "cba" {
		t.Errorf("%q are in Hot lead", got)
	}
	edited := a.post(t, "/v1/contacts/bulk/edit", `{"filter":"stage = hot_lead","fields":{"owner":"Kim","properties":{"size":null}}}`)
	if edited["matched"] != 3.0 || edited["changed"] != 3.0 {
		t.Errorf("edited %v", edited)
	}
	if got := a.who(t, "filter", "owner = Kim and not property.size exists"); got != "cba" {
		t.Errorf("%q are Kim's", got)
	}
	var report lifecycleReport
	a.get(t, "/v1/reports/lifecycle?from=2026-03-01&to=2026-12-31&compare=none&min_seq="+strconv.FormatInt(a.seq, 10), &report)
	if report.Summary.Entered != 3 {
		t.Errorf("%d entered: bulk opens no journey", report.Summary.Entered)
	}
}

func TestSegmentsAreExplained(t *testing.T) {
	t.Parallel()
	a := startFunnel(t)
	type checked struct {
		Valid   bool
		Text    string
		JSON    json.RawMessage
		English string
		Errors  []struct {
			Offset, Line, Column int
			Path, Message        string
		}
	}
	check := func(body any) (out checked) {
		t.Helper()
		if _, err := a.call(http.MethodPost, "/v1/segments/check", body, &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	good := check(map[string]any{"text": "stage = new_lead AND days_in_stage>7"})
	if !good.Valid || good.Text != "stage = new_lead and days_in_stage > 7" || good.English != "is in New lead for more than 7 days" {
		t.Errorf("%+v", good)
	}
	if back := check(map[string]any{"json": good.JSON}); back.Text != good.Text {
		t.Errorf("the JSON form means %q", back.Text)
	}
	terms := strings.TrimSuffix(strings.Repeat("name exists or ", 10_000), " or ")
	for text, says := range map[string]string{
		"stage = new_lead and\n days_in_stage >": "expected a value",
		"stage = new_laed":                       "new_lead",
		"created_at > 7":                         "expected a time",
		"nothing = 1":                            "there is no field",
		`event("Demo").count > 1`:                "events are not recorded",
		`in_list("Nobody")`:                      "there is no list",
		terms:                                    "more than 200 terms",
		strings.Repeat("(", 100) + "name exists" + strings.Repeat(")", 100): "deeper than 20 levels",
		strings.Repeat("not ", 100) + "name exists":                         "deeper than 20 levels",
		`name = "'); DROP TABLE contact; --" and`:                           "expected",
		"": "expected",
	} {
		got := check(map[string]any{"text": text})
		if got.Valid || len(got.Errors) == 0 || !strings.Contains(got.Errors[0].Message, says) {
			t.Errorf("%.60q: %+v, want %q", text, got, says)
		}
	}
	for _, hostile := range []string{`name = "'); DROP TABLE contact; --"`, `name contains "%_\\"`, `property."a'b" = "c''d"`, `name starts "\u202e\ud83d\ude00"`} {
		if got := a.who(t, "filter", hostile); got != "" {
			t.Errorf("%s means %q", hostile, got)
		}
	}
	a.offersFields(t)
}

func (a *funnelApp) offersFields(t *testing.T) {
	t.Helper()
	var fields struct {
		Items []struct {
			Field   string
			Type    string
			Choices []struct{ Key, Label string }
		}
	}
	a.get(t, "/v1/segments/fields", &fields)
	var names []string
	for _, f := range fields.Items {
		names = append(names, f.Field)
		if f.Field == "stage" && (len(f.Choices) != 5 || f.Choices[0].Label != "New lead") {
			t.Errorf("stages are %+v", f.Choices)
		}
	}
	for _, want := range []string{"stage", "days_in_stage", "property.size", "property.city", "source.campaign", "list"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not offered among %v", want, names)
		}
	}
}
