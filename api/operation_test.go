package api_test

import "testing"

// TestMisspelledParameters are told, not ignored.
func TestMisspelledParameters(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for path, at := range map[string]string{
		"/v1/changes?acter=import&limit=5":          "query.acter",
		"/v1/contacts?filtre=stage":                 "query.filtre",
		"/v1/reports/lifecycle?sorce=Ads":           "query.sorce",
		"/v1/contacts/email:a@b.example/journeys?x": "query.x",
	} {
		o.play(t, scenario{name: path, path: path, status: 422, has: []string{at, "is not a parameter"}})
	}
	o.play(t, scenario{name: "a preview that is none erases nothing", method: "DELETE", path: "/v1/stages/cold_lead?mode=archive&preveiw=true", status: 422, has: []string{"query.preveiw"}},
		scenario{name: "the stage is in use", path: "/v1/stages/cold_lead", status: 200, has: []string{`"archived":false`}})
}
