package capture

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// Call is a call of Segment's HTTP tracking API, as its specification has it.
// All that is not here is dropped.
type Call struct {
	Type         string                     `json:"type"`
	MessageID    string                     `json:"messageId"`
	AnonymousID  string                     `json:"anonymousId"`
	UserID       json.RawMessage            `json:"userId"` // some send numbers
	PreviousID   string                     `json:"previousId"`
	GroupID      string                     `json:"groupId"`
	Event        string                     `json:"event"`
	Name         string                     `json:"name"`
	Category     string                     `json:"category"`
	Timestamp    *CallTime                  `json:"timestamp"`
	OriginalTime *CallTime                  `json:"originalTimestamp"`
	SentAt       *CallTime                  `json:"sentAt"`
	Traits       map[string]json.RawMessage `json:"traits"`
	Properties   json.RawMessage            `json:"properties"`
	Context      CallContext                `json:"context"`
}

// CallContext is what a call says of where it was made.
type CallContext struct {
	Campaign struct {
		Name, Source, Medium, Term, Content string
	} `json:"campaign"`
	Page      CallPage                   `json:"page"`
	Traits    map[string]json.RawMessage `json:"traits"`
	UserAgent string                     `json:"userAgent"`
	IP        json.RawMessage            `json:"ip"` // compared, and kept nowhere
	Consent   struct {
		Categories json.RawMessage `json:"categoryPreferences"`
	} `json:"consent"`
	Location struct {
		Country string `json:"country"`
	} `json:"location"`
}

// CallTime is an instant as ISO 8601 writes it: of a day its begin, and in UTC
// where no zone is told.
type CallTime struct{ time.Time }

// UnmarshalJSON reads it.
func (t *CallTime) UnmarshalJSON(data []byte) (err error) {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", time.DateOnly} {
		if t.Time, err = time.Parse(layout, text); err == nil {
			return nil
		}
	}
	return err
}

// CallPage is the page of a call.
type CallPage struct {
	URL      string `json:"url"`
	Path     string `json:"path"`
	Search   string `json:"search"`
	Referrer string `json:"referrer"`
	Title    string `json:"title"`
}

// Bounds of calls, as Segment has them.
const (
	maxCall  = 32 << 10
	MaxBatch = 500 << 10
)

// Batch is several calls in one.
type Batch struct {
	WriteKey string            `json:"writeKey"`
	SentAt   *CallTime         `json:"sentAt"`
	Context  json.RawMessage   `json:"context"`
	Batch    []json.RawMessage `json:"batch"`
}

// Calls takes calls: one of a type, or "batch" of many. Those that are no calls
// are dropped, as Segment does, and seen among what was rejected. Of browsers
// that ask not to be followed, of the own people, and of bots that run the
// library, calls are only counted.
func (s *Service) Calls(ctx context.Context, from Sender, kind string, body json.RawMessage) error {
	if from.OptOut {
		s.rejected.leave(from.Key.Workspace, func(l *LeftOut) { l.OptedOut++ })
		return nil
	}
	var batch Batch
	if kind == "batch" || kind == "import" {
		if err := json.Unmarshal(body, &batch); err != nil {
			s.rejected.add(from.Key.Workspace, "", "the batch is not JSON as it should be", s.now())
			return nil
		}
		kind = ""
	} else {
		batch.Batch = []json.RawMessage{body}
	}
	var all []told
	for _, data := range batch.Batch {
		t, caller := s.call(kind, data, &batch, &from)
		leave, err := s.leaves(ctx, from.Key.Workspace, caller)
		if err != nil {
			return err
		}
		if leave != nil {
			s.rejected.leave(from.Key.Workspace, leave)
			continue
		}
		all = append(all, t)
	}
	return s.take(ctx, &from, all)
}

// caller is whose call it is, as far as the call says: servers tell of no
// browser, and of an address only where they pass on the visitor's.
type caller struct{ agent, address string }

// leaves returns what counts a call that is left out; nil if it is taken.
func (s *Service) leaves(ctx context.Context, w journal.WorkspaceID, c caller) (func(*LeftOut), error) {
	if c.agent != "" && isBot(c.agent) {
		return func(l *LeftOut) { l.Bots++ }, nil
	}
	if own, err := s.log.Ignores(ctx, w, c.address); err != nil || !own {
		return nil, err
	}
	return func(l *LeftOut) { l.Internal++ }, nil
}

