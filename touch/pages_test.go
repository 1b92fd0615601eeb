package touch_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/touch"
)

var pageModels = []touch.Model{
	touch.ModelShapley, touch.ModelFirst, touch.ModelLast, touch.ModelLinear, touch.ModelPosition, touch.ModelTimeDecay,
}

// TestPagesAddUp: whatever people met, credit is one for each lead and sale, and
// revenue what was paid; people are at every page of theirs and once in all.
func TestPagesAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tally := touch.NewPageTally(rapid.SampledFrom(pageModels).Draw(t, "model"), touch.Millis(rapid.IntRange(0, 5).Draw(t, "look-back")))
		var leads, sales, people [touch.Befores]int64
		var revenue int64
		for range rapid.IntRange(0, 6).Draw(t, "contacts") {
			var met []touch.Met
			for at := range rapid.IntRange(0, 5).Draw(t, "met") {
				met = append(met, touch.Met{At: touch.Millis(at), Value: rapid.SampledFrom([]string{"", "/a", "/b", "/c"}).Draw(t, "page"), Shown: true})
			}
			var did []touch.Conversion
			bought := false
			for range rapid.IntRange(0, 3).Draw(t, "sales") {
				c := touch.Conversion{Measure: touch.Sale, At: touch.Millis(rapid.IntRange(0, 9).Draw(t, "at")), Amount: rapid.Int64Range(0, 1000).Draw(t, "amount")}
				if rapid.Bool().Draw(t, "refund") {
					c.Measure, c.Amount = touch.Refund, -c.Amount
				} else {
					sales[touch.BeforeSale]++
					bought = true
				}
				revenue += c.Amount
				did = append(did, c)
			}
			if bought {
				people[touch.BeforeSale]++
			}
			if rapid.Bool().Draw(t, "lead") {
				did = append(did, touch.Conversion{Measure: touch.LeadForm, At: touch.Millis(rapid.IntRange(0, 9).Draw(t, "at"))})
				leads[touch.BeforeLead]++
				people[touch.BeforeLead]++
			}
			tally.Contact(met, rapid.Bool().Draw(t, "customer"), true, did)
		}
		rows, total := tally.Rows()
		var sum touch.PageSums
		for _, r := range rows {
			sum.Revenue += r.Revenue
			for b := range r.Before {
				sum.Before[b].Credit += r.Before[b].Credit
				if r.Before[b].People() > total.Before[b].People() {
					t.Fatalf("a page has %d people, all of them are %d", r.Before[b].People(), total.Before[b].People())
				}
			}
		}
		for b := range total.Before {
			want := touch.Credit(leads[b]+sales[b]) * touch.Whole
			if total.Before[b].Credit != want || sum.Before[b].Credit != want || total.Before[b].People() != people[b] {
				t.Fatalf("before %d: %+v in all, %d in rows, want %d and %d people", b, total.Before[b], sum.Before[b].Credit, want, people[b])
			}
		}
		if sum.Revenue != revenue || total.Revenue != revenue {
			t.Fatalf("revenue is %d, in rows %d, want %d", total.Revenue, sum.Revenue, revenue)
		}
	})
}

// What was seen after a conversion, or before its look-back, led to nothing.
func TestPagesBefore(t *testing.T) {
	t.Parallel()
	tally := touch.NewPageTally(touch.ModelShapley, 10)
	tally.Contact([]touch.Met{
		{At: 1, Value: "/old", Shown: true}, {At: 12, Value: "/a", Shown: true}, {At: 13, Value: "/b"}, {At: 14, Value: "/a", Shown: true}, {At: 21, Value: "/late", Shown: true},
	}, true, true, []touch.Conversion{{Measure: touch.LeadCall, At: 20}})
	rows, total := tally.Rows()
	want := touch.BeforeSums{Customers: 1, Credit: touch.Whole / 2} // /b has the other half, and is not asked for
	if len(rows) != 1 || rows["/a"].Before[touch.BeforeLead] != want || total.Before[touch.BeforeLead] != want {
		t.Errorf("got %+v, in all %+v", rows, total)
	}
}

func TestDeviceOf(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36":                   "desktop",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15":             "desktop",
		"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36":                    "desktop",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari": "mobile",
		"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36":             "mobile",
		"Mozilla/5.0 (Linux; Android 13; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36":                    "tablet",
		"Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1":  "tablet",
		"Mozilla/5.0 (Android 13; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0":                                                              "mobile",
		"Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/6.0 TV Safari/537.36":                      "tv",
		"": "", "something else": "",
	} {
		if got := touch.DeviceOf(agent); got != want {
			t.Errorf("%s is %q, want %q", agent, got, want)
		}
	}
}

func TestCountryOf(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"FR": "FR", " de ": "DE", "XX": "", "T1": "", "": "", "France": "", "é": ""} {
		if got := touch.CountryOf(code); got != want {
			t.Errorf("%q is %q, want %q", code, got, want)
		}
	}
}
