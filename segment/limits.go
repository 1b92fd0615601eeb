package segment

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

var tooDeep = fmt.Sprintf("the filter is nested deeper than %d levels", MaxDepth)

// maxFaults is how many faults of a filter are told at once. Each is located
// by a scan of the text.
const maxFaults = 100

// piece is the part of a term that a finding is about.
type piece uint8

const (
	pieceTerm piece = iota
	pieceField
	pieceOp
	pieceValue
)

// finding is a fault before its place in a text is known.
type finding struct {
	fault Fault
	term  int // in the order of Walk, from 0; the first below a group
	piece piece
	item  int // of a list, from 0; -1 = the value itself
}

// findings collects what is wrong with the term or group that a walk is at.
type findings struct {
	list []finding
	path string
	term int
}

// full reports whether so much was found that more would help nobody.
func (f *findings) full() bool { return len(f.list) >= maxFaults }

func (f *findings) add(code string, at piece, item int, format string, args ...any) {
	if f.full() {
		return
	}
	path := f.path
	switch at {
	case pieceField:
		path = join(path, "field")
	case pieceOp:
		path = join(path, "op")
	case pieceValue:
		path = join(path, "value")
	}
	if item >= 0 {
		path = index(path, item)
	}
	fault := Fault{Path: path, Code: code, Message: fmt.Sprintf(format, args...)}
	f.list = append(f.list, finding{fault, f.term, at, item})
}

// limits finds what exceeds the limits, texts that no database stores, and
// terms that have no written form.
func limits(e Expr) []finding {
	f := &findings{}
	deep, leaves := false, 0
	Walk(e, func(n Node) bool {
		f.path = n.Path
		if n.Depth > MaxDepth && !deep {
			f.add(CodeLimit, pieceTerm, -1, "%s", tooDeep)
		}
		if deep = deep || n.Depth > MaxDepth; deep {
			return false // said once, for the first place
		}
		if leaf(n.Expr) {
			leaves++
			f.limitLeaves(leaves)
		}
		switch e := n.Expr.(type) {
		case nil:
			f.add(CodeSyntax, pieceTerm, -1, "a part of the filter is missing here")
		case Term:
			f.limitTerm(e)
			f.term++
		}
		return leaves <= MaxTerms && !f.full()
	})
	return f.list
}

func (f *findings) limitLeaves(n int) {
	if n == MaxTerms+1 {
		f.add(CodeLimit, pieceTerm, -1, "the filter has more than %d terms: put long enumerations into one in (...) or a list", MaxTerms)
	}
}

// leaf reports whether a node counts as a term: empty groups do, so that the
// limit bounds the whole tree.
func leaf(e Expr) bool {
	switch e := e.(type) {
	case All:
		return len(e) == 0
	case Any:
		return len(e) == 0
	case Not:
		return false
	}
	return true
}

func (f *findings) limitTerm(t Term) {
	if wrong := wrongText(t.Field.Of); wrong != "" {
		f.add(CodeLimit, pieceField, -1, "the name of the %s %s", t.Field.Name, wrong)
	}
	if t.Op == Within && t.Field.Name == FieldEvent && t.Field.Part == Count {
		f.add(CodeOp, pieceOp, -1, "expected one of = != < <= > >= after a count and its window")
	}
	if wrong := t.misshapen(); wrong != "" {
		f.add(CodeValue, pieceValue, -1, "%s", wrong)
	}
	if len(t.Value.List) > MaxList {
		f.add(CodeLimit, pieceValue, -1, "the list has %d values, more than %d: make it a static list", len(t.Value.List), MaxList)
		return
	}
	if wrong := wrongText(t.Value.Text); wrong != "" {
		f.add(CodeLimit, pieceValue, -1, "the text %s", wrong)
	}
	for i, item := range t.Value.List {
		if wrong := wrongText(item.Text); wrong != "" {
			f.add(CodeLimit, pieceValue, i, "the text %s", wrong)
		}
	}
}

// misshapen says why the value cannot stand after the operator whatever the
// field, or "". Terms of the right shape have both forms.
func (t Term) misshapen() string {
	list := t.Value.Kind == KindList
	switch {
	case t.Op == Exists && t.Value.Kind != KindNone:
		return "expected no value after exists"
	case t.Op == Exists:
		return ""
	case t.Value.Kind == KindNone:
		return "expected a value after " + string(t.Op)
	case t.Op == In && !list:
		return "expected a list of values after in"
	case t.Op != In && list:
		return "expected one value after " + string(t.Op) + ": only in takes a list"
	}
	if t.Value.unwritable() || slices.ContainsFunc(t.Value.List, Value.unwritable) {
		return "expected numbers, texts, true or false"
	}
	return ""
}

// unwritable reports whether a value has no written form inside a term.
func (v Value) unwritable() bool {
	nested := slices.ContainsFunc(v.List, func(item Value) bool { return item.Kind == KindList })
	return nested || v.Kind == KindNone || math.IsNaN(v.Number) || math.IsInf(v.Number, 0)
}

// wrongText says why a text cannot be part of a filter, or "".
func wrongText(s string) string {
	switch {
	case len(s) > MaxValue:
		return fmt.Sprintf("is longer than %d bytes", MaxValue)
	case strings.ContainsRune(s, 0):
		return "has a NUL character in it"
	case !utf8.ValidString(s):
		return "is not UTF-8"
	}
	return ""
}

// faults are the findings where no text is known.
func faults(list []finding) Faults {
	out := make(Faults, len(list))
	for i, f := range list {
		out[i] = f.fault
	}
	return out
}

// placed are the findings with their places in the text that was parsed.
func placed(list []finding, spots []spot, text string) Faults {
	out := faults(list)
	for i, f := range list {
		if f.term >= len(spots) {
			continue
		}
		s := spots[f.term]
		at := [...]int{pieceTerm: s.field, pieceField: s.field, pieceOp: s.op, pieceValue: s.value}[f.piece]
		if f.item >= 0 && f.item < len(s.items) {
			at = s.items[f.item]
		}
		out[i].locate(text, at)
	}
	return out
}
