package grout

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// Answer is what Go answers a call of Rust with: a packed response with status 0, an encoded error with status 1. It
// mirrors grout_answer of the C header; Rust owns it. For generated code.
type Answer struct {
	length uintptr
	bytes  Tail
}

// MakeRoom lets Rust make room for n bytes in a tail of an [Answer] and returns its address. For generated code.
type MakeRoom func(tail unsafe.Pointer, n uintptr) uintptr

const (
	statusOK    = 0
	statusError = 1
	statusFrame = 2
)

// serve serves a call of Rust, and returns its status. Nothing panics out of it. A method that ends its goroutine ends
// the program: there is no way back to Rust then, and its frames would be lost with all that they hold.
func serve(
	call *Call, answer *Answer, makeRoom MakeRoom, site Site, method func(ctx context.Context, p *Packer) error,
) (status uint32) {
	if call.size < uint32(unsafe.Sizeof(*call)) {
		return statusFrame
	}
	returned := false
	defer func() {
		if value := recover(); value != nil {
			status = answer.fill(makeRoom, statusError, EncodePanic(value, site))
		} else if !returned {
			endProgram(site)
		}
	}()
	packer := NewPacker()
	defer packer.Release()
	ctx, cancel := call.context()
	defer cancel()
	err := method(ctx, packer)
	returned = true
	if err == nil && packer.Err() != nil {
		err = ErrInvalidResponse.New(packer.text())
	}
	if err != nil {
		return answer.fill(makeRoom, statusError, EncodeError(err, site))
	}
	return answer.fill(makeRoom, statusOK, packer.bytes)
}

// endProgram says why a program cannot go on, and ends it.
func endProgram(site Site) {
	fmt.Fprintf(os.Stderr, "grout: %s ended its goroutine in the midst of a call of Rust, with runtime.Goexit or with FailNow, "+
		"Fatal or Skip of a test: return an error instead\n%s", site.Method, debug.Stack())
	os.Exit(2)
}

func (a *Answer) fill(makeRoom MakeRoom, status uint32, bytes []byte) uint32 {
	a.length = uintptr(len(bytes))
	copy(view(makeRoom(unsafe.Pointer(&a.bytes), a.length), a.length), bytes)
	return status
}

// unpackLent makes an unpacker of bytes that Rust lends for a call only.
func unpackLent(request []byte) *Unpacker {
	return NewUnpacker(append([]byte(nil), request...))
}

// context is that of a call of Rust.
func (c *Call) context() (context.Context, context.CancelFunc) {
	switch {
	case c.cancelToken != 0:
		return c.watched()
	case c.deadlineUnixNs == 0:
		return context.Background(), func() {}
	}
	return context.WithDeadline(context.Background(), time.Unix(0, c.deadlineUnixNs))
}

// tokenCanceled is what Rust writes to the token of a call that it cancels, before it calls [Cancel].
const tokenCanceled = 2

// watchedCalls has the calls of Rust that run and that it can cancel: the addresses of their frames, each on the stack of
// the thread that waits for its call, to context.CancelFunc.
var watchedCalls sync.Map

func (c *Call) watched() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	if c.deadlineUnixNs != 0 {
		ctx, cancel = context.WithDeadline(context.Background(), time.Unix(0, c.deadlineUnixNs))
	}
	watchedCalls.Store(c.address(), cancel)
	// Whoever canceled before the line above was not heard, but has left word.
	if atomic.LoadUint64(&c.cancelToken) == tokenCanceled {
		cancel()
	}
	return ctx, func() {
		watchedCalls.Delete(c.address())
		cancel()
	}
}

func (c *Call) address() uintptr {
	return uintptr(unsafe.Pointer(c))
}

// Cancel cancels the context of a call of Rust, if that runs. For generated code.
func Cancel(call *Call) {
	if cancel, isRunning := watchedCalls.Load(call.address()); isRunning {
		cancel.(context.CancelFunc)()
	}
}
