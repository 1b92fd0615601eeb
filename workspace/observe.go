package workspace

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Observation is one thing that a site or a program tells of somebody who may
// not be known yet.
type Observation struct {
	Visitor string            // the random id of the browser; "" = none: then Contact says who it was
	At      lifecycle.Millis  // 0 = now; at most five minutes ahead
	Contact *ContactFields    // who it turned out to be; made if new
	View    *journal.View     // a page; Arrival is filled in
	UTM     touch.UTM         // of the view, told apart from its address
	Event   *journal.Event    // something that has a name
	Touch   *journal.Touch    // a form, a call, a chat; of a contact only
	TouchID string            // the same one for the same contact counts once
	Form    *SentForm         // a form of the site: it says who, and which stage
	Stage   string            // id or key; moves the contact; "" = not said
	Way     string            // how a contact that is made came to be; "" = as the actor says
	Past    *lifecycle.Millis // of a contact that is made: when it really was; nil = now

	Agreement *journal.Agreement // what the visitor agrees to; of a visitor only
}

// ObserveInput tells of several things in one write.
type ObserveInput struct {
	Observations []Observation // in order; at most maxObservations
	Own          []string      // more domains of the site: coming from there is no source
	Actor        journal.Actor
	// Public is true of what anybody can send: stages then only go forward, and
	// only to progress stages.
	Public bool
}

// ObserveOutput says what became of each.
type ObserveOutput struct {
	Seq     int64
	Refused []Rejected
}

// Bounds of what is observed.
const (
	maxObservations   = 5_000
	maxCookie         = 200
	maxVisitorEntries = 100_000 // of one visitor
)

// Observe logs what visitors did, makes visitors contacts, and moves those, all
// in one commit. Whatever cannot be taken is refused by itself.
func (s *Service) Observe(ctx context.Context, w journal.WorkspaceID, in ObserveInput) (ObserveOutput, error) {
	if len(in.Observations) > maxObservations {
		return ObserveOutput{}, fault.New(fault.TooLarge, "batch_too_large", "At most %d things can be told at once.", fault.Named("max", maxObservations))
	}
	traffic, err := s.site(ctx, w)
	if err != nil {
		return ObserveOutput{}, err
	}
	classifier := traffic.classifier.With(in.Own)
	if err := s.readForms(ctx, w, &in); err != nil {
		return ObserveOutput{}, err
	}
	prepared := make([]*observed, len(in.Observations))
	var out ObserveOutput
	var unfit []Rejected
	for i := range in.Observations {
		var err error
		if prepared[i], err = s.prepare(&in.Observations[i], &in, classifier); err != nil {
			prepared[i] = nil
			reason, own := reasonOf(err)
			if !own {
				return out, err
			}
			unfit = append(unfit, Rejected{Index: i, Error: reason})
		}
	}
	err = s.land(ctx, w, func(l *landing) error {
		out = ObserveOutput{Refused: slices.Clone(unfit)}
		o := &observing{landing: l, public: in.Public, visitors: map[string]*Visitor{}}
		for i, p := range prepared {
			if p == nil {
				continue
			}
			if err := o.take(p); err != nil {
				reason, own := reasonOf(err)
				if !own {
					return err
				}
				out.Refused = append(out.Refused, Rejected{Index: i, Error: reason})
			}
		}
		out.Seq = l.seq()
		return o.finish()
	})
	return out, err
}

// observed is an observation that was checked.
type observed struct {
	cookie string
	at     lifecycle.Millis
	item   *item // of a contact; nil = nothing is said of one
	view   *journal.View
	event  *journal.Event
	form   *SentForm // nil = none was sent

	agreement *journal.Agreement
	actor     journal.Actor
}

