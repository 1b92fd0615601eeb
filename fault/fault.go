// Package fault is the one error type that crosses package borders: a kind
// that decides the HTTP status and the exit code, a stable code for programs,
// a message that is safe to show to people, where in the input it happened,
// and a cause that is only ever logged.
//
// It is a leaf: it imports nothing of this module, and knows nothing of HTTP
// or of the command line. The mapping of kinds to either lives at those edges.
package fault

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind is the class of an error, from the caller's point of view.
type Kind uint8

// The eight kinds. Their order has no meaning.
const (
	Internal        Kind = iota // a defect or a broken disk; the message is generic
	Invalid                     // the input is wrong; the same input will fail again
	Unauthenticated             // nobody is signed in
	Forbidden                   // somebody is, but may not
	NotFound                    // the thing named does not exist
	Conflict                    // the input is fine, the present state refuses it
	TooLarge                    // the input exceeds a documented limit
	Unavailable                 // try again later
)

// String returns the kind's name for logs.
func (k Kind) String() string {
	switch k {
	case Invalid:
		return "invalid"
	case Unauthenticated:
		return "unauthenticated"
	case Forbidden:
		return "forbidden"
	case NotFound:
		return "not_found"
	case Conflict:
		return "conflict"
	case TooLarge:
		return "too_large"
	case Unavailable:
		return "unavailable"
	}
	return "internal"
}

// Error is an error with a kind. The zero value is an internal error.
type Error struct {
	Kind       Kind
	Code       string        // stable, snake_case, for programs: "stage_not_found"
	Message    string        // one sentence, safe to show
	Params     Params        // what Message names, for programs that say it in other words
	Details    Details       // every fault found, not only the first
	RetryAfter time.Duration // for Unavailable: when to try again; 0 = unknown
	Err        error         // the cause; logged, never shown
}

// Error renders the whole chain, for logs.
func (e *Error) Error() string {
	text := e.Message
	if e.Code != "" {
		text = e.Code + ": " + text
	}
	for _, d := range e.Details {
		text += fmt.Sprintf("; %s %s", d.Location, d.Message)
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind with a stable code and a message for people.
// What Named gives among the arguments becomes its parameters.
func New(kind Kind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Message: fmt.Sprintf(format, args...), Params: paramsOf(args)}
}

// With adds parameters that the message does not show.
func (e *Error) With(params ...Param) *Error {
	e.Params = e.Params.with(params)
	return e
}

// At makes an Invalid error that is about one place of the input.
func At(location, format string, args ...any) *Error {
	return Details{Wrong(location, format, args...)}.invalid()
}

// Coded gives the only detail of an error that At made its code, and
// parameters that its message does not show.
func (e *Error) Coded(code string, params ...Param) *Error {
	e.Details[0].Coded(code, params...)
	return e
}

// Reason says in one line what is wrong, for people: the message, or of an
// input every fault with its place. What is foreign or internal has nothing to
// say to them: ok is false.
func Reason(err error) (text string, ok bool) {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind == Internal {
		return "", false
	}
	if e.Code != codeInvalid || len(e.Details) == 0 {
		return e.Message, true
	}
	all := make([]string, len(e.Details))
	for i, d := range e.Details {
		all[i] = strings.TrimPrefix(d.Location, "body.") + " " + d.Message
	}
	return strings.Join(all, "; "), true
}

// KindOf returns the kind of an error; foreign errors are Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// CodeOf returns the stable code of an error, or "internal".
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Code != "" {
		return e.Code
	}
	return "internal"
}
