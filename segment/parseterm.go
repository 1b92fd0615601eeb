package segment

import (
	"fmt"
	"slices"
	"strings"
)

// keywords cannot stand as values without quotes.
var keywords = [...]string{"and", "or", "not", "true", "false", "with"}

// term reads: in_list(...) | field operator value.
func (p *parser) term() Expr {
	s := spot{field: p.peek().at}
	if p.isSymbol(1, "(") && p.word("in_list") {
		s.op, s.value = s.field, p.peek().at
		t := Term{Field: Plain(FieldList), Op: In, Value: p.list(&s, "the name of a list in quotes")}
		p.spots = append(p.spots, s)
		return t
	}
	t := Term{}
	var ok bool
	if t.Field, ok = p.field(); !ok {
		return nil
	}
	s.op = p.peek().at
	denied := p.word("not")
	t.Op = p.op(t.Field)
	s.value = p.peek().at
	switch t.Op {
	case Exists:
		s.value = s.op
	case In:
		t.Value = p.list(&s, "a value")
	default:
		t.Value = p.value("a value")
	}
	p.spots = append(p.spots, s)
	if denied {
		return Not{t}
	}
	return t
}

// field reads a field, with the window of an event.
func (p *parser) field() (Field, bool) {
	if p.peek().sort != sortWord || slices.ContainsFunc(keywords[:], p.isWord) {
		p.fail("a field such as stage, or (")
		return Field{}, false
	}
	name := p.take().text
	switch {
	case name == FieldEvent && p.isSymbol(0, "("):
		return p.event()
	case name == FieldProperty:
		p.expect(".", "and the name of a property after property")
		if p.peek().sort == sortQuoted {
			return Property(p.take().text), true
		}
		return Property(p.dotted("the name of a property, in quotes if it is not one word")), p.fault == nil
	case p.symbol("."):
		name += "." + p.dotted("the rest of the field's name")
	}
	return Plain(name), p.fault == nil
}

// dotted reads: word { "." word }.
func (p *parser) dotted(what string) string {
	var names []string
	for {
		if p.peek().sort != sortWord {
			p.fail("%s", what)
			return ""
		}
		names = append(names, p.take().text)
		if !p.symbol(".") {
			return strings.Join(names, ".")
		}
	}
}

// event reads the rest of: event("Name").part [within span].
func (p *parser) event() (Field, bool) {
	p.take()
	if p.peek().sort != sortQuoted {
		p.fail(`the name of an event in quotes, as in event("Demo")`)
		return Field{}, false
	}
	f := Event(p.take().text, "")
	p.expect(")", "after the name of the event")
	p.expect(".", "and count, last or first after the event")
	for _, part := range [...]Part{Count, Last, First} {
		if p.isWord(string(part)) {
			f.Part = part
		}
	}
	if f.Part == "" {
		p.fail("count, last or first")
		return Field{}, false
	}
	p.take()
	if f.Part == Count && p.isWord("within") || p.windowAhead() {
		p.take()
		f.Window = p.span()
	}
	return f, p.fault == nil
}

// windowAhead tells the window of a time, which an operator follows, from the
// operator within: event("Demo").last within 30 days exists.
func (p *parser) windowAhead() bool {
	if !p.isWord("within") || p.ahead(1).sort != sortNumber {
		return false
	}
	_, unit := readUnit(p.ahead(2).text)
	_, op := readOp(p.ahead(3))
	return unit && (op || p.alone)
}

// span reads: number unit.
func (p *parser) span() Span {
	number, unit := p.peek(), p.ahead(1)
	rel, ok := readRelative(number.text + " " + unit.text)
	if number.sort != sortNumber || unit.sort != sortWord || !ok {
		p.fail("a length of time such as 7 days")
		return Span{}
	}
	p.take()
	p.take()
	return rel.span
}

func readOp(t token) (Op, bool) {
	op := Op(strings.ToLower(t.text))
	known := slices.Contains(Ops[:], op)
	return op, known && (t.sort == sortSymbol || t.sort == sortWord)
}

// op reads an operator.
func (p *parser) op(f Field) Op {
	op, ok := readOp(p.peek())
	if !ok {
		p.fail("one of = != < <= > >= in contains starts exists before after within after %s", f)
		return ""
	}
	p.take()
	if op == Starts {
		p.word("with")
	}
	return op
}

// list reads: "(" [value { "," value }] ")".
func (p *parser) list(s *spot, what string) Value {
	list := Value{Kind: KindList}
	p.expect("(", "and a list of values")
	if p.symbol(")") {
		return list
	}
	for {
		s.items = append(s.items, p.peek().at)
		list.List = append(list.List, p.value(what))
		if !p.symbol(",") {
			p.expect(")", "or a comma in the list")
			return list
		}
	}
}

// value reads one value.
func (p *parser) value(what string) Value {
	t := p.peek()
	switch {
	case t.sort == sortQuoted, t.sort == sortDate:
		return Text(p.take().text)
	case t.sort == sortNumber:
		return p.figure()
	case p.word("true"):
		return Flag(true)
	case p.word("false"):
		return Flag(false)
	case p.isWord("last") && p.ahead(1).sort == sortNumber, p.isWord("next") && p.ahead(1).sort == sortNumber:
		way := map[bool]way{true: next}[p.isWord("next")]
		p.take()
		return Text(relative{p.span(), way}.String())
	case t.sort == sortWord && !slices.ContainsFunc(keywords[:], p.isWord):
		return Text(p.take().text)
	}
	p.fail(`%s: a word, a number, a date, or a text in quotes`, what)
	return Value{}
}

// figure reads a number, or a relative time that begins with one.
func (p *parser) figure() Value {
	if _, isUnit := readUnit(p.ahead(1).text); !isUnit || p.ahead(1).sort != sortWord {
		n, wrong := readNumber(p.peek().text)
		if wrong != "" {
			p.failAt(p.peek().at, CodeValue, fmt.Sprintf("%s %s", show(p.peek().text), wrong))
		}
		p.take()
		return Number(n)
	}
	rel := relative{span: p.span()}
	switch {
	case p.word("ago"):
		rel.way = ago
	case p.isWord("from") && strings.EqualFold(p.ahead(1).text, "now"):
		p.take()
		p.take()
		rel.way = ahead
	}
	return Text(rel.String())
}
