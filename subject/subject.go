// Package subject says what filters see of a contact: the one reading of its
// log, its journeys and the stages, as values of package segment. Engines and
// the oracle that judges them share it, so that they can only differ in how
// they compare, never in what.
//
//	Stored   a value that was given: a name, a property, membership of a list
//	Stage    what the present stage says
//	Journey  what the shape of the latest journey says
//	Source   a field of the source
//
// What does not belong here: comparing (segment), counting (engines), where
// contacts come from (the record).
package subject

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
	"github.com/tidemark/tidemark/tabular"
	"github.com/tidemark/tidemark/touch"
)

// Stored returns the field that filters know a stored one by, and its value
// there. Membership of a list is an item of the field of all lists. Fields
// that filters do not know are segment.Field{}.
func Stored(name string, data json.RawMessage) (segment.Field, segment.Value) {
	switch name {
	case journal.FieldName, journal.FieldEmail, journal.FieldPhone, journal.FieldExternalID, journal.FieldOwner:
		return segment.Plain(name), given(segment.FromJSON(data))
	case journal.FieldValue:
		return segment.Plain(segment.FieldValue), amount(data)
	}
	if property, ok := strings.CutPrefix(name, journal.PropertyPrefix); ok {
		return segment.Property(property), given(segment.FromJSON(data))
	}
	if list, ok := strings.CutPrefix(name, journal.ListPrefix); ok {
		return segment.Plain(segment.FieldList), segment.Text(list)
	}
	return segment.Field{}, segment.Value{}
}

// IsStored reports whether the values of a field are those of Stored.
func IsStored(f segment.Field) bool {
	switch f.Name {
	case segment.FieldName, segment.FieldEmail, segment.FieldPhone, segment.FieldExternalID, segment.FieldOwner,
		segment.FieldValue, segment.FieldProperty, segment.FieldList:
		return true
	}
	return false
}

// given takes the empty text for none, as reports do.
func given(v segment.Value) segment.Value {
	if v.Kind == segment.KindText && v.Text == "" {
		return segment.Value{}
	}
	return v
}

// amount reads money in major units, as people see it.
func amount(data json.RawMessage) segment.Value {
	amount, currency, ok := Money(data)
	if !ok {
		return segment.Value{}
	}
	return segment.Number(float64(amount) / math.Pow10(tabular.MinorDigits(currency)))
}

// Money reads a stored amount of money, in minor units of its currency.
func Money(data json.RawMessage) (amount int64, currency string, ok bool) {
	var money struct {
		Amount   int64  `json:"amount"`
		Currency string `json:"currency"`
	}
	if json.Unmarshal(data, &money) != nil {
		return 0, "", false
	}
	return money.Amount, money.Currency, true
}

// Minor is a sum of major units in minor ones, as Money has them.
func Minor(major float64, currency string) int64 {
	const most = 1 << 62 // beyond it an amount is none
	return int64(max(-most, min(most, math.Round(major*math.Pow10(tabular.MinorDigits(currency))))))
}

// Present is the stage of a contact as filters see it: none where that stage
// is gone or not known.
func Present(c *lifecycle.Configuration, id lifecycle.StageID) lifecycle.StageID {
	if s, ok := c.Stage(id); !ok || s.Gone() {
		return lifecycle.NoStage
	}
	return id
}

// Stage is what filters see of a stage in a field that holds stages, or of its
// kind. It is none for no stage.
func Stage(c *lifecycle.Configuration, id lifecycle.StageID, f segment.Field) segment.Value {
	s, ok := c.Stage(Present(c, id))
	switch {
	case !ok:
		return segment.Value{}
	case f == segment.Plain(segment.FieldStageKind):
		return segment.Text(s.Kind.String())
	}
	return segment.Text(s.Key)
}

// Shape reads the fields of a journey that its shape tells.
type Shape struct {
	configuration *lifecycle.Configuration
	positions     map[lifecycle.StageID]int
	first         lifecycle.StageID
}

// ShapeOf prepares the reading of journeys under a configuration.
func ShapeOf(c *lifecycle.Configuration) Shape {
	s := Shape{configuration: c, positions: c.Positions()}
	if main := c.MainStages(); len(main) > 0 {
		s.first = main[0].ID
	}
	return s
}

// Value is a field of a journey of this cell; other fields are none.
func (s Shape) Value(cell funnel.JourneyCell, f segment.Field) segment.Value {
	switch f.Name {
	case segment.FieldJourneyOutcome:
		return segment.Text(cell.Outcome.String())
	case segment.FieldJourneyFurthest:
		return segment.Number(float64(max(s.positions[cell.Furthest], 1)))
	case segment.FieldJourneyOrigin:
		if cell.Outcome != lifecycle.OutcomeLost && cell.Outcome != lifecycle.OutcomeLeft {
			return segment.Value{}
		}
		if cell.Origin == lifecycle.NoStage {
			return Stage(s.configuration, s.first, f)
		}
		return Stage(s.configuration, cell.Origin, f)
	case segment.FieldJourneyLostStage:
		return Stage(s.configuration, cell.LostStage, f)
	}
	return segment.Value{}
}

// ShapeFields are the fields that a journey's shape tells.
var ShapeFields = [...]string{
	segment.FieldJourneyOutcome, segment.FieldJourneyFurthest, segment.FieldJourneyOrigin, segment.FieldJourneyLostStage,
}

// SourceField is the field of a source that a filter names; ok is false for
// other fields.
func SourceField(f segment.Field) (field touch.Field, ok bool) {
	name, ok := strings.CutPrefix(f.Name, "source.")
	return touch.Field(name), ok && slices.Contains(touch.Fields[:], touch.Field(name))
}

// Source is a field of a source; the empty one is none.
func Source(s touch.Source, field touch.Field) segment.Value {
	i := slices.Index(touch.Fields[:], field)
	if i < 0 {
		return segment.Value{}
	}
	return given(segment.Text(s.Values()[i]))
}
