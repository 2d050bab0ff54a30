package grout

import (
	"context"
	"fmt"
	"io"
)

// Objects are the objects of Go of one kind that Rust owns. For generated code.
type Objects[T io.Closer] struct {
	service[T]
	kind ObjectKind
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

// NewObjects makes the table for a kind; methods has its methods by their numbers. The number after the last closes.
func NewObjects[T io.Closer](kind ObjectKind, makeRoom MakeRoom, methods []Served[T]) *Objects[T] {
	objects := &Objects[T]{kind: kind}
	closing := Served[T]{Method: kind.Close, ShowForeign: kind.ShowForeign, Serve: objects.close}
	objects.service = service[T]{
		name: kind.Type, makeRoom: makeRoom, methods: append(methods, closing),
		// 0 is no object.
		held: held[T]{added: 1},
		missing: func(number uint64) error {
			return ErrClosed.New(fmt.Sprintf("Rust calls the %s with the number %d, which it has closed", kind.Type, number))
		},
	}
	return objects
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
