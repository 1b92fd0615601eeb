package conversion

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

const day = lifecycle.Millis(24 * 60 * 60 * 1000)

var sales = &journal.Configuration{
	TimeZone: "UTC", Currency: "EUR",
	Rates: []journal.Rate{{Currency: "USD", Into: "EUR", Day: 0, Factor: 0.5}, {Currency: "USD", Into: "EUR", Day: 5, Factor: 0.25}},
	Lifecycle: lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 1, Kind: lifecycle.Progress},
		{ID: 2, Kind: lifecycle.Progress, Role: lifecycle.RoleOpportunity},
		{ID: 3, Kind: lifecycle.Progress},
		{ID: 4, Kind: lifecycle.Won},
		{ID: 5, Kind: lifecycle.Lost},
	}},
}

// moved is a person who moved to one stage a day.
func moved(stages ...lifecycle.StageID) *journal.Person {
	p := &journal.Person{}
	for i, s := range stages {
		p.Changes = append(p.Changes, lifecycle.Change{At: lifecycle.Millis(i+1) * day, Arrival: int64(i + 1), To: s})
	}
	return p
}

// want compares all but Known, which everybody has.
func (p testPerson) want(t *testing.T, want ...Conversion) {
	t.Helper()
	got := NewRules(sales, time.UTC).Of(p.Person, lifecycle.NewFolder(&sales.Lifecycle).Fold(p.Changes))
	got = slices.DeleteFunc(got, func(c Conversion) bool { return c.Kind == Known })
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("conversions differ (-want +got):\n%s", diff)
	}
}

type testPerson struct{ *journal.Person }

// did is a conversion on a day.
func did(kind Kind, on lifecycle.Millis, journey int, amount int64) Conversion {
	return Conversion{Kind: kind, At: on * day, PathAt: on * day, Journey: journey, Amount: amount}
}

func TestOpportunityAndCustomer(t *testing.T) {
	t.Parallel()
	testPerson{moved(1, 2, 4)}.want(t, did(Opportunity, 2, 1, 0), did(Customer, 3, 1, 0))
	testPerson{moved(1, 3, 1, 2)}.want(t, did(Opportunity, 2, 1, 0)) // passed over, and not again on the way back
	testPerson{moved(1, 5)}.want(t)
	testPerson{moved(1, 4, 1, 4)}.want(t, did(Opportunity, 2, 1, 0), did(Customer, 2, 1, 0), did(Opportunity, 4, 2, 0))
}

func TestFirstLeadEvent(t *testing.T) {
	t.Parallel()
	p := &journal.Person{Identified: 2 * day, Touches: []touch.Touch{
		{At: touch.Millis(day), Kind: touch.KindVisit},
		{At: touch.Millis(2 * day), Kind: touch.KindForm},
		{At: touch.Millis(3 * day), Kind: touch.KindAd},
	}}
	testPerson{p}.want(t, did(SubmissionForm, 2, 0, 0), did(LeadForm, 2, 0, 0), did(SubmissionChat, 3, 0, 0))
	p.Identified = day
	testPerson{p}.want(t, did(LeadOther, 1, 0, 0), did(SubmissionForm, 2, 0, 0), did(SubmissionChat, 3, 0, 0))
}

func TestRevenueTakesThePlaceOfTheWonValue(t *testing.T) {
	t.Parallel()
	p := moved(1, 4, 1, 4)
	p.Values = []journal.Valued{{At: day, Value: journal.Value{Amount: 100, Currency: "EUR"}}, {At: 9 * day, Value: journal.Value{Amount: 700, Currency: "EUR"}}}
	won := []Conversion{did(Opportunity, 2, 1, 0), did(Customer, 2, 1, 0)}
	testPerson{p}.want(t, won[0], won[1], did(Sale, 2, 1, 100), did(Opportunity, 4, 2, 0), did(Sale, 4, 2, 700))
	p.Sales = []journal.Sale{{At: 2 * day, Revenue: journal.Revenue{ID: "a", Amount: 40, Currency: "USD"}}}
	testPerson{p}.want(t, won[0], won[1], did(Sale, 2, 1, 20), did(Opportunity, 4, 2, 0), did(Sale, 4, 2, 700))
}

func TestRefundIsCreditedToWhatWasSold(t *testing.T) {
	t.Parallel()
	p := &journal.Person{Sales: []journal.Sale{
		{At: day, Revenue: journal.Revenue{ID: "a", Amount: 40, Currency: "USD"}},
		{At: 6 * day, Revenue: journal.Revenue{ID: "b", Amount: -40, Currency: "USD", Refund: true, RefundOf: "a"}},
		{At: 7 * day, Revenue: journal.Revenue{ID: "c", Amount: 5, Currency: "SEK"}},
	}}
	refund := did(Refund, 6, 0, -10) // at the rate of its own day
	refund.PathAt = day
	unrated := did(Sale, 7, 0, 0)
	unrated.Unrated = true
	testPerson{p}.want(t, did(Sale, 1, 0, 20), refund, unrated)
}
