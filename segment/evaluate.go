package segment

import (
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// Truth is a value of three-valued logic: and is the least, or the greatest.
type Truth int8

// The three truths.
const (
	False   Truth = -1
	Unknown Truth = 0
	True    Truth = 1
)

// String returns the truth's name.
func (t Truth) String() string {
	switch {
	case t < Unknown:
		return "false"
	case t > Unknown:
		return "true"
	}
	return "unknown"
}

// Not is the denial: that of Unknown is Unknown.
func (t Truth) Not() Truth { return -t }

// Selects reports whether the contact belongs to the segment.
func (t Truth) Selects() bool { return t == True }

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// Subject is one contact.
type Subject interface {
	// Value returns the contact's value of a field, false where it has none.
	// Times are texts in RFC 3339 or days; lists are the names of all lists
	// that it is in, an event's count is there even where it is 0, and an
	// event's window ends at the instant given to Evaluate.
	Value(Field) (Value, bool)
}

// Evaluate tells whether a filter holds for a contact at now, whose location
// is the time zone of days. It asks the subject for no more than it needs. It
// never fails: what Check would refuse is unknown or false.
func Evaluate(e Expr, s Subject, now time.Time) Truth {
	switch e := e.(type) {
	case All:
		least := True
		for _, part := range e {
			if least = min(least, Evaluate(part, s, now)); least == False {
				break
			}
		}
		return least
	case Any:
		greatest := False
		for _, part := range e {
			if greatest = max(greatest, Evaluate(part, s, now)); greatest == True {
				break
			}
		}
		return greatest
	case Not:
		return Evaluate(e.Expr, s, now).Not()
	case Term:
		return e.evaluate(s, now)
	}
	return Unknown
}

func (t Term) evaluate(s Subject, now time.Time) Truth {
	v, ok := s.Value(t.Field)
	there := ok && v.Kind != KindNone && (v.Kind != KindList || len(v.List) > 0)
	known := there || t.Field == Plain(FieldList) // to be in no list is known
	switch {
	case t.Op == Exists:
		return truth(there)
	case !known:
		return Unknown
	case !there:
		v = List()
	}
	if t.Op == NotEqual {
		t.Op = Equal
		return t.some(v, now).Not()
	}
	return t.some(v, now)
}

// some tests the items of a list, or the value itself.
func (t Term) some(v Value, now time.Time) Truth {
	if v.Kind != KindList {
		return t.test(v, now)
	}
	greatest := False
	for _, item := range v.List {
		if item.Kind == KindList || item.Kind == KindNone {
			continue // lists in lists have no meaning here
		}
		greatest = max(greatest, t.test(item, now))
	}
	return greatest
}

// test compares one value that is there.
func (t Term) test(v Value, now time.Time) Truth {
	switch t.Op {
	case Equal:
		return truth(equal(t.Field, v, t.Value, now.Location()))
	case In:
		return truth(slices.ContainsFunc(t.Value.List, func(item Value) bool {
			return equal(t.Field, v, item, now.Location())
		}))
	case Contains:
		return matches(strings.Contains, t.Field, v, t.Value)
	case Starts:
		return matches(strings.HasPrefix, t.Field, v, t.Value)
	}
	return t.order(v, now)
}

// order compares numbers, else times.
func (t Term) order(v Value, now time.Time) Truth {
	a, isNumber := v.number()
	b, asNumber := t.Value.number()
	if isNumber && asNumber && t.Op.Ordered() {
		return truth(t.Op == Less && a < b || t.Op == AtMost && a <= b || t.Op == More && a > b || t.Op == AtLeast && a >= b)
	}
	wanted, isRange := t.Range(now)
	at, isTime := instant(v, now.Location())
	if isRange && isTime {
		return truth(wanted.Contains(at))
	}
	return Unknown
}

// instant reads a contact's value as a time; a day is its first instant.
func instant(v Value, location *time.Location) (lifecycle.Millis, bool) {
	if v.Kind != KindText {
		return 0, false
	}
	begin, _, ok := readDate(v.Text, location)
	return begin, ok
}

// equal compares a contact's value with one of the filter.
func equal(f Field, v, wanted Value, location *time.Location) bool {
	switch {
	case wanted.Kind == KindNumber || wanted.Kind == KindText && v.Kind == KindNumber:
		a, isNumber := v.number()
		b, asNumber := wanted.number()
		return isNumber && asNumber && a == b
	case wanted.Kind == KindText && v.Kind == KindText:
		return equalText(f, v.Text, wanted.Text, location)
	case wanted.Kind == KindFlag || v.Kind == KindFlag:
		a, isFlag := v.flag()
		b, asFlag := wanted.flag()
		return isFlag && asFlag && a == b
	}
	return false
}

// equalText compares times where both are, else texts.
func equalText(f Field, text, wanted string, location *time.Location) bool {
	if f.exact() {
		return text == wanted
	}
	if strings.EqualFold(text, wanted) {
		return true
	}
	if !f.timely() {
		return false
	}
	begin, end, isTime := readDate(wanted, location)
	at, _, ok := readDate(text, location)
	return isTime && ok && Range{begin, end}.Contains(at)
}

// flag reads a value as a flag: flags, and the texts true and false.
func (v Value) flag() (value, ok bool) {
	switch {
	case v.Kind == KindFlag:
		return v.Flag, true
	case v.Kind == KindText && strings.EqualFold(v.Text, "true"):
		return true, true
	case v.Kind == KindText && strings.EqualFold(v.Text, "false"):
		return false, true
	}
	return false, false
}

// matches compares pieces of text.
func matches(test func(s, piece string) bool, f Field, v, wanted Value) Truth {
	if v.Kind != KindText || wanted.Kind != KindText {
		return Unknown
	}
	if f.exact() {
		return truth(test(v.Text, wanted.Text))
	}
	return truth(test(FoldCase(v.Text), FoldCase(wanted.Text)))
}

// HasTimeTerms reports whether the truth of a filter can change while nothing
// happens to the contact: such rules are evaluated again by a ticker.
func HasTimeTerms(e Expr) bool {
	found := false
	Walk(e, func(n Node) bool {
		t, ok := n.Expr.(Term)
		found = found || ok && t.moves()
		return !found
	})
	return found
}

// moves reports whether the truth of a term can change with time alone.
func (t Term) moves() bool {
	if t.Field.Window != (Span{}) {
		return true
	}
	if t.Op == Exists {
		return false
	}
	_, relative := readRelative(t.Value.Text)
	return t.Field == Plain(FieldDaysInStage) || relative && (t.Op == Within || t.Op == Before || t.Op == After || t.Op.Ordered())
}
