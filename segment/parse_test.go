package segment_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/segment"
)

// Every line is read as the tree in JSON, and printed as the canonical text
// ("" = as written).
func TestParse(t *testing.T) {
	t.Parallel()
	const a, b, c = `{"field":"a","op":"=","value":1}`, `{"field":"b","op":"=","value":2}`, `{"field":"c","op":"=","value":3}`
	for _, test := range []struct{ text, tree, canonical string }{
		{"a = 1 and b = 2 or c = 3", `{"any":[{"all":[` + a + `,` + b + `]},` + c + `]}`, "(a = 1 and b = 2) or c = 3"},
		{"a = 1 or b = 2 and c = 3", `{"any":[` + a + `,{"all":[` + b + `,` + c + `]}]}`, "a = 1 or (b = 2 and c = 3)"},
		{"(a = 1 or b = 2) and c = 3", `{"all":[{"any":[` + a + `,` + b + `]},` + c + `]}`, ""},
		{"not a = 1 and b = 2", `{"all":[{"not":` + a + `},` + b + `]}`, ""},
		{"NOT (a = 1 AND b = 2)", `{"not":{"all":[` + a + `,` + b + `]}}`, "not (a = 1 and b = 2)"},
		{"((a==1))", a, "a = 1"},
		{"(a = 1 and b = 2) and c = 3", `{"all":[{"all":[` + a + `,` + b + `]},` + c + `]}`, ""},
		{"all()", `{"all":[]}`, ""},
		{"all(any(a = 1))", `{"all":[{"any":[` + a + `]}]}`, ""},
		{"any(a = 1, b = 2, c = 3)", `{"any":[` + a + `,` + b + `,` + c + `]}`, "a = 1 or b = 2 or c = 3"},
		{"email exists", `{"field":"email","op":"exists"}`, ""},
		{"email not exists", `{"not":{"field":"email","op":"exists"}}`, "not email exists"},
		{`stage not in (new, "hot_lead")`, `{"not":{"field":"stage","op":"in","value":["new","hot_lead"]}}`, "not stage in (new, hot_lead)"},
		{`in_list("Partners", "vip")`, `{"field":"list","op":"in","value":["Partners","vip"]}`, ""},
		{`list in (vip)`, `{"field":"list","op":"in","value":["vip"]}`, `in_list("vip")`},
		{`name starts with "An"`, `{"field":"name","op":"starts","value":"An"}`, `name starts "An"`},
		{`name Contains "a\"b\u00e9"`, `{"field":"name","op":"contains","value":"a\"bé"}`, `name contains "a\"bé"`},
		{`property.plan != pro`, `{"field":"property.plan","op":"!=","value":"pro"}`, ""},
		{`property."Company size" <> -1.50`, `{"field":"property.\"Company size\"","op":"!=","value":-1.5}`, `property."Company size" != -1.5`},
		{`property.address.city = "Köln"`, `{"field":"property.address.city","op":"=","value":"Köln"}`, ""},
		{`property.zip = 01234`, `{"field":"property.zip","op":"=","value":"01234"}`, `property.zip = "01234"`},
		{`stage = 2nd_call`, `{"field":"stage","op":"=","value":"2nd_call"}`, `stage = "2nd_call"`},
		{`property.vip = TRUE`, `{"field":"property.vip","op":"=","value":true}`, `property.vip = true`},
		{`property.vip = "true"`, `{"field":"property.vip","op":"=","value":"true"}`, ""},
		{"created_at ≥ 2026-01-31", `{"field":"created_at","op":">=","value":"2026-01-31"}`, "created_at >= 2026-01-31"},
		{"created_at < 2026-01-31T10:00:00+02:00", `{"field":"created_at","op":"<","value":"2026-01-31T10:00:00+02:00"}`, ""},
		{"created_at Before 3 Months Ago", `{"field":"created_at","op":"before","value":"3 months ago"}`, "created_at before 3 months ago"},
		{"property.renewal after 1 days from now", `{"field":"property.renewal","op":"after","value":"1 day from now"}`, "property.renewal after 1 day from now"},
		{"created_at within last 7 days", `{"field":"created_at","op":"within","value":"7 days"}`, "created_at within 7 days"},
		{"property.renewal within next 2 weeks", `{"field":"property.renewal","op":"within","value":"next 2 weeks"}`, ""},
		{`event("Demo").count >= 2`, `{"field":"event(\"Demo\").count","op":">=","value":2}`, ""},
		{`event("Demo").count within 30 days >= 2`, `{"field":"event(\"Demo\").count within 30 days","op":">=","value":2}`, ""},
		{`event("Demo").last within 30 days`, `{"field":"event(\"Demo\").last","op":"within","value":"30 days"}`, ""},
		{`event("Demo").last within 30 days exists`, `{"field":"event(\"Demo\").last within 30 days","op":"exists"}`, ""},
		{`event("Demo").first within 30 days within 7 days and a = 1`, `{"all":[{"field":"event(\"Demo\").first within 30 days","op":"within","value":"7 days"},` + a + `]}`, ""},
		{"value = 1e20 or value = 1000000", `{"any":[{"field":"value","op":"=","value":1e+20},{"field":"value","op":"=","value":1000000}]}`, "value = 1e+20 or value = 1000000"},
	} {
		e, err := segment.Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		tree, _ := e.MarshalJSON()
		if diff := cmp.Diff(test.tree, string(tree)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.text, diff)
		}
		want := test.canonical
		if want == "" {
			want = test.text
		}
		if e.String() != want {
			t.Errorf("%s is printed as %s, not %s", test.text, e, want)
		}
	}
}

