package capture

import (
	"encoding/json"
	"testing"

	"github.com/tidemark/tidemark/journal"
)

func TestConsentIsReadAsToolsSayIt(t *testing.T) {
	t.Parallel()
	const yes, no = journal.Yes, journal.No
	for said, want := range map[string]journal.Agreement{
		`true`:                                 {Analytics: yes, Ads: yes},
		`false`:                                {Analytics: no, Ads: no},
		`{"given":true}`:                       {Analytics: yes, Ads: yes},
		`{"analytics":true,"ads":false}`:       {Analytics: yes, Ads: no},
		`{"Advertising":true}`:                 {Ads: yes},
		`{"Marketing":true,"Targeting":false}`: {Ads: no},
		`{"Functional":true}`:                  {},
		`{"ads":"maybe"}`:                      {},
		`7`:                                    {},
	} {
		if got := spokenConsent(json.RawMessage(said)); got != want {
			t.Errorf("%s is %+v, want %+v", said, got, want)
		}
	}
}

func TestCookiesOfOtherScriptsAreReadAndNothingElse(t *testing.T) {
	t.Parallel()
	said := Beacon{
		Visitor: "v", Consent: map[string]bool{"analytics": true, "ads": true},
		GA: "GA1.1.1234567890.1700000000", GASession: "GS2.1.s1700000123$o1$g0$t1700000123$j60$l0$h0",
		FBP: "fb.1.1700000000000.99", FBC: "fb.1.1700000000000.IwAR0_a-b",
	}
	all := journal.Agreement{
		Analytics: journal.Yes, Ads: journal.Yes, GAClient: "1234567890.1700000000", GASession: "1700000123",
		FBP: said.FBP, FBC: said.FBC,
	}
	for name, test := range map[string]struct {
		change func(*Beacon)
		want   func(*journal.Agreement)
	}{
		"as they are":       {func(*Beacon) {}, func(*journal.Agreement) {}},
		"older session":     {func(b *Beacon) { b.GASession = "GS1.1.1700000123.4.1.1700000200.0.0.0" }, func(*journal.Agreement) {}},
		"no session":        {func(b *Beacon) { b.GASession = "GS9" }, func(a *journal.Agreement) { a.GASession = "" }},
		"no client":         {func(b *Beacon) { b.GA = "<script>" }, func(a *journal.Agreement) { a.GAClient, a.GASession = "", "" }},
		"foreign texts":     {func(b *Beacon) { b.FBP, b.FBC = "fb.1.<b>", "ada@example.com" }, func(a *journal.Agreement) { a.FBP, a.FBC = "", "" }},
		"without ads":       {func(b *Beacon) { b.Consent["ads"] = false }, func(a *journal.Agreement) { a.Ads, a.FBP, a.FBC = journal.No, "", "" }},
		"without analytics": {func(b *Beacon) { b.Consent["analytics"] = false }, func(a *journal.Agreement) { a.Analytics, a.GAClient, a.GASession = journal.No, "", "" }},
	} {
		b, want := said, all
		b.Consent = map[string]bool{"analytics": true, "ads": true}
		test.change(&b)
		test.want(&want)
		if got := *b.agreement()[0].Agreement; got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}
