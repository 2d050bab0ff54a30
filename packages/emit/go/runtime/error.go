package grout

import (
	"context"
	"strings"
)

// Error is how a call of a bridge fails: with a code of the contract's error domain, or with one of the runtime's.
// Find it with [errors.As]; compare with a [Kind] by [errors.Is].
type Error struct {
	// Domain is the full name of the error domain, e.g. "pricing.v1.PricingError".
	Domain string
	// Code is the number of the code in its domain.
	Code int32
	// Name is the name of the code, e.g. "EMPTY_NAME".
	Name string
	// Message says what happened, for people.
	Message string
	// Hint says what the caller can do; empty when the contract does not say.
	Hint string
	// Retry says whether trying again makes sense.
	Retry Retry
	// Method is the method that failed, e.g. "Pricing.Greet".
	Method string
}

// Error renders the method, the code, the message and the hint.
func (e *Error) Error() string {
	var text strings.Builder
	if e.Method != "" {
		text.WriteString(e.Method + ": ")
	}
	text.WriteString(e.Name)
	if e.Message != "" {
		text.WriteString(": " + e.Message)
	}
	if e.Hint != "" {
		text.WriteString(" (" + e.Hint + ")")
	}
	return text.String()
}

// Is reports whether target is the kind of this error. A runtime error that comes from a context also matches
// [context.Canceled] or [context.DeadlineExceeded].
func (e *Error) Is(target error) bool {
	if kind, ok := target.(*Kind); ok {
		return e.isKind(kind)
	}
	switch target {
	case context.Canceled:
		return e.isKind(ErrCanceled)
	case context.DeadlineExceeded:
		return e.isKind(ErrDeadlineExceeded)
	}
	return false
}

func (e *Error) isKind(kind *Kind) bool {
	return e.Code == kind.code && e.Domain == kind.domain
}

// InMethod names the method in an error that does not name one yet; other errors pass as they are. For generated code.
func InMethod(err error, method string) error {
	if failure, ok := err.(*Error); ok && failure.Method == "" {
		named := *failure
		named.Method = method
		return &named
	}
	return err
}
