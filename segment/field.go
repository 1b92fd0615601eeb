package segment

import "strings"

// The fields that have a name of their own.
const (
	FieldName        = "name"
	FieldEmail       = "email"
	FieldPhone       = "phone"
	FieldExternalID  = "external_id"
	FieldOwner       = "owner"
	FieldCreatedAt   = "created_at"
	FieldCreatedBy   = "created_by"
	FieldValue       = "value" // in major units of its currency, as people see it
	FieldStage       = "stage" // the key of the present stage
	FieldStageKind   = "stage.kind"
	FieldDaysInStage = "days_in_stage" // days of 24 h with their fraction
	FieldList        = "list"          // the names of the contact's lists
)

// The fields of the contact's latest journey.
const (
	FieldJourneyOutcome   = "journey.outcome"
	FieldJourneyEnteredAt = "journey.entered_at"
	FieldJourneyEndedAt   = "journey.ended_at"
	FieldJourneyFurthest  = "journey.furthest"   // a position, from 1
	FieldJourneyOrigin    = "journey.origin"     // a stage key
	FieldJourneyLostStage = "journey.lost_stage" // a stage key
	FieldJourneyNumber    = "journey.number"     // from 1
)

// The names of fields that are about something of the workspace's own.
const (
	FieldProperty = "property" // Of = which
	FieldEvent    = "event"    // Of = which; Part = what of it
)

// Part says what is asked of an event.
type Part string

// The parts of an event.
const (
	Count Part = "count" // how often it happened; never absent
	Last  Part = "last"  // when it happened last
	First Part = "first" // when it happened first
)

// Field names what a term asks of a contact. Fields compare with ==.
type Field struct {
	Name   string // one of the names above, or "source." and a source field
	Of     string // the name of the property or event
	Part   Part   // of an event
	Window Span   // of an event: only those of the last Window; zero = ever
}

// Property is the field of a contact property.
func Property(name string) Field { return Field{Name: FieldProperty, Of: name} }

// Event is the field of an event, of any time.
func Event(name string, part Part) Field { return Field{Name: FieldEvent, Of: name, Part: part} }

// Plain is a field that has a name of its own.
func Plain(name string) Field { return Field{Name: name} }

// String spells the field as both forms of the language have it.
func (f Field) String() string {
	switch f.Name {
	case FieldProperty:
		if dotted(f.Of) {
			return "property." + f.Of
		}
		return "property." + quote(f.Of)
	case FieldEvent:
		text := "event(" + quote(f.Of) + ")." + string(f.Part)
		if f.Window != (Span{}) {
			text += " within " + f.Window.String()
		}
		return text
	}
	return f.Name
}

// exact reports whether the values of a field are keys or ids, whose case
// counts.
func (f Field) exact() bool {
	switch f.Name {
	case FieldStage, FieldStageKind, FieldExternalID, FieldCreatedBy,
		FieldJourneyOutcome, FieldJourneyOrigin, FieldJourneyLostStage:
		return true
	}
	return false
}

// ParseField reads the spelling of a field. Of a property the name may also
// stand as it is after the dot: "property.Company size".
func ParseField(text string) (Field, error) {
	f, fault := readField(text)
	if fault != nil {
		return Field{}, Faults{*fault}
	}
	return f, nil
}

func readField(text string) (Field, *Fault) {
	name, ok := strings.CutPrefix(text, "property.")
	if ok && name != "" && !strings.HasPrefix(name, `"`) {
		return Property(name), nil
	}
	p := newParser(text)
	p.alone = true
	f, _ := p.field()
	p.end()
	p.place()
	return f, p.fault
}

// dotted reports whether a name can stand unquoted after "property.".
func dotted(name string) bool {
	for _, part := range strings.Split(name, ".") {
		if !isWord(part) {
			return false
		}
	}
	return true
}
