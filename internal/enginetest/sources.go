package enginetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// visitor returns a visitor, seldom a new one.
func (w *world) visitor(t *rapid.T) journal.ContactID {
	if len(w.visitors) == 0 || rapid.IntRange(0, 4).Draw(t, "new visitor") == 0 {
		w.visitors = append(w.visitors, w.journal.NewContact())
	}
	return rapid.SampledFrom(w.visitors).Draw(t, "visitor")
}

// writeSources logs some random entries, most of which are known of sources.
func (w *world) writeSources(t *rapid.T, count int) {
	for range count {
		switch k := rapid.IntRange(0, 29).Draw(t, "what"); {
		case k < 4 || len(w.contacts) == 0:
			w.create(t)
		case k < 6:
			w.identify(t)
		case k < 10:
			w.touch(t)
		case k < 12:
			w.pay(t)
		case k < 15:
			w.change(t)
		case k == 15 && len(w.contacts) > 1:
			w.mergeContacts(t)
		case k == 16:
			w.withdraw(t)
		case k == 17 && rapid.IntRange(0, 4).Draw(t, "money") == 0:
			w.editMoney(t)
		default:
			w.view(t)
		}
	}
}

// minutes is some minutes later, so that views are of one visit or not.
func minutes(t *rapid.T) lifecycle.Millis {
	return lifecycle.Millis(rapid.SampledFrom([]int{0, 1, 20, 29, 30, 31, 90}).Draw(t, "minutes")) * 60_000
}

// view logs a page view, some of them twice.
func (w *world) view(t *rapid.T) {
	arrival := touch.Arrival{Source: source(t), Origin: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "origin")}
	arrival.UTM = touch.UTM{Campaign: rapid.SampledFrom(campaigns).Draw(t, "tag")}
	if arrival.Origin == "" && rapid.Bool().Draw(t, "inside") {
		arrival.Inside, arrival.Source = true, touch.Source{Source: touch.Direct}
	}
	e := journal.Entry{Kind: journal.KindView, Contact: w.visitor(t), At: moment(t) + minutes(t), View: &journal.View{
		ID: rapid.SampledFrom([]string{"", "", "v1", "v2"}).Draw(t, "view id"), Page: rapid.SampledFrom([]string{"/", "/a", "/b?x=1"}).Draw(t, "page"), Arrival: arrival,
		Device: rapid.SampledFrom([]string{"", "mobile"}).Draw(t, "device"), Country: rapid.SampledFrom([]string{"", "", "FR"}).Draw(t, "country"),
	}}
	w.append(e)
	if rapid.IntRange(0, 9).Draw(t, "twice") == 0 {
		w.append(e)
	}
}

// identify logs that a visitor is a contact, mostly on both sides.
func (w *world) identify(t *rapid.T) {
	i := journal.Identify{Visitor: w.visitor(t), Contact: w.pick(t)}
	at := moment(t) + minutes(t)
	sides := []journal.ContactID{i.Visitor, i.Contact}
	if rapid.Bool().Draw(t, "contact first") {
		slices.Reverse(sides)
	}
	for _, side := range sides {
		identify := i
		w.append(journal.Entry{Kind: journal.KindIdentify, Contact: side, At: at, Identify: &identify})
	}
}

// takeVisits takes the visits of a contact that is erased from its visitors.
func (w *world) takeVisits(t *rapid.T, c journal.ContactID) {
	for _, v := range w.visitors {
		if rapid.IntRange(0, 3).Draw(t, "taken") > 0 {
			w.append(journal.Entry{Kind: journal.KindErasure, Contact: v, Identify: &journal.Identify{Visitor: v, Contact: c}})
		}
	}
}

var currencies = []string{"EUR", "USD", "JPY"}

// pay logs a sale or a refund.
func (w *world) pay(t *rapid.T) {
	r := journal.Revenue{
		ID: fmt.Sprintf("r%d", w.entries), Amount: int64(rapid.IntRange(0, 5).Draw(t, "amount")) * 100,
		Currency: rapid.SampledFrom(currencies).Draw(t, "currency"),
	}
	if rapid.IntRange(0, 2).Draw(t, "refund") == 0 {
		r.Refund, r.Amount = true, -r.Amount
		r.RefundOf = fmt.Sprintf("r%d", rapid.IntRange(0, w.entries).Draw(t, "refund of"))
	}
	w.append(journal.Entry{Kind: journal.KindRevenue, Contact: w.pick(t), At: moment(t), Revenue: &r})
}

