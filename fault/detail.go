package fault

import (
	"fmt"
	"maps"
	"strings"
)

// Detail locates one fault in the input, for example
// {"body.contacts[3].at", "is more than five minutes ahead"}.
type Detail struct {
	Location string // path from the root: body., query., path., header., line
	Message  string // safe to show
	Code     string // stable, for programs that say it in other words; "" = known as Message only
	Params   Params // what Message names, for the same programs
}

// Wrong says what is wrong at one place of the input. What Named gives among
// the arguments becomes its parameters.
func Wrong(location, format string, args ...any) Detail {
	return Detail{Location: location, Message: fmt.Sprintf(format, args...), Params: paramsOf(args)}
}

// Coded gives a fault its code, and parameters that its message does not show.
func (d *Detail) Coded(code string, params ...Param) {
	d.Code, d.Params = code, d.Params.with(params)
}

// Details collects what is wrong with an input, every fault and not only the
// first. Checks end with Err.
type Details []Detail

// Add adds what Wrong says, which can be given a code at once.
func (all *Details) Add(location, format string, args ...any) *Detail {
	*all = append(*all, Wrong(location, format, args...))
	return &(*all)[len(*all)-1]
}

// Refuse adds what is wrong at a place, if anything is: a detail without a
// message says nothing.
func (all *Details) Refuse(location string, d Detail) {
	if d.Message != "" {
		d.Location = location
		*all = append(*all, d)
	}
}

// Err makes one Invalid error of all, or returns nil of none.
func (all Details) Err() error {
	if len(all) == 0 {
		return nil
	}
	return all.invalid()
}

// codeInvalid is the code of errors that say all in their details.
const codeInvalid = "invalid"

func (all Details) invalid() *Error {
	return &Error{Kind: Invalid, Code: codeInvalid, Message: "The input is not valid.", Details: all}
}

// Params are what a message names, by name: texts, numbers, lists of texts.
type Params map[string]any

func (p Params) with(more []Param) Params {
	if len(more) == 0 {
		return p
	}
	out := maps.Clone(p)
	if out == nil {
		out = Params{}
	}
	for _, m := range more {
		out[m.Name] = m.Value
	}
	return out
}

func paramsOf(args []any) (p Params) {
	for _, a := range args {
		if named, ok := a.(Param); ok {
			p = p.with([]Param{named})
		}
	}
	return p
}

// Param is a value that a message names. As an argument of New, At, Wrong or Add it
// is both shown in the message and kept by its name for programs.
type Param struct {
	Name  string
	Value any
	Shown string // how the message has it; "" = as fmt shows the value, a list as its members
}

// Named names a value, as sql.Named does.
func Named(name string, value any) Param { return Param{Name: name, Value: value} }

// Format shows the value under the verb that the message has for it.
func (p Param) Format(s fmt.State, verb rune) {
	shown := p.Value
	if list, ok := shown.([]string); ok {
		shown = strings.Join(list, ", ")
	}
	if p.Shown != "" {
		shown = p.Shown
	}
	_, _ = fmt.Fprintf(s, fmt.FormatString(s, verb), shown) // s takes what it is told
}
