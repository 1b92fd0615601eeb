package workspace_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

func agrees(visitor string, at lifecycle.Millis, a journal.Agreement) workspace.Observation {
	return workspace.Observation{Visitor: visitor, At: at, Agreement: &a}
}

// toAll agrees to everything, with ids that end in a text.
func toAll(suffix string) journal.Agreement {
	return journal.Agreement{
		Analytics: journal.Yes, Ads: journal.Yes, GAClient: "77." + suffix, GASession: suffix, FBP: "fb.1.1700000000." + suffix,
	}
}

// wantIDs compares the ids of a contact, as NAME=VALUE in order of time.
func (o *office) wantIDs(why, email string, want ...string) {
	o.t.Helper()
	ids, err := o.AdIDs(o.t.Context(), o.w, workspace.ContactRef{Email: email})
	if err != nil {
		o.t.Fatal(err)
	}
	var got []string
	for _, id := range ids {
		got = append(got, id.Name+"="+id.Value)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		o.t.Errorf("%s: %v, want %v", why, got, want)
	}
}

func TestAdIDsAreTheLatestOfAContact(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	day := june(1)
	o.observe(
		agrees("laptop", day, toAll("1")),
		seen("laptop", "https://x.org/?gclid=g1&fbclid=f1", day),
		is("laptop", "ada@x.org", day+minute),
		seen("phone", "https://x.org/?GCLID=g2&wbraid=w2", day+2*minute),
		agrees("phone", day+2*minute, journal.Agreement{Analytics: journal.Yes, Ads: journal.No, GAClient: "77.2", FBP: "fb.1.2.2"}),
		is("phone", "ada@x.org", day+3*minute),
		is("phone", "ada@x.org", day+3*minute),
	)
	o.wantIDs("the contact says no, as it did on the phone", "ada@x.org", "ga_client_id=77.2")
	o.observe(agrees("laptop", day+4*minute, toAll("1")))
	o.wantIDs("the same answer again is no news, and undoes no no", "ada@x.org", "ga_client_id=77.1", "ga_session_id=1")
	o.observe(agrees("laptop", day+5*minute, journal.Agreement{Ads: journal.No}), agrees("laptop", day+6*minute, toAll("3")))
	o.wantIDs("a new yes: of the laptop, as the phone's no holds there", "ada@x.org",
		"fbclid=f1", "gclid=g1", "fbp=fb.1.1700000000.3", "ga_client_id=77.3", "ga_session_id=3")
	o.observe(agrees("laptop", day+7*minute, journal.Agreement{Ads: journal.No, Analytics: journal.No}))
	o.wantIDs("nothing after a no to all", "ada@x.org")
	if _, err := o.UpsertContact(t.Context(), o.w, workspace.UpsertContactInput{Fields: workspace.ContactFields{
		Email: ptr("ben@x.org"), Properties: map[string]json.RawMessage{journal.PropertyAds: json.RawMessage("false")},
	}}); err != nil {
		t.Fatal(err)
	}
	o.observe(agrees("bens", day, toAll("9")), seen("bens", "https://x.org/?ttclid=t9", day), is("bens", "ben@x.org", day+minute))
	o.wantIDs("an older yes of a browser does not outweigh the contact's no", "ben@x.org", "ga_client_id=77.9", "ga_session_id=9")
	o.wantSound(t)
}

// TestAdIDsGoWithWhoTheyAreOf erases one of two who used the same browser.
func TestAdIDsGoWithWhoTheyAreOf(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	day := june(1)
	o.observe(
		agrees("shared", day, toAll("4242")), is("shared", "ada@x.org", day+minute),
		agrees("shared", day+60*minute, toAll("5151")), is("shared", "ben@x.org", day+61*minute),
	)
	o.wantIDs("hers", "ada@x.org", "fbp=fb.1.1700000000.4242", "ga_client_id=77.4242", "ga_session_id=4242")
	out, err := o.ExportContact(t.Context(), o.w, workspace.ContactRef{Email: "ada@x.org"})
	if err != nil {
		t.Fatal(err)
	}
	var told []journal.Agreement
	for _, e := range out.Log {
		if e.Kind == "agreement" {
			told = append(told, *e.Agreement)
		}
	}
	if len(told) != 1 || told[0] != toAll("4242") {
		t.Errorf("her export tells %+v", told)
	}
	if len(o.hasBytes("4242")) == 0 {
		t.Fatal("nothing of her is in the folder before: the test cannot fail")
	}
	o.erase(workspace.ContactRef{Email: "ada@x.org"})
	o.purge()
	if left := o.hasBytes("4242"); len(left) > 0 {
		t.Errorf("her ids are left in %v", left)
	}
	o.wantIDs("his", "ben@x.org", "fbp=fb.1.1700000000.5151", "ga_client_id=77.5151", "ga_session_id=5151")
	o.observe(agrees("shared", day+70*minute, toAll("5151")))
	o.wantSound(t)
}

// TestANoOfNobodyIsNotKept: somebody unknown who declines leaves nothing.
func TestANoOfNobodyIsNotKept(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	o.observe(agrees("v", june(1), journal.Agreement{Ads: journal.No}))
	if left := o.entries(); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}
