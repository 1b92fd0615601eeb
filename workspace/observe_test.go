package workspace_test

import (
	"slices"
	"testing"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

const minute = lifecycle.Millis(60_000)

func (o *office) observe(all ...workspace.Observation) workspace.ObserveOutput {
	o.t.Helper()
	out, err := o.Observe(o.t.Context(), o.w, workspace.ObserveInput{Observations: all})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

func seen(visitor, page string, at lifecycle.Millis) workspace.Observation {
	return workspace.Observation{Visitor: visitor, At: at, View: &journal.View{Page: page}}
}

func is(visitor, email string, at lifecycle.Millis) workspace.Observation {
	return workspace.Observation{Visitor: visitor, At: at, Contact: &workspace.ContactFields{Email: &email}}
}

// person reads a contact with the visitors that it was, as reports do.
func (o *office) person(email string) journal.Person {
	o.t.Helper()
	logs := o.entries()
	var id journal.ContactID
	err := o.record.Store().Read(o.t.Context(), func(r workspace.Reader) (err error) {
		id, err = r.Find(o.w, workspace.Identity{Kind: workspace.IdentityEmail, Value: email})
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return journal.ReadOf(id, journal.Unite(logs)[id])
}

func pages(p journal.Person) (out []string) {
	for _, v := range p.Visits {
		for _, view := range v.Views {
			out = append(out, view.Page)
		}
	}
	return out
}

func (o *office) wantPages(email string, want ...string) {
	o.t.Helper()
	if got := pages(o.person(email)); !slices.Equal(got, want) {
		o.t.Errorf("%s saw %v, want %v", email, got, want)
	}
}

func TestVisitsAreWhoseVisitorItWasNext(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	day := june(1)
	o.observe(
		seen("v", "https://x.org/first?utm_source=a&utm_campaign=May", day),
		is("v", "ada@x.org", day+minute),
		seen("v", "https://x.org/second", day+90*minute),
	)
	o.observe(is("v", "ben@x.org", day+100*minute))
	o.observe(seen("v", "https://x.org/late", day+2*minute)) // of the first visit
	o.observe(seen("w", "https://x.org/phone", day+3*minute), is("w", "ada@x.org", day+5*minute))
	o.wantPages("ada@x.org", "https://x.org/first?utm_source=a&utm_campaign=May", "https://x.org/late", "https://x.org/phone")
	o.wantPages("ben@x.org", "https://x.org/second")
	if first := o.person("ada@x.org").Touches[0]; first.Source.Campaign != "May" || first.Kind != touch.KindVisit {
		t.Errorf("the first touch is %+v", first)
	}
	o.wantSound(t)
}

func TestRepeatedIdentificationsAreWrittenOnceADay(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	for i := range lifecycle.Millis(10) {
		o.observe(is("v", "ada@x.org", june(1)+i*minute))
	}
	o.observe(is("v", "ada@x.org", june(3)))
	said := 0
	for _, entries := range o.entries() {
		for _, e := range entries {
			if e.Kind == journal.KindIdentify {
				said++
			}
		}
	}
	if said != 4 {
		t.Errorf("%d entries say who it is, want two on either side", said)
	}
}

func TestWhatIsUnfitIsRefusedByItself(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	out, err := o.Observe(t.Context(), o.w, workspace.ObserveInput{Public: true, Observations: []workspace.Observation{
		seen("v", "https://x.org/", june(1)),
		{Visitor: "v", Stage: "new"},
		{At: june(1), View: &journal.View{Page: "/"}},
		is("v", "ada@x.org", june(1)),
		{Visitor: "v", Stage: "won"},
		{Visitor: "v", Event: &journal.Event{Name: "Read"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var refused []int
	for _, r := range out.Refused {
		refused = append(refused, r.Index)
	}
	if !slices.Equal(refused, []int{2, 1, 4}) {
		t.Errorf("refused %+v", out.Refused)
	}
	o.wantPages("ada@x.org", "https://x.org/")
}

// TestErasedVisitsLeaveNoBytes erases one of two who used the same browser.
func TestErasedVisitsLeaveNoBytes(t *testing.T) {
	t.Parallel()
	o := openSales(t)
	day := june(1)
	o.observe(
		seen("shared-browser", "https://x.org/vanish?utm_source=a&utm_campaign=Vanishing", day),
		workspace.Observation{Visitor: "shared-browser", At: day, Event: &journal.Event{Name: "Vanish pressed"}},
		is("shared-browser", "ada.vanish@x.org", day+minute),
		seen("shared-browser", "https://x.org/stays?utm_source=a&utm_campaign=Kept", day+90*minute),
		is("shared-browser", "ben@x.org", day+100*minute),
		seen("vanishing-phone", "https://x.org/own?utm_source=a&utm_campaign=Kept", day),
		is("vanishing-phone", "ada.vanish@x.org", day+minute),
	)
	_, err := o.AddRevenue(t.Context(), o.w, workspace.AddRevenueInput{Items: []workspace.RevenueItem{{
		ID: "vanish-1", Contact: workspace.ContactFields{Email: ptr("ada.vanish@x.org")}, Money: workspace.Money{Amount: 5},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"Vanishing", "Kept"}
	numbers, err := o.record.Intern(t.Context(), o.w, texts)
	if err != nil {
		t.Fatal(err)
	}
	if len(o.hasBytes("vanish")) == 0 {
		t.Fatal("nothing of her is in the folder before: the test cannot fail")
	}
	o.erase(workspace.ContactRef{Email: "ada.vanish@x.org"})
	o.wantPages("ben@x.org", "https://x.org/stays?utm_source=a&utm_campaign=Kept")
	o.wantSound(t)
	o.purge()
	for _, text := range []string{"vanish", "https://x.org/own"} {
		if left := o.hasBytes(text); len(left) > 0 {
			t.Errorf("%q is left in %v", text, left)
		}
	}
	o.wantSound(t)
	o.wantPages("ben@x.org", "https://x.org/stays?utm_source=a&utm_campaign=Kept")
	left, err := o.record.Numbers(t.Context(), o.w, texts)
	if err != nil || left[0] != -1 || left[1] != numbers[1] {
		t.Errorf("numbers %v, before %v, %v: a campaign that others came by must stay", left, numbers, err)
	}
	if erasures, err := o.ListErasures(t.Context(), o.w); err != nil || len(erasures) != 1 {
		t.Errorf("erasures %+v, %v", erasures, err)
	}
	if again := o.purge(); again != 0 {
		t.Errorf("a second round completed %d", again)
	}
	o.observe(seen("vanishing-phone", "https://x.org/again", day+200*minute))
	o.wantSound(t)
}