// prepare checks an observation as far as that needs no record.
func (s *Service) prepare(in *Observation, all *ObserveInput, c *touch.Classifier) (*observed, error) {
	var k checker
	cookie := k.text("visitor", &in.Visitor, maxCookie)
	o := &observed{cookie: *cookie, at: in.At, event: in.Event, form: in.Form, agreement: in.Agreement, actor: k.actor(all.Actor)}
	if o.at == 0 {
		o.at = s.now()
	}
	if in.View != nil {
		o.view = seenView(in, c)
	}
	if err := s.aboutContact(&k, o, in); err != nil {
		return nil, err
	}
	if o.cookie == "" && (o.item == nil || len(o.item.fields.identities()) == 0) {
		k.Add("visitor", "is needed, or external_id, email or phone")
	}
	if err := k.Err(); err != nil {
		return nil, err
	}
	return o, s.checkAt(o.at)
}

// seenView is a view as it is kept: cut, and classified now.
func seenView(in *Observation, c *touch.Classifier) *journal.View {
	v := *in.View
	v.Page, v.Referrer, v.Title = touch.Clean(v.Page, touch.MaxAddress), touch.Clean(v.Referrer, touch.MaxAddress), touch.Clean(v.Title, maxTitle)
	v.ID = touch.Clean(v.ID, maxIdentifier)
	if !slices.Contains(touch.Devices[:], v.Device) {
		v.Device = ""
	}
	v.Country = touch.CountryOf(v.Country)
	v.Arrival = c.Classify(touch.View{Page: v.Page, Referrer: v.Referrer, UTM: in.UTM})
	return &v
}

// maxTitle is what is kept of the title of a page.
const maxTitle = 300

// aboutContact is what an observation says of a contact.
func (s *Service) aboutContact(k *checker, o *observed, in *Observation) error {
	if in.Contact == nil && in.Touch == nil && in.Stage == "" {
		return nil
	}
	o.item = &item{actor: o.actor, way: in.Way}
	if in.Past != nil {
		o.item.createdAt = *in.Past
	}
	if in.Contact != nil {
		o.item.fields = k.contact("contact", *in.Contact)
	}
	if in.Touch != nil {
		o.item.touch = &touched{Touch: *in.Touch, at: o.at, id: *k.text("id", &in.TouchID, maxIdentifier)}
	}
	if in.Stage == "" {
		return nil
	}
	var err error
	o.item.move, err = s.newMove(&in.Stage, &o.at, o.actor)
	return err
}

// observing brings observations in.
type observing struct {
	*landing
	public   bool
	visitors map[string]*Visitor // by their random ids
}

// take brings one in. An error that is a fault refuses what it was about.
func (o *observing) take(p *observed) error {
	v, err := o.visitor(p)
	if err != nil {
		return err
	}
	if v != nil && v.Entries >= maxVisitorEntries {
		return fault.New(fault.TooLarge, "visitor_full", "A visitor can have %d entries.", maxVisitorEntries)
	}
	if p.agreement != nil && v != nil {
		if err := o.agree(v, p); err != nil {
			return err
		}
	}
	if p.view != nil && v != nil {
		if err := o.log(v, p, journal.Entry{Kind: journal.KindView, View: p.view}); err != nil {
			return err
		}
	}
	var sub *subject
	if p.item != nil {
		if sub, err = o.contact(p, v); err != nil {
			return err
		}
	}
	switch {
	case p.event == nil:
		return nil
	case v != nil:
		return o.log(v, p, journal.Entry{Kind: journal.KindEvent, Event: p.event})
	}
	return o.append(sub, &journal.Entry{Kind: journal.KindEvent, At: p.at, Actor: p.actor, Event: p.event})
}

// visitor finds or makes the visitor of an observation; nil if it has none.
func (o *observing) visitor(p *observed) (*Visitor, error) {
	if p.cookie == "" {
		return nil, nil
	}
	if v := o.visitors[p.cookie]; v != nil {
		return v, nil
	}
	v, err := o.tx.Visitors().Visitor(o.w, p.cookie)
	if err != nil {
		return nil, err
	}
	if v == nil {
		v = o.tx.Visitors().Add(o.w, p.cookie)
	}
	o.visitors[p.cookie] = v
	return v, nil
}

