package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/tidemark/tidemark/fault"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// hintError is an error with what to do about it.
type hintError struct {
	err  error
	hint string
}

func hinted(err error, hint string) error { return &hintError{err, hint} }

func (h *hintError) Error() string { return h.err.Error() }
func (h *hintError) Unwrap() error { return h.err }

// tellError tells a person what went wrong, and what to do, and returns the exit
// code.
func tellError(stderr io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintf(stderr, "tidemark: %s\n", message(err))
	if f, ok := errors.AsType[*fault.Error](err); ok {
		for _, d := range f.Details {
			fmt.Fprintf(stderr, "  %s %s\n", d.Location, d.Message)
		}
	}
	if h, ok := errors.AsType[*hintError](err); ok {
		fmt.Fprintf(stderr, "hint: %s\n", h.hint)
	}
	if _, ok := errors.AsType[*usageError](err); ok {
		return exitUsage
	}
	return exitFailed
}

// message is the error in words; a fault's cause is for the operator, who is
// who reads this.
func message(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	if f.Err != nil {
		return f.Message + " (" + f.Err.Error() + ")"
	}
	return f.Message
}

// usageError is a command line that means nothing.
type usageError struct{ err error }

func (u *usageError) Error() string { return u.err.Error() }
func (u *usageError) Unwrap() error { return u.err }
