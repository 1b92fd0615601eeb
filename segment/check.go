package segment

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Check finds every fault of a filter: limits, fields and names that the
// catalogue does not have, operators that a field does not allow, values that
// do not fit. A filter without faults can be printed, evaluated and compiled.
func Check(e Expr, c Catalogue) Faults { return faults(check(e, c)) }

func check(e Expr, c Catalogue) []finding {
	f := &findings{list: limits(e)}
	if len(f.list) > 0 {
		return f.list // what is broken is not worth a closer look
	}
	Walk(e, func(n Node) bool {
		f.path = n.Path
		if t, ok := n.Expr.(Term); ok {
			f.checkTerm(t, c)
			f.term++
		}
		return true
	})
	return f.list
}

func (f *findings) checkTerm(t Term, c Catalogue) {
	entry, ok := c.Entry(t.Field)
	if !ok {
		f.add(CodeField, pieceField, -1, "%s", c.unknown(t.Field))
		return
	}
	if w := t.Field.Window; w != (Span{}) && (w.N < 1 || w.N > maxSpan || !slices.Contains(units[:], w.Unit)) {
		f.add(CodeField, pieceField, -1, "expected a window of 1 to %d minutes, hours, days, weeks, months or years", maxSpan)
	}
	if !slices.Contains(entry.Ops, t.Op) {
		f.add(CodeOp, pieceOp, -1, "%s", wrongOp(t, entry))
		return
	}
	if t.Op == Exists {
		return
	}
	if t.Op != In {
		f.addValue(-1, entry.wrongValue(t.Op, t.Value))
		return
	}
	if len(t.Value.List) == 0 {
		f.add(CodeValue, pieceValue, -1, "expected at least one value in the list")
	}
	for i, item := range t.Value.List {
		if !f.full() {
			f.addValue(i, entry.wrongValue(Equal, item))
		}
	}
}

func (f *findings) addValue(item int, wrong string) {
	if wrong != "" {
		f.add(CodeValue, pieceValue, item, "%s", wrong)
	}
}

// unknown says that there is no such field, and which one may be meant.
func (c Catalogue) unknown(f Field) string {
	var names []string
	switch f.Name {
	case FieldProperty:
		for _, p := range c.Properties {
			names = append(names, p.Name)
		}
		return "there is no property " + show(f.Of) + nearest(f.Of, names)
	case FieldEvent:
		return "there is no event " + show(f.Of) + nearest(f.Of, c.Events)
	}
	for _, b := range builtin {
		names = append(names, b.name)
	}
	return "there is no field " + show(f.Name) + nearest(f.Name, names) + "; contact properties are written property.NAME"
}

func wrongOp(t Term, entry Entry) string {
	ops := make([]string, len(entry.Ops))
	for i, op := range entry.Ops {
		ops[i] = string(op)
	}
	text := fmt.Sprintf("%s does not go with %s, a %s: expected one of %s", t.Op, t.Field, entry.Type, strings.Join(ops, " "))
	if t.Field == Plain(FieldList) {
		text += `, as in in_list("Partners")`
	}
	return text
}

// wrongValue says why a value does not fit, or "".
func (e Entry) wrongValue(op Op, v Value) string {
	switch e.Type {
	case TypeNumber:
		return wrongNumber(v)
	case TypeTime:
		return wrongTime(op, v)
	case TypeFlag:
		if v.Kind != KindFlag {
			return "expected true or false"
		}
		return ""
	case TypeEnum:
		return e.wrongChoice(v)
	case TypeText:
		return wrongString(v)
	}
	return wrongAny(op, v)
}

func wrongNumber(v Value) string {
	if v.Kind == KindNumber {
		return ""
	}
	if _, ok := v.number(); ok {
		return "expected a number: write it without quotes"
	}
	return "expected a number"
}

func wrongTime(op Op, v Value) string {
	_, _, isDate := readDate(v.Text, time.UTC)
	rel, isRelative := readRelative(v.Text)
	between := isRelative && (rel.way == bare || rel.way == next)
	switch {
	case v.Kind == KindText && op == Within && between:
	case op == Within:
		return "expected a length of time: 7 days, or next 7 days"
	case v.Kind == KindText && isDate:
	case v.Kind == KindText && isRelative && !between && op != Equal && op != NotEqual:
	case op == Equal || op == NotEqual:
		return "expected a day such as 2026-01-31, or an instant such as 2026-01-31T15:04:05Z"
	default:
		return "expected a time: 2026-01-31, 2026-01-31T15:04:05Z, 3 months ago or 2 days from now"
	}
	return ""
}

func (e Entry) wrongChoice(v Value) string {
	if v.Kind != KindText {
		return "expected a text: put it in quotes"
	}
	if e.Choices == nil {
		return wrongString(v)
	}
	var names []string
	for _, choice := range e.Choices {
		if choice.Key == v.Text || !e.Field.exact() && strings.EqualFold(choice.Key, v.Text) {
			return ""
		}
	}
	for _, choice := range e.Choices {
		names = append(names, choice.Key)
	}
	for _, choice := range e.Choices {
		if choice.Label != "" && strings.EqualFold(choice.Label, v.Text) {
			return fmt.Sprintf("%s has no %s: write its key, %s", e.Field, show(v.Text), choice.Key)
		}
	}
	hint := nearest(v.Text, names)
	if hint == "" && len(names) > 0 && len(names) <= 10 {
		hint = ": expected one of " + strings.Join(names, ", ")
	}
	if e.Field == Plain(FieldList) {
		return "there is no list " + show(v.Text) + hint
	}
	return fmt.Sprintf("%s has no %s%s", e.Field, show(v.Text), hint)
}

func wrongString(v Value) string {
	switch {
	case v.Kind != KindText:
		return "expected a text: put it in quotes"
	case v.Text == "":
		return "expected a text of at least one character: not FIELD exists asks for empty ones"
	}
	return ""
}

// wrongAny judges by the operator alone.
func wrongAny(op Op, v Value) string {
	switch {
	case op == Before || op == After || op == Within:
		return wrongTime(op, v)
	case op.Ordered():
		_, isNumber := v.number()
		if isNumber || wrongTime(op, v) == "" {
			return ""
		}
		return "expected a number or a time"
	case op == Contains || op == Starts || v.Kind == KindText:
		return wrongString(v)
	}
	return ""
}
