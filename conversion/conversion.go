// Package conversion says what a contact did that the sources of its touches
// are credited for: submissions, its first lead event, opportunities, becoming
// a customer, sales. docs/attribution.md defines each; it is pure, and the same
// for every engine.
package conversion

import (
	"cmp"
	"slices"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Kind says what a contact did.
type Kind uint8

// The kinds. Every submission is one; of the lead events of a contact only the
// first is.
const (
	SubmissionForm Kind = iota + 1
	SubmissionCall
	SubmissionChat // ad conversations too
	LeadForm
	LeadCall
	LeadChat
	LeadOther   // it was identified
	Opportunity // a journey reached the stage with that role
	Customer    // its first won journey ended
	Sale        // a revenue record, or the value of a won journey without any
	Refund      // has a negative amount
	Known       // it became a contact: every one is, once
)

// Conversion is one thing that a contact did.
type Conversion struct {
	Kind    Kind
	At      lifecycle.Millis
	PathAt  lifecycle.Millis // the touches up to then led to it: of a refund, those of what was sold
	Amount  int64            // minor units of the workspace's currency, at the day's rate
	Unrated bool             // no rate is known for its currency: the amount is left out
	Journey int              // the number of the journey it is of; 0 = none
}

// Rules are how conversions are found under a configuration.
type Rules struct {
	configuration *journal.Configuration
	zone          *time.Location
	positions     map[lifecycle.StageID]int
	opportunity   int // position; 0 = no stage has the role
}

// NewRules makes rules; the zone is the configuration's.
func NewRules(c *journal.Configuration, zone *time.Location) *Rules {
	r := &Rules{configuration: c, zone: zone, positions: c.Lifecycle.Positions()}
	if stage := c.Opportunity(); stage != lifecycle.NoStage {
		r.opportunity = r.positions[stage]
	}
	return r
}

// Of returns the conversions of a contact in order of time.
func (r *Rules) Of(p *journal.Person, journeys []lifecycle.Journey) []Conversion {
	out := slices.Concat(submissions(p), lead(p), known(p), r.opportunities(journeys), customer(journeys), r.sales(p, journeys))
	for i := range out {
		out[i].PathAt = cmp.Or(out[i].PathAt, out[i].At)
	}
	slices.SortFunc(out, func(a, b Conversion) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Journey, b.Journey),
			cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.PathAt, b.PathAt))
	})
	return out
}

// IsCustomer reports whether a contact is a customer: it is in won or beyond
// now, or ever had a won journey.
func IsCustomer(c *lifecycle.Configuration, stage lifecycle.StageID, journeys []lifecycle.Journey) bool {
	if s, ok := c.Stage(stage); ok && (s.Kind == lifecycle.Won || s.Kind == lifecycle.Beyond) {
		return true
	}
	return len(customer(journeys)) > 0
}

// submission is the kind of submission that a touch is, 0 if it is none.
func submission(k touch.Kind) Kind {
	switch k {
	case touch.KindForm:
		return SubmissionForm
	case touch.KindCall:
		return SubmissionCall
	case touch.KindChat, touch.KindAd:
		return SubmissionChat
	}
	return 0
}

func submissions(p *journal.Person) (out []Conversion) {
	for _, t := range p.Touches {
		if kind := submission(t.Kind); kind != 0 {
			out = append(out, Conversion{Kind: kind, At: lifecycle.Millis(t.At)})
		}
	}
	return out
}

// lead is the first of all lead events. Whoever sends a form is identified by
// it, so at the same instant the form is what happened.
func lead(p *journal.Person) []Conversion {
	all := submissions(p)
	for i := range all {
		all[i].Kind += LeadForm - SubmissionForm
	}
	if p.Identified != 0 {
		all = append(all, Conversion{Kind: LeadOther, At: p.Identified})
	}
	if len(all) == 0 {
		return nil
	}
	return []Conversion{slices.MinFunc(all, func(a, b Conversion) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Kind, b.Kind))
	})}
}

