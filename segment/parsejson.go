package segment

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"
)

// ParseJSON reads the JSON form, strictly: unknown, repeated and missing keys
// are refused. Its error is Faults with paths; where the bytes are not JSON at
// all, with line and column.
func ParseJSON(data []byte) (Expr, error) {
	if len(data) > MaxSize {
		return nil, Faults{{Code: CodeLimit, Message: fmt.Sprintf("the filter is longer than %d bytes", MaxSize)}}
	}
	if !utf8.Valid(data) {
		return nil, Faults{{Code: CodeSyntax, Message: "the filter is not UTF-8"}}
	}
	r := reader{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	e := r.expr("", 1)
	r.end()
	if r.fault != nil {
		return nil, Faults{*r.fault}
	}
	if list := faults(limits(e)); len(list) > 0 {
		return nil, list
	}
	return e, nil
}

// reader reads tokens of JSON. The first fault ends it: more answers false.
type reader struct {
	data  []byte
	dec   *json.Decoder
	fault *Fault
}

func (r *reader) fail(path, code, format string, args ...any) {
	if r.fault == nil {
		r.fault = &Fault{Path: path, Code: code, Message: fmt.Sprintf(format, args...)}
	}
}

func (r *reader) more() bool { return r.fault == nil && r.dec.More() }

// token returns the next token, nil where there is none.
func (r *reader) token(path string) json.Token {
	if r.fault != nil {
		return nil
	}
	t, err := r.dec.Token()
	if err == nil {
		return t
	}
	r.fail(path, CodeSyntax, "this is not JSON here")
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.fault.Message = "the JSON ends too early"
	}
	r.locate()
	return nil
}

// locate places the fault at the token that could not be read.
func (r *reader) locate() {
	rest := r.data[r.dec.InputOffset():]
	r.fault.locate(string(r.data), len(r.data)-len(bytes.TrimLeft(rest, " \t\r\n:,")))
}

func (r *reader) end() {
	if r.fault != nil {
		return
	}
	if rest := r.data[r.dec.InputOffset():]; len(bytes.TrimSpace(rest)) > 0 {
		r.fail("", CodeSyntax, "expected nothing after the filter")
		r.locate()
	}
}

// object is what the keys of one object said.
type object struct {
	keys  []string
	parts []Expr
	not   Expr
	field Field
	op    Op
	value Value
}

func (r *reader) expr(path string, depth int) Expr {
	if depth > MaxDepth {
		r.fail(path, CodeLimit, "%s", tooDeep)
		return nil
	}
	if t := r.token(path); t != json.Delim('{') {
		r.fail(path, CodeSyntax, `expected an object: {"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "op", "value"}`)
		return nil
	}
	var o object
	for r.more() {
		key, _ := r.token(path).(string)
		if slices.Contains(o.keys, key) {
			r.fail(join(path, key), CodeSyntax, "the key is there twice")
		}
		o.keys = append(o.keys, key)
		r.member(&o, key, path, depth)
	}
	r.token(path)
	return r.build(&o, path)
}

func (r *reader) member(o *object, key, path string, depth int) {
	at := join(path, key)
	switch key {
	case "all", "any":
		o.parts = r.parts(at, depth)
	case "not":
		o.not = r.expr(at, depth+1)
	case "field":
		o.field = r.field(at)
	case "op":
		o.op = r.op(at)
	case "value":
		o.value = r.value(at)
	default:
		r.fail(path, CodeSyntax, "did not expect the key %s: expected all, any, not, or field, op and value", show(key))
	}
}

// build makes an expression of the keys of an object.
func (r *reader) build(o *object, path string) Expr {
	slices.Sort(o.keys)
	switch keys := fmt.Sprint(o.keys); {
	case r.fault != nil:
	case keys == "[all]":
		return All(o.parts)
	case keys == "[any]":
		return Any(o.parts)
	case keys == "[not]":
		return Not{o.not}
	case keys == "[field op value]" && o.op == Exists:
		if o.value.Kind != KindNone && (o.value.Kind != KindFlag || !o.value.Flag) {
			r.fail(join(path, "value"), CodeValue, `expected no value after exists; {"not": ...} asks for absent ones`)
		}
		return Term{Field: o.field, Op: Exists}
	case keys == "[field op]" && o.op == Exists, keys == "[field op value]":
		return Term{o.field, o.op, o.value}
	default:
		r.fail(path, CodeSyntax, `expected exactly one of {"all": [...]}, {"any": [...]}, {"not": ...} and {"field", "op", "value"}, found the keys %s`, show(keys))
	}
	return nil
}

func (r *reader) parts(path string, depth int) []Expr {
	if t := r.token(path); t != json.Delim('[') {
		r.fail(path, CodeSyntax, "expected an array of filters")
		return nil
	}
	var parts []Expr
	for r.more() {
		parts = append(parts, r.expr(index(path, len(parts)), depth+1))
	}
	r.token(path)
	return parts
}

func (r *reader) field(path string) Field {
	text, ok := r.token(path).(string)
	if !ok {
		r.fail(path, CodeSyntax, "expected the name of a field as a string")
		return Field{}
	}
	f, fault := readField(text)
	if fault != nil {
		r.fail(path, CodeField, "%s", fault.Message)
	}
	return f
}

func (r *reader) op(path string) Op {
	text, ok := r.token(path).(string)
	if !ok || !slices.Contains(Ops[:], Op(text)) {
		r.fail(path, CodeOp, "expected one of = != < <= > >= in contains starts exists before after within")
	}
	return Op(text)
}

// value reads a scalar, an array of scalars, or null.
func (r *reader) value(path string) Value {
	t := r.token(path)
	if t != json.Delim('[') {
		return r.scalar(t, path)
	}
	list := Value{Kind: KindList}
	for r.more() {
		at := index(path, len(list.List))
		item := r.scalar(r.token(at), at)
		if item.Kind == KindNone {
			r.fail(at, CodeValue, "expected a string, a number, true or false")
		}
		list.List = append(list.List, item)
	}
	r.token(path)
	return list
}

func (r *reader) scalar(t json.Token, path string) Value {
	switch t := t.(type) {
	case string:
		return Text(t)
	case bool:
		return Flag(t)
	case json.Number:
		n, wrong := readNumber(t.String())
		if wrong != "" {
			r.fail(path, CodeValue, "%s %s", show(t.String()), wrong)
		}
		return Number(n)
	case nil:
		return Value{}
	}
	r.fail(path, CodeValue, "expected a string, a number, true, false or an array of these")
	return Value{}
}
