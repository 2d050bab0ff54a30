package grout

import (
	"context"
	"fmt"
	"sync"
	"unsafe"
)

// Callbacks are the objects of Go of one service that Rust holds. For generated code.
type Callbacks[T any] struct {
	service   string
	makeRoom  MakeRoom
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

// NewCallbacks makes the table for a service. serve calls a method of an object; sites has the methods by their numbers.
func NewCallbacks[T any](
	service string,
	makeRoom MakeRoom,
	serve func(ctx context.Context, object T, method uint32, u *Unpacker, p *Packer) error,
	sites ...Site,
) *Callbacks[T] {
	return &Callbacks[T]{service: service, makeRoom: makeRoom, serve: serve, sites: sites, objects: map[uint64]callback[T]{}}
}

// Give keeps an object until Rust releases it, and returns the number by which Rust calls it.
func (c *Callbacks[T]) Give(object T) uint64 {
	live := LiveObject{Type: c.service, Owner: "Go", Holder: "Rust", FreedBy: "drop", Threads: "any"}
	state := &objectState{live: live}
	state.open()
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
		callback.state.forget()
	}
}

// Serve serves a call of Rust, and returns its status. Nothing panics out of it.
func (c *Callbacks[T]) Serve(number uint64, method uint32, call *Call, request []byte, answer *Answer) uint32 {
	return serve(call, answer, c.makeRoom, siteOf(c.sites, method, c.service), func(ctx context.Context, p *Packer) error {
		c.mutex.RLock()
		callback, isKnown := c.objects[number]
		c.mutex.RUnlock()
		if !isKnown {
			return ErrClosed.New(fmt.Sprintf("Rust calls the %s with the number %d, which it has released", c.service, number))
		}
		return c.serve(ctx, callback.object, method, unpackLent(request), p)
	})
}

// siteOf is the site of a method; of one that this side does not know, the service.
func siteOf(sites []Site, method uint32, service string) Site {
	if uint64(method) < uint64(len(sites)) {
		return sites[method]
	}
	return Site{Method: service}
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
