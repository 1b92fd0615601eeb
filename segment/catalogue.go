package segment

import (
	"slices"
	"strings"
)

// Type is what the values of a field are.
type Type uint8

// The types.
const (
	TypeAny    Type = iota // not declared: every operator, the value decides
	TypeText               // = != in contains starts exists
	TypeNumber             // = != < <= > >= in exists
	TypeTime               // = != < <= > >= before after within exists
	TypeFlag               // = != exists
	TypeEnum               // = != in exists; one of the entry's choices
)

// String returns the type's name for people.
func (t Type) String() string {
	return [...]string{"any value", "text", "number", "time", "flag", "choice"}[min(t, TypeEnum)]
}

// Ops are the operators that the type allows.
func (t Type) Ops() []Op {
	switch t {
	case TypeText:
		return []Op{Equal, NotEqual, In, Contains, Starts, Exists}
	case TypeNumber:
		return []Op{Equal, NotEqual, Less, AtMost, More, AtLeast, In, Exists}
	case TypeTime:
		return []Op{Equal, NotEqual, Less, AtMost, More, AtLeast, Before, After, Within, Exists}
	case TypeFlag:
		return []Op{Equal, NotEqual, Exists}
	case TypeEnum:
		return []Op{Equal, NotEqual, In, Exists}
	}
	return Ops[:]
}

// Choice is a value of an enum: what filters say and what people read.
type Choice struct {
	Key   string `json:"key"`
	Label string `json:"label,omitempty"`
}

// Entry is a field of a catalogue.
type Entry struct {
	Field   Field
	Type    Type
	Ops     []Op     // that it allows
	Choices []Choice // of an enum; nil = not checked
}

// PropertyEntry declares a contact property.
type PropertyEntry struct {
	Name    string
	Type    Type
	Choices []Choice // of an enum; nil = not checked
}

// Catalogue is what the filters of a workspace can name. Its zero value knows
// the built-in fields and checks no names; a list that is not nil is complete.
type Catalogue struct {
	Stages     []Choice        // also those that are archived
	Lists      []string        // names
	Events     []string        // names
	Properties []PropertyEntry // those not among them are of TypeAny ...
	Closed     bool            // ... unless Closed: then they are faults
}

// builtin are the types of the fields that every workspace has.
var builtin = []struct {
	name    string
	kind    Type
	choices string // of an enum, in words
}{
	{FieldName, TypeText, ""},
	{FieldEmail, TypeText, ""},
	{FieldPhone, TypeText, ""},
	{FieldExternalID, TypeText, ""},
	{FieldOwner, TypeText, ""},
	{FieldCreatedAt, TypeTime, ""},
	{FieldCreatedBy, TypeEnum, "import api manual form call chat ad"},
	{FieldValue, TypeNumber, ""},
	{FieldStage, TypeEnum, ""},
	{FieldStageKind, TypeEnum, "progress won beyond lost aside"},
	{FieldDaysInStage, TypeNumber, ""},
	{FieldList, TypeEnum, ""},
	{FieldJourneyOutcome, TypeEnum, "open won lost left"},
	{FieldJourneyEnteredAt, TypeTime, ""},
	{FieldJourneyEndedAt, TypeTime, ""},
	{FieldJourneyFurthest, TypeNumber, ""},
	{FieldJourneyOrigin, TypeEnum, ""},
	{FieldJourneyLostStage, TypeEnum, ""},
	{FieldJourneyNumber, TypeNumber, ""},
	{"source.source", TypeText, ""},
	{"source.sub_source", TypeText, ""},
	{"source.medium", TypeText, ""},
	{"source.campaign", TypeText, ""},
	{"source.ad_group", TypeText, ""},
	{"source.ad", TypeText, ""},
	{"source.keyword", TypeText, ""},
	{"source.landing_page", TypeText, ""},
}

// Fields lists the built-in fields and the declared properties and events, for
// pages that offer them.
func (c Catalogue) Fields() []Entry {
	var out []Entry
	add := func(f Field) {
		entry, _ := c.Entry(f)
		out = append(out, entry)
	}
	for _, b := range builtin {
		add(Plain(b.name))
	}
	for _, p := range c.Properties {
		add(Property(p.Name))
	}
	for _, name := range c.Events {
		add(Event(name, Count))
		add(Event(name, Last))
		add(Event(name, First))
	}
	return out
}

// Entry finds a field, whatever its window.
func (c Catalogue) Entry(f Field) (Entry, bool) {
	e := Entry{Field: f}
	ok := false
	switch f.Name {
	case FieldProperty:
		ok = c.property(&e)
	case FieldEvent:
		ok = c.event(&e)
	default:
		ok = c.plain(&e)
	}
	e.Ops = e.Type.Ops()
	switch {
	case f == Plain(FieldDaysInStage): // a fraction, which equals nothing
		e.Ops = []Op{Less, AtMost, More, AtLeast, Exists}
	case f == Plain(FieldList):
		e.Ops = []Op{In, Exists}
	case f.Part == Count: // never absent
		e.Ops = slices.DeleteFunc(e.Ops, func(op Op) bool { return op == Exists })
	}
	return e, ok
}

func (c Catalogue) plain(e *Entry) bool {
	for _, b := range builtin {
		if e.Field != Plain(b.name) {
			continue
		}
		e.Type = b.kind
		for _, key := range strings.Fields(b.choices) {
			e.Choices = append(e.Choices, Choice{Key: key})
		}
		switch b.name {
		case FieldStage, FieldJourneyOrigin, FieldJourneyLostStage:
			e.Choices = c.Stages
		case FieldList:
			e.Choices = keys(c.Lists)
		}
		return true
	}
	return false
}

func (c Catalogue) property(e *Entry) bool {
	if e.Field.Of == "" || e.Field != Property(e.Field.Of) {
		return false
	}
	i := slices.IndexFunc(c.Properties, func(p PropertyEntry) bool { return p.Name == e.Field.Of })
	if i < 0 {
		return !c.Closed
	}
	e.Type, e.Choices = c.Properties[i].Type, c.Properties[i].Choices
	return true
}

func (c Catalogue) event(e *Entry) bool {
	switch e.Field.Part {
	case Count:
		e.Type = TypeNumber
	case Last, First:
		e.Type = TypeTime
	default:
		return false
	}
	return e.Field.Of != "" && (c.Events == nil || slices.Contains(c.Events, e.Field.Of))
}

// keys makes choices of names; nil stays nil.
func keys(names []string) []Choice {
	if names == nil {
		return nil
	}
	choices := make([]Choice, len(names))
	for i, name := range names {
		choices[i] = Choice{Key: name}
	}
	return choices
}

// label is what people read for a key of a field: its label, or the key as it
// is where the catalogue does not know it.
func (c Catalogue) label(f Field, key string) string {
	entry, _ := c.Entry(f)
	for _, choice := range entry.Choices {
		if choice.Key == key && choice.Label != "" {
			return choice.Label
		}
	}
	return key
}
