package grout

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Error is how a call of a bridge fails: with a code of the contract's error domain, or with one of the runtime's.
// Find it with [AsError] or [errors.As]; compare with a [Kind] by [errors.Is]. Printed with %+v it tells the way that it
// went.
type Error struct {
	// Domain is the full name of the error domain, e.g. "pricing.v1.PricingError".
	Domain string
	// Code is the number of the code in its domain.
	Code int32
	// Name is the name of the code, e.g. "EMPTY_NAME".
	Name string
	// Message says what happened, for people.
	Message string
	// Hint says what the caller can do, with its arguments in place; empty when the contract does not say.
	Hint string
	// Args are the arguments that the error was given, in that order.
	Args []Arg
	// Retry says whether trying again makes sense.
	Retry Retry
	// RetryAfter says how long to wait before trying again; 0 when the error does not say.
	RetryAfter time.Duration
	// Canonical is what the error is to those who do not know its domain.
	Canonical Canonical
	// Method is the method that failed, e.g. "Pricing.Greet".
	Method string
	// Hops are the ways that the error went from one side to the other; the first is the one from where it was made.
	Hops []Hop
	// Backtrace is Rust's backtrace of the place where the error was made, when one was taken and may be seen.
	Backtrace string

	template string // of the hint, when the error was made here
	redacts  bool   // its message may hold what the other side must not see
	cause    error
	made     uintptr   // where it was made, when it was here
	stack    []uintptr // of the call that failed
}

// AsError finds the bridge's error in err.
func AsError(err error) (*Error, bool) {
	var failure *Error
	ok := errors.As(err, &failure)
	return failure, ok
}

// With gives an error that was just made an argument: its hint shows it at {name}. Given again, it replaces the value.
func (e *Error) With(name string, value any) *Error {
	arg := Arg{Name: name, Value: fmt.Sprint(value)}
	same := func(it Arg) bool { return it.Name == name }
	if at := slices.IndexFunc(e.Args, same); at >= 0 {
		e.Args[at] = arg
	} else {
		e.Args = append(e.Args, arg)
	}
	if e.template != "" {
		e.Hint = renderHint(e.template, e.Args)
	}
	return e
}

// CausedBy says what led to an error that was just made.
func (e *Error) CausedBy(cause error) *Error {
	e.cause = cause
	return e
}

// RetryIn says how long the caller of an error that was just made should wait before it tries again.
func (e *Error) RetryIn(wait time.Duration) *Error {
	e.RetryAfter = wait
	return e
}

// Arg returns the value of an argument; empty when there is none of that name.
func (e *Error) Arg(name string) string {
	for _, arg := range e.Args {
		if arg.Name == name {
			return arg.Value
		}
	}
	return ""
}

// Retryable reports whether the very same call may succeed later. How long to wait is RetryAfter, or the caller's choice
// when that is 0.
func (e *Error) Retryable() bool {
	return e.Retry == RetryBackoff || e.Retry == RetryUnspecified && e.RetryAfter > 0
}

// Error renders the method, the code, the message, what led to it and the hint.
func (e *Error) Error() string {
	text := joinText(e.Name, e.Message)
	if e.Method != "" {
		text = joinText(e.Method, text)
	}
	if e.cause != nil && e.cause.Error() != e.Message {
		text = joinText(text, e.cause.Error())
	}
	if e.Hint != "" {
		text += " (" + e.Hint + ")"
	}
	return text
}

// Unwrap returns what led to the error: a [Cause] when that was on the other side.
func (e *Error) Unwrap() error {
	return e.cause
}

// Is reports whether target is the kind of this error. A runtime error that comes from a context also matches
// [context.Canceled] or [context.DeadlineExceeded].
func (e *Error) Is(target error) bool {
	return isKind(e.Domain, e.Code, target)
}

func isKind(domain string, code int32, target error) bool {
	kind, ok := target.(*Kind)
	switch {
	case ok:
	case target == context.Canceled:
		kind = ErrCanceled
	case target == context.DeadlineExceeded:
		kind = ErrDeadlineExceeded
	default:
		return false
	}
	return code == kind.code && domain == kind.domain
}

// InMethod names the method in an error that does not name one yet, and notes who called it; other errors pass as they
// are. For generated code, which the caller calls.
func InMethod(err error, method string) error {
	if failure, ok := err.(*Error); ok && failure.Method == "" {
		named := *failure
		named.Method = method
		named.stack = callers(2)
		return &named
	}
	return err
}

// Format adds to %+v what led to the error, the way that it went, and the stacks that are known. Other verbs print the
// error's text.
func (e *Error) Format(state fmt.State, verb rune) {
	if verb == 'v' && state.Flag('+') {
		fmt.Fprint(state, e.report())
		return
	}
	fmt.Fprintf(state, fmt.FormatString(state, verb), e.Error())
}

func (e *Error) report() string {
	var text strings.Builder
	text.WriteString(e.Error())
	for _, cause := range chainOf(e.cause, showAll) {
		text.WriteString("\ncaused by " + joinText(cause.Name, cause.Message))
	}
	if place := placeOf(e.made); place != "" {
		text.WriteString("\nmade at " + place)
	}
	for _, hop := range e.Hops {
		text.WriteString("\n" + hop.String())
	}
	for _, frame := range e.Stack() {
		fmt.Fprintf(&text, "\n\t%s\n\t\t%s:%d", frame.Function, frame.File, frame.Line)
	}
	if e.Backtrace != "" {
		text.WriteString("\nbacktrace of Rust:\n" + e.Backtrace)
	}
	return text.String()
}
