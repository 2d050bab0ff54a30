package grout

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
)

// withheld stands for a text that stays on this side, and says where to find it.
const withheld = "(withheld; the hook of grout.SetErrorHook in Go sees it)"

// Site is a method that Go implements, as errors that leave by it see it. For generated code.
type Site struct {
	// Method is its name for people, e.g. "Orders.Place".
	Method string
	// ShowForeign says that texts may cross that nobody wrote for the caller.
	ShowForeign bool
	// ShowRedacted says that messages of redacted codes may cross.
	ShowRedacted bool
}

var errorHook atomic.Pointer[func(method string, err error)]

// SetErrorHook calls hook with each error that a method of Go ends with in Rust, before anything of it is withheld: the
// place to log what Rust does not get to see. It replaces the hook that was set before; nil stands for none. A panic of the
// method is an [ErrPanic]. The call waits for the hook, whose own panic is contained.
func SetErrorHook(hook func(method string, err error)) {
	if hook == nil {
		errorHook.Store(nil)
		return
	}
	errorHook.Store(&hook)
}

// EncodeError makes the bytes that Rust reads of an error that a method of Go returned. An error that is none of a
// bridge's becomes [ErrUnknown]; that of a context becomes [ErrCanceled] or [ErrDeadlineExceeded]. Text that was put
// around a bridge's error stays here. For generated code.
func EncodeError(err error, site Site) []byte {
	site.tellHook(err)
	return site.encode(crossing(err, site.shown()))
}

// EncodePanic makes the bytes that Rust reads of a panic that a method of Go was recovered from. For generated code, which
// calls it in the deferred function that recovered.
func EncodePanic(value any, site Site) []byte {
	failure := ErrPanic.make(fmt.Sprint("the Go implementation panicked: ", value))
	failure.made = panicked()
	site.tellHook(failure)
	if !site.ShowForeign {
		failure.Message = "the Go implementation panicked " + withheld
	}
	return site.encode(failure)
}

func (s Site) tellHook(err error) {
	if hook := errorHook.Load(); hook != nil {
		defer func() { _ = recover() }()
		(*hook)(s.Method, err)
	}
}

func (s Site) shown() shown {
	return shown{foreign: s.ShowForeign, redacted: s.ShowRedacted}
}

func (s Site) encode(failure *Error) []byte {
	hop := Hop{Side: SideGo, Method: s.Method, Location: failure.origin()}
	var out wireWriter
	failure.write(&out, append(slices.Clip(failure.Hops), hop), s.shown())
	return out.out
}

// crossing is err as an error of a bridge.
func crossing(err error, shown shown) *Error {
	if failure, ok := AsError(err); ok {
		return failure
	}
	kind := ErrUnknown
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		kind = ErrDeadlineExceeded
	case errors.Is(err, context.Canceled):
		kind = ErrCanceled
	}
	failure := kind.make(causeOf(err, shown).Message)
	failure.cause = unwrapFirst(err)
	return failure
}

// origin is where the error was made, or where this side got it from the other one.
func (e *Error) origin() string {
	if e.made != 0 {
		return placeOf(e.made)
	}
	if len(e.stack) > 0 {
		return placeOf(e.stack[0])
	}
	return ""
}

func (e *Error) write(out *wireWriter, hops []Hop, shown shown) {
	out.text(1, e.Domain)
	out.signed(2, e.Code)
	out.text(3, e.Name)
	out.text(4, e.messageFor(shown))
	out.text(5, e.Hint)
	for _, arg := range e.argsFor(shown) {
		out.nested(6, func(out *wireWriter) {
			out.text(1, arg.Name)
			out.text(2, arg.Value)
		})
	}
	out.number(7, uint64(e.Retry))
	out.number(8, uint64(max(e.RetryAfter, 0)))
	out.signed(9, int32(e.Canonical))
	for _, cause := range chainOf(e.cause, shown) {
		out.nested(10, func(out *wireWriter) {
			out.text(1, cause.Domain)
			out.signed(2, cause.Code)
			out.text(3, cause.Name)
			out.text(4, cause.Message)
		})
	}
	for _, hop := range hops {
		high, low, span := hop.ids()
		out.nested(11, func(out *wireWriter) {
			out.number(1, uint64(hop.Side))
			out.text(2, hop.Method)
			out.text(3, hop.Location)
			out.number(4, high)
			out.number(5, low)
			out.number(6, span)
		})
	}
	out.text(12, e.Backtrace)
}

// argsFor leaves of the arguments of a redacted error those that the contract itself shows.
func (e *Error) argsFor(shown shown) []Arg {
	if !e.redacts || shown.redacted {
		return e.Args
	}
	isHidden := func(arg Arg) bool { return !showsArg(e.template, arg.Name) }
	return slices.DeleteFunc(slices.Clone(e.Args), isHidden)
}
