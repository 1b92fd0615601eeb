package workspace

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

func TestRecognise(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name            string
		fields, mapping map[string]string
		want            string
	}{
		{
			"usual names",
			map[string]string{"Email": "a@b.example", "Phone Number": "+1 555 0100", "full_name": "Ada"},
			nil,
			`{"email":"a@b.example","phone":"+1 555 0100","name":"Ada"}`,
		},
		{"a hostel is no telephone", map[string]string{"hostel": "Ritz"}, nil, `{"properties":{"hostel":"Ritz"}}`},
		{"an address that is none stays a text", map[string]string{"email": "none"}, nil, `{"properties":{"email":"none"}}`},
		{
			"the mapping decides",
			map[string]string{"f1": "a@b.example", "email": "boss@b.example", "x": "1"},
			map[string]string{"f1": "email", "email": "property.boss", "x": "ignore"},
			`{"email":"a@b.example","properties":{"boss":"boss@b.example"}}`,
		},
		{"names of two parts", map[string]string{"first-name": "Ada", "last-name": "Lovelace"}, nil, `{"name":"Ada Lovelace"}`},
		{
			"other languages",
			map[string]string{"courriel": "a@b.example", "prénom": "Zoé", "телефон": "+7 999 000"},
			nil,
			`{"email":"a@b.example","phone":"+7 999 000","name":"Zoé"}`,
		},
	} {
		got := recognise(c.fields, c.mapping)
		if len(got.Properties) == 0 {
			got.Properties = nil
		}
		if text := string(toJSON(got)); text != c.want {
			t.Errorf("%s: %s, want %s", c.name, text, c.want)
		}
	}
}

// FuzzRecognise sends anything: what comes out can be kept as a contact.
func FuzzRecognise(f *testing.F) {
	f.Add("email", "a@b.example", "x", "\x00\xff")
	f.Add("tel", "+1 (555) 0100", "", "нет")
	f.Fuzz(func(t *testing.T, name1, value1, name2, value2 string) {
		got := recognise(map[string]string{name1: value1, name2: value2}, nil)
		var k checker
		k.contact("body", got)
		if err := k.Err(); err != nil {
			t.Errorf("%q=%q %q=%q: %v", name1, value1, name2, value2, err)
		}
		for name, value := range got.Properties {
			if !utf8.ValidString(name) || !json.Valid(value) {
				t.Errorf("property %q = %s", name, value)
			}
		}
	})
}
