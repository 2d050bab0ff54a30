package grout

import (
	"context"
	"fmt"
	"sync"
	"time"
	"unsafe"
)

// Answer is what a callback answers with: a packed response with status 0, an encoded error with status 1. It mirrors
// grout_answer of the C header; Rust owns it. For generated code.
type Answer struct {
	length uintptr
	bytes  Tail
}

// Callbacks are the objects of Go of one service that Rust holds. For generated code.
type Callbacks[T any] struct {
	service   string
	makeRoom  func(tail unsafe.Pointer, n uintptr) uintptr
	serve     func(ctx context.Context, object T, method uint32, u *Unpacker, p *Packer) error
	sites     []Site
	mutex     sync.RWMutex
	objects   map[uint64]callback[T]
	lastGiven uint64
}

type callback[T any] struct {
	object T
	state  *objectState
}

// NewCallbacks makes the table for a service. makeRoom lets Rust make room for n bytes in a tail of an [Answer] and
// returns its address; serve calls a method of an object; sites has the methods by their numbers.
func NewCallbacks[T any](
	service string,
	makeRoom func(tail unsafe.Pointer, n uintptr) uintptr,
	serve func(ctx context.Context, object T, method uint32, u *Unpacker, p *Packer) error,
	sites ...Site,
) *Callbacks[T] {
	return &Callbacks[T]{service: service, makeRoom: makeRoom, serve: serve, sites: sites, objects: map[uint64]callback[T]{}}
}

// Give keeps an object until Rust releases it, and returns the number by which Rust calls it.
func (c *Callbacks[T]) Give(object T) uint64 {
	live := LiveObject{Type: c.service, Owner: "Go", Holder: "Rust", FreedBy: "drop", Threads: "any"}
	state := newObjectState(live, func() error { return nil })
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.lastGiven++
	c.objects[c.lastGiven] = callback[T]{object, state}
	return c.lastGiven
}

// Release forgets an object.
func (c *Callbacks[T]) Release(number uint64) {
	c.mutex.Lock()
	callback, isKnown := c.objects[number]
	delete(c.objects, number)
	c.mutex.Unlock()
	if isKnown {
		_ = callback.state.free()
	}
}

// Serve serves a call of Rust, and returns its status. Nothing panics out of it.
func (c *Callbacks[T]) Serve(number uint64, method uint32, call *Call, request []byte, answer *Answer) (status uint32) {
	if call.size < uint32(unsafe.Sizeof(*call)) {
		return statusFrame
	}
	defer func() {
		if value := recover(); value != nil {
			status = c.answer(answer, statusError, EncodePanic(value, c.site(method)))
		}
	}()
	packer := NewPacker()
	defer packer.Release()
	if err := c.call(number, method, call, request, packer); err != nil {
		return c.answer(answer, statusError, EncodeError(err, c.site(method)))
	}
	return c.answer(answer, statusOK, packer.bytes)
}

func (c *Callbacks[T]) call(number uint64, method uint32, call *Call, request []byte, packer *Packer) error {
	c.mutex.RLock()
	callback, isKnown := c.objects[number]
	c.mutex.RUnlock()
	if !isKnown {
		return ErrClosed.New(fmt.Sprintf("Rust calls the %s with the number %d, which it has released", c.service, number))
	}
	ctx, cancel := call.context()
	defer cancel()
	unpacker := NewUnpacker(append([]byte(nil), request...))
	if err := c.serve(ctx, callback.object, method, unpacker, packer); err != nil {
		return err
	}
	if err := packer.Err(); err != nil {
		return ErrInvalidResponse.New(packer.text())
	}
	return nil
}

// site of a method; of one that this side does not know, the service.
func (c *Callbacks[T]) site(method uint32) Site {
	if int(method) < len(c.sites) {
		return c.sites[method]
	}
	return Site{Method: c.service}
}

func (c *Callbacks[T]) answer(answer *Answer, status uint32, bytes []byte) uint32 {
	answer.length = uintptr(len(bytes))
	copy(view(c.makeRoom(unsafe.Pointer(&answer.bytes), answer.length), answer.length), bytes)
	return status
}

const (
	statusOK    = 0
	statusError = 1
	statusFrame = 2
)

// context is that of a call of Rust.
func (c *Call) context() (context.Context, context.CancelFunc) {
	if c.deadlineUnixNs == 0 {
		return context.Background(), func() {}
	}
	return context.WithDeadline(context.Background(), time.Unix(0, c.deadlineUnixNs))
}

// Unserved is the error of a call of a method that this side does not know. For generated code.
func Unserved(method uint32) error {
	return ErrUnimplemented.New(fmt.Sprintf("there is no method with the number %d", method))
}

// Lent shows bytes that the other side lends for a call. For generated code.
func Lent(address unsafe.Pointer, n uintptr) []byte {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(address), n)
}
