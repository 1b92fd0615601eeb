package report

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// SourceColumns are the numbers of a source report that have contacts behind
// them.
var SourceColumns = [...]string{
	"leads", "lead_form", "lead_call", "lead_chat", "lead_other", "submissions", "contacts", "customers", "new_customers",
	"opportunities", "sales", "revenue",
}

// columnMeasures are the measures behind each column.
var columnMeasures = map[string][]touch.Measure{
	"leads":     {touch.LeadForm, touch.LeadCall, touch.LeadChat, touch.LeadOther},
	"lead_form": {touch.LeadForm}, "lead_call": {touch.LeadCall}, "lead_chat": {touch.LeadChat}, "lead_other": {touch.LeadOther},
	"submissions": {touch.Submission}, "contacts": {touch.KnownContact}, "customers": {touch.KnownCustomer},
	"new_customers": {touch.NewCustomer}, "opportunities": {touch.Opportunity}, "sales": {touch.Sale}, "revenue": {touch.Sale, touch.Refund},
}

// SourceContacts are the contacts behind a number of a source report.
type SourceContacts struct {
	Range Range            `json:"range"`
	Seq   int64            `json:"seq" doc:"the last log entry included"`
	AsOf  lifecycle.Millis `json:"as_of"`
	Items []SourceContact  `json:"items" doc:"the latest contacts first"`
	Next  *string          `json:"next"`
}

// SourceContact is a contact with what it adds to the number, and why.
type SourceContact struct {
	ID         string             `json:"id"`
	ExternalID *string            `json:"external_id"`
	Name       *string            `json:"name"`
	FirstSeen  lifecycle.Millis   `json:"first_seen"`
	Customer   bool               `json:"customer"`
	Credit     *float64           `json:"credit" doc:"what it adds to the count; null of markov, which credits all together"`
	Amount     *int64             `json:"amount" doc:"of revenue, minor units; null of markov"`
	Moments    []lifecycle.Millis `json:"moments" doc:"when what is counted happened"`
	Touches    []SourceTouch      `json:"touches" doc:"all of them, the first at most 100"`
}

// SourceTouch is a touch with where it came from.
type SourceTouch struct {
	At     lifecycle.Millis   `json:"at"`
	Kind   touch.Kind         `json:"kind" enum:"visit,ad,call,chat,form"`
	Row    bool               `json:"row" doc:"it is of the row"`
	Source journal.SourceView `json:"source"`
	UTM    journal.UTMView    `json:"utm"`
}

// maxTouches is how many touches of a contact are shown.
const maxTouches = 100

// SourceContacts answers a page of the contacts behind a number. It fails like
// Lifecycle.
func (s *Service) SourceContacts(ctx context.Context, w journal.WorkspaceID, q SourceQuery) (SourceContacts, error) {
	q = q.withDefaults()
	return askWith(ctx, s, w, q.Query, "sources contacts", q, func(ctx context.Context, v *view) (SourceContacts, error) {
		return newSourceView(v, q).behind(ctx)
	})
}

func (v *sourceView) behind(ctx context.Context) (SourceContacts, error) {
	a, q := v.asked, &v.query
	measured, ok := columnMeasures[q.Cell.Column]
	if !ok {
		return SourceContacts{}, fault.At("query.column", "says which number is meant; it is missing")
	}
	p := v.plan(a.days)
	p.All = false
	out := SourceContacts{Range: a.reportRange(a.days), Seq: v.seq, AsOf: a.asOf}
	var err error
	out.Items, out.Next, err = latest(ctx, v, p, func(t *Trail) (SourceContact, bool) {
		return v.adds(t, v.conversions(t), measured)
	}, func(c *SourceContact, name Name) {
		c.ID, c.ExternalID, c.Name = name.ID, journal.OrNil(name.ExternalID), journal.OrNil(name.Name)
	})
	return out, err
}

// latest reads all contacts of a plan and keeps those of a page that add to a
// number: trails come in order of contacts, so the last ones are the latest.
func latest[C any](ctx context.Context, v *sourceView, p SourcePlan, adds func(*Trail) (C, bool), call func(*C, Name)) ([]C, *string, error) {
	limit := v.asked.Limit
	after, err := parseCursor(v.asked.Cursor)
	if err != nil {
		return nil, nil, err
	}
	page, numbers := []C{}, []journal.ContactID{}
	err = v.trails(ctx, p, func(t *Trail) error {
		if after != nil && t.Contact >= after.Contact {
			return nil
		}
		if c, ok := adds(t); ok {
			page, numbers = append(page, c), append(numbers, t.Contact)
		}
		if len(page) > limit+1 {
			page, numbers = page[1:], numbers[1:]
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	slices.Reverse(page)
	slices.Reverse(numbers)
	var next *string
	if len(page) > limit {
		page, numbers = page[:limit], numbers[:limit]
		next = new(cursorOf(PageKey{Contact: numbers[limit-1]}))
	}
	names, err := v.namesOf(ctx, numbers)
	if err != nil {
		return nil, nil, err
	}
	for i := range page {
		call(&page[i], names[i])
	}
	return page, next, nil
}

// adds counts one contact by itself: what it adds to the number that is asked
// for. Markov credits all together, so those are shown who were on the row.
func (v *sourceView) adds(t *Trail, did []touch.Conversion, measured []touch.Measure) (c SourceContact, ok bool) {
	did = slices.DeleteFunc(did, func(c touch.Conversion) bool { return !slices.Contains(measured, c.Measure) })
	if len(did) == 0 {
		return c, false
	}
	model := v.query.Credit
	if model == touch.ModelMarkov {
		model = touch.ModelLinear
	}
	tally := v.newTally(model, v.ofCell)
	tally.Contact(v.passages(tally, t), v.place(tally, t.Own, 0), did, touch.Never)
	_, sums := tally.Rows()
	if sums.IsZero() {
		return c, false
	}
	c = SourceContact{FirstSeen: t.FirstSeen, Customer: t.Customer, Moments: []lifecycle.Millis{}, Touches: []SourceTouch{}}
	if v.query.Credit != touch.ModelMarkov {
		credit := touch.Credit(0)
		for _, m := range measured {
			if m != touch.Refund {
				credit += sums.Credits[m]
			}
		}
		parts := credit.Float()
		c.Credit, c.Amount = &parts, &sums.Revenue
	}
	for _, d := range did {
		c.Moments = append(c.Moments, lifecycle.Millis(d.At))
	}
	c.Touches = v.shown(t)
	return c, true
}

// ofCell reports whether a row is that of the cell.
func (v *sourceView) ofCell(values []string) bool {
	cell := &v.query.Cell
	own := values[len(values)-1]
	return v.wanted(values) && (cell.Total || cell.None && own == "" || !cell.None && own == cell.Value)
}

func (v *sourceView) shown(t *Trail) []SourceTouch {
	out := []SourceTouch{}
	for _, at := range t.Touches[:min(maxTouches, len(t.Touches))] {
		origin := v.origin(at.Source, at.UTM)
		values := make([]string, len(v.levels))
		for i, l := range v.levels {
			values[i] = origin.Value(l)
		}
		out = append(out, SourceTouch{At: at.At, Kind: at.Kind, Row: v.ofCell(values), Source: journal.ViewSource(origin.Source), UTM: journal.ViewUTM(origin.UTM)})
	}
	return out
}