// spend logs what a day of a source cost, or that it did not.
func (w *world) spend(t *rapid.T) {
	c := journal.Cost{Day: int32(epoch/dayLength) + int32(rapid.IntRange(0, worldDays).Draw(t, "day")), Source: source(t)}
	c.From = w.costs[c.Day][c.Source]
	if rapid.IntRange(0, 4).Draw(t, "taken back") > 0 {
		c.To = &journal.Spend{
			Amount: int64(rapid.IntRange(0, 9).Draw(t, "amount")), Currency: rapid.SampledFrom(currencies).Draw(t, "currency"),
			Clicks: int64(rapid.IntRange(0, 9).Draw(t, "clicks")),
		}
	}
	if w.costs == nil {
		w.costs = map[int32]map[touch.Source]*journal.Spend{}
	}
	if w.costs[c.Day] == nil {
		w.costs[c.Day] = map[touch.Source]*journal.Spend{}
	}
	w.costs[c.Day][c.Source] = c.To
	w.append(journal.Entry{Kind: journal.KindCost, Cost: &c})
}

// editMoney sets a rate, the currency or the stage of opportunities.
func (w *world) editMoney(t *rapid.T) {
	switch rapid.IntRange(0, 2).Draw(t, "money") {
	case 0:
		w.now.Currency = rapid.SampledFrom(currencies[:2]).Draw(t, "currency")
	case 1:
		w.now.Rates = append(slices.Clone(w.now.Rates), journal.Rate{
			Currency: "USD", Into: "EUR", Day: int32(epoch/dayLength) + int32(rapid.IntRange(0, worldDays).Draw(t, "from")),
			Factor: rapid.SampledFrom([]float64{0.5, 0.9, 1.1}).Draw(t, "rate"),
		})
	case 2:
		stages := w.now.Lifecycle.Stages
		for i := range stages {
			stages[i].Role = ""
		}
		stages[rapid.IntRange(0, len(stages)-1).Draw(t, "role")].Role = lifecycle.RoleOpportunity
	}
	w.saveConfiguration()
}

// sourceAnswers are what one view tells of sources.
type sourceAnswers struct {
	Visits []report.VisitCount
	Came   map[string]int64 // visitors by group of rows, and of all
	Sights []report.SightCount
	Trails []report.Trail
	AtOnce []report.Trail // the same
	Costs  []report.CostCount
}

func sourcePlanOf(t *rapid.T, p *report.Plan) report.SourcePlan {
	s := report.SourcePlan{
		Workspace: p.Workspace, From: p.From, To: p.To, FromDay: p.FromDay, ToDay: p.ToDay, AsOf: p.AsOf, Segment: p.Segment,
		Cohort: rapid.Bool().Draw(t, "cohort"), All: rapid.IntRange(0, 3).Draw(t, "all") == 0,
		Pages: rapid.Bool().Draw(t, "pages"),
	}
	for _, f := range p.Filters {
		if _, property := f.Dimension.Property(); property || f.Dimension == report.DimensionOwner || f.Dimension == report.DimensionCreatedBy {
			s.Filters = append(s.Filters, f)
		}
	}
	return s
}

func (a *sourceAnswers) ask(ctx context.Context, r report.Reading, p report.SourcePlan) (err error) {
	visits, err := r.Visits(ctx, p)
	if err != nil {
		return fmt.Errorf("visits: %w", err)
	}
	a.Visits, a.Came = visits.Rows, map[string]int64{}
	for name, group := range map[string]func(row int) int{
		"each":  func(row int) int { return row },
		"three": func(row int) int { return row % 3 },
		"some":  func(row int) int { return row%3 - 1 },
		"far":   func(row int) int { return row * 40 },
	} {
		groups := make([]int, len(a.Visits))
		for row := range groups {
			groups[row] = group(row)
		}
		of, all, err := visits.Visitors(groups)
		if err != nil {
			return fmt.Errorf("visitors: %w", err)
		}
		a.Came[name] = all
		for i, n := range of {
			a.Came[fmt.Sprint(name, i)] = n
		}
	}
	if a.Sights, err = r.Sights(ctx, p); err != nil {
		return fmt.Errorf("sights: %w", err)
	}
	err = r.Trails(ctx, p, func(t *report.Trail) error {
		a.Trails = append(a.Trails, *t)
		return nil
	})
	if err != nil {
		return fmt.Errorf("trails: %w", err)
	}
	var parts []*[]report.Trail
	err = r.TrailsAtOnce(ctx, p, func() func(*report.Trail) error {
		part := new([]report.Trail)
		parts = append(parts, part)
		return func(t *report.Trail) error {
			*part = append(*part, *t)
			return nil
		}
	})
	if err != nil {
		return fmt.Errorf("trails at once: %w", err)
	}
	for _, part := range parts {
		a.AtOnce = append(a.AtOnce, *part...)
	}
	slices.SortFunc(a.AtOnce, func(a, b report.Trail) int { return cmp.Compare(a.Contact, b.Contact) })
	if a.Costs, err = r.Costs(ctx, p); err != nil {
		return fmt.Errorf("costs: %w", err)
	}
	return nil
}
