package capture

import (
	"encoding/json"
	"errors"
	"maps"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// person makes fields of a contact of traits; externalID is that of the sender,
// "" = none. Traits that are no fields are properties.
func person(traits map[string]json.RawMessage, externalID string) *workspace.ContactFields {
	f := &workspace.ContactFields{Properties: map[string]json.RawMessage{}}
	var first, last string
	for name, value := range traits {
		switch name {
		case "email":
			f.Email = text(value)
		case "phone":
			f.Phone = text(value)
		case "external_id", "id":
			f.ExternalID = text(value)
		case "name":
			f.Name = text(value)
		case "firstName", "first_name":
			first = orEmpty(text(value))
		case "lastName", "last_name":
			last = orEmpty(text(value))
		case "company":
			f.Properties["company"] = named(value)
		case "consent":
			maps.Copy(f.Properties, spokenConsent(value).Properties())
		default:
			f.Properties[name] = value
		}
	}
	if full := strings.TrimSpace(first + " " + last); f.Name == nil && full != "" {
		f.Name = &full
	}
	if externalID != "" {
		f.ExternalID = &externalID
	}
	return f
}

// text reads a text, or a number as its digits; nil for anything else, and for
// the empty text.
func text(value json.RawMessage) *string {
	label := strings.TrimSpace(journal.Label(value))
	if label == "" || label == "null" || strings.HasPrefix(label, "{") || strings.HasPrefix(label, "[") {
		return nil
	}
	return &label
}

// named is the name in an object that has one, as traits of companies have it.
func named(value json.RawMessage) json.RawMessage {
	var object struct {
		Name json.RawMessage `json:"name"`
	}
	if json.Unmarshal(value, &object) == nil && object.Name != nil {
		return object.Name
	}
	return value
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

const (
	maxEventName  = 300
	maxProperties = 16 << 10 // bytes of an event's properties
)

// event makes an event, if it has a name and its properties are an object.
func event(id, name string, properties json.RawMessage) (*journal.Event, error) {
	name = strings.TrimSpace(strings.ToValidUTF8(name, ""))
	switch {
	case name == "":
		return nil, errors.New("the event has no name")
	case len(name) > maxEventName:
		return nil, errors.New("the name of the event is too long")
	case len(properties) > maxProperties:
		return nil, errors.New("the properties of the event are too long")
	}
	var object map[string]json.RawMessage
	if len(properties) > 0 && json.Unmarshal(properties, &object) != nil {
		return nil, errors.New("the properties of the event are no object")
	}
	if len(object) == 0 {
		properties = nil
	}
	return &journal.Event{ID: id, Name: name, Properties: properties}, nil
}
