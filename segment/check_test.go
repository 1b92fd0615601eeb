package segment_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/segment"
)

// house is the catalogue of the tables.
var house = segment.Catalogue{
	Stages: []segment.Choice{{Key: "new", Label: "New"}, {Key: "hot_lead", Label: "Hot lead"}, {Key: "cold", Label: "No answer"}},
	Lists:  []string{"Partners", "Newsletter"},
	Events: []string{"Demo"},
	Properties: []segment.PropertyEntry{
		{Name: "size", Type: segment.TypeNumber},
		{Name: "renewal", Type: segment.TypeTime},
		{Name: "vip", Type: segment.TypeFlag},
		{Name: "city", Type: segment.TypeText},
		{Name: "plan", Type: segment.TypeEnum, Choices: []segment.Choice{{Key: "Pro"}, {Key: "Free"}}},
	},
	Closed: true,
}

func TestCheckPasses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		written,
		"stage exists and stage.kind in (progress, won) and days_in_stage <= 0.5",
		"journey.outcome = lost and journey.lost_stage != cold and journey.origin exists",
		"journey.furthest >= 3 and journey.number = 1 and journey.entered_at within 7 days and journey.ended_at = 2026-01-31",
		`source.campaign contains "spring" and source.landing_page starts "/de" and source.ad_group in (a)`,
		`created_by in (import, form) and owner = anna and phone starts "+49" and external_id != "1"`,
		"property.size > 7 and property.renewal within next 30 days and property.vip = false and property.city exists and property.plan = pro",
		`event("Demo").count within 3 weeks > 1 and event("Demo").last before 3 months ago and event("Demo").first exists`,
		`in_list("newsletter") and not list exists`,
		"value in (1, 2)",
	} {
		if _, err := segment.ParseChecked(text, house); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	// what is not declared decides by its values
	for _, text := range []string{`property.x > 7`, `property.x > "7"`, `property.x < 2026-01-31`, `property.x contains "a"`, `property.x in (1, a, true)`, `stage = whatever`, `in_list("Any")`} {
		if _, err := segment.ParseChecked(text, segment.Catalogue{}); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestCheckFaults(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"stagee = new":                 `column 1: there is no field "stagee": did you mean stage?; contact properties are written property.NAME`,
		"city = x":                     `column 1: there is no field "city"; contact properties are written property.NAME`,
		"property.Size > 1":            `column 1: there is no property "Size": did you mean size?`,
		`event("Dmeo").count > 1`:      `column 1: there is no event "Dmeo": did you mean Demo?`,
		`property."" = x`:              `column 1: there is no property ""`,
		"stage > new":                  `column 7: > does not go with stage, a choice: expected one of = != in exists`,
		"name < 5":                     `column 6: < does not go with name, a text: expected one of = != in contains starts exists`,
		"created_at contains 2026":     `column 12: contains does not go with created_at, a time: expected one of = != < <= > >= before after within exists`,
		"days_in_stage = 7":            `column 15: = does not go with days_in_stage, a number: expected one of < <= > >= exists`,
		`list = "Partners"`:            `column 6: = does not go with list, a choice: expected one of in exists, as in in_list("Partners")`,
		`event("Demo").count exists`:   `column 21: exists does not go with event("Demo").count, a number: expected one of = != < <= > >= in`,
		"property.vip > 1":             `column 14: > does not go with property.vip, a flag: expected one of = != exists`,
		`stage = "hot lead"`:           `column 9: stage has no "hot lead": write its key, hot_lead`,
		"stage = Hot_lead":             `column 9: stage has no "Hot_lead": did you mean hot_lead?`,
		"stage = customer":             `column 9: stage has no "customer": expected one of new, hot_lead, cold`,
		"stage in (new, 7)":            `column 16: expected a text: put it in quotes`,
		"stage.kind = lead":            `column 14: stage.kind has no "lead": expected one of progress, won, beyond, lost, aside`,
		`in_list("Partners", "VIPs")`:  `column 21: there is no list "VIPs": expected one of Partners, Newsletter`,
		`in_list()`:                    `column 8: expected at least one value in the list`,
		`property.size > "7"`:          `column 17: expected a number: write it without quotes`,
		`property.size > big`:          `column 17: expected a number`,
		"created_at > 7":               `column 14: expected a time: 2026-01-31, 2026-01-31T15:04:05Z, 3 months ago or 2 days from now`,
		"created_at before 7 days":     `column 19: expected a time: 2026-01-31, 2026-01-31T15:04:05Z, 3 months ago or 2 days from now`,
		"created_at = 3 days ago":      `column 14: expected a day such as 2026-01-31, or an instant such as 2026-01-31T15:04:05Z`,
		"created_at within 3":          `column 19: expected a length of time: 7 days, or next 7 days`,
		"created_at within 3 days ago": `column 19: expected a length of time: 7 days, or next 7 days`,
		"property.vip = yes":           `column 16: expected true or false`,
		"property.plan = Gold":         `column 17: property.plan has no "Gold": expected one of Pro, Free`,
		"external_id = 5":              `column 15: expected a text: put it in quotes`,
		`name contains ""`:             `column 15: expected a text of at least one character: not FIELD exists asks for empty ones`,
		`name = ""`:                    `column 8: expected a text of at least one character: not FIELD exists asks for empty ones`,
		"not (stage = x or\n  (value = a and owner > 1))": `column 14: stage has no "x": expected one of new, hot_lead, cold; line 2, column 12: expected a number; line 2, column 24: > does not go with owner, a text: expected one of = != in contains starts exists`,
	} {
		_, err := segment.ParseChecked(text, house)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v\nwant %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"property.x > big":         "value: expected a number or a time",
		"property.x within 3":      "value: expected a length of time: 7 days, or next 7 days",
		"property.x contains 3":    "value: expected a text: put it in quotes",
		"property.x starts 3":      "value: expected a text: put it in quotes",
		`property.x in ("", true)`: "value[0]: expected a text of at least one character: not FIELD exists asks for empty ones",
	} {
		e, _ := segment.Parse(text)
		if got := segment.Check(e, segment.Catalogue{}); got.Error() != want {
			t.Errorf("%s: %v\nwant %s", text, got, want)
		}
	}
}

// A misspelling of text as long as a page costs nothing and suggests nothing.
func TestSuggestionsAreBounded(t *testing.T) {
	t.Parallel()
	e := segment.Term{Field: segment.Plain("stage"), Op: segment.Equal, Value: segment.Text(string(make([]rune, 0, 8)) + "ü" + longText(8000))}
	got := segment.Check(e, house)
	if len(got) != 1 || len(got[0].Message) > 200 {
		t.Errorf("%v", got)
	}
}

func longText(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = 'x'
	}
	return string(b)
}

func TestCatalogueFields(t *testing.T) {
	t.Parallel()
	var spelled []string
	for _, entry := range house.Fields() {
		spelled = append(spelled, entry.Field.String())
		if back, err := segment.ParseField(entry.Field.String()); err != nil || back != entry.Field || len(entry.Ops) == 0 {
			t.Errorf("%v: %v, %v", entry, back, err)
		}
	}
	i := slices.Index(spelled, "property.size")
	want := []string{"property.size", "property.renewal", "property.vip", "property.city", "property.plan", `event("Demo").count`, `event("Demo").last`, `event("Demo").first`}
	if diff := cmp.Diff(want, spelled[i:]); diff != "" {
		t.Error(diff)
	}
}
