package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/hook"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/tabular"
	"github.com/tidemark/tidemark/touch"
)

// TakeHook takes a call of a provider: it proves whose it is, reads it, and
// brings in what it tells. An event that came before is passed over. What can
// never be taken is noted and not asked for again; any other failure is
// returned, so that the provider tries later.
func (s *Service) TakeHook(ctx context.Context, w journal.WorkspaceID, name string, call hook.Call) error {
	var held Kept[providerBody]
	var currency string
	err := s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		currency = c.Currency
		held, err = provider(r.Saved(), w, name)
		return err
	})
	if err != nil {
		return err
	}
	call.Now = touch.Millis(s.now())
	if err := hook.Verify(name, call, held.Body.Secret); err != nil {
		return &fault.Error{Kind: fault.Unauthenticated, Code: "hook_unsigned", Message: "The call is not proven to be the provider's: its signature does not hold, it is too old, or no secret is set.", Err: err}
	}
	messages, err := hook.Read(name, call)
	problem := ""
	if err != nil {
		problem = "The call could not be read."
	}
	for _, m := range messages {
		err := s.takeMessage(ctx, w, &held.Body, currency, m)
		if err != nil && !refusesForGood(err) {
			return err
		}
		if err != nil {
			problem = cutText(err.Error(), maxFormValue)
		}
	}
	return s.noteCall(ctx, w, held, problem)
}

// refusesForGood reports whether the same message would be refused again.
func refusesForGood(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.Invalid || kind == fault.Conflict || kind == fault.NotFound
}

// noteCall notes that a call came, at most once a minute: providers call often.
func (s *Service) noteCall(ctx context.Context, w journal.WorkspaceID, held Kept[providerBody], problem string) error {
	now := s.now()
	if last := held.Body.Last; last != nil && problem == held.Body.Problem && now.Sub(*last) < time.Minute {
		return nil
	}
	return s.noteProvider(ctx, w, held.Body.Provider, func(_ Tx, b *providerBody) error {
		b.Last, b.Problem = &now, problem
		return nil
	})
}

func (s *Service) takeMessage(ctx context.Context, w journal.WorkspaceID, p *providerBody, currency string, m hook.Message) error {
	actor := journal.Actor{Kind: journal.ActorAPI, ID: p.Provider, Name: p.Provider}
	at := min(lifecycle.Millis(m.At), s.now()) // a clock that is ahead
	id := p.Provider + ":" + m.ID
	if m.Deal == nil {
		_, err := s.AddTouch(ctx, w, AddTouchInput{
			Kind: m.Kind, Contact: contactOf(m), At: &at, ID: id, Ad: m.Ad, Called: m.Called, Actor: actor,
		})
		return err
	}
	fields, err := dealFields(m, currency)
	if err != nil {
		return err
	}
	stage, ok := p.Stages[m.Deal.Stage]
	if !ok {
		_, err := s.UpsertContact(ctx, w, UpsertContactInput{Fields: fields, ID: id, AsOf: at, Actor: actor})
		return err
	}
	out, err := s.RecordChanges(ctx, w, RecordChangesInput{Items: []ChangeItem{{
		Contact: fields, Stage: &stage, HasStage: true, At: at, AsOf: at, Actor: actor, ID: id,
	}}})
	if err == nil && len(out.Rejected) > 0 {
		return fault.New(fault.Invalid, "hook_refused", "%s", out.Rejected[0].Error)
	}
	return err
}

// contactOf is who a message is about. Identifiers that are none are left out,
// as whoever sent them cannot mend them.
func contactOf(m hook.Message) ContactFields {
	f := ContactFields{Email: ifSaid(cleanField(m.Email)), Phone: ifSaid(cleanField(m.Phone)), Name: ifSaid(cutText(cleanField(m.Name), maxName)), ExternalID: ifSaid(cleanField(m.ExternalID))}
	if f.Email != nil && !isEmail(*f.Email) {
		f.Email = nil
	}
	if f.Phone != nil && !isPhone(*f.Phone) {
		f.Phone = nil
	}
	return f
}

func ifSaid(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// closeDate is the property that holds the day on which a deal is expected to
// close, or closed.
const closeDate = "close_date"

// dealFields are those of the contact that a deal changes.
func dealFields(m hook.Message, currency string) (ContactFields, error) {
	f := contactOf(m)
	if m.Deal.CloseAt > 0 {
		f.Properties = map[string]json.RawMessage{closeDate: toJSON(lifecycle.Millis(m.Deal.CloseAt).Time().UTC().Format(time.DateOnly))}
	}
	if m.Deal.Amount == "" {
		return f, nil
	}
	value, err := minorUnits(m.Deal.Amount, cmp.Or(m.Deal.Currency, currency))
	f.Value = value
	return f, err
}

// minorUnits reads a decimal number in whole units of a currency.
func minorUnits(amount, currency string) (*Money, error) {
	format, err := tabular.ParseAmounts(tabular.AmountPoint)
	if err != nil {
		return nil, err
	}
	read, err := format.Parse(amount)
	if err != nil {
		return nil, fault.New(fault.Invalid, "deal_amount", "The deal's amount %s is not a number.", quote(amount))
	}
	minor, err := read.Minor(currency)
	if err != nil {
		return nil, errors.Join(fault.New(fault.Invalid, "deal_amount", "The deal's amount %s is out of range.", quote(amount)), err)
	}
	return &Money{Amount: minor, Currency: currency}, nil
}