// call reads one call; kind is "" where the call says it itself.
func (s *Service) call(kind string, data json.RawMessage, batch *Batch, from *Sender) (t told, by caller) {
	var c Call
	if len(batch.Context) > 0 {
		// It is of every call that says nothing else. What is no context is none.
		_ = json.Unmarshal(batch.Context, &c.Context)
	}
	if len(data) > maxCall {
		return told{err: fmt.Errorf("the event has %d bytes; %d are taken", len(data), maxCall)}, by
	}
	if err := json.Unmarshal(bytes.TrimSpace(data), &c); err != nil {
		return told{id: c.MessageID, err: errEvent}, by
	}
	if kind != "" {
		c.Type = kind
	}
	if c.SentAt == nil {
		c.SentAt = batch.SentAt
	}
	by = caller{agent: c.Context.UserAgent, address: orEmpty(text(c.Context.IP))}
	if by.agent != "" && by.address == "" {
		by.address = from.Address
	}
	t = c.told(s.now())
	t.seenBy(cmp.Or(by.agent, from.UserAgent), cmp.Or(c.Context.Location.Country, from.Country))
	return t, by
}

// told is what a call tells.
func (c *Call) told(now lifecycle.Millis) told {
	t := told{id: c.MessageID}
	t.At = corrected(c.at(), millis(c.SentAt), now, anyTime)
	user := orEmpty(text(c.UserID))
	if t.Visitor = c.AnonymousID; user != "" {
		t.Contact = &workspace.ContactFields{ExternalID: &user}
	}
	if user == "" && t.Visitor == "" && c.Type != "alias" {
		t.err = errors.New("there is neither userId nor anonymousId")
		return t
	}
	t.err = c.tell(&t, user)
	c.agree(&t)
	return t
}

// agree fills in what was agreed to: by the browser, or where there is none by
// the contact.
func (c *Call) agree(t *told) {
	switch a := spokenConsent(c.Context.Consent.Categories); {
	case a == (journal.Agreement{}):
	case t.Visitor != "":
		t.Agreement = &a
	case t.Contact != nil:
		if t.Contact.Properties == nil {
			t.Contact.Properties = map[string]json.RawMessage{}
		}
		maps.Copy(t.Contact.Properties, a.Properties())
	}
}

// tell fills in what the type of a call tells.
func (c *Call) tell(t *told, user string) (err error) {
	switch c.Type {
	case "identify":
		t.Contact = person(c.Traits, user)
	case "track":
		t.Event, err = event(c.MessageID, c.Event, c.Properties)
	case "page":
		if t.Visitor == "" {
			t.Visitor = "user:" + user // a server tells of a page: the person is the visitor
		}
		t.View, t.UTM = c.view(), c.utm()
	case "screen":
		t.Event, err = event(c.MessageID, "Screen "+c.Name, c.Properties)
	case "group":
		t.Contact = c.member(user)
	case "alias":
		t.Visitor = c.PreviousID
		if t.Visitor == "" || user == "" {
			err = errors.New("an alias needs previousId and userId")
		}
	default:
		err = errors.New("the type is none that is known")
	}
	return err
}

// view is the page of a call: what its properties say, else its context.
func (c *Call) view() *journal.View {
	page := c.Context.Page
	_ = json.Unmarshal(c.Properties, &page) // what is not there leaves the context's
	if page.URL == "" {
		page.URL = page.Path + page.Search
	}
	if page.Title == "" {
		page.Title = c.Name
	}
	return &journal.View{ID: c.MessageID, Page: page.URL, Title: page.Title, Referrer: page.Referrer}
}

func (c *Call) utm() touch.UTM {
	by := c.Context.Campaign
	return touch.UTM{Source: by.Source, Medium: by.Medium, Campaign: by.Name, Term: by.Term, Content: by.Content}
}

// member is a contact with the company that a group call says it is of.
func (c *Call) member(user string) *workspace.ContactFields {
	company := c.Traits["name"]
	if company == nil {
		company, _ = json.Marshal(c.GroupID)
	}
	return person(map[string]json.RawMessage{"company": company}, user)
}

// at is when the call was made, by the sender's clock.
func (c *Call) at() lifecycle.Millis {
	if c.OriginalTime != nil {
		return millis(c.OriginalTime)
	}
	return millis(c.Timestamp)
}

func millis(t *CallTime) lifecycle.Millis {
	if t == nil {
		return 0
	}
	return lifecycle.MillisOf(t.Time)
}
