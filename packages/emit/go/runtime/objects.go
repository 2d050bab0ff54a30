package grout

import (
	"context"
	"fmt"
	"io"
	"sync"
)

// Objects are the objects of Go of one kind that Rust owns. For generated code.
type Objects[T io.Closer] struct {
	service[T]
	kind  ObjectKind
	bound sync.Once
}

// ObjectKind says what objects of Go are to Rust, which owns them. For generated code.
type ObjectKind struct {
	// Type is its name in the contract, e.g. "docindex.v1.Index".
	Type string
	// Threads says which threads may use an object, as in [LiveObject].
	Threads string
	// Close names, for people, how one is closed: "Index.Close".
	Close string
	// ShowForeign says that texts may cross when one is closed that nobody wrote for the caller.
	ShowForeign bool
}

// NewObjects makes the table for a kind, which Bind lets Rust call.
func NewObjects[T io.Closer](kind ObjectKind) *Objects[T] {
	objects := &Objects[T]{kind: kind}
	objects.service = service[T]{
		name: kind.Type,
		// 0 is no object.
		held: held[T]{added: 1},
		missing: func(number uint64) error {
			return ErrClosed.New(fmt.Sprintf("Rust calls the %s with the number %d, which it has closed", kind.Type, number))
		},
	}
	return objects
}

// Bind keeps how an archive makes room, and the methods by their numbers; the number after the last closes. What was bound
// first stays: a program has one archive.
func (o *Objects[T]) Bind(makeRoom MakeRoom, methods []Served[T]) *Objects[T] {
	o.bound.Do(func() {
		closing := Served[T]{Method: o.kind.Close, ShowForeign: o.kind.ShowForeign, Serve: o.close}
		o.makeRoom, o.methods = makeRoom, append(methods, closing)
	})
	return o
}

// Give keeps an object until Rust closes it, and returns the number by which Rust calls it.
func (o *Objects[T]) Give(object T) (uint64, error) {
	if any(object) == nil {
		return 0, ErrInvalidResponse.New("the implementation returns neither an object nor an error")
	}
	state := &objectState{live: LiveObject{
		Type: o.kind.Type, Owner: "Go", Holder: "Rust", FreedBy: "close or drop", Threads: o.kind.Threads,
	}}
	state.opening.walk(1)
	state.open()
	return o.held.add(object, state), nil
}

// close forgets an object, then closes it. Rust does so once, when no call of it runs.
func (o *Objects[T]) close(_ context.Context, object T, call *Invocation, _ MakeRoom) error {
	holding := o.held.remove(call.object)
	if holding == nil {
		return o.missing(call.object)
	}
	holding.state.forget()
	return object.Close()
}
