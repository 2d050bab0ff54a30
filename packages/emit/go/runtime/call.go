package grout

import (
	"context"
	"errors"
	"math"
	"time"
	"unsafe"
)

// FrameVersion is the version of the structs below. The Rust side must have the same. For generated code.
const FrameVersion = 3

// FrameVersion3 is there in runtimes of this version alone. Generated code names it, so that code of another version,
// which passes other arguments to the library, does not compile: nx sync brings both to one.
const FrameVersion3 = FrameVersion

// Call accompanies a call: what the caller says about it, and where the callee leaves an error. It mirrors grout_call of
// the C header and lives on the stack. For generated code.
type Call struct {
	size           uint32
	flags          uint32 // reserved
	deadlineUnixNs int64
	cancelToken    uint64    // reserved
	traceID        [2]uint64 // reserved
	spanID         uint64    // reserved
	traceFlags     uint32    // reserved
	streamCredit   uint32    // reserved
	failure        uintptr
}

// Begin fills a zero frame for a call with the deadline of ctx. In place: a copy would cost more than all else here.
func (c *Call) Begin(ctx context.Context) {
	c.size = uint32(unsafe.Sizeof(*c))
	if deadline, ok := ctx.Deadline(); ok {
		c.deadlineUnixNs = unixNs(deadline)
	}
}

// Failure is the address of the error that the callee left, 0 when there is none. Who reads it must free it.
func (c *Call) Failure() uintptr {
	return c.failure
}

// lastSecond is where nanoseconds since the Unix epoch end, before it and after it alike.
const lastSecond = math.MaxInt64 / 1_000_000_000

// unixNs is t in nanoseconds since the Unix epoch, as far as they reach; never 0, which means "no deadline".
func unixNs(t time.Time) int64 {
	switch seconds := t.Unix(); {
	case seconds >= lastSecond:
		return math.MaxInt64
	case seconds <= -lastSecond:
		return math.MinInt64
	}
	if ns := t.UnixNano(); ns != 0 {
		return ns
	}
	return -1
}

// CheckContext returns the error of a call whose context is done before it starts. For generated code.
func CheckContext(ctx context.Context) error {
	err := ctx.Err()
	if err == nil {
		return nil
	}
	kind := ErrCanceled
	if errors.Is(err, context.DeadlineExceeded) {
		kind = ErrDeadlineExceeded
	}
	cause := context.Cause(ctx)
	return kind.New(cause.Error()).CausedBy(cause)
}

// Value is what p points to, or the zero value when it points to nothing: an absent message has zero leaves.
// For generated code.
func Value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
