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

// Served is a method of a service of Go. For generated code.
type Served[T any] struct {
	// Method is its name for people, e.g. "Orders.Place".
	Method string
	// ShowForeign says that texts may cross that nobody wrote for the caller.
	ShowForeign bool
	// Serve calls the method of an object; a long response asks for room.
	Serve func(ctx context.Context, object T, call *Invocation, room MakeRoom) error
}

func (s *Served[T]) site() Site {
	return Site{Method: s.Method, ShowForeign: s.ShowForeign}
}

// Invocation is a call of a method by Rust. It mirrors grout_invocation of the C header, and lies in memory of Rust, as its
// structs do; all of them are there until the call returns. For generated code.
type Invocation struct {
	size   uint32
	method uint32
	object uint64
	// frame is nil for a call without deadline and trace that cannot be canceled.
	frame *Call
	// Request points to the struct that the request is flattened in.
	Request unsafe.Pointer
	// Response points to the struct that a response is written to.
	Response unsafe.Pointer
}

// MakeRoom lets Rust make room for n bytes of an answer to a call, and returns their address. Rust frees it. For generated
// code.
type MakeRoom func(call *Invocation, n uintptr) uintptr

const (
	statusOK    = 0
	statusError = 1
	statusFrame = 2
	// statusRunning is that of a method which has not returned. It does not cross.
	statusRunning = 3
)

// service is what serves the methods of a service of Go.
type service[T any] struct {
	name     string
	makeRoom MakeRoom
	methods  []Served[T]
	held     held[T]
	// missing is the error of a call of an object that is not there.
	missing func(number uint64) error
}

// Serve serves a call of Rust, and returns its status. Nothing panics out of it. A method that ends its goroutine ends
// the program: there is no way back to Rust then, and its frames would be lost with all that they hold.
func (s *service[T]) Serve(call *Invocation) (status uint32) {
	if call.isTooSmall() {
		return statusFrame
	}
	status = statusRunning
	defer func() {
		if status == statusRunning {
			status = call.fail(s.makeRoom, abandoned(recover(), s.site(call)))
		}
	}()
	var err error
	switch holding := s.held.find(call.object); {
	case holding == nil || !s.has(call.method):
		err = s.refuse(call)
	case call.frame != nil && call.frame.hasContext():
		err = s.methods[call.method].serveWithContext(holding.object, call, s.makeRoom)
	default:
		err = s.methods[call.method].Serve(context.Background(), holding.object, call, s.makeRoom)
	}
	if err != nil {
		return call.fail(s.makeRoom, EncodeError(err, s.site(call)))
	}
	return statusOK
}

func (s *service[T]) has(method uint32) bool {
	return uint64(method) < uint64(len(s.methods))
}

// site is the method of a call, or the service where it has no such method.
func (s *service[T]) site(call *Invocation) Site {
	if !s.has(call.method) {
		return Site{Method: s.name}
	}
	return s.methods[call.method].site()
}

// serveWithContext serves a call that has a deadline, or that Rust can cancel.
func (s *Served[T]) serveWithContext(object T, call *Invocation, room MakeRoom) error {
	ctx, cancel := call.frame.context()
	defer cancel()
	return s.Serve(ctx, object, call, room)
}

// refuse is the error of a call of a method or of an object that is not there.
func (s *service[T]) refuse(call *Invocation) error {
	if !s.has(call.method) {
		return ErrUnimplemented.New(fmt.Sprintf("there is no method with the number %d", call.method))
	}
	return s.missing(call.object)
}

// abandoned is the error of a method that did not return, as value was recovered from it. Without a value it has ended its
// goroutine, and the program ends.
func abandoned(value any, site Site) []byte {
	if value == nil {
		endProgram(site)
	}
	return EncodePanic(value, site)
}

// endProgram says why a program cannot go on, and ends it.
func endProgram(site Site) {
	fmt.Fprintf(os.Stderr, "grout: %s ended its goroutine in the midst of a call of Rust, with runtime.Goexit or with FailNow, "+
		"Fatal or Skip of a test: return an error instead\n%s", site.Method, debug.Stack())
	os.Exit(2)
}

// isTooSmall says whether Rust knows less than this side needs.
func (i *Invocation) isTooSmall() bool {
	return i.size < uint32(unsafe.Sizeof(*i)) || i.frame != nil && i.frame.size < uint32(unsafe.Sizeof(*i.frame))
}

// fail answers with an encoded error.
func (i *Invocation) fail(makeRoom MakeRoom, encoded []byte) uint32 {
	i.answer(makeRoom, encoded)
	return statusError
}

// answer copies bytes to room that Rust makes.
func (i *Invocation) answer(makeRoom MakeRoom, bytes []byte) {
	n := uintptr(len(bytes))
	copy(view(makeRoom(i, n), n), bytes)
}

// hasContext says whether a call of Rust has a deadline, or can be canceled.
func (c *Call) hasContext() bool {
	return c.deadlineUnixNs != 0 || c.token() != 0
}

// context is that of a call of Rust which has one.
func (c *Call) context() (context.Context, context.CancelFunc) {
	if c.token() != 0 {
		return c.watched()
	}
	return context.WithDeadline(context.Background(), time.Unix(0, c.deadlineUnixNs))
}

// token says whether Rust can cancel a call, and whether it has: any of its threads writes it.
func (c *Call) token() uint64 {
	return atomic.LoadUint64(&c.cancelToken)
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
	if c.token() == tokenCanceled {
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
