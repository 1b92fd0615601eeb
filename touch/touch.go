package touch

import (
	"cmp"
	"slices"
)

// Kind is what a touch was.
type Kind string

// The kinds of touches.
const (
	KindVisit Kind = "visit"
	KindAd    Kind = "ad" // a click on an ad that opened a chat
	KindCall  Kind = "call"
	KindChat  Kind = "chat"
	KindForm  Kind = "form"
)

// Kinds lists the kinds, in the order of touches of the same instant.
var Kinds = [...]Kind{KindVisit, KindAd, KindCall, KindChat, KindForm}

// Touch is one contact of a person with the business.
type Touch struct {
	At     Millis `json:"at"`
	Kind   Kind   `json:"kind"`
	Source Source `json:"source,omitzero"`
	UTM    UTM    `json:"utm,omitzero"`
}

// When is the instant of the touch.
func (t Touch) When() Millis { return t.At }

// IsDirect reports whether whoever it was came by no link that is known.
func (t Touch) IsDirect() bool { return t.Source.Source == Direct }

// IsSourceless reports whether nothing was told of where the touch came from.
func (t Touch) IsSourceless() bool { return t.Source.IsZero() }

// Touches are those of visits, in order of time. Visits that began inside the
// site are none.
func Touches(visits []Visit) []Touch {
	var out []Touch
	for i := range visits {
		if v := &visits[i]; !v.Continue {
			out = append(out, Touch{At: v.At, Kind: KindVisit, Source: v.Arrival.Source, UTM: v.Arrival.UTM})
		}
	}
	return Order(out)
}

// Order sorts touches by time, those of the same instant by what they are, so
// that their order does not depend on their arrival.
func Order(touches []Touch) []Touch {
	out := slices.Clone(touches)
	slices.SortStableFunc(out, func(a, b Touch) int {
		av, bv := a.Source.Values(), b.Source.Values()
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Kind, b.Kind), slices.Compare(av[:], bv[:]), compareUTM(a.UTM, b.UTM))
	})
	return out
}
