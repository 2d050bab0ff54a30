package grout

import (
	"path"
	"runtime"
	"strconv"
	"strings"
)

// Side is a side of a bridge.
type Side int32

const (
	// SideUnknown is one that this version does not know.
	SideUnknown Side = iota
	// SideRust is Rust.
	SideRust
	// SideGo is Go.
	SideGo
)

// String returns the name of the side's language.
func (s Side) String() string {
	names := [...]string{"unknown side", "Rust", "Go"}
	if s >= 0 && int(s) < len(names) {
		return names[s]
	}
	return names[0]
}

// Hop is one crossing of an error.
type Hop struct {
	// Side is the side that the error left.
	Side Side
	// Method is the method whose call it ended, e.g. "Pricing.Greet".
	Method string
	// Location is where on that side the error was made or passed on: "src/store.rs:41:9" in the crate, or
	// "example.com/acme/orders/place.go:7". Empty when that is not known.
	Location string
	// TraceID and SpanID are the W3C ids of the call in hex; empty when it belonged to no trace.
	TraceID string
	SpanID  string
}

// String renders the hop for people.
func (h Hop) String() string {
	text := h.Side.String()
	if h.Location != "" {
		text += " at " + h.Location
	}
	if h.Method != "" {
		text += ", in " + h.Method
	}
	if h.TraceID != "" {
		text += ", trace " + h.TraceID + ", span " + h.SpanID
	}
	return text
}

// Stack is Go's stack at the call that failed, from the caller of the bridge on.
func (e *Error) Stack() []runtime.Frame {
	return framesOf(e.stack)
}

func framesOf(counters []uintptr) []runtime.Frame {
	if len(counters) == 0 {
		return nil
	}
	all := make([]runtime.Frame, 0, len(counters))
	frames := runtime.CallersFrames(counters)
	for {
		frame, more := frames.Next()
		all = append(all, frame)
		if !more {
			return all
		}
	}
}

// callers is the stack without its first skip functions, of which the one that calls this is the first. Names and lines
// are looked up when somebody asks.
func callers(skip int) []uintptr {
	var counters [32]uintptr
	n := runtime.Callers(skip+2, counters[:])
	return append([]uintptr(nil), counters[:n]...)
}

// caller is the first of callers.
func caller(skip int) uintptr {
	var counters [1]uintptr
	runtime.Callers(skip+2, counters[:])
	return counters[0]
}

// panicked is where the panic began that the calling deferred function has recovered from; 0 when there is none.
func panicked() uintptr {
	counters := callers(1)
	began := false
	for at, frame := range framesOf(counters) {
		isRuntime := strings.HasPrefix(frame.Function, "runtime.")
		if began && !isRuntime {
			return counters[at]
		}
		began = began || frame.Function == "runtime.gopanic"
	}
	return 0
}

// placeOf is the file and the line of a program counter, with the file named by its package: no path of the machine that
// built the program is in it.
func placeOf(counter uintptr) string {
	if counter == 0 {
		return ""
	}
	frame := framesOf([]uintptr{counter})[0]
	folder, rest := path.Split(frame.Function)
	name, _, _ := strings.Cut(rest, ".")
	file := path.Base(strings.ReplaceAll(frame.File, `\`, "/"))
	return folder + name + "/" + file + ":" + strconv.Itoa(frame.Line)
}
