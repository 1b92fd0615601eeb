package touch_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidemark/tidemark/touch"
)

var addresses = []string{
	"https://shop.example/a?utm_source=x&utm_medium=%zz#utm_campaign=y", "//x", "javascript:alert(1)", "https://[::1]:80/", "?&&==",
	"android-app://com.google.android.gm/", "https://user:pass@host:1/", "HTTPS://WWW.GOOGLE.COM./%00", "data:,", ":", "#", "\xff?\xff=\xff",
	"https://münchen.example/ünï?utm_source=שלום", "http://a/?utm_source=" + strings.Repeat("👩‍👩‍👧", 4000),
}

// storable fails if a text could not be stored and shown.
func storable(t *testing.T, what, text string, limit int) {
	t.Helper()
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\n\r\u202e") || utf8.RuneCountInString(text) > limit {
		t.Errorf("%s cannot be stored: %.100q", what, text)
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, a := range addresses {
		f.Add(a)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := touch.ParseAddress(text)
		storable(t, "host", a.Host, 255)
		storable(t, "path", a.Path, touch.MaxAddress)
		for _, p := range a.Query {
			storable(t, "name", p.Name, touch.MaxValue)
			storable(t, "value", p.Value, touch.MaxValue)
		}
		if again := touch.ParseAddress("https://" + a.Host + "/"); a.Host != "" && again.Host != a.Host {
			t.Errorf("host %q is read as %q", a.Host, again.Host)
		}
	})
}

func FuzzUTM(f *testing.F) {
	for _, a := range addresses {
		f.Add(a, "medium")
	}
	f.Fuzz(func(t *testing.T, source, medium string) {
		u := touch.UTM{Source: source, Medium: medium}.Clean()
		storable(t, "source", u.Source, touch.MaxValue)
		storable(t, "medium", u.Medium, touch.MaxValue)
		if u.Clean() != u {
			t.Errorf("%+v is not clean", u)
		}
	})
}

func FuzzClassify(f *testing.F) {
	for i, a := range addresses {
		f.Add(a, addresses[len(addresses)-1-i])
	}
	lists := touch.NewLists()
	c := touch.NewClassifier(lists, touch.Rules{Own: []string{"own.example"}, Rules: []touch.Rule{
		{Host: "x.example", Source: touch.Source{Source: "X"}}, {Parameter: "ref", Source: touch.Source{Campaign: "R"}},
	}})
	f.Fuzz(func(t *testing.T, page, referrer string) {
		a := c.Classify(touch.View{Page: page, Referrer: referrer})
		if a.Source.Source == "" {
			t.Error("no channel")
		}
		for i, value := range a.Source.Values() {
			storable(t, string(touch.Fields[i]), value, touch.MaxAddress)
		}
		storable(t, "referrer", a.Referrer, 255)
		storable(t, "click id", a.Click.ID, touch.MaxValue)
		if a.Inside && a.Origin != "" {
			t.Errorf("inside and from %q", a.Origin)
		}
	})
}

func FuzzRule(f *testing.F) {
	f.Add("https://www.a.example/", "ref", "https://a.example/?ref=1")
	f.Fuzz(func(t *testing.T, host, parameter, page string) {
		c := touch.NewClassifier(touch.NewLists(), touch.Rules{Own: []string{host}, Rules: []touch.Rule{{Host: host, Parameter: parameter}}})
		if a := c.Classify(touch.View{Page: page, Referrer: host}); a.Source.Source == "" {
			t.Error("no channel")
		}
	})
}
