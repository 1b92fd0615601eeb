package journal

import (
	"encoding/json"

	"github.com/tidemark/tidemark/touch"
)

// OrNil is a text as answers have it: they have every field, null where there
// is nothing, whereas the log leaves out what there is nothing of.
func OrNil[T ~string](text T) *T {
	if text == "" {
		return nil
	}
	return &text
}

// ActorView is who did something.
type ActorView struct {
	Kind ActorKind `json:"kind" enum:"user,api,workflow,form,import,bulk"`
	ID   *string   `json:"id"`
	Name *string   `json:"name"`
}

// View is the actor as answers have it.
func (a Actor) View() ActorView { return ActorView{a.Kind, OrNil(a.ID), OrNil(a.Name)} }

// Actor is the reverse of View.
func (v ActorView) Actor() Actor {
	a := Actor{Kind: v.Kind}
	if v.ID != nil {
		a.ID = *v.ID
	}
	if v.Name != nil {
		a.Name = *v.Name
	}
	return a
}

// SourceView is where a contact came from.
type SourceView struct {
	Source      *string `json:"source" doc:"the channel: Paid search, Email ..."`
	SubSource   *string `json:"sub_source"`
	Medium      *string `json:"medium"`
	Campaign    *string `json:"campaign"`
	AdGroup     *string `json:"ad_group"`
	Ad          *string `json:"ad"`
	Keyword     *string `json:"keyword"`
	LandingPage *string `json:"landing_page"`
}

// ViewSource is a source as answers have it.
func ViewSource(s touch.Source) SourceView {
	return SourceView{
		OrNil(s.Source), OrNil(s.SubSource), OrNil(s.Medium), OrNil(s.Campaign),
		OrNil(s.AdGroup), OrNil(s.Ad), OrNil(s.Keyword), OrNil(s.LandingPage),
	}
}

// UTMView is what a link was tagged with.
type UTMView struct {
	Source   *string `json:"utm_source"`
	Medium   *string `json:"utm_medium"`
	Campaign *string `json:"utm_campaign"`
	Term     *string `json:"utm_term"`
	Content  *string `json:"utm_content"`
	AdGroup  *string `json:"utm_adgroup"`
}

// ViewUTM is what a link was tagged with as answers have it.
func ViewUTM(u touch.UTM) UTMView {
	return UTMView{OrNil(u.Source), OrNil(u.Medium), OrNil(u.Campaign), OrNil(u.Term), OrNil(u.Content), OrNil(u.AdGroup)}
}

// TouchView is a touch of a contact.
type TouchView struct {
	Kind   touch.Kind `json:"kind"`
	Source SourceView `json:"source"`
	UTM    UTMView    `json:"utm"`
}

// View is the touch as answers have it.
func (t *Touch) View() *TouchView { return &TouchView{t.Kind, ViewSource(t.Source), ViewUTM(t.UTM)} }

// EventView is something done that has a name.
type EventView struct {
	ID         *string         `json:"id" doc:"the same twice is one event"`
	Name       string          `json:"name"`
	Properties json.RawMessage `json:"properties" doc:"an object, or null"`
}

// View is the event as answers have it.
func (e *Event) View() *EventView { return &EventView{OrNil(e.ID), e.Name, e.Properties} }

// SaleView is a sale or a refund on a timeline.
type SaleView struct {
	ID       string  `json:"id"`
	Amount   int64   `json:"amount" doc:"minor units; negative of a refund"`
	Currency string  `json:"currency"`
	Refund   bool    `json:"refund"`
	RefundOf *string `json:"refund_of" doc:"the id of the sale"`
}

// View is the sale or refund as answers have it.
func (r *Revenue) View() *SaleView {
	return &SaleView{r.ID, r.Amount, r.Currency, r.Refund, OrNil(r.RefundOf)}
}
