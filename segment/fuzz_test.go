package segment_test

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/segment"
)

// What either parser takes survives both forms, can be evaluated and said.
func survive(t *testing.T, e segment.Expr) {
	text := e.String()
	back, err := segment.Parse(text)
	if err != nil {
		t.Fatalf("printed as %s: %v", text, err)
	}
	if diff := cmp.Diff(e, back, same); diff != "" {
		t.Fatalf("%s:\n%s", text, diff)
	}
	data, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if back, err = segment.ParseJSON(data); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	if diff := cmp.Diff(e, back, same); diff != "" {
		t.Fatalf("%s:\n%s", data, diff)
	}
	segment.Evaluate(e, contact{}, noon)
	segment.Check(e, segment.Catalogue{})
	segment.English(segment.Explain(e), segment.Catalogue{})
}

// complain wants faults that lie in the input and can be shown.
func complain(t *testing.T, err error, size int) {
	faults, ok := err.(segment.Faults)
	if !ok || len(faults) == 0 {
		t.Fatalf("%T: %v", err, err)
	}
	for _, f := range faults {
		if f.Message == "" || f.Code == "" || f.Offset < 0 || f.Offset > size || !utf8.ValidString(f.Message) {
			t.Fatalf("%+v", f)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		written, "", "(", `name = "`, "not not email not exists", "all() or any(stage = x)", "2026-13-01", "a.b.c<=-1e9",
		`event("D").last within 3 days within next 2 weeks`, `property."a\u0000" in (1,"b",true)`, "created_at≥3 months ago", "x = 2026-01-01T00:00:00+01:00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := segment.Parse(text)
		if err != nil {
			complain(t, err, len(text))
			return
		}
		survive(t, e)
	})
}

func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{
		`{"all":[{"field":"stage","op":"=","value":"x"},{"not":{"any":[]}}]}`, `{"field":"property.a b","op":"in","value":[1,"x",true]}`,
		`{"field":"email","op":"exists"}`, `{`, `[]`, `null`, `{"all":null}`, `{"field":"event(\"D\").count within 3 days","op":">","value":1e300}`, `{"all":[]}{}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := segment.ParseJSON(data)
		if err != nil {
			complain(t, err, len(data))
			return
		}
		survive(t, e)
	})
}
