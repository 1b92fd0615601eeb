package capture

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// Beacon is what the tracking script sends.
type Beacon struct {
	Key      string          `json:"key"`
	Visitor  string          `json:"visitor"`
	SentAt   int64           `json:"sent_at"` // milliseconds, by the browser's clock
	Internal bool            `json:"internal"`
	Consent  map[string]bool `json:"consent"` // by what it is to: analytics, ads
	Events   []BeaconEvent   `json:"events"`

	// Cookies of other scripts, with consent only:
	GA        string `json:"ga"`         // _ga
	GASession string `json:"ga_session"` // _ga_STREAM
	FBP       string `json:"fbp"`        // _fbp
	FBC       string `json:"fbc"`        // _fbc
}

// BeaconEvent is one thing that happened in a page.
type BeaconEvent struct {
	ID         string                     `json:"id"`
	Type       string                     `json:"type"` // page, identify, track, stage, form
	At         int64                      `json:"at"`   // milliseconds, by the browser's clock
	Page       string                     `json:"page"`
	Referrer   string                     `json:"referrer"`
	Title      string                     `json:"title"`
	Name       string                     `json:"name"`
	Properties json.RawMessage            `json:"properties"`
	Traits     map[string]json.RawMessage `json:"traits"`
	Stage      string                     `json:"stage"`
	Form       *BeaconForm                `json:"form"`

	err error // why it cannot be read
}

// UnmarshalJSON never fails: pages call the script with what they have, and what
// is no event must not take the others along.
func (e *BeaconEvent) UnmarshalJSON(data []byte) error {
	type plain BeaconEvent
	if json.Unmarshal(data, (*plain)(e)) != nil {
		e.err = errEvent
	}
	return nil
}

// BeaconForm is a form that was sent.
type BeaconForm struct {
	ID     string            `json:"id"`
	Fields map[string]string `json:"fields"`
	Stage  string            `json:"stage"`
}

// maxBeaconEvents is how many things one beacon tells.
const maxBeaconEvents = 100

// Visit takes a beacon. Bots, browsers that are to be ignored and those that ask
// not to be followed are only counted.
func (s *Service) Visit(ctx context.Context, from Sender, b *Beacon) error {
	w := from.Key.Workspace
	internal, err := s.log.Ignores(ctx, w, from.Address)
	if err != nil {
		return err
	}
	switch {
	case isBot(from.UserAgent):
		s.rejected.leave(w, func(l *LeftOut) { l.Bots++ })
		return nil
	case b.Internal || internal:
		s.rejected.leave(w, func(l *LeftOut) { l.Internal++ })
		return nil
	case from.OptOut && !b.consented():
		s.rejected.leave(w, func(l *LeftOut) { l.OptedOut++ })
		return nil
	}
	if len(b.Events) > maxBeaconEvents {
		b.Events = b.Events[:maxBeaconEvents]
	}
	all := b.agreement()
	for i := range b.Events {
		t := b.told(&b.Events[i], s.now())
		t.seenBy(from.UserAgent, from.Country)
		all = append(all, t)
	}
	return s.take(ctx, &from, all)
}

// agreement is what the visitor agreed to, with the ids that other scripts gave
// the browser; none if nothing is said.
func (b *Beacon) agreement() []told {
	a := agreement(b.Consent)
	if b.Visitor == "" || a == (journal.Agreement{}) {
		return nil
	}
	a.GAClient, a.GASession, a.FBP, a.FBC = gaClient(b.GA), gaSession(b.GASession), b.FBP, b.FBC
	a = a.Clean()
	var t told
	t.Visitor, t.Agreement = b.Visitor, &a
	return []told{t}
}

// seenBy notes on what kind of device and in what country a page was seen. The
// user agent itself is not kept.
func (t *told) seenBy(userAgent, country string) {
	if t.View != nil {
		t.View.Device, t.View.Country = touch.DeviceOf(userAgent), touch.CountryOf(country)
	}
}

// consented reports whether the visitor agreed to anything, whatever the browser
// says in general.
func (b *Beacon) consented() bool {
	for _, agreed := range b.Consent {
		if agreed {
			return true
		}
	}
	return false
}

var (
	errNoVisitor = errors.New("there is no visitor id")
	errEvent     = errors.New("the event is not JSON as it should be")
	errType      = errors.New("the type is none of page, identify, track, stage and form")
)

// told is what one event of the beacon tells.
func (b *Beacon) told(e *BeaconEvent, now lifecycle.Millis) told {
	t := told{id: e.ID}
	t.Visitor = b.Visitor
	t.At = corrected(lifecycle.Millis(e.At), lifecycle.Millis(b.SentAt), now, browserMemory)
	if t.err = e.err; t.err == nil && b.Visitor == "" {
		t.err = errNoVisitor
	}
	if t.err != nil {
		return t
	}
	switch e.Type {
	case "page":
		t.View = &journal.View{ID: e.ID, Page: e.Page, Title: e.Title, Referrer: e.Referrer}
	case "identify":
		t.Contact = person(e.Traits, "")
	case "track":
		t.Event, t.err = event(e.ID, e.Name, e.Properties)
	case "stage":
		t.Stage = e.Stage
	case "form":
		t.Touch, t.TouchID, t.Way = &journal.Touch{Kind: touch.KindForm}, e.ID, "form"
		if e.Form != nil {
			t.Form = &workspace.SentForm{ID: e.Form.ID, Fields: e.Form.Fields, Stage: e.Form.Stage}
		}
	default:
		t.err = errType
	}
	return t
}
