package grout

import "fmt"

// Callbacks are the objects of Go of one service that Rust holds. For generated code.
type Callbacks[T any] struct {
	service[T]
}

// NewCallbacks makes the table for a service; methods has its methods by their numbers.
func NewCallbacks[T any](name string, makeRoom MakeRoom, methods []Served[T]) *Callbacks[T] {
	return &Callbacks[T]{service[T]{
		name: name, makeRoom: makeRoom, methods: methods,
		// 0 is no object.
		held: held[T]{added: 1},
		missing: func(number uint64) error {
			return ErrClosed.New(fmt.Sprintf("Rust calls the %s with the number %d, which it has released", name, number))
		},
	}}
}

// Give keeps an object until Rust releases it, and returns the number by which Rust calls it.
func (c *Callbacks[T]) Give(object T) uint64 {
	state := &objectState{live: LiveObject{Type: c.name, Owner: "Go", Holder: "Rust", FreedBy: "drop", Threads: "any"}}
	state.opening.walk(1)
	state.open()
	return c.held.add(object, state)
}

// Release forgets an object.
func (c *Callbacks[T]) Release(number uint64) {
	if holding := c.held.remove(number); holding != nil {
		holding.state.forget()
	}
}