func TestParseFaults(t *testing.T) {
	t.Parallel()
	const term = "stage = x"
	for _, test := range []struct{ text, want string }{
		{"", `column 1: expected a field such as stage, or (, found the end`},
		{"stage", `column 6: expected one of = != < <= > >= in contains starts exists before after within after stage, found the end`},
		{"stage = ", `column 9: expected a value: a word, a number, a date, or a text in quotes, found the end`},
		{"stage = and", `column 9: expected a value: a word, a number, a date, or a text in quotes, found "and"`},
		{"stage = x y", `column 11: expected and, or, or the end, found "y"`},
		{"stage = x and", `column 14: expected a field such as stage, or (, found the end`},
		{"(stage = x", `column 11: expected ) to close the group, found the end`},
		{"stage = x)", `column 10: expected and, or, or the end, found ")"`},
		{"\n\n  é = x &", `line 3, column 9: did not expect "&" here`},
		{`name = "Anna`, `column 8: the text that begins here has no closing quote "`},
		{`name = "a\q"`, `column 8: the text has an escape that is not one of \" \\ \/ \b \f \n \r \t \u1234`},
		{`name = “Anna”`, `column 8: quotes around texts are straight and double, as in "Paris"`},
		{"name = a~b", `column 9: did not expect "~" here`},
		{"name = \xff", `column 8: the text is not UTF-8`},
		{"created_at < 2026-02-30", `column 14: "2026-02-30" is no date of the calendar: write 2026-01-31 or 2026-01-31T15:04:05Z`},
		{"value = 1.2.3", `column 9: "1.2.3" is neither a number nor a date: put texts in quotes`},
		{"value = 1e999", `column 9: "1e999" is beyond the range of numbers`},
		{"external_id = 12345678901234567890", `column 15: "12345678901234567890" has too many digits for a number: put it in quotes to compare it as text`},
		{"created_at within 1.5 days", `column 19: expected a length of time such as 7 days, found "1.5"`},
		{"created_at within 0 days", `column 19: expected a length of time such as 7 days, found "0"`},
		{"stage in x", `column 10: expected ( and a list of values, found "x"`},
		{"stage in (x y)", `column 13: expected ) or a comma in the list, found "y"`},
		{"property = 1", `column 10: expected . and the name of a property after property, found "="`},
		{`property."a`, `column 10: the text that begins here has no closing quote "`},
		{"event(Demo).count > 1", `column 7: expected the name of an event in quotes, as in event("Demo"), found "Demo"`},
		{`event("Demo") > 1`, `column 15: expected . and count, last or first after the event, found ">"`},
		{`event("Demo").sum > 1`, `column 15: expected count, last or first, found "sum"`},
		{`event("Demo").count within 30 > 1`, `column 28: expected a length of time such as 7 days, found "30"`},
		{`name = "a\u0000"`, `column 8: the text has a NUL character in it`},
		{`stage in (a, "` + strings.Repeat("x", segment.MaxValue+1) + `")`, `column 14: the text is longer than 8192 bytes`},
		{"stage in (" + strings.Repeat("a,", segment.MaxList) + "a)", `column 10: the list has 1001 values, more than 1000: make it a static list`},
		{strings.Repeat(term+" or ", segment.MaxTerms) + term, `column 2601: the filter has more than 200 terms: put long enumerations into one in (...) or a list`},
		{strings.Repeat("(", 100) + term + strings.Repeat(")", 100), `column 21: the filter is nested deeper than 20 levels`},
		{strings.Repeat("not ", 100) + term, `column 81: the filter is nested deeper than 20 levels`},
		{strings.Repeat("(a = 1 or b = 2 and ", 12) + term + strings.Repeat(")", 12), `column 191: the filter is nested deeper than 20 levels`},
		{strings.Repeat(" ", segment.MaxSize+1), `the filter is longer than 1048576 bytes`},
	} {
		e, err := segment.Parse(test.text)
		if err == nil || err.Error() != test.want || e != nil {
			t.Errorf("%.60q: %v\nwant %s", test.text, err, test.want)
		}
	}
}

