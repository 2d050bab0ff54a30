package grout

import (
	"fmt"
	"time"
)

// Status is what google.rpc.Status says of an error, with its usual details, as plain data: to fill the messages of
// whichever gRPC library is at hand.
type Status struct {
	// Code is Status.code.
	Code Canonical
	// Message is Status.message: the error's message, or the name of its code when it has none, or one that is redacted.
	Message string
	// ErrorInfo is the detail google.rpc.ErrorInfo.
	ErrorInfo ErrorInfo
	// RetryDelay is retry_delay of the detail google.rpc.RetryInfo; 0 when the error does not say how long to wait, and
	// then there is no such detail.
	RetryDelay time.Duration
	// DebugInfo is the detail google.rpc.DebugInfo. Leave it out of what goes to others.
	DebugInfo DebugInfo
}

// ErrorInfo is what google.rpc.ErrorInfo says.
type ErrorInfo struct {
	// Reason is the name of the code.
	Reason string
	// Domain is the full name of the error domain.
	Domain string
	// Metadata has the arguments, and the rendered hint as "hint", unless an argument has that name.
	Metadata map[string]string
}

// DebugInfo is what google.rpc.DebugInfo says.
type DebugInfo struct {
	// StackEntries are the ways that the error went, then Go's stack at the call.
	StackEntries []string
	// Detail has the causes and Rust's backtrace.
	Detail string
}

// toOthers is what a status shows: it may go to other systems, whatever the build.
var toOthers = shown{foreign: true}

// Status returns the error as google.rpc.Status says it. What the contract calls redacted is left out.
func (e *Error) Status() Status {
	status := Status{Code: e.Canonical, Message: e.Message, RetryDelay: e.RetryAfter}
	if e.Message == "" || e.redacts {
		status.Message = e.Name
	}
	status.ErrorInfo = ErrorInfo{Reason: e.Name, Domain: e.Domain, Metadata: map[string]string{}}
	if e.Hint != "" {
		status.ErrorInfo.Metadata["hint"] = e.Hint
	}
	for _, arg := range e.argsFor(toOthers) {
		status.ErrorInfo.Metadata[arg.Name] = arg.Value
	}
	for _, hop := range e.Hops {
		status.DebugInfo.StackEntries = append(status.DebugInfo.StackEntries, hop.String())
	}
	for _, frame := range e.Stack() {
		entry := fmt.Sprintf("Go %s (%s)", frame.Function, placeOf(frame.PC+1))
		status.DebugInfo.StackEntries = append(status.DebugInfo.StackEntries, entry)
	}
	for _, cause := range chainOf(e.cause, toOthers) {
		status.DebugInfo.Detail += "caused by " + joinText(cause.Name, cause.Message) + "\n"
	}
	status.DebugInfo.Detail += e.Backtrace
	return status
}
