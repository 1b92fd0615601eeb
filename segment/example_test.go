package segment_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/tidemark/tidemark/segment"
)

const written = `stage = hot_lead and days_in_stage > 7 and not in_list("Partners")`

func ExampleParse() {
	e, err := segment.Parse(written)
	fmt.Println(e, err)

	_, err = segment.Parse("stage = hot_lead and\n  days_in_stage >")
	fmt.Println(err)
	// Output:
	// stage = hot_lead and days_in_stage > 7 and not in_list("Partners") <nil>
	// line 2, column 18: expected a value: a word, a number, a date, or a text in quotes, found the end
}

func ExampleParseJSON() {
	e, err := segment.ParseJSON([]byte(`{"any": [
		{"field": "property.Company size", "op": ">=", "value": 50},
		{"not": {"field": "email", "op": "exists"}}
	]}`))
	fmt.Println(e, err)

	_, err = segment.ParseJSON([]byte(`{"all": [{"field": "owner", "op": "=", "vaule": "anna"}]}`))
	fmt.Println(err)
	// Output:
	// property."Company size" >= 50 or not email exists <nil>
	// all[0]: did not expect the key "vaule": expected all, any, not, or field, op and value
}

func ExampleParseChecked() {
	c := segment.Catalogue{Stages: []segment.Choice{{Key: "new"}, {Key: "hot_lead", Label: "Hot lead"}}, Lists: []string{"Partners"}}
	_, err := segment.ParseChecked(`stage = hot_laed and created_at > 7 and in_list("Partner")`, c)
	for _, fault := range err.(segment.Faults) {
		fmt.Println(fault.Path, fault)
	}
	// Output:
	// all[0].value column 9: stage has no "hot_laed": did you mean hot_lead?
	// all[1].value column 35: expected a time: 2026-01-31, 2026-01-31T15:04:05Z, 3 months ago or 2 days from now
	// all[2].value[0] column 49: there is no list "Partner": did you mean Partners?
}

func ExampleFilter() {
	var view struct {
		Name   string
		Filter segment.Filter
	}
	_ = json.Unmarshal([]byte(`{"Name": "Big", "Filter": {"field": "value", "op": ">", "value": 1000}}`), &view)
	fmt.Println(view.Filter.Expr)
	out, _ := json.Marshal(view)
	fmt.Println(string(out))
	// Output:
	// value > 1000
	// {"Name":"Big","Filter":{"field":"value","op":"\u003e","value":1000}}
}

// contact is the least Subject.
type contact map[segment.Field]segment.Value

func (c contact) Value(f segment.Field) (segment.Value, bool) {
	v, ok := c[f]
	return v, ok
}

func ExampleEvaluate() {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	anna := contact{
		segment.Plain(segment.FieldStage):       segment.Text("hot_lead"),
		segment.Plain(segment.FieldDaysInStage): segment.Number(7.5),
		segment.Plain(segment.FieldList):        segment.Texts("Newsletter"),
	}
	e, _ := segment.Parse(written)
	fmt.Println(segment.Evaluate(e, anna, now))

	absent, _ := segment.Parse(`owner != "Bob"`)
	fmt.Println(segment.Evaluate(absent, anna, now))
	// Output:
	// true
	// unknown
}

func ExampleExplain() {
	e, _ := segment.Parse(written)
	for _, p := range segment.Explain(e) {
		fmt.Println(p.Key, p.Not)
	}
	fmt.Println(segment.English(segment.Explain(e), segment.Catalogue{}))
	// Output:
	// stage.for.more false
	// list.is true
	// is in Hot lead for more than 7 days, and is not in the list Partners
}

func ExampleHasTimeTerms() {
	still, _ := segment.Parse("created_at < 2026-01-31")
	moving, _ := segment.Parse(`event("Demo").count within 30 days >= 2`)
	fmt.Println(segment.HasTimeTerms(still), segment.HasTimeTerms(moving))
	// Output: false true
}

func ExampleWalk() {
	e, _ := segment.Parse("not (stage = new or owner exists)")
	segment.Walk(e, func(n segment.Node) bool {
		fmt.Printf("%d %q %v\n", n.Depth, n.Path, n.Expr)
		return true
	})
	// Output:
	// 1 "" not (stage = new or owner exists)
	// 2 "not" stage = new or owner exists
	// 3 "not.any[0]" stage = new
	// 3 "not.any[1]" owner exists
}

// arithmetic compiles a filter to a sum: a stand-in for an engine's SQL.
type arithmetic struct{}

func (arithmetic) All(parts []string) string     { return fmt.Sprint("all", parts) }
func (arithmetic) Any(parts []string) string     { return fmt.Sprint("any", parts) }
func (arithmetic) Not(part string) string        { return "-" + part }
func (arithmetic) Term(term segment.Term) string { return string(term.Op) + term.Value.Text }

func ExampleCompile() {
	e, _ := segment.Parse(`stage = new or not (stage = hot_lead and name contains ann)`)
	fmt.Println(segment.Compile(e, arithmetic{}))
	// Output: any[=new -all[=hot_lead containsann]]
}
