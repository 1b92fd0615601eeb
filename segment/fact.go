package segment

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// Resolved is a checked filter with everything that it names, ready to be
// evaluated for many contacts: its terms name lists by id.
type Resolved struct {
	Where Expr            // nil = everybody
	Rules map[string]Expr // of the smart lists that it names, by id, themselves resolved
}

// Fact is one value as an engine stores it to answer every operator: how it
// reads as a text, as a number, as a time and as a flag.
type Fact struct {
	Kind      Kind   // KindText, KindNumber or KindFlag; KindNone of a list that holds nothing to compare
	Text      string // of KindText: as the field's texts are compared
	Number    float64
	HasNumber bool
	Moment    lifecycle.Millis
	HasMoment bool
	Flag      bool
	HasFlag   bool
}

// Facts reads a value that a contact has: one fact, or one for each item of a
// list. None is no fact. The location is the time zone of days.
func Facts(f Field, v Value, location *time.Location) []Fact {
	switch v.Kind {
	case KindNone:
		return nil
	case KindList:
		return itemFacts(f, v.List, location)
	}
	fact := Fact{Kind: v.Kind}
	fact.Number, fact.HasNumber = v.number()
	fact.Flag, fact.HasFlag = v.flag()
	if v.Kind == KindText {
		fact.Text = f.fold(v.Text)
		if f.timely() {
			fact.Moment, fact.HasMoment = instant(v, location)
		}
	}
	return []Fact{fact}
}

func itemFacts(f Field, items []Value, location *time.Location) []Fact {
	var facts []Fact
	for _, item := range items {
		if item.Kind != KindList {
			facts = append(facts, Facts(f, item, location)...)
		}
	}
	if len(facts) == 0 && len(items) > 0 {
		return []Fact{{}}
	}
	return facts
}

// Wanted reads the scalar value of a term as Facts reads those of contacts.
func (t Term) Wanted() Fact {
	facts := Facts(Field{Name: t.Field.Name, Of: t.Field.Of}, t.Value, time.UTC)
	if len(facts) != 1 {
		return Fact{}
	}
	return facts[0]
}

// fold is a text as the field compares it.
func (f Field) fold(text string) string {
	if f.exact() {
		return text
	}
	return FoldCase(text)
}

// timely reports whether texts of the field may be times. Those of names,
// owners and sources are not, whatever they look like.
func (f Field) timely() bool {
	switch f.Name {
	case FieldProperty, FieldEvent, FieldCreatedAt, FieldJourneyEnteredAt, FieldJourneyEndedAt:
		return true
	}
	return false
}

// FromJSON reads a value as a contact has it. Objects are texts, as no
// operator looks into them; null is none.
func FromJSON(data []byte) Value {
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return Value{}
	}
	return fromAny(value, data)
}

func fromAny(value any, data []byte) Value {
	switch v := value.(type) {
	case string:
		return Text(v)
	case bool:
		return Flag(v)
	case json.Number:
		n, err := v.Float64()
		if err != nil {
			return Text(v.String())
		}
		return Number(n)
	case []any:
		list := Value{Kind: KindList}
		for _, item := range v {
			list.List = append(list.List, fromAny(item, nil))
		}
		return list
	case map[string]any:
		if data == nil {
			data, _ = json.Marshal(v) // of what was just read: never fails
		}
		return Text(string(data))
	}
	return Value{}
}
