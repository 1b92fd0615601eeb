package workspace

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// AddTouchInput is one meeting of a contact with the business, told by a
// program: a call, a chat, an ad click that opened one, a form, a visit.
type AddTouchInput struct {
	Kind     touch.Kind
	Contact  ContactFields     // made if it is new
	At       *lifecycle.Millis // now when nil; at most five minutes ahead
	ID       string            // the same one for the same contact counts once; "" = none
	Source   *touch.Source     // where it came from, if the caller knows; else the ad, else the page says
	Ad       *touch.Ad
	UTM      touch.UTM
	Page     string // the address where it began
	Referrer string
	Called   string  // the number, of a call
	Stage    *string // id or key; moves the contact at that time
	Note     string  // of the move
	Actor    journal.Actor
	Once     Idempotency
}

// AddTouchOutput is the contact after a touch.
type AddTouchOutput struct {
	ContactOutput
	Touch     journal.Touch
	Duplicate bool // the id was there: nothing was done
}

// touchKinds are the kinds that programs may tell, with how a contact is made
// by one.
func touchKinds() map[touch.Kind]string {
	return map[touch.Kind]string{
		touch.KindCall: "call", touch.KindChat: "chat", touch.KindAd: "ad", touch.KindForm: "form", touch.KindVisit: "api",
	}
}

// AddTouch logs a touch of a contact, making it if it is new.
func (s *Service) AddTouch(ctx context.Context, w journal.WorkspaceID, in AddTouchInput) (AddTouchOutput, error) {
	t, err := s.site(ctx, w)
	if err != nil {
		return AddTouchOutput{}, err
	}
	it, err := s.touchItem(t, in)
	if err != nil {
		return AddTouchOutput{}, err
	}
	var out *landed
	return landOnce(ctx, s, w, in.Once, func(l *landing) (err error) {
		if out, err = l.land(it); err == nil {
			err = l.show(out.subject)
		}
		return err
	}, func(l *landing) (AddTouchOutput, error) {
		return AddTouchOutput{contactOutput(l.c, out.subject.Held, out.created), it.touch.Touch, out.duplicate}, nil
	})
}

// touched is a touch that is told of a contact.
type touched struct {
	journal.Touch
	at lifecycle.Millis
	id string // "" = none
}

func (s *Service) touchItem(t *site, in AddTouchInput) (*item, error) {
	var k checker
	way, known := touchKinds()[in.Kind]
	if !known {
		k.Add("body.kind", "is none of visit, ad, call, chat and form")
	}
	it := &item{fields: k.contact("body.contact", in.Contact), actor: k.actor(in.Actor), way: way}
	if len(it.fields.identities()) == 0 {
		k.Add("body.contact", "needs at least one of external_id, email and phone")
	}
	id, note := k.text("body.id", &in.ID, maxIdentifier), k.text("body.note", &in.Note, maxNote)
	it.touch = &touched{Touch: journal.Touch{Kind: in.Kind}, at: s.now(), id: *id}
	it.touch.Source, it.touch.UTM = s.origin(&k, t, &in)
	if err := k.Err(); err != nil {
		return nil, err
	}
	if in.At != nil {
		if err := s.checkAt(*in.At); err != nil {
			return nil, err
		}
		it.touch.at = *in.At
	}
	if in.Stage == nil {
		return it, nil
	}
	var err error
	if it.move, err = s.newMove(in.Stage, in.At, it.actor); err != nil {
		return nil, err
	}
	it.move.note = *note
	return it, nil
}

// origin is where a touch came from: as the caller says, by the ad, by the
// number that was called, or by the page and its referrer. A call that nothing is known of has no source, and is
// passed over like Direct.
func (s *Service) origin(k *checker, t *site, in *AddTouchInput) (touch.Source, touch.UTM) {
	if in.Source != nil {
		return *k.source("body.source", in.Source), in.UTM.Clean()
	}
	if in.Ad != nil {
		return in.Ad.Touch(0, touch.AdNames{}).Source, in.UTM.Clean()
	}
	if source, ok := touch.Numbers(t.Numbers).Of(in.Called); ok {
		return source, in.UTM.Clean()
	}
	if in.Page == "" && in.Referrer == "" && in.UTM.IsZero() {
		return touch.Source{}, touch.UTM{}
	}
	a := t.classifier.Classify(touch.View{Page: in.Page, Referrer: in.Referrer, UTM: in.UTM})
	return a.Source, a.UTM
}

// touch appends the touch of an item.
func (l *landing) touch(sub *subject, it *item) error {
	if it.touch == nil {
		return nil
	}
	id := it.touch.changeID()
	sub.Head.IDs |= idBits(id)
	return l.append(sub, &journal.Entry{
		Kind: journal.KindTouch, At: it.touch.at, Actor: it.actor, Import: it.imported, ChangeID: id, Touch: &it.touch.Touch,
	})
}

// changeID keeps ids of touches apart from those of changes.
func (t *touched) changeID() string {
	if t.id == "" {
		return ""
	}
	return "touch:" + t.id
}
