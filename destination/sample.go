package destination

import (
	"encoding/json"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Sample is an event of a made-up person, to see what would be sent. Address,
// phone and click ids are nobody's.
func Sample(now lifecycle.Millis) Event {
	ad := Click{
		Touch: touch.Touch{
			At: touch.Millis(now - 9*day), Kind: touch.KindVisit,
			Source: touch.Source{Source: "Paid search", SubSource: "Google", Medium: "cpc", Campaign: "spring", AdGroup: "shoes", Keyword: "red shoes", LandingPage: "/spring"},
			UTM:    touch.UTM{Source: "google", Medium: "cpc", Campaign: "spring", Term: "red shoes"},
		},
		Click: touch.Click{Name: "gclid", ID: "test-gclid"},
	}
	mail := Click{Touch: touch.Touch{
		At: touch.Millis(now - day), Kind: touch.KindVisit,
		Source: touch.Source{Source: "Email", SubSource: "newsletter", Medium: "email", Campaign: "may", LandingPage: "/pricing"},
	}}
	return Event{
		At: now, Amount: 12_900, Currency: "EUR",
		Contact: Contact{
			ID: "ct_0", ExternalID: "test-1", Email: "test@example.com", Phone: "+33 1 99 00 12 34", Name: "Test Person", Owner: "Olga",
			CreatedBy: "form", CreatedAt: now - 9*day, Properties: map[string]json.RawMessage{},
		},
		First: &ad, Last: &mail, IDs: map[string]journal.AdID{
			"gclid": {Name: "gclid", Value: ad.Click.ID, At: now - 9*day}, "fbp": {Name: "fbp", Value: "fb.1.1700000000000.1111111111", At: now - 9*day},
			"ga_client_id": {Name: "ga_client_id", Value: "1111111111.1700000000", At: now - day}, "ga_session_id": {Name: "ga_session_id", Value: "1700000000", At: now - day},
		},
	}
}

// Pose makes a known event one of its kind: in a stage that was chosen, of a
// made-up sale.
func (r *Reading) Pose(e *Event, s *Setup) {
	switch e.What {
	case Sale, Refund:
		e.Sale = "test-sale"
		if e.Currency == "" {
			e.Amount, e.Currency = 12_900, r.configuration.Currency
		}
		if e.What == Refund {
			e.Sale, e.RefundOf, e.Amount = "test-refund", "test-sale", -abs(e.Amount)
		}
	case StageIn, Won, Lost, Opportunity:
		if id := r.posed(e.What, s); id != lifecycle.NoStage {
			e.Stage = r.stage(id)
		}
	}
}

// posed is a stage that an event of a kind can be in.
func (r *Reading) posed(what What, s *Setup) lifecycle.StageID {
	for _, c := range s.Events {
		if c.What == what && len(c.Stages) > 0 {
			return c.Stages[0]
		}
	}
	if what == Opportunity {
		return r.configuration.Opportunity()
	}
	kind := map[What]lifecycle.Kind{StageIn: lifecycle.Progress, Won: lifecycle.Won, Lost: lifecycle.Lost}[what]
	for _, stage := range r.configuration.Lifecycle.Ordered(kind) {
		if stage.ArchivedAt == 0 {
			return stage.ID
		}
	}
	return lifecycle.NoStage
}
