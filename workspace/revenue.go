package workspace

import (
	"context"
	"strconv"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// RevenueItem is a sale to a contact, or what of one it was paid back.
type RevenueItem struct {
	ID       string
	Ref      *ContactRef   // names a contact that must be there; nil = by Contact
	Contact  ContactFields // made if it is new
	At       *lifecycle.Millis
	Money    Money
	Refund   bool // so is a negative amount
	RefundOf string
}

// AddRevenueInput tells of several sales and refunds.
type AddRevenueInput struct {
	Items []RevenueItem
	Actor journal.Actor
	Once  Idempotency
}

// RevenueView is a record of revenue as answers show it.
type RevenueView struct {
	ID        string           `json:"id"`
	ContactID string           `json:"contact_id" doc:"as it was told; it may have been merged since"`
	At        lifecycle.Millis `json:"at"`
	Amount    int64            `json:"amount" doc:"minor units; negative of a refund"`
	Currency  string           `json:"currency"`
	Kind      string           `json:"kind" enum:"sale,refund"`
	RefundOf  *string          `json:"refund_of"`
	Seq       int64            `json:"seq"`
}

// AddRevenue logs sales and refunds, each id once. Items that cannot be taken
// are rejected one by one; all others land in one commit.
func (s *Service) AddRevenue(ctx context.Context, w journal.WorkspaceID, in AddRevenueInput) (RecordChangesOutput, error) {
	if len(in.Items) > maxBatch {
		return RecordChangesOutput{}, errBatchTooLarge("records", len(in.Items))
	}
	paid := make([]*payment, len(in.Items))
	refused := make([]error, len(in.Items))
	for i := range in.Items {
		paid[i], refused[i] = s.payment(&in.Items[i], in.Actor)
	}
	var out RecordChangesOutput
	return landOnce(ctx, s, w, in.Once, func(l *landing) error {
		out = RecordChangesOutput{Rejected: []Rejected{}}
		for i, p := range paid {
			if err := l.pay(p, refused[i], i, &out); err != nil {
				return err
			}
		}
		return nil
	}, func(l *landing) (RecordChangesOutput, error) {
		out.Seq = l.seq()
		return out, nil
	})
}

// payment is a record of revenue that was checked.
type payment struct {
	item *item
	at   lifecycle.Millis
	journal.Revenue
}

func (s *Service) payment(in *RevenueItem, actor journal.Actor) (*payment, error) {
	var k checker
	p := &payment{at: s.now()}
	p.item = &item{ref: in.Ref, fields: k.contact("contact", in.Contact), actor: k.actor(actor)}
	if in.Ref == nil && len(p.item.fields.identities()) == 0 {
		k.Add("contact", "needs at least one of external_id, email and phone")
	}
	p.ID, p.RefundOf = *k.text("id", &in.ID, maxIdentifier), *k.text("refund_of", &in.RefundOf, maxIdentifier)
	if p.ID == "" {
		k.Add("id", "is needed: the same one counts once")
	}
	if m := k.money("", &in.Money); m != nil {
		p.Amount, p.Currency = m.Amount, m.Currency
	}
	if p.Refund = in.Refund || p.Amount < 0; p.Refund && p.Amount > 0 {
		p.Amount = -p.Amount
	}
	if err := k.Err(); err != nil {
		return nil, err
	}
	if in.At == nil {
		return p, nil
	}
	p.at = *in.At
	return p, s.checkAt(p.at)
}

// pay lands one record and counts it. It returns only errors that are not the
// record's own.
func (l *landing) pay(p *payment, refused error, index int, out *RecordChangesOutput) error {
	if refused != nil {
		return out.count(index, false, refused)
	}
	duplicate, err := l.payOnce(p)
	return out.count(index, duplicate, err)
}

func (l *landing) payOnce(p *payment) (duplicate bool, err error) {
	if duplicate, err = l.tx.Money().HasRevenue(l.w, p.ID); err != nil || duplicate {
		return duplicate, err
	}
	done, err := l.land(p.item)
	if err != nil {
		return false, err
	}
	revenue := p.Revenue
	if revenue.Currency == "" {
		revenue.Currency = l.c.Currency
	}
	e := journal.Entry{Kind: journal.KindRevenue, At: p.at, Actor: p.item.actor, Revenue: &revenue}
	if err := l.append(done.subject, &e); err != nil {
		return false, err
	}
	return false, l.tx.Money().NoteRevenue(&e)
}

// ListRevenue lists the records of revenue, the latest told first, from a
// cursor on.
func (s *Service) ListRevenue(ctx context.Context, w journal.WorkspaceID, cursor string, limit int) (list []RevenueView, next string, err error) {
	before := int64(1<<63 - 1)
	if cursor != "" {
		if before, err = strconv.ParseInt(cursor, 10, 64); err != nil {
			return nil, "", fault.At("query.cursor", "is not one that an answer gave")
		}
	}
	var k checker
	limit = k.limit(limit)
	if err := k.Err(); err != nil {
		return nil, "", err
	}
	err = s.store.Read(ctx, func(r Reader) error {
		entries, err := r.Money().Revenue(w, before, limit)
		list = make([]RevenueView, len(entries))
		for i := range entries {
			list[i] = revenueView(&entries[i])
		}
		return err
	})
	if len(list) == limit {
		next = strconv.FormatInt(list[len(list)-1].Seq, 10)
	}
	return list, next, err
}

func revenueView(e *journal.Entry) RevenueView {
	r := e.Revenue
	v := RevenueView{
		ID: r.ID, ContactID: ShowContactID(e.Contact), At: e.At, Amount: r.Amount, Currency: r.Currency,
		Kind: "sale", RefundOf: journal.OrNil(r.RefundOf), Seq: e.Seq,
	}
	if r.Refund {
		v.Kind = "refund"
	}
	return v
}