// The limits themselves are allowed.
func TestLimitsAreInclusive(t *testing.T) {
	t.Parallel()
	const term = "stage = x"
	for name, text := range map[string]string{
		"depth": strings.Repeat("not ", segment.MaxDepth-1) + term,
		"terms": strings.Repeat(term+" or ", segment.MaxTerms-1) + term,
		"list":  "stage in (" + strings.Repeat("a,", segment.MaxList-1) + "a)",
		"value": `name = "` + strings.Repeat("x", segment.MaxValue) + `"`,
	} {
		if _, err := segment.Parse(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParseJSONFaults(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"not":`, 100) + `{"all":[]}` + strings.Repeat("}", 100)
	for _, test := range []struct{ text, want string }{
		{``, `column 1: the JSON ends too early`},
		{`{"all": [`, `column 10: the JSON ends too early`},
		{"{\n\"all\": ]}", `line 2, column 8: this is not JSON here`},
		{`[]`, `expected an object: {"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "op", "value"}`},
		{`{"all": []} x`, `column 13: expected nothing after the filter`},
		{`{"all": {}}`, `all: expected an array of filters`},
		{`{"all": [{"any": [3]}]}`, `all[0].any[0]: expected an object: {"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "op", "value"}`},
		{`{"all": []}]`, `column 12: expected nothing after the filter`},
		{`{}`, `expected exactly one of {"all": [...]}, {"any": [...]}, {"not": ...} and {"field", "op", "value"}, found the keys "[]"`},
		{`{"all": [], "any": []}`, `expected exactly one of {"all": [...]}, {"any": [...]}, {"not": ...} and {"field", "op", "value"}, found the keys "[all any]"`},
		{`{"all": [], "all": []}`, `all: the key is there twice`},
		{`{"All": []}`, `did not expect the key "All": expected all, any, not, or field, op and value`},
		{`{"not": {"field": "x", "op": "~", "value": 1}}`, `not.op: expected one of = != < <= > >= in contains starts exists before after within`},
		{`{"not": {"field": "x", "op": "matches", "value": "(a+)+$"}}`, `not.op: expected one of = != < <= > >= in contains starts exists before after within`},
		{`{"field": 3, "op": "=", "value": 1}`, `field: expected the name of a field as a string`},
		{`{"field": "event(\"x\")", "op": "=", "value": 1}`, `field: expected . and count, last or first after the event, found the end`},
		{`{"field": "x", "op": "="}`, `expected exactly one of {"all": [...]}, {"any": [...]}, {"not": ...} and {"field", "op", "value"}, found the keys "[field op]"`},
		{`{"field": "x", "op": "=", "value": null}`, `value: expected a value after =`},
		{`{"field": "x", "op": "=", "value": {}}`, `value: expected a string, a number, true, false or an array of these`},
		{`{"field": "x", "op": "=", "value": [1]}`, `value: expected one value after =: only in takes a list`},
		{`{"field": "x", "op": "in", "value": 1}`, `value: expected a list of values after in`},
		{`{"field": "x", "op": "in", "value": [1, [2]]}`, `value[1]: expected a string, a number, true, false or an array of these`},
		{`{"field": "x", "op": "in", "value": [1, null]}`, `value[1]: expected a string, a number, true or false`},
		{`{"field": "x", "op": "exists", "value": false}`, `value: expected no value after exists; {"not": ...} asks for absent ones`},
		{`{"field": "x", "op": "=", "value": 1e999}`, `value: "1e999" is beyond the range of numbers`},
		{`{"all": [{"field": "x", "op": "=", "value": "a\u0000"}]}`, `all[0].value: the text has a NUL character in it`},
		{`{"all": [` + strings.Repeat(`{"any": []}, `, segment.MaxTerms) + `{"any": []}]}`, `all[200]: the filter has more than 200 terms: put long enumerations into one in (...) or a list`},
		{deep, strings.Repeat("not.", 19) + `not: the filter is nested deeper than 20 levels`},
		{"\xff", `the filter is not UTF-8`},
	} {
		e, err := segment.ParseJSON([]byte(test.text))
		if err == nil || err.Error() != test.want || e != nil {
			t.Errorf("%.60q: %v\nwant %s", test.text, err, test.want)
		}
	}
}

func TestExistsTakesTrueAndNull(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"true", "null"} {
		e, err := segment.ParseJSON(fmt.Appendf(nil, `{"field": "email", "op": "exists", "value": %s}`, value))
		if err != nil || e.String() != "email exists" {
			t.Errorf("%s: %v, %v", value, e, err)
		}
	}
}

func TestParseField(t *testing.T) {
	t.Parallel()
	for spelling, want := range map[string]segment.Field{
		"property.Company size":            segment.Property("Company size"),
		`property."Company size"`:          segment.Property("Company size"),
		`property."\"quoted\""`:            segment.Property(`"quoted"`),
		"journey.outcome":                  segment.Plain(segment.FieldJourneyOutcome),
		`event("A \"b\"").last`:            segment.Event(`A "b"`, segment.Last),
		`event("A").first within 1 month`:  {Name: segment.FieldEvent, Of: "A", Part: segment.First, Window: segment.Span{N: 1, Unit: segment.Month}},
		`event("A").count within 10 years`: {Name: segment.FieldEvent, Of: "A", Part: segment.Count, Window: segment.Span{N: 10, Unit: segment.Year}},
	} {
		if got, err := segment.ParseField(spelling); err != nil || got != want {
			t.Errorf("%s: %+v, %v", spelling, got, err)
		}
	}
	for _, spelling := range []string{"", "property.", "stage = x", `event("A").count within`, `event("A")`} {
		if got, err := segment.ParseField(spelling); err == nil {
			t.Errorf("%s: %+v", spelling, got)
		}
	}
}
