package segment

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// The codes of faults: stable, for programs and translations.
const (
	CodeSyntax = "syntax" // the form is not that of the language
	CodeLimit  = "limit"  // too deep, too many, too long
	CodeField  = "field"  // no such field
	CodeOp     = "op"     // the field does not allow the operator
	CodeValue  = "value"  // the value does not fit field and operator
)

// Fault is one thing wrong with a filter and where.
type Fault struct {
	Path    string `json:"path"`             // in the JSON form: "all[2].value"; "" = the whole
	Offset  int    `json:"offset"`           // bytes from the start; meaningful where Line is set
	Line    int    `json:"line,omitempty"`   // from 1; 0 = the place is known by path only
	Column  int    `json:"column,omitempty"` // in characters, from 1
	Code    string `json:"code"`
	Message string `json:"message"` // plain, safe to show, says what was expected
}

// String is the fault with its place.
func (f Fault) String() string {
	switch {
	case f.Line > 1:
		return fmt.Sprintf("line %d, column %d: %s", f.Line, f.Column, f.Message)
	case f.Line == 1:
		return fmt.Sprintf("column %d: %s", f.Column, f.Message)
	case f.Path != "":
		return f.Path + ": " + f.Message
	}
	return f.Message
}

// Faults is the error of this package: at least one fault.
type Faults []Fault

// Error lists the faults with their places.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "; ")
}

// locate fills in the place of an offset into a text.
func (f *Fault) locate(text string, offset int) {
	offset = min(max(offset, 0), len(text))
	before := text[:offset]
	line := strings.LastIndexByte(before, '\n') + 1
	f.Offset = offset
	f.Line = 1 + strings.Count(before, "\n")
	f.Column = 1 + utf8.RuneCountInString(before[line:])
}

// show quotes a piece of input for a message, cut to what a person reads.
func show(s string) string {
	const most = 40
	runes := []rune(s)
	if len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
