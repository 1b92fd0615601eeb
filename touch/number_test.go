package touch_test

import (
	"testing"

	"github.com/tidemark/tidemark/touch"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	numbers := touch.Numbers{
		{Number: "+33 1 00", Source: touch.Source{Source: "Paid search"}},
		{Number: "+33 1 01", Source: touch.Source{Source: "Paid search", Campaign: "Spring"}},
		{Number: "+33 1 02", Source: touch.Source{Campaign: "Spring"}},
		{Number: "+33 1 03"},
	}
	for _, c := range []struct {
		source touch.Source
		want   string
	}{
		{touch.Source{Source: "Paid search", Campaign: "Autumn"}, "+33 1 00"},
		{touch.Source{Source: "Paid search", Campaign: "Spring", Keyword: "crm"}, "+33 1 01"},
		{touch.Source{Source: "Email", Campaign: "Spring"}, "+33 1 02"},
		{touch.Source{Source: "Email"}, ""},
		{touch.Source{}, ""},
	} {
		if got := numbers.For(c.source); got != c.want {
			t.Errorf("%+v is shown %q, want %q", c.source, got, c.want)
		}
	}
	for called, want := range map[string]string{"+33 (1) 01": "Spring", "0033101": "Spring", "33100": ""} {
		if got, ok := numbers.Of(called); !ok || got.Campaign != want {
			t.Errorf("a call to %s is of %+v, %v", called, got, ok)
		}
	}
	for _, called := range []string{"", "anonymous", "+33 1 04"} {
		if got, ok := numbers.Of(called); ok {
			t.Errorf("a call to %q is of %+v", called, got)
		}
	}
}
