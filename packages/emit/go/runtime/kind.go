package grout

import "strconv"

// Retry is what a caller may do about an error.
type Retry uint32

const (
	// RetryUnspecified means that the contract does not say.
	RetryUnspecified Retry = iota
	// RetryNever means that the same call fails again.
	RetryNever
	// RetryBackoff means that the same call may succeed later.
	RetryBackoff
	// RetryAfterRefresh means that the call may succeed with fresh input.
	RetryAfterRefresh
)

// String returns the name as contracts write it, in lower case.
func (r Retry) String() string {
	names := [...]string{"unspecified", "never", "backoff", "after-refresh"}
	if int(r) < len(names) {
		return names[r]
	}
	return "retry " + strconv.FormatUint(uint64(r), 10)
}

// Kind is one way to fail that a contract declares. It is what [errors.Is] compares with, and what fakes make errors
// from, with New. A Kind that is returned as an error itself is found by [errors.As] as an [Error] too.
type Kind struct {
	domain    string
	code      int32
	name      string
	hint      string
	retry     Retry
	canonical Canonical
	redacts   bool
}

// NewKind declares a kind. For generated code.
func NewKind(domain string, code int32, name, hint string, retry Retry) *Kind {
	return &Kind{domain: domain, code: code, name: name, hint: hint, retry: retry, canonical: retry.canonical()}
}

// WithCanonical says what the kind is to those who do not know its domain, where that does not follow from whether to try
// again. For generated code.
func (k *Kind) WithCanonical(canonical Canonical) *Kind {
	k.canonical = canonical
	return k
}

// Redacting says that messages of the kind do not leave the side where they are made, in release builds. For generated
// code.
func (k *Kind) Redacting() *Kind {
	k.redacts = true
	return k
}

// New makes an error of this kind, which knows where that was.
func (k *Kind) New(message string) *Error {
	failure := k.make(message)
	failure.made = caller(1)
	return failure
}

func (k *Kind) make(message string) *Error {
	return &Error{
		Domain: k.domain, Code: k.code, Name: k.name, Message: message, Retry: k.retry, Canonical: k.canonical,
		Hint: renderHint(k.hint, nil), template: k.hint, redacts: k.redacts,
	}
}

// Error returns the full name of the code.
func (k *Kind) Error() string {
	return k.domain + "." + k.name
}

// As lets errors.As find an Error where a bare Kind was returned.
func (k *Kind) As(target any) bool {
	failure, ok := target.(**Error)
	if ok {
		*failure = k.make("")
	}
	return ok
}

const runtimeDomain = "grout.runtime"

// The kinds that every bridge shares. The Rust runtime has the same codes.
var (
	// ErrPanic means that the implementation panicked. The panic was contained; the process goes on.
	ErrPanic = runtimeKind(1, "PANIC", RetryUnspecified, CanonicalInternal)
	// ErrInvalidArgument means that an argument breaks the contract, e.g. a string that is not UTF-8.
	ErrInvalidArgument = runtimeKind(2, "INVALID_ARGUMENT", RetryNever, CanonicalInvalidArgument)
	// ErrUnimplemented means that a mock does not implement the method.
	ErrUnimplemented = runtimeKind(3, "UNIMPLEMENTED", RetryNever, CanonicalUnimplemented)
	// ErrHandshake means that the two sides were not generated from the same contract, or not built as they must be.
	ErrHandshake = runtimeKind(4, "HANDSHAKE", RetryNever, CanonicalFailedPrecondition)
	// ErrCanceled means that the context of the call was canceled; errors.Is finds context.Canceled too.
	ErrCanceled = runtimeKind(5, "CANCELED", RetryUnspecified, CanonicalCancelled)
	// ErrDeadlineExceeded means that the deadline passed; errors.Is finds context.DeadlineExceeded too.
	ErrDeadlineExceeded = runtimeKind(6, "DEADLINE_EXCEEDED", RetryUnspecified, CanonicalDeadlineExceeded)
	// ErrUnavailable means that this program has no way to reach the implementation.
	ErrUnavailable = runtimeKind(7, "UNAVAILABLE", RetryNever, CanonicalUnavailable)
	// ErrInvalidResponse means that the implementation answered with what the contract does not allow, e.g. a text that is
	// longer than its field may be.
	ErrInvalidResponse = runtimeKind(8, "INVALID_RESPONSE", RetryNever, CanonicalInternal)
	// ErrClosed means that the object that the call is on was closed before.
	ErrClosed = runtimeKind(9, "CLOSED", RetryNever, CanonicalFailedPrecondition)
	// ErrBusy means that the object that the call is on is in use by the very call that calls back.
	ErrBusy = runtimeKind(10, "BUSY", RetryNever, CanonicalFailedPrecondition)
	// ErrUnknown means that the implementation failed with an error that no contract knows.
	ErrUnknown = runtimeKind(11, "UNKNOWN", RetryUnspecified, CanonicalUnknown)
	// ErrResourceExhausted means that there is no memory for what the implementation is to be given. There may be later.
	ErrResourceExhausted = runtimeKind(12, "RESOURCE_EXHAUSTED", RetryBackoff, CanonicalResourceExhausted)
)

func runtimeKind(code int32, name string, retry Retry, canonical Canonical) *Kind {
	return NewKind(runtimeDomain, code, name, "", retry).WithCanonical(canonical)
}
