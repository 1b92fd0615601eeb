package touch

import (
	"cmp"
	"slices"
)

// Gap is how long a visitor may be still before the next page view begins a
// new visit.
const Gap = 30 * Minute

// Visit is page views of one visitor that belong together.
type Visit struct {
	Visitor  string
	At       Millis // of its first view
	End      Millis // of its last one
	Views    []View // in order of time
	Arrival  Arrival
	Continue bool // it began from inside the site: it has the source of the visit before, and is no touch
}

// Classified is a view and what it said of where it comes from when it came:
// a rule that is made later does not change where people came from.
type Classified struct {
	View    View
	Arrival Arrival
}

// Visits makes visits of the page views of one visitor, classified now.
func (c *Classifier) Visits(views []View) []Visit {
	classified := make([]Classified, len(views))
	for i, v := range views {
		classified[i] = Classified{v, c.Classify(v)}
	}
	return Visits(classified)
}

// Visits makes visits of the page views of one visitor. It is a function of the
// set of views: in what order and in what batches they came changes nothing,
// and a view that came twice counts once. The slice that it is given is its own
// from then on.
func Visits(views []Classified) []Visit {
	var out []Visit
	sorted := ordered(views)
	same := make([]View, 0, len(sorted)) // of one visit; behind it is place for those of the next
	for _, r := range sorted {
		if n := len(out); n == 0 || !out[n-1].takes(r.View, r.Arrival) {
			out, same = append(out, begin(r.View, r.Arrival, out)), same[len(same):]
		}
		same = append(same, r.View)
		last := &out[len(out)-1]
		last.Views, last.End = slices.Clip(same), r.View.At
	}
	return out
}

// takes reports whether a view goes on with the visit: it comes in time and
// names no other origin.
func (v *Visit) takes(next View, a Arrival) bool {
	return next.At-v.End < Gap && (a.Origin == "" || a.Origin == v.Arrival.Origin)
}

// begin makes the visit that a view begins. From inside the site it has the
// source of the visit before it: whoever paid, or left a page open over lunch,
// did not come anew.
func begin(v View, a Arrival, before []Visit) Visit {
	visit := Visit{Visitor: v.Visitor, At: v.At, End: v.At, Arrival: a, Continue: a.Inside}
	if n := len(before); a.Inside && n > 0 {
		landing := a.Source.LandingPage
		visit.Arrival = before[n-1].Arrival
		visit.Arrival.Source.LandingPage = landing
	}
	return visit
}

// ordered sorts views by time and drops those that came twice. Of the same
// instant those go first that say where they come from: clocks that only know
// seconds would have a visit begin with its second page. The rest of the order
// only has to be one that does not depend on their arrival.
func ordered(views []Classified) []Classified {
	slices.SortFunc(views, func(a, b Classified) int {
		return cmp.Or(
			cmp.Compare(a.View.At, b.View.At), cmp.Compare(b.Arrival.rank(), a.Arrival.rank()),
			compareViews(a.View, b.View), compareArrivals(a.Arrival, b.Arrival),
		)
	})
	seen := make(map[string]bool, len(views))
	return slices.DeleteFunc(views, func(r Classified) bool {
		twice := r.View.ID != "" && seen[r.View.ID]
		seen[r.View.ID] = true
		return twice
	})
}

// rank is how much an arrival says of where it comes from.
func (a *Arrival) rank() int {
	switch {
	case a.Origin != "":
		return 2
	case !a.Inside:
		return 1
	}
	return 0
}

func compareViews(a, b View) int {
	return cmp.Or(
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Visitor, b.Visitor), cmp.Compare(a.Page, b.Page),
		cmp.Compare(a.Referrer, b.Referrer), compareUTM(a.UTM, b.UTM), cmp.Compare(a.Device, b.Device), cmp.Compare(a.Country, b.Country),
	)
}

// compareArrivals orders the same view as it was classified at different times.
func compareArrivals(a, b Arrival) int {
	av, bv := a.Source.Values(), b.Source.Values()
	return cmp.Or(cmp.Compare(a.Origin, b.Origin), slices.Compare(av[:], bv[:]), compareUTM(a.UTM, b.UTM))
}

func compareUTM(a, b UTM) int {
	return cmp.Or(
		cmp.Compare(a.Source, b.Source), cmp.Compare(a.Medium, b.Medium), cmp.Compare(a.Campaign, b.Campaign),
		cmp.Compare(a.Term, b.Term), cmp.Compare(a.Content, b.Content), cmp.Compare(a.AdGroup, b.AdGroup),
	)
}