// log appends an entry of a visitor.
func (o *observing) log(v *Visitor, p *observed, e journal.Entry) error {
	e.Workspace, e.At, e.Arrived, e.Actor = o.w, p.at, o.now, p.actor
	if err := o.tx.Visitors().Append(v, &e); err != nil {
		return err
	}
	o.last = e.Seq
	return nil
}

// contact lands what is said of a contact: of the one that is named, else of
// the one that the visitor is known to be.
func (o *observing) contact(p *observed, v *Visitor) (*subject, error) {
	it := *p.item // a landing may start over
	named := len(it.fields.identities()) > 0
	if !named {
		known, err := o.knownAs(v)
		if err != nil {
			return nil, err
		}
		if known == nil {
			return nil, fault.New(fault.Invalid, "visitor_unknown", "Nobody knows yet who this visitor is.")
		}
		it.ref = &ContactRef{ID: known.ID}
	}
	if err := o.mayMove(&it); err != nil {
		return nil, err
	}
	if p.form != nil && named {
		if err := o.modest(&it); err != nil {
			return nil, err
		}
	}
	out, err := o.land(&it)
	if err != nil {
		return nil, err
	}
	if err := o.countSent(p.form, out); err != nil {
		return nil, err
	}
	if named && v != nil {
		err = o.identify(v, out.subject, p)
	}
	return out.subject, err
}

// knownAs is the contact that a visitor was last identified as, nil if it is
// none or no more.
func (o *observing) knownAs(v *Visitor) (*subject, error) {
	if v == nil || v.Contact == 0 {
		return nil, nil
	}
	return o.load(v.Contact)
}

// mayMove keeps strangers from moving contacts anywhere but forward.
func (o *observing) mayMove(it *item) error {
	if it.move == nil || !o.public {
		return nil
	}
	stage, ok := o.c.FindStage(*it.move.stage)
	if ok && stage.Kind != lifecycle.Progress {
		return fault.New(fault.Invalid, "stage_not_public", "A public key moves contacts to progress stages only.")
	}
	move := *it.move
	move.forwardOnly = true
	it.move = &move
	return nil
}

// repeatedWithin is how soon an identification of the same visitor as the same
// contact tells nothing new: sites say it again on every page.
const repeatedWithin = lifecycle.Millis(24 * 60 * 60 * 1000)

// identify logs on both sides that a visitor turned out to be a contact.
func (o *observing) identify(v *Visitor, sub *subject, p *observed) error {
	known, err := o.knownAs(v)
	if err != nil {
		return err
	}
	if known != nil && known.ID == sub.ID && p.at >= v.Identified && p.at < v.Identified+repeatedWithin {
		return nil
	}
	e := journal.Entry{Kind: journal.KindIdentify, Identify: &journal.Identify{Visitor: v.Number, Contact: sub.ID}}
	if err := o.log(v, p, e); err != nil {
		return err
	}
	if v.Contact == 0 || p.at >= v.Identified {
		v.Contact, v.Identified = sub.ID, p.at
	}
	err = o.append(sub, &journal.Entry{
		Kind: journal.KindIdentify, At: p.at, Actor: p.actor, Identify: &journal.Identify{Visitor: v.Number, Contact: sub.ID},
	})
	if err != nil || known != nil && known.ID == sub.ID {
		return err
	}
	return o.inherit(v, sub, p.actor)
}

// finish writes the caches of all who were touched.
func (o *observing) finish() error {
	if err := o.saveVisitors(); err != nil {
		return err
	}
	return o.landing.finish()
}

func (o *observing) saveVisitors() error {
	for _, v := range o.visitors {
		if v.Last == 0 {
			continue // nothing of it was taken
		}
		if err := o.tx.Visitors().Save(o.w, v); err != nil {
			return err
		}
	}
	return nil
}
