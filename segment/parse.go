package segment

import (
	"fmt"
	"strings"
)

// Parse reads the text form. Its error is Faults with line and column.
func Parse(text string) (Expr, error) {
	e, _, faults := parse(text)
	if len(faults) > 0 {
		return nil, faults
	}
	return e, nil
}

// ParseChecked is Parse and Check: every fault of the text with its place.
func ParseChecked(text string, c Catalogue) (Expr, error) {
	e, spots, faults := parse(text)
	if len(faults) == 0 {
		faults = placed(check(e, c), spots, text)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return e, nil
}

// parse also returns where each term stood, in the order of Walk.
func parse(text string) (Expr, []spot, Faults) {
	if len(text) > MaxSize {
		return nil, nil, Faults{{Code: CodeLimit, Message: fmt.Sprintf("the filter is longer than %d bytes", MaxSize)}}
	}
	p := newParser(text)
	e := p.or()
	p.end()
	if p.fault != nil {
		p.place()
		return nil, nil, Faults{*p.fault}
	}
	return e, p.spots, placed(limits(e), p.spots, text)
}

// spot is where the pieces of a term stand in the text.
type spot struct {
	field, op, value int
	items            []int
}

// parser reads tokens by recursive descent. The first fault ends it: from then
// on it stands at the last token, so that every loop comes to its end.
type parser struct {
	text   string
	tokens []token
	next   int
	depth  int
	alone  bool // the text is a field without an operator
	spots  []spot
	fault  *Fault
	at     int // of the fault
}

func newParser(text string) *parser { return &parser{text: text, tokens: lex(text)} }

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) ahead(n int) token { return p.tokens[min(p.next+n, len(p.tokens)-1)] }

func (p *parser) take() token {
	t := p.peek()
	p.next = min(p.next+1, len(p.tokens)-1)
	return t
}

// fail notes what was expected at the present token.
func (p *parser) fail(format string, args ...any) {
	p.failAt(p.peek().at, CodeSyntax, "expected "+fmt.Sprintf(format, args...)+", found "+p.found())
}

func (p *parser) failAt(at int, code, message string) {
	if p.fault == nil {
		if t := p.peek(); t.sort == sortBad {
			at, code, message = t.at, CodeSyntax, t.text
		}
		p.fault, p.at = &Fault{Code: code, Message: message}, at
	}
	p.tokens, p.next = []token{{at: len(p.text)}}, 0
}

// place turns the offset of the fault into line and column.
func (p *parser) place() {
	if p.fault != nil {
		p.fault.locate(p.text, p.at)
	}
}

func (p *parser) found() string {
	t := p.peek()
	if t.sort == sortEnd {
		return "the end"
	}
	return show(t.text)
}

// word takes a keyword, in any case.
func (p *parser) word(keyword string) bool {
	if !p.isWord(keyword) {
		return false
	}
	p.take()
	return true
}

func (p *parser) isWord(keyword string) bool {
	return p.peek().sort == sortWord && strings.EqualFold(p.peek().text, keyword)
}

// symbol takes a symbol.
func (p *parser) symbol(s string) bool {
	if !p.isSymbol(0, s) {
		return false
	}
	p.take()
	return true
}

func (p *parser) isSymbol(n int, s string) bool {
	return p.ahead(n).sort == sortSymbol && p.ahead(n).text == s
}

func (p *parser) expect(s, where string) {
	if !p.symbol(s) {
		p.fail("%s %s", s, where)
	}
}

func (p *parser) end() {
	if p.fault == nil && p.peek().sort != sortEnd {
		p.fail("and, or, or the end")
	}
}

// or reads: and { "or" and }.
func (p *parser) or() Expr {
	first := p.and()
	if !p.isWord("or") {
		return first
	}
	parts := Any{first}
	for p.word("or") {
		parts = append(parts, p.and())
	}
	return parts
}

// and reads: unary { "and" unary }.
func (p *parser) and() Expr {
	first := p.unary()
	if !p.isWord("and") {
		return first
	}
	parts := All{first}
	for p.word("and") {
		parts = append(parts, p.unary())
	}
	return parts
}

// unary reads: "not" unary | "(" or ")" | all(...) | any(...) | term.
func (p *parser) unary() Expr {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > MaxDepth {
		p.failAt(p.peek().at, CodeLimit, tooDeep)
		return nil
	}
	switch {
	case p.word("not"):
		return Not{p.unary()}
	case p.symbol("("):
		e := p.or()
		p.expect(")", "to close the group")
		return e
	case p.isSymbol(1, "(") && p.word("all"):
		return All(p.group())
	case p.isSymbol(1, "(") && p.word("any"):
		return Any(p.group())
	}
	return p.term()
}

// group reads: "(" [or { "," or }] ")".
func (p *parser) group() []Expr {
	p.take()
	var parts []Expr
	if p.symbol(")") {
		return parts
	}
	parts = append(parts, p.or())
	for p.symbol(",") {
		parts = append(parts, p.or())
	}
	p.expect(")", "or a comma in the group")
	return parts
}