// known is since when it is a contact: the earliest of its first lead event, its
// creation and its first change of stage. History that is brought in has its
// own times, and was created when it came.
func known(p *journal.Person) []Conversion {
	at := p.CreatedAt
	earlier := func(other lifecycle.Millis) {
		if other != 0 && (at == 0 || other < at) {
			at = other
		}
	}
	for _, c := range lead(p) {
		earlier(c.At)
	}
	for _, c := range p.Changes {
		earlier(c.At)
	}
	if at == 0 {
		return nil
	}
	return []Conversion{{Kind: Known, At: at}}
}

func (r *Rules) opportunities(journeys []lifecycle.Journey) (out []Conversion) {
	if r.opportunity == 0 {
		return nil
	}
	for i := range journeys {
		if at, ok := r.reachedAt(&journeys[i]); ok {
			out = append(out, Conversion{Kind: Opportunity, At: at, Journey: journeys[i].Number})
		}
	}
	return out
}

// reachedAt is when a journey first was as far as the stage of opportunities.
func (r *Rules) reachedAt(j *lifecycle.Journey) (at lifecycle.Millis, ok bool) {
	far := func(f lifecycle.Furthest) bool { return max(1, r.positions[f]) >= r.opportunity }
	if !far(j.Furthest) {
		return 0, false
	}
	for _, s := range j.Stays {
		if far(s.Begun) {
			return max(s.Begin, j.EnteredAt), true
		}
		if s.Exit != lifecycle.StillThere && far(s.After) {
			return max(s.End, j.EnteredAt), true
		}
	}
	return max(j.EnteredAt, j.EndedAt), true
}

func customer(journeys []lifecycle.Journey) []Conversion {
	for i := range journeys {
		if j := &journeys[i]; j.Outcome == lifecycle.OutcomeWon {
			return []Conversion{{Kind: Customer, At: j.EndedAt, Journey: j.Number}}
		}
	}
	return nil
}

// sales are the revenue records, and the values of won journeys without any.
func (r *Rules) sales(p *journal.Person, journeys []lifecycle.Journey) (out []Conversion) {
	paid := map[int]bool{}
	for i := range p.Sales {
		s := &p.Sales[i]
		c := Conversion{Kind: Sale, At: s.At, Journey: journeyAt(journeys, s.At)}
		if s.Refund {
			c.Kind, c.PathAt = Refund, soldAt(p, s)
		} else {
			paid[c.Journey] = true
		}
		out = append(out, r.rated(c, s.Amount, s.Currency))
	}
	for i := range journeys {
		j := &journeys[i]
		if j.Outcome != lifecycle.OutcomeWon || paid[j.Number] {
			continue
		}
		if v, ok := valueOf(p, journeys, i); ok {
			out = append(out, r.rated(Conversion{Kind: Sale, At: j.EndedAt, Journey: j.Number}, v.Amount, v.Currency))
		}
	}
	return out
}

// rated gives a conversion its amount at the rate of its day.
func (r *Rules) rated(c Conversion, amount int64, currency string) Conversion {
	converted, ok := r.configuration.Convert(amount, currency, LocalDay(c.At, r.zone))
	c.Amount, c.Unrated = converted, !ok
	return c
}

// journeyAt is the journey that something at an instant is of: the one that was
// entered last before it, 0 if none was.
func journeyAt(journeys []lifecycle.Journey, at lifecycle.Millis) (number int) {
	for i := range journeys {
		if journeys[i].EnteredAt <= at {
			number = journeys[i].Number
		}
	}
	return number
}

// soldAt is when the thing was sold that is paid back; 0 if that is not known.
func soldAt(p *journal.Person, refund *journal.Sale) lifecycle.Millis {
	for i := range p.Sales {
		if s := &p.Sales[i]; !s.Refund && s.ID == refund.RefundOf {
			return s.At
		}
	}
	return 0
}

// valueOf is the value of a journey: the last one that the contact was given
// before its next journey began.
func valueOf(p *journal.Person, journeys []lifecycle.Journey, i int) (v journal.Value, ok bool) {
	for _, given := range p.Values {
		if i+1 == len(journeys) || given.At < journeys[i+1].EnteredAt {
			v = given.Value
		}
	}
	return v, v.Currency != ""
}

// LocalDay is the date of an instant in a zone, counted from 1970-01-01.
func LocalDay(at lifecycle.Millis, zone *time.Location) int32 {
	year, month, day := at.Time().In(zone).Date()
	return int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
